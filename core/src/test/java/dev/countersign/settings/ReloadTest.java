package dev.countersign.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.CapturedLog;
import dev.countersign.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it counts what is logged")
class ReloadTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path directory;

    private Instant now = START;
    private final List<String> told = new ArrayList<>();
    private Settings settings = Settings.of(Map.of());

    private Section given(Map<String, String> keys) {
        settings = Settings.builder()
                .systemProperties(Map.of())
                .environment(Map.of("WORD", "word"))
                .workingDirectory(directory)
                .parameters("here", keys)
                .clock(() -> now)
                .open();
        settings.onReload(told::add);
        return settings.root();
    }

    @AfterEach
    void close() {
        settings.close();
    }

    /** Writes a file that was last changed so many seconds before now. */
    private void write(String name, String text, int secondsAgo) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(now.minusSeconds(secondsAgo)));
    }

    private static String join(List<String> texts) {
        return String.join("|", texts);
    }

    private static String refuseBad(String text) {
        if (text.startsWith("bad")) {
            throw new IllegalArgumentException("line 1: no such hash");
        }
        return text;
    }

    private Reloadable<String> store(String... content) throws IOException {
        write("store", content.length == 0 ? "one" : content[0], 60);
        return given(Map.of("countersign.store", "file:store"))
                .file("store", ReloadTest::refuseBad)
                .orElseThrow();
    }

    @Test
    void a_changed_store_is_read_again_and_told() throws IOException {
        Reloadable<String> store = store();
        assertThat(store.current()).isEqualTo("one");
        write("store", "other", 30);
        assertThat(store.current()).isEqualTo("one");
        settings.reloadNow();
        assertThat(store.current()).isEqualTo("other");
        assertThat(told).containsExactly("countersign.store");
    }

    @Test
    void an_unchanged_file_is_neither_read_nor_told() throws IOException {
        AtomicInteger parsed = new AtomicInteger();
        write("store", "one", 60);
        Reloadable<String> store = given(Map.of("countersign.store", "file:store"))
                .file("store", text -> text + parsed.incrementAndGet())
                .orElseThrow();
        write("store", "one", 30);
        settings.reloadNow();
        settings.reloadNow();
        assertThat(store.current()).isEqualTo("one1");
        assertThat(told).isEmpty();
    }

    @Test
    void values_follow_the_files_behind_them_and_keep_the_rest() throws IOException {
        write("f", "one\n", 60);
        Reloadable<String> value = given(Map.of("countersign.k", "<${env:WORD} ${file:f}>", "countersign.k.1", "fixed"))
                .values("k", ReloadTest::join)
                .orElseThrow();
        assertThat(value.current()).isEqualTo("<word one>|fixed");
        write("f", "${env:WORD}\r\n", 30);
        settings.reloadNow();
        assertThat(value.current()).isEqualTo("<word ${env:WORD}>|fixed");
        assertThat(told).containsExactly("countersign.k");
    }

    @Test
    void texts_do_not_follow_their_files() throws IOException {
        write("f", "one", 60);
        Section root = given(Map.of("countersign.k", "${file:f}"));
        assertThat(root.text("k")).contains("one");
        write("f", "two", 30);
        settings.reloadNow();
        assertThat(told).isEmpty();
    }

    @Test
    void a_change_of_equal_size_in_the_same_instant_is_seen() throws IOException {
        write("store", "aaa", 0);
        Reloadable<String> store = given(Map.of("countersign.store", "file:store"))
                .file("store", Function.identity())
                .orElseThrow();
        write("store", "bbb", 0);
        settings.reloadNow();
        assertThat(store.current()).isEqualTo("bbb");
    }

    @Test
    void a_file_replaced_by_another_is_seen() throws IOException {
        Reloadable<String> store = store("aaa");
        write("new", "bbb", 60);
        Files.move(
                directory.resolve("new"),
                directory.resolve("store"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        settings.reloadNow();
        assertThat(store.current()).isEqualTo("bbb");
    }

    @Test
    void a_symbolic_link_that_points_elsewhere_is_seen() throws IOException {
        write("v1", "aaa", 60);
        write("v2", "bbb", 60);
        Path link = directory.resolve("store");
        Files.createSymbolicLink(link, Path.of("v1"));
        Reloadable<String> store = given(Map.of("countersign.store", "file:store"))
                .file("store", Function.identity())
                .orElseThrow();
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("v2"));
        settings.reloadNow();
        assertThat(store.current()).isEqualTo("bbb");
    }

    @Test
    void a_store_that_does_not_parse_leaves_the_old_one_and_is_logged_once() throws IOException {
        Reloadable<String> store = store();
        try (CapturedLog log = new CapturedLog()) {
            write("store", "bad s3cret", 30);
            settings.reloadNow();
            settings.reloadNow();
            write("store", "bad s3cret again", 20);
            settings.reloadNow();
            assertThat(store.current()).isEqualTo("one");
            assertThat(told).isEmpty();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("SEVERE", "countersign.store: line 1: no such hash; the value before stays")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void the_same_failure_after_a_success_is_logged_again() throws IOException {
        Reloadable<String> store = store();
        try (CapturedLog log = new CapturedLog()) {
            write("store", "bad", 30);
            settings.reloadNow();
            write("store", "two", 20);
            settings.reloadNow();
            assertThat(store.current()).isEqualTo("two");
            write("store", "bad", 10);
            settings.reloadNow();
            assertThat(log.lines().stream().filter(line -> line.contains("SEVERE")))
                    .hasSize(2);
            assertThat(told).hasSize(1);
        }
    }

    @Test
    void a_bad_change_taken_back_is_no_reload() throws IOException {
        Reloadable<String> store = store();
        write("store", "bad", 30);
        settings.reloadNow();
        write("store", "one", 20);
        settings.reloadNow();
        assertThat(store.current()).isEqualTo("one");
        assertThat(told).isEmpty();
    }

    @Test
    void the_words_of_unexpected_exceptions_are_not_logged() throws IOException {
        write("f", "1", 60);
        Reloadable<Integer> value = given(Map.of("countersign.k", "${file:f}"))
                .values("k", texts -> Integer.valueOf(texts.get(0)))
                .orElseThrow();
        try (CapturedLog log = new CapturedLog()) {
            write("f", "s3cret", 30);
            settings.reloadNow();
            assertThat(value.current()).isEqualTo(1);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("cannot be read (NumberFormatException)")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void a_file_that_vanishes_leaves_the_old_value_and_may_come_back() throws IOException {
        Reloadable<String> store = store();
        try (CapturedLog log = new CapturedLog()) {
            Files.delete(directory.resolve("store"));
            settings.reloadNow();
            settings.reloadNow();
            assertThat(store.current()).isEqualTo("one");
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("countersign.store: file:store (expected: the file to exist); the value before stays");
        }
        write("store", "two", 10);
        settings.reloadNow();
        assertThat(store.current()).isEqualTo("two");
    }

    @Test
    void ROT_03_a_file_that_was_truncated_leaves_the_old_value() throws IOException {
        Reloadable<String> store = store();
        try (CapturedLog log = new CapturedLog()) {
            write("store", "", 10);
            settings.reloadNow();
            assertThat(store.current()).isEqualTo("one");
            assertThat(log.lines()).singleElement().asString().contains("(expected: a file that is not empty)");
        }
    }

    @Test
    void ROT_03_a_file_that_is_still_written_is_left_until_it_rests() throws IOException {
        Reloadable<String> store = store();
        for (int chunk = 1; chunk <= 5; chunk++) {
            now = now.plusMillis(2000);
            Files.writeString(directory.resolve("store"), "x".repeat(chunk));
            Files.setLastModifiedTime(directory.resolve("store"), FileTime.from(now.minusMillis(300)));
            settings.reloader().poll();
            assertThat(store.current()).isEqualTo("one");
        }
        now = now.plusMillis(2000);
        settings.reloader().poll();
        assertThat(store.current()).isEqualTo("xxxxx");
    }

    @Test
    void a_rested_change_is_taken_by_the_first_poll_and_a_fresh_one_by_the_second() throws IOException {
        Reloadable<String> store = store();
        now = now.plusSeconds(10);
        write("store", "two", 1);
        settings.reloader().poll();
        assertThat(store.current()).isEqualTo("two");
        write("store", "three", 0);
        settings.reloader().poll();
        assertThat(store.current()).isEqualTo("two");
        now = now.plusSeconds(2);
        settings.reloader().poll();
        assertThat(store.current()).isEqualTo("three");
    }

    @Test
    void a_file_from_the_future_is_taken_by_the_second_poll() throws IOException {
        Reloadable<String> store = store();
        write("store", "two", -3600);
        settings.reloader().poll();
        settings.reloader().poll();
        assertThat(store.current()).isEqualTo("two");
    }

    @Test
    void a_file_that_is_missing_for_a_moment_is_no_failure() throws IOException {
        Reloadable<String> store = store();
        try (CapturedLog log = new CapturedLog()) {
            Files.delete(directory.resolve("store"));
            settings.reloader().poll();
            write("store", "two", 5);
            settings.reloader().poll();
            assertThat(store.current()).isEqualTo("two");
            assertThat(log.lines()).noneMatch(line -> line.contains("SEVERE"));
        }
    }

    @Test
    void one_file_that_never_rests_holds_up_the_others_for_one_round_only() throws IOException {
        write("a", "a1", 60);
        write("b", "b1", 60);
        Section root = given(Map.of("countersign.a", "file:a", "countersign.b", "file:b"));
        Reloadable<String> a = root.file("a", Function.identity()).orElseThrow();
        Reloadable<String> b = root.file("b", Function.identity()).orElseThrow();
        write("a", "a2", 5);
        write("b", "b2", 0);
        settings.reloader().poll();
        assertThat(a.current()).isEqualTo("a1");
        now = now.plusSeconds(2);
        write("b", "b3", 0);
        settings.reloader().poll();
        assertThat(a.current()).isEqualTo("a2");
        assertThat(b.current()).isEqualTo("b1");
    }

    @Test
    void files_of_one_value_change_together_or_not_at_all() throws IOException {
        write("a", "a1", 60);
        write("b", "b1", 60);
        Reloadable<String> both = given(Map.of("countersign.k", "${file:a}", "countersign.k.1", "${file:b}"))
                .values("k", ReloadTest::join)
                .orElseThrow();
        write("a", "a2", 30);
        Files.delete(directory.resolve("b"));
        settings.reloadNow();
        assertThat(both.current()).isEqualTo("a1|b1");
        write("b", "b2", 20);
        settings.reloadNow();
        assertThat(both.current()).isEqualTo("a2|b2");
        assertThat(told).containsExactly("countersign.k");
    }

    @Test
    void one_value_that_fails_does_not_hold_up_another() throws IOException {
        write("a", "a1", 60);
        write("b", "b1", 60);
        Section root = given(Map.of("countersign.a", "file:a", "countersign.b", "file:b"));
        Reloadable<String> a = root.file("a", ReloadTest::refuseBad).orElseThrow();
        Reloadable<String> b = root.file("b", ReloadTest::refuseBad).orElseThrow();
        write("a", "bad", 30);
        write("b", "b2", 30);
        settings.reloadNow();
        assertThat(a.current()).isEqualTo("a1");
        assertThat(b.current()).isEqualTo("b2");
        assertThat(told).containsExactly("countersign.b");
    }

    @Test
    void two_values_of_one_file_change_together() throws IOException {
        write("f", "1", 60);
        Section root = given(Map.of("countersign.a", "${file:f}", "countersign.b", "${file:f}"));
        Reloadable<String> a = root.values("a", ReloadTest::join).orElseThrow();
        write("f", "2", 30);
        Reloadable<String> b = root.values("b", ReloadTest::join).orElseThrow();
        settings.reloadNow();
        assertThat(a.current()).isEqualTo("2");
        assertThat(b.current()).isEqualTo("2");
    }

    @Test
    void ROT_04_who_saw_one_new_value_sees_all_of_them() throws Exception {
        write("a", "0", 60);
        write("b", "0", 60);
        Section root = given(Map.of("countersign.a", "file:a", "countersign.b", "file:b"));
        Reloadable<Integer> a = root.file("a", Integer::valueOf).orElseThrow();
        Reloadable<Integer> b = root.file("b", Integer::valueOf).orElseThrow();
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<String> torn = new AtomicReference<>();
        CountDownLatch reading = new CountDownLatch(2);
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            boolean forward = i == 0;
            Thread reader = new Thread(() -> {
                reading.countDown();
                while (!done.get()) {
                    int first = forward ? a.current() : b.current();
                    int second = forward ? b.current() : a.current();
                    if (second < first) {
                        torn.set(first + " then " + second);
                    }
                }
            });
            reader.start();
            readers.add(reader);
        }
        reading.await();
        for (int i = 1; i <= 200; i++) {
            write("a", "" + i, 30);
            write("b", "" + i, 30);
            settings.reloadNow();
        }
        done.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(torn.get()).isNull();
        assertThat(a.current()).isEqualTo(200);
        assertThat(b.current()).isEqualTo(200);
    }

    @Test
    void a_listener_that_throws_hurts_nobody() throws IOException {
        Reloadable<String> store = store();
        List<String> later = new ArrayList<>();
        settings.onReload(key -> {
            throw new IllegalStateException("broken");
        });
        settings.onReload(key -> later.add(key + "=" + store.current()));
        write("store", "two", 30);
        settings.reloadNow();
        assertThat(later).containsExactly("countersign.store=two");
    }

    @Test
    void a_store_that_grows_too_large_or_turns_unreadable_leaves_the_old_value() throws IOException {
        write("f", "one", 60);
        Reloadable<String> value = given(Map.of("countersign.k", "${file:f}"))
                .values("k", ReloadTest::join)
                .orElseThrow();
        try (CapturedLog log = new CapturedLog()) {
            write("f", "x".repeat((1 << 20) + 1), 30);
            settings.reloadNow();
            Files.write(directory.resolve("f"), "ä".getBytes(StandardCharsets.ISO_8859_1));
            settings.reloadNow();
            Files.delete(directory.resolve("f"));
            Files.createDirectory(directory.resolve("f"));
            settings.reloadNow();
            assertThat(value.current()).isEqualTo("one");
            assertThat(log.lines()).hasSize(3);
            assertThat(log.lines().get(0)).contains("${file:f} (expected: a file of at most 1 MiB)");
            assertThat(log.lines().get(1)).contains("${file:f} (expected: a file in UTF-8)");
            assertThat(log.lines().get(2)).contains("${file:f} (expected: a file, not a directory)");
        }
    }

    @Test
    void a_resource_that_cannot_tell_its_version_is_compared_by_content() {
        AtomicBoolean changed = new AtomicBoolean();
        AtomicInteger parsed = new AtomicInteger();
        ResourceLookup.Resource resource = new ResourceLookup.Resource() {
            @Override
            public Optional<Object> version() {
                return Optional.empty();
            }

            @Override
            public long lastModified() {
                return 0;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream((changed.get() ? "two" : "one").getBytes(StandardCharsets.UTF_8));
            }
        };
        settings = Settings.builder()
                .systemProperties(Map.of())
                .environment(Map.of())
                .application(path -> path.equals("WEB-INF/store") ? Optional.of(resource) : Optional.empty())
                .parameters("here", Map.of("countersign.store", "file:WEB-INF/store"))
                .open();
        Reloadable<String> store = settings.root()
                .file("store", content -> content + parsed.incrementAndGet())
                .orElseThrow();
        settings.reloader().poll();
        assertThat(store.current()).isEqualTo("one1");
        changed.set(true);
        settings.reloader().poll();
        assertThat(store.current()).isEqualTo("two2");
    }

    private static long pollers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("countersign-reload"))
                .count();
    }

    @Test
    void a_thread_runs_only_while_there_is_something_to_follow() throws IOException {
        long before = pollers();
        given(Map.of("countersign.k", "fixed")).values("k", ReloadTest::join);
        settings.finish();
        assertThat(pollers()).isEqualTo(before);
        settings.close();

        store();
        assertThat(pollers()).isEqualTo(before);
        settings.finish();
        assertThat(pollers()).isEqualTo(before + 1);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("countersign-reload"))
                .allMatch(Thread::isDaemon);
        settings.close();
        assertThat(pollers()).isEqualTo(before);
        settings.close();
    }

    @Test
    void after_the_end_nothing_is_read_again() throws IOException {
        Reloadable<String> store = store();
        settings.finish();
        settings.close();
        write("store", "two", 30);
        settings.reloadNow();
        assertThat(store.current()).isEqualTo("one");
    }

    @Test
    void a_refused_deployment_leaves_no_thread() throws IOException {
        long before = pollers();
        store();
        settings.problem("something else");
        assertThatThrownBy(() -> settings.finish()).isInstanceOf(ConfigurationException.class);
        assertThat(pollers()).isEqualTo(before);
    }

    @Test
    void the_poller_takes_a_change_within_five_seconds() throws Exception {
        Path file = directory.resolve("store");
        Files.writeString(file, "one");
        settings = Settings.builder()
                .systemProperties(Map.of())
                .environment(Map.of())
                .workingDirectory(directory)
                .parameters("here", Map.of("countersign.store", "file:store"))
                .open();
        Reloadable<String> store =
                settings.root().file("store", Function.identity()).orElseThrow();
        CountDownLatch reloaded = new CountDownLatch(1);
        settings.onReload(key -> reloaded.countDown());
        settings.finish();
        Files.writeString(file, "two");
        assertThat(reloaded.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(store.current()).isEqualTo("two");
    }
}
