package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkLimitRestTest {
    private static final long MILLISECOND = 1_000_000;

    private long now = Long.MAX_VALUE - 5 * MILLISECOND;
    private final List<Long> pauses = new ArrayList<>();
    private final WorkLimit limit = new WorkLimit("checks", 1, 0, () -> now, nanos -> {
        pauses.add(nanos);
        now += nanos;
    });

    @Test
    void begins_at_once_as_long_as_checks_succeed() {
        assertThat(check(3, true)).isTrue();
        assertThat(check(3, true)).isTrue();
        assertThat(pauses).isEmpty();
    }

    @Test
    void rests_twice_as_long_as_a_check_in_vain_took() {
        assertThat(check(3, false)).isFalse();
        assertThat(check(1, true)).isTrue();
        assertThat(check(1, true)).isTrue();
        assertThat(pauses).containsExactly(6 * MILLISECOND);
    }

    @Test
    void time_that_passes_without_checks_is_rest_too() {
        check(3, false);
        now += 5 * MILLISECOND;
        check(1, true);
        assertThat(pauses).containsExactly(MILLISECOND);
    }

    @Test
    void never_rests_for_more_than_20_milliseconds() {
        check(3_000, false);
        check(1, true);
        assertThat(pauses).containsExactly(20 * MILLISECOND);
    }

    @Test
    void lets_the_next_one_in_after_a_check_that_throws() {
        try {
            limit.check(() -> {
                throw new IllegalStateException("broken");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("broken");
        }
        assertThat(check(1, true)).isTrue();
    }

    private boolean check(long millis, boolean good) {
        return limit.check(() -> {
            now += millis * MILLISECOND;
            return good;
        });
    }
}
