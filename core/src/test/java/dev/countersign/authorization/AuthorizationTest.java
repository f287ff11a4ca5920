package dev.countersign.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AccessRule;
import dev.countersign.AccessRule.Alternative;
import dev.countersign.AccessRule.Mode;
import dev.countersign.AccessRule.ScopeRequirement;
import dev.countersign.Caller;
import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.Scope;
import dev.countersign.authorization.Verdict.Denied;
import dev.countersign.authorization.Verdict.Granted;
import dev.countersign.authorization.Verdict.MissingRole;
import dev.countersign.authorization.Verdict.MissingScope;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SPEC sections 2.8 and 2.9. */
final class AuthorizationTest {
    private static final List<Alternative> JWT = List.of(new Alternative(List.of("jwt")));
    private static final ScopeRequirement A = new ScopeRequirement(List.of("a"), false, "");
    private static final ScopeRequirement A_AND_B = new ScopeRequirement(List.of("a", "b"), false, "");
    private static final ScopeRequirement A_OR_B = new ScopeRequirement(List.of("a", "b"), true, "");
    private static final ScopeRequirement A_FROM_JWT = new ScopeRequirement(List.of("a"), false, "jwt");

    private static Identity.Builder by(String scheme) {
        return Identity.of(scheme, "s-" + scheme, IdentityKind.CLIENT);
    }

    private static Caller caller(Identity.Builder... identities) {
        return Caller.of(
                List.of(identities).stream().map(Identity.Builder::build).toList());
    }

    private static Verdict judge(ScopeRequirement requirement, Caller caller) {
        return Authorization.judge(
                AccessRule.builder(Mode.REQUIRED, JWT).scopes(requirement).build(), caller);
    }

    private static Verdict judgeRoles(Caller caller, String... anyOf) {
        return Authorization.judge(
                AccessRule.builder(Mode.REQUIRED, JWT).anyRole(Set.of(anyOf)).build(), caller);
    }

    @Test
    void grants_what_a_single_identity_has() {
        assertThat(judge(A, caller(by("jwt").scopes(Set.of("a", "x"))))).isEqualTo(Granted.GRANTED);
        assertThat(judgeRoles(caller(by("jwt").roles(Set.of("r"))), "q", "r")).isEqualTo(Granted.GRANTED);
    }

    @Test
    void R12_names_the_scheme_whose_identity_lacks_the_scope() {
        assertThat(judge(A, caller(by("jwt").scopes(Set.of())))).isEqualTo(new MissingScope(A, List.of("jwt")));
        assertThat(judge(A_AND_B, caller(by("jwt").scopes(Set.of("a")))))
                .isEqualTo(new MissingScope(A_AND_B, List.of("jwt")));
    }

    @Test
    void R14_of_two_only_the_one_that_lacks_it_is_named() {
        assertThat(judge(A, caller(by("key").scopes(Set.of()), by("jwt").scopes(Set.of("a")))))
                .isEqualTo(new MissingScope(A, List.of("key")));
        assertThat(judge(A, caller(by("key").scopes(Set.of("a")), by("jwt").scopes(Set.of("b")))))
                .isEqualTo(new MissingScope(A, List.of("jwt")));
        assertThat(judge(A, caller(by("key").scopes(Set.of()), by("jwt").scopes(Set.of()))))
                .isEqualTo(new MissingScope(A, List.of("key", "jwt")));
    }

    @Test
    void an_identity_without_scopes_of_its_own_takes_no_part() {
        assertThat(judge(A, caller(by("key"), by("jwt").scopes(Set.of("a"))))).isEqualTo(Granted.GRANTED);
        assertThat(judge(A, caller(by("key"), by("jwt").scopes(Set.of()))))
                .isEqualTo(new MissingScope(A, List.of("jwt")));
    }

    @Test
    void at_least_one_identity_must_take_part() {
        assertThat(judge(A, caller(by("key")))).isEqualTo(new MissingScope(A, List.of()));
        assertThat(judgeRoles(caller(by("key")), "r")).isEqualTo(new MissingRole(Set.of("r")));
    }

    @Test
    void any_is_judged_on_the_intersection_and_not_on_each() {
        Caller shared = caller(by("key").scopes(Set.of("a", "b")), by("jwt").scopes(Set.of("b")));
        Caller apart = caller(by("key").scopes(Set.of("a")), by("jwt").scopes(Set.of("b")));

        assertThat(judge(A_OR_B, shared)).isEqualTo(Granted.GRANTED);
        assertThat(judge(A_AND_B, shared)).isEqualTo(new MissingScope(A_AND_B, List.of("jwt")));
        assertThat(judge(A_OR_B, apart)).isEqualTo(new MissingScope(A_OR_B, List.of()));
    }

    @Test
    void roles_are_judged_on_the_intersection_too() {
        assertThat(judgeRoles(caller(by("key").roles(Set.of("r")), by("jwt").roles(Set.of("q"))), "r", "q"))
                .isEqualTo(new MissingRole(Set.of("r", "q")));
        assertThat(judgeRoles(
                        caller(by("key").roles(Set.of("r", "s")), by("jwt").roles(Set.of("r"))), "r"))
                .isEqualTo(Granted.GRANTED);
    }

    @Test
    void from_asks_the_identity_of_that_part_alone() {
        assertThat(judge(
                        A_FROM_JWT, caller(by("key").scopes(Set.of()), by("jwt").scopes(Set.of("a")))))
                .isEqualTo(Granted.GRANTED);
        assertThat(judge(
                        A_FROM_JWT,
                        caller(by("key").scopes(Set.of("a")), by("jwt").scopes(Set.of()))))
                .isEqualTo(new MissingScope(A_FROM_JWT, List.of("jwt")));
        assertThat(judge(
                        A_FROM_JWT, caller(by("key").scopes(Set.of()), by("jwt").scopes(Set.of()))))
                .isEqualTo(new MissingScope(A_FROM_JWT, List.of("jwt")));
        assertThat(judge(A_FROM_JWT, caller(by("key").scopes(Set.of("a")), by("jwt"))))
                .isEqualTo(new MissingScope(A_FROM_JWT, List.of()));
        assertThat(judge(A_FROM_JWT, caller(by("key").scopes(Set.of("a")))))
                .isEqualTo(new MissingScope(A_FROM_JWT, List.of()));
    }

    @Test
    void roles_come_before_scopes() {
        AccessRule both = AccessRule.builder(Mode.REQUIRED, JWT)
                .scopes(A)
                .anyRole(Set.of("r"))
                .build();

        assertThat(Authorization.judge(both, caller(by("jwt").scopes(Set.of()).roles(Set.of()))))
                .isEqualTo(new MissingRole(Set.of("r")));
        assertThat(Authorization.judge(both, caller(by("jwt").scopes(Set.of()).roles(Set.of("r")))))
                .isEqualTo(new MissingScope(A, List.of("jwt")));
        assertThat(Authorization.judge(
                        both, caller(by("jwt").scopes(Set.of("a")).roles(Set.of("r")))))
                .isEqualTo(Granted.GRANTED);
    }

    @Test
    void two_stars_stand_for_any_authenticated_caller_and_only_in_a_rule() {
        assertThat(judgeRoles(caller(by("key")), "**")).isEqualTo(Granted.GRANTED);
        assertThat(judgeRoles(caller(by("jwt").roles(Set.of("**"))), "admin"))
                .isEqualTo(new MissingRole(Set.of("admin")));
    }

    @Test
    void ANN_11_nobody_has_anything() {
        AccessRule optional = AccessRule.builder(Mode.OPTIONAL_REJECT, JWT)
                .anyRole(Set.of("**"))
                .build();

        assertThat(judge(A, Caller.ANONYMOUS)).isEqualTo(Denied.DENIED);
        assertThat(Authorization.judge(optional, Caller.ANONYMOUS)).isEqualTo(new MissingRole(Set.of("**")));
        assertThat(Caller.ANONYMOUS.hasScope("a")).isFalse();
        assertThat(Caller.ANONYMOUS.hasRole("**")).isFalse();
        assertThat(Caller.ANONYMOUS.hasRole(null)).isFalse();
        assertThat(caller(by("jwt").scopes(Set.of("a"))).hasScope(null)).isFalse();
    }

    @Test
    void a_rule_that_admits_nobody_is_never_granted() {
        assertThat(Authorization.judge(AccessRule.denyAll(), caller(by("jwt").scopes(Set.of("a")))))
                .isEqualTo(Denied.DENIED);
        assertThat(Authorization.judge(AccessRule.builder(Mode.REQUIRED, JWT).build(), Caller.ANONYMOUS))
                .isEqualTo(Denied.DENIED);
    }

    @Test
    void an_optional_rule_grants_an_anonymous_caller() {
        assertThat(Authorization.judge(AccessRule.permitAll(JWT), Caller.ANONYMOUS))
                .isEqualTo(Granted.GRANTED);
    }

    @Test
    void every_verdict_has_its_branch() {
        for (Verdict verdict :
                List.of(Granted.GRANTED, Denied.DENIED, new MissingRole(Set.of("r")), new MissingScope(A, List.of()))) {
            assertThat(verdict.<Verdict>match(g -> g, d -> d, r -> r, s -> s)).isSameAs(verdict);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "readonly",
                "rea",
                "read:all",
                "READ",
                "Read",
                "read,write",
                "read\twrite",
                "read\u00a0write",
                "read\n",
                "\u0000read",
                "read\u200b",
                ""
            })
    void ANN_17_ANN_18_only_the_exact_scope_is_granted(String granted) {
        ScopeRequirement read = new ScopeRequirement(List.of("read"), false, "");

        assertThat(judge(read, caller(by("jwt").scopes(Scope.parse(granted)))))
                .isEqualTo(new MissingScope(read, List.of("jwt")));
    }
}
