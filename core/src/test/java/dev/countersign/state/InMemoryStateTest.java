package dev.countersign.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class InMemoryStateTest implements StateContract {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T10:00:00.123Z"));
    private final InstantSource clock = now::get;
    private final State state = State.inMemory(200_000, clock);

    @Override
    public State state() {
        return state;
    }

    @Override
    public void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Test
    void refuses_what_is_beyond_its_bound_instead_of_forgetting() {
        State small = State.inMemory(3, clock);
        for (int i = 0; i < 3; i++) {
            assertThat(put(small, "entry-" + i)).isTrue();
            assertThat(take(small, "window-" + i)).isTrue();
            small.append(USE, new byte[0], Duration.ofMinutes(1));
        }
        assertThatThrownBy(() -> put(small, "one-more"))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        full -> assertThat(full.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
        assertThatThrownBy(() -> take(small, "one-more")).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> small.append(USE, new byte[0], Duration.ofMinutes(1)))
                .isInstanceOf(StoreUnavailableException.class);
        for (int i = 0; i < 3; i++) {
            assertThat(put(small, "entry-" + i)).isFalse();
            assertThat(take(small, "window-" + i)).isFalse();
        }
        assertThat(small.changesSince(USE, Changes.START).values()).hasSize(3);
    }

    @Test
    void still_reads_changes_and_removes_while_it_is_full() {
        State small = State.inMemory(1, clock);
        put(small, "a");
        assertThat(small.compareAndSet(USE, "a", new byte[0], new byte[1], Duration.ofMinutes(1)))
                .isTrue();
        assertThat(small.get(USE, "a")).isPresent();
        assertThat(small.get(USE, "b")).isEmpty();
        assertThat(take(small, "w")).isTrue();
        assertThat(small.take(USE, "v", 1, Duration.ofMinutes(1), 0).remaining())
                .isEqualTo(1);
        assertThat(small.remove(USE, "a")).isTrue();
        assertThat(put(small, "b")).isTrue();
    }

    @Test
    void a_flood_of_one_use_leaves_the_others_alone() {
        State small = State.inMemory(1, clock);
        put(small, "a");
        assertThatThrownBy(() -> put(small, "b")).isInstanceOf(StoreUnavailableException.class);
        assertThat(small.putIfAbsent("other", "b", new byte[0], Duration.ofMinutes(1)))
                .isTrue();
    }

    @Test
    void has_room_again_after_entries_windows_and_changes_expired() {
        State small = State.inMemory(3, clock);
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 3; i++) {
                assertThat(put(small, round + "-" + i)).isTrue();
                assertThat(take(small, round + "-" + i)).isTrue();
                small.append(USE, new byte[0], Duration.ofMinutes(1));
            }
            pass(Duration.ofMinutes(1).plusSeconds(2));
        }
    }

    @Test
    void has_room_again_after_single_entries_expired_among_others() {
        State small = State.inMemory(3, clock);
        small.putIfAbsent(USE, "long", new byte[0], Duration.ofDays(30));
        for (int i = 0; i < 1000; i++) {
            assertThat(small.putIfAbsent(USE, "short-" + i, new byte[0], Duration.ofSeconds(10)))
                    .isTrue();
            pass(Duration.ofSeconds(7));
        }
        assertThat(small.get(USE, "long")).isPresent();
    }

    @Test
    void a_window_whose_clock_was_set_back_admits_no_more() {
        assertThat(take(state, "a")).isTrue();
        pass(Duration.ofSeconds(-30));
        assertThat(take(state, "a")).isFalse();
    }

    @Test
    void a_cursor_of_another_state_starts_at_the_beginning() {
        State other = State.inMemory(10, clock);
        for (int i = 0; i < 5; i++) {
            other.append(USE, new byte[0], Duration.ofMinutes(1));
        }
        state.append(USE, new byte[] {1}, Duration.ofMinutes(1));
        String cursor = other.changesSince(USE, Changes.START).cursor();
        assertThat(state.changesSince(USE, cursor).values()).hasSize(1);
    }

    @Test
    void starts_no_thread() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        for (int i = 0; i < 10_000; i++) {
            put(state, "key-" + i);
            pass(Duration.ofSeconds(1));
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !before.contains(thread))
                .noneMatch(thread -> thread.getName().contains("commonPool")
                        || thread.getName().toLowerCase(java.util.Locale.ROOT).contains("caffeine"));
    }

    @Test
    void refuses_a_bound_below_one() {
        assertThatThrownBy(() -> State.inMemory(0, clock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxEntries: 0");
    }

    private static boolean put(State state, String key) {
        return state.putIfAbsent(USE, key, new byte[0], Duration.ofMinutes(1));
    }

    private static boolean take(State state, String key) {
        return state.take(USE, key, 1, Duration.ofMinutes(1), 1).admitted();
    }
}
