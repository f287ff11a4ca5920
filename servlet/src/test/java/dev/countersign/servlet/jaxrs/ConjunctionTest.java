package dev.countersign.servlet.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AccessRule;
import dev.countersign.AccessRule.Alternative;
import dev.countersign.AccessRule.Mode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConjunctionTest {
    private static final Alternative KEY = new Alternative(List.of("key"));
    private static final Alternative JWT = new Alternative(List.of("jwt"));

    private static AccessRule required(Alternative... alternatives) {
        return AccessRule.builder(Mode.REQUIRED, List.of(alternatives)).build();
    }

    @Test
    void needs_every_part_of_two_different_rules() {
        assertThat(Conjunction.of(required(KEY), required(JWT)).alternatives())
                .containsExactly(new Alternative(List.of("key", "jwt")));
    }

    @Test
    void keeps_equal_alternatives_as_they_are() {
        AccessRule roles = AccessRule.builder(Mode.REQUIRED, List.of(KEY, JWT))
                .anyRole(Set.of("admin"))
                .build();
        AccessRule both = Conjunction.of(roles, required(KEY, JWT));
        assertThat(both.alternatives()).containsExactly(KEY, JWT);
        assertThat(both.roles()).containsExactly(Set.of("admin"));
    }

    @Test
    void lets_a_restriction_win_over_a_permit_and_a_deny_over_all() {
        AccessRule permit = AccessRule.permitAll(List.of(KEY));
        assertThat(Conjunction.of(permit, required(JWT))).isEqualTo(required(JWT));
        assertThat(Conjunction.of(AccessRule.denyAll(), permit)).isEqualTo(AccessRule.denyAll());
        AccessRule optional =
                AccessRule.builder(Mode.OPTIONAL_REJECT, List.of(KEY)).build();
        assertThat(Conjunction.of(permit, optional)).isEqualTo(optional);
    }

    @Test
    void handles_an_event_once_if_either_does() {
        AccessRule once =
                AccessRule.builder(Mode.REQUIRED, List.of(KEY)).eventsOnce().build();
        assertThat(Conjunction.of(once, required(JWT)).eventsOnce()).isTrue();
        assertThat(Conjunction.of(required(KEY), once)).isEqualTo(once);
        assertThat(Conjunction.of(AccessRule.permitAll(List.of(JWT)), once)).isEqualTo(once);
        assertThat(Conjunction.of(required(KEY), required(JWT)).eventsOnce()).isFalse();
    }

    @Test
    void finds_the_literal_segments_of_a_template() {
        assertThat(LocatorRules.literals("a/{b}/c")).containsExactly("a", "c");
        assertThat(LocatorRules.literals("{p: a/b/c}/d")).containsExactly("d");
        assertThat(LocatorRules.literals("/x{y}/%41/z/")).containsExactly("z");
    }
}
