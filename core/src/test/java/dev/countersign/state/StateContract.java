package dev.countersign.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link State} does. */
public interface StateContract {
    /** The use that this contract writes to. */
    String USE = "contract";

    /** How many threads work at once. */
    int THREADS = 16;

    /** The state under test, empty at the start of a test; the same one on each call of one test. */
    State state();

    /** Lets this time pass on the clock of the store. */
    void pass(Duration time);

    /** A text as a value. */
    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    default void puts_only_if_there_is_none() {
        assertThat(put("a", "1", Duration.ofSeconds(1))).isTrue();
        assertThat(put("a", "2", Duration.ofSeconds(1))).isFalse();
        assertThat(text("a")).isEqualTo("1");
    }

    @Test
    default void has_nothing_that_was_not_put() {
        assertThat(state().get(USE, "a")).isEmpty();
        assertThat(state().remove(USE, "a")).isFalse();
    }

    @Test
    default void does_not_call_a_use_untouched_that_was_written_to() {
        put("a", "1", Duration.ofSeconds(1));
        assertThat(state().isUntouched(USE)).isFalse();
        pass(Duration.ofSeconds(2));
        assertThat(state().isUntouched(USE)).isFalse();
        state().close();
        assertThat(state().isUntouched(USE)).isFalse();
        assertThat(state().isUntouched("another")).isFalse();
    }

    @Test
    default void keeps_an_empty_value_and_every_byte() {
        byte[] all = new byte[StateLimits.MAX_VALUE_BYTES];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        assertThat(state().putIfAbsent(USE, "all", all, Duration.ofSeconds(1))).isTrue();
        assertThat(put("none", "", Duration.ofSeconds(1))).isTrue();
        assertThat(state().get(USE, "all").orElseThrow()).isEqualTo(all);
        assertThat(text("none")).isEmpty();
    }

    @Test
    default void keeps_its_own_copy_of_a_value() {
        byte[] value = bytes("1");
        state().putIfAbsent(USE, "a", value, Duration.ofSeconds(1));
        value[0] = 'x';
        state().get(USE, "a").orElseThrow()[0] = 'y';
        assertThat(text("a")).isEqualTo("1");
    }

    @Test
    default void tells_keys_apart_to_the_last_character_and_in_case() {
        String longest = "k".repeat(StateLimits.MAX_KEY_CHARS - 1);
        for (String key : List.of("a", "A", longest + "1", longest + "2", "a:b", "{a}", "~*%_?'\"\\")) {
            assertThat(put(key, key, Duration.ofSeconds(1))).as(key).isTrue();
        }
        assertThat(text(longest + "2")).isEqualTo(longest + "2");
    }

    @Test
    default void keeps_uses_apart() {
        put("a", "1", Duration.ofSeconds(1));
        assertThat(state().get("other", "a")).isEmpty();
        assertThat(state().putIfAbsent("other", "a", bytes("2"), Duration.ofSeconds(1)))
                .isTrue();
        state().append(USE, bytes("1"), Duration.ofSeconds(1));
        assertThat(state().changesSince("other", Changes.START).values()).isEmpty();
        assertThat(state().take(USE, "a", 1, Duration.ofSeconds(1), 1).admitted())
                .isTrue();
        assertThat(state().take("other", "a", 1, Duration.ofSeconds(1), 1).admitted())
                .isTrue();
    }

    @Test
    default void keeps_entries_windows_and_changes_of_one_use_apart() {
        assertThat(state().take(USE, "a", 1, Duration.ofSeconds(1), 1).admitted())
                .isTrue();
        assertThat(state().get(USE, "a")).isEmpty();
        assertThat(put("a", "1", Duration.ofSeconds(1))).isTrue();
        assertThat(state().changesSince(USE, Changes.START).values()).isEmpty();
        assertThat(state().remove(USE, "a")).isTrue();
        assertThat(state().take(USE, "a", 1, Duration.ofSeconds(1), 1).admitted())
                .isFalse();
    }

    @Test
    default void forgets_an_entry_in_the_millisecond_in_which_it_expires_and_not_before() {
        put("a", "1", Duration.ofMillis(1500));
        pass(Duration.ofMillis(1499));
        assertThat(text("a")).isEqualTo("1");
        assertThat(put("a", "2", Duration.ofSeconds(9))).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(state().get(USE, "a")).isEmpty();
        assertThat(state().remove(USE, "a")).isFalse();
        assertThat(set("a", "1", "3", Duration.ofSeconds(9))).isFalse();
        assertThat(put("a", "2", Duration.ofSeconds(9))).isTrue();
    }

    @Test
    default void rounds_durations_up_to_a_millisecond() {
        put("a", "1", Duration.ofNanos(1));
        assertThat(state().get(USE, "a")).isPresent();
        pass(Duration.ofMillis(1));
        assertThat(state().get(USE, "a")).isEmpty();
        put("b", "1", Duration.ofNanos(1_000_001));
        pass(Duration.ofMillis(1));
        assertThat(state().get(USE, "b")).isPresent();
    }

    @Test
    default void keeps_an_entry_for_the_longest_duration() {
        put("a", "1", StateLimits.MAX_DURATION);
        pass(StateLimits.MAX_DURATION.minusMillis(1));
        assertThat(state().get(USE, "a")).isPresent();
        pass(Duration.ofMillis(1));
        assertThat(state().get(USE, "a")).isEmpty();
    }

    @Test
    default void sets_only_what_is_as_expected_and_starts_its_time_anew() {
        assertThat(set("a", "0", "1", Duration.ofSeconds(1))).isFalse();
        assertThat(state().compareAndSet(USE, "a", null, bytes("1"), Duration.ofSeconds(1)))
                .isTrue();
        assertThat(state().compareAndSet(USE, "a", null, bytes("2"), Duration.ofSeconds(1)))
                .isFalse();
        pass(Duration.ofMillis(900));
        assertThat(set("a", "x", "2", Duration.ofSeconds(9))).isFalse();
        assertThat(set("a", "1", "2", Duration.ofSeconds(1))).isTrue();
        pass(Duration.ofMillis(999));
        assertThat(text("a")).isEqualTo("2");
        pass(Duration.ofMillis(1));
        assertThat(state().get(USE, "a")).isEmpty();
    }

    @Test
    default void can_shorten_the_time_of_an_entry() {
        put("a", "1", Duration.ofDays(1));
        assertThat(set("a", "1", "1", Duration.ofMillis(10))).isTrue();
        pass(Duration.ofMillis(10));
        assertThat(state().get(USE, "a")).isEmpty();
    }

    @Test
    default void removes_once() {
        put("a", "1", Duration.ofSeconds(1));
        assertThat(state().remove(USE, "a")).isTrue();
        assertThat(state().remove(USE, "a")).isFalse();
        assertThat(state().get(USE, "a")).isEmpty();
    }

    @Test
    default void lets_one_of_many_threads_put_set_or_remove() throws Exception {
        for (int round = 0; round < 50; round++) {
            String key = "race-" + round;
            assertThat(atOnce(() -> put(key, "0", Duration.ofMinutes(1)))).containsOnlyOnce(true);
            assertThat(atOnce(() -> set(key, "0", "1", Duration.ofMinutes(1)))).containsOnlyOnce(true);
            assertThat(atOnce(() -> state().remove(USE, key))).containsOnlyOnce(true);
        }
    }

    @Test
    default void loses_no_increment_of_many_threads() throws Exception {
        put("count", "0", Duration.ofMinutes(1));
        int each = 50;
        atOnce(() -> {
            for (int i = 0; i < each; i++) {
                String before;
                do {
                    before = text("count");
                } while (!set("count", before, "" + (Integer.parseInt(before) + 1), Duration.ofMinutes(1)));
            }
            return true;
        });
        assertThat(text("count")).isEqualTo("" + each * THREADS);
    }

    @Test
    default void admits_exactly_the_quota_of_many_threads() throws Exception {
        List<Integer> admitted = atOnce(() -> {
            int count = 0;
            for (int i = 0; i < 100; i++) {
                count += state().take(USE, "hot", 1000, Duration.ofHours(1), 1).admitted() ? 1 : 0;
            }
            return count;
        });
        assertThat(admitted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1000);
    }

    @Test
    default void tells_what_is_left_and_when_it_comes_back() {
        Duration window = Duration.ofSeconds(60);
        assertThat(take(3, window, 0)).isEqualTo(new Take(true, 3, Duration.ZERO, Duration.ZERO));
        assertThat(take(3, window, 1)).isEqualTo(new Take(true, 2, Duration.ZERO, window));
        pass(Duration.ofSeconds(20));
        assertThat(take(3, window, 2)).isEqualTo(new Take(true, 0, Duration.ZERO, window));
        pass(Duration.ofSeconds(10));
        assertThat(take(3, window, 1)).isEqualTo(new Take(false, 0, Duration.ofSeconds(30), Duration.ofSeconds(50)));
        assertThat(take(3, window, 2)).isEqualTo(new Take(false, 0, Duration.ofSeconds(50), Duration.ofSeconds(50)));
        pass(Duration.ofMillis(29_999));
        assertThat(take(3, window, 1).admitted()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(take(3, window, 1)).isEqualTo(new Take(true, 0, Duration.ZERO, window));
    }

    @Test
    default void takes_nothing_for_what_it_refuses() {
        Duration window = Duration.ofSeconds(60);
        take(3, window, 2);
        for (int i = 0; i < 10; i++) {
            assertThat(take(3, window, 2).admitted()).isFalse();
        }
        assertThat(take(3, window, 1)).isEqualTo(new Take(true, 0, Duration.ZERO, window));
    }

    @Test
    default void admits_a_whole_quota_at_once_and_again_a_window_later() {
        for (int i = 0; i < 3; i++) {
            assertThat(take(7, Duration.ofSeconds(1), 7).admitted()).isTrue();
            pass(Duration.ofMillis(999));
            assertThat(take(7, Duration.ofSeconds(1), 1).admitted()).isFalse();
            pass(Duration.ofMillis(1));
        }
    }

    @Test
    default void never_admits_more_than_the_quota_in_any_window_nor_holds_it_back_for_long() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int windowMillis = 1 + random.nextInt(2000);
            int quota = 1 + random.nextInt(50);
            // What was admitted, for as long as a window that is a sixteenth late still counts it.
            Deque<long[]> admitted = new ArrayDeque<>();
            long now = 0;
            for (int i = 0; i < 400; i++) {
                int step = random.nextInt(4) == 0 ? random.nextInt(windowMillis) : random.nextInt(4);
                if (step > 0) {
                    pass(Duration.ofMillis(step));
                }
                now += step;
                int cost = 1 + random.nextInt(quota);
                long horizon = now - windowMillis;
                while (!admitted.isEmpty() && admitted.peekFirst()[0] <= horizon - windowMillis / 16) {
                    admitted.removeFirst();
                }
                long least = 0;
                long most = 0;
                for (long[] take : admitted) {
                    least += take[0] > horizon ? take[1] : 0;
                    most += take[1];
                }
                Take take = state().take(USE, "random-" + seed, quota, Duration.ofMillis(windowMillis), cost);
                if (take.admitted()) {
                    assertThat(least + cost).as("seed %s step %s", seed, i).isLessThanOrEqualTo(quota);
                    admitted.addLast(new long[] {now, cost});
                } else {
                    assertThat(most + cost).as("seed %s step %s", seed, i).isGreaterThan(quota);
                    assertThat(take.retryAfter()).isPositive();
                }
            }
        }
    }

    @Test
    default void admits_after_the_time_it_told() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            int cost = 1 + random.nextInt(5);
            Take take = take(10, Duration.ofSeconds(3), cost);
            if (!take.admitted()) {
                pass(take.retryAfter());
                assertThat(take(10, Duration.ofSeconds(3), cost).admitted()).isTrue();
            }
            pass(Duration.ofMillis(1 + random.nextInt(300)));
        }
    }

    @Test
    default void hands_out_changes_in_their_order_after_a_cursor() {
        Changes none = state().changesSince(USE, Changes.START);
        assertThat(none.values()).isEmpty();
        assertThat(none.more()).isFalse();
        state().append(USE, bytes("1"), Duration.ofMinutes(1));
        state().append(USE, bytes("2"), Duration.ofMinutes(1));
        Changes first = state().changesSince(USE, none.cursor());
        assertThat(texts(first)).containsExactly("1", "2");
        state().append(USE, bytes("3"), Duration.ofMinutes(1));
        assertThat(texts(state().changesSince(USE, first.cursor()))).containsExactly("3");
        assertThat(texts(state().changesSince(USE, first.cursor()))).containsExactly("3");
        assertThat(texts(state().changesSince(USE, Changes.START))).containsExactly("1", "2", "3");
    }

    @Test
    default void hands_out_many_changes_in_pieces() {
        int count = 2 * StateLimits.MAX_CHANGES + 1;
        for (int i = 0; i < count; i++) {
            state().append(USE, bytes("" + i), Duration.ofHours(1));
        }
        List<String> read = new ArrayList<>();
        String cursor = Changes.START;
        Changes piece;
        do {
            piece = state().changesSince(USE, cursor);
            assertThat(piece.values()).hasSizeLessThanOrEqualTo(StateLimits.MAX_CHANGES);
            read.addAll(texts(piece));
            cursor = piece.cursor();
        } while (piece.more());
        assertThat(read).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(read.get(i)).isEqualTo("" + i);
        }
    }

    @Test
    default void drops_expired_changes_and_keeps_cursors_good() {
        state().append(USE, bytes("short"), Duration.ofMillis(100));
        String before = state().changesSince(USE, Changes.START).cursor();
        state().append(USE, bytes("short too"), Duration.ofMillis(100));
        state().append(USE, bytes("long"), Duration.ofMinutes(1));
        pass(Duration.ofMillis(99));
        assertThat(texts(state().changesSince(USE, before))).containsExactly("short too", "long");
        pass(Duration.ofMillis(1));
        assertThat(texts(state().changesSince(USE, before))).containsExactly("long");
        for (int i = 0; i < 500; i++) {
            state().append(USE, bytes("filler"), Duration.ofMillis(1));
            pass(Duration.ofMillis(1));
        }
        state().append(USE, bytes("last"), Duration.ofMinutes(1));
        assertThat(texts(state().changesSince(USE, before))).containsExactly("long", "last");
        assertThat(texts(state().changesSince(USE, Changes.START))).containsExactly("long", "last");
    }

    @Test
    default void starts_at_the_beginning_for_a_cursor_that_it_does_not_know() {
        state().append(USE, bytes("1"), Duration.ofMinutes(1));
        for (String cursor : List.of("x", "-1", "999999", "00000000-0000-0000-0000-000000000000:5", "é", "1-0")) {
            assertThat(texts(state().changesSince(USE, cursor))).as(cursor).containsExactly("1");
        }
    }

    @Test
    default void shows_a_reader_every_change_of_many_threads() throws Exception {
        int each = 200;
        Set<String> seen = new HashSet<>();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> reading = reader.submit(() -> {
                String cursor = Changes.START;
                while (seen.size() < each * THREADS && !Thread.currentThread().isInterrupted()) {
                    Changes changes = state().changesSince(USE, cursor);
                    seen.addAll(texts(changes));
                    cursor = changes.cursor();
                }
                return true;
            });
            atOnce(() -> {
                String thread = Thread.currentThread().getName();
                for (int i = 0; i < each; i++) {
                    state().append(USE, bytes(thread + " " + i), Duration.ofHours(1));
                }
                return true;
            });
            assertThat(reading.get(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            reader.shutdownNow();
        }
        assertThat(seen).hasSize(each * THREADS);
    }

    @Test
    default void refuses_names_values_and_durations_out_of_bounds() {
        byte[] value = bytes("1");
        Duration second = Duration.ofSeconds(1);
        for (String use : List.of("", "A", "1a", "a b", "a.b", "a:b", "a".repeat(33))) {
            refuses(() -> state().get(use, "a"));
            refuses(() -> state().append(use, value, second));
        }
        for (String key : List.of("", "a b", "é", "a\n", "\u0000", "\u007f", "a".repeat(257))) {
            refuses(() -> state().putIfAbsent(USE, key, value, second));
            refuses(() -> state().take(USE, key, 1, second, 1));
        }
        byte[] tooLong = new byte[StateLimits.MAX_VALUE_BYTES + 1];
        refuses(() -> state().putIfAbsent(USE, "a", tooLong, second));
        refuses(() -> state().append(USE, tooLong, second));
        for (Duration duration : List.of(Duration.ZERO, Duration.ofMillis(-1), StateLimits.MAX_DURATION.plusNanos(1))) {
            refuses(() -> state().putIfAbsent(USE, "a", value, duration));
            refuses(() -> state().append(USE, value, duration));
            refuses(() -> state().take(USE, "a", 1, duration, 1));
        }
        for (long[] bad : new long[][] {{0, 0}, {-1, 0}, {1, 2}, {1, -1}, {Long.MIN_VALUE, Long.MAX_VALUE}}) {
            refuses(() -> state().take(USE, "a", bad[0], second, bad[1]));
        }
        assertThat(state().get(USE, "a")).isEmpty();
    }

    @Test
    default void counts_costs_up_to_the_largest_number() {
        assertThat(take(Long.MAX_VALUE, Duration.ofSeconds(1), Long.MAX_VALUE).admitted())
                .isTrue();
        assertThat(take(Long.MAX_VALUE, Duration.ofSeconds(1), Long.MAX_VALUE).admitted())
                .isFalse();
    }

    @Test
    default void answers_nothing_after_it_was_closed() {
        state().close();
        List<Callable<?>> operations = List.of(
                () -> state().get(USE, "a"),
                () -> put("a", "1", Duration.ofSeconds(1)),
                () -> set("a", "1", "2", Duration.ofSeconds(1)),
                () -> state().remove(USE, "a"),
                () -> take(1, Duration.ofSeconds(1), 1),
                () -> state().changesSince(USE, Changes.START),
                () -> {
                    state().append(USE, bytes("1"), Duration.ofSeconds(1));
                    return true;
                });
        for (Callable<?> operation : operations) {
            assertThatThrownBy(operation::call).isInstanceOf(StoreUnavailableException.class);
        }
        state().close();
    }

    private boolean put(String key, String value, Duration duration) {
        return state().putIfAbsent(USE, key, bytes(value), duration);
    }

    private boolean set(String key, String expected, String value, Duration duration) {
        return state().compareAndSet(USE, key, bytes(expected), bytes(value), duration);
    }

    private Take take(long quota, Duration window, long cost) {
        return state().take(USE, "window", quota, window, cost);
    }

    private String text(String key) {
        return new String(state().get(USE, key).orElseThrow(), UTF_8);
    }

    private static List<String> texts(Changes changes) {
        return changes.values().stream().map(value -> new String(value, UTF_8)).toList();
    }

    private static void refuses(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class);
    }

    /** Runs the same work on many threads that start together. */
    private static <T> List<T> atOnce(Callable<T> work) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try {
            List<Callable<T>> tasks = Collections.nCopies(THREADS, () -> {
                start.await(30, TimeUnit.SECONDS);
                return work.call();
            });
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
