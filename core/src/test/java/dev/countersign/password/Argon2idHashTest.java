package dev.countersign.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the library that computes Argon2id is trusted with, and what it is known to leave behind. */
class Argon2idHashTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 10;
    private static final String PBKDF2 =
            "{pbkdf2-sha256}1000$c2FsdHNhbHRzYWx0c2FsdA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final String TWO_LANES =
            "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc";

    /** Of {@code password-0} to {@code password-7}, computed by the reference code in C. */
    private static final List<String> ONE_LANE_EACH = List.of(
            "$argon2id$v=19$m=512,t=2,p=1$c2FsdC1vZi0wMA$TQRwkmk0LCcGePpf/pdKDrIqJAI9wuiRUwBq44nPpu4",
            "$argon2id$v=19$m=512,t=2,p=1$c2FsdC1vZi0wMQ$6hH406YeyMRlNSg8kSl7bCffAWMwNE1/ObYTOR6TJm4",
            "$argon2id$v=19$m=512,t=2,p=1$c2FsdC1vZi0wMg$t95A53uTl8cC/XSeO4MHeTvI8alY+ByXbKzhQcKhAhI",
            "$argon2id$v=19$m=512,t=2,p=1$c2FsdC1vZi0wMw$7HXo760NIR0lKAj2U1yyfGZpmgfR92Qx21jKUZTRK1o",
            "$argon2id$v=19$m=512,t=2,p=1$c2FsdC1vZi0wNA$/2m3Q0m7sA6qvb7/2iJVxadTsRzuCQbbiTrq59heT9o",
            "$argon2id$v=19$m=512,t=2,p=1$c2FsdC1vZi0wNQ$JBuHQpzX6m+cRL4VwJude4NOB9PN1HQwt+iSR4bZ2vc",
            "$argon2id$v=19$m=512,t=2,p=1$c2FsdC1vZi0wNg$hbP0vDI7/lzJ0zreDTUiZ3lZ1FA1WV5yPaKqcfwUmCg",
            "$argon2id$v=19$m=512,t=2,p=1$c2FsdC1vZi0wNw$5dvUB7qqXdaDqb6qzK/y8l2QhPbI8vqXBER+pFN7Pro");

    /** The same passwords and salts with two lanes, computed by the reference code in C. */
    private static final List<String> TWO_LANES_EACH = List.of(
            "$argon2id$v=19$m=512,t=2,p=2$c2FsdC1vZi0wMA$vtaAzi2S5T+JZ7PTTzp0kB8Chv2JEFMyKk55fTnZwGg",
            "$argon2id$v=19$m=512,t=2,p=2$c2FsdC1vZi0wMQ$coiuy94mMEl+iZR0w/Vb6jWp8t6CxVFWLZ1iSECsFLI",
            "$argon2id$v=19$m=512,t=2,p=2$c2FsdC1vZi0wMg$fpwsogjUCU9inJ2uy3RD//5UDwVEVY08sNC9wcrSE9M",
            "$argon2id$v=19$m=512,t=2,p=2$c2FsdC1vZi0wMw$PmQDAXpcNWDRGDzSX0PVah5tO/iop+wFrJlUqbdhvk4",
            "$argon2id$v=19$m=512,t=2,p=2$c2FsdC1vZi0wNA$aG9Us0TGZstjvnRBOtuJK76/YYcqQAl/UH907eM1MGY",
            "$argon2id$v=19$m=512,t=2,p=2$c2FsdC1vZi0wNQ$yCXfi0Vdk6UPwb9AzaXGDea7p6PxaWv2VMa2+WeqdXc",
            "$argon2id$v=19$m=512,t=2,p=2$c2FsdC1vZi0wNg$m4OyVcF+OyCIGTlAeRhDiM5d455NAaqMj1u3LEDY9KY",
            "$argon2id$v=19$m=512,t=2,p=2$c2FsdC1vZi0wNw$ZkesESzAPLq7EMlSCaCMw1C8qQxQOJJMEGKXJUuPiRI");

    // Computed by the reference code in C: memory that is no multiple of four blocks a lane, short and long hashes.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=67,t=3,p=4$MDEyMzQ1Njc4OWFiY2RlZg$ViZF7zsA3PfpZjzJ2K17sd5AMnzOlTiSgar2my4L6orSAl96SXhYkFyhpZKxv2hy2gCBvmDvHHyWZV88fjrUBg",
                "$argon2id$v=19$m=1009,t=3,p=16$MDEyMzQ1Njc4OWFiY2RlZjA$nH67hlHLT2JFkNY15wX1Dw"
            })
    void reads_odd_parameters_as_the_reference_code_does(String stored) {
        PasswordHash hash = PasswordHash.parse(stored);
        assertThat(hash.matches("pässwörd ✓")).isTrue();
        assertThat(hash.matches("passwörd ✓")).isFalse();
    }

    // Computed by the reference code in C.
    @Test
    void hashes_a_password_of_1024_bytes_as_the_reference_code_does() {
        PasswordHash hash = PasswordHash.parse(
                "$argon2id$v=19$m=131,t=1,p=3$c2FsdHNhbHQ$6PjiVELTmMi71zPyzjlueejXRxA8AtG+FrXbB31ftbqo");
        assertThat(hash.matches("é".repeat(512))).isTrue();
        assertThat(hash.matches("é".repeat(511))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void answers_rightly_when_many_threads_check_different_passwords_of_one_set_of_parameters(int lanes)
            throws Exception {
        List<PasswordHash> hashes = (lanes == 1 ? ONE_LANE_EACH : TWO_LANES_EACH)
                .stream().map(PasswordHash::parse).toList();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier together = new CyclicBarrier(THREADS);
        try {
            List<Future<Integer>> wrong = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int mine = i;
                wrong.add(threads.submit(() -> wrongAnswers(hashes, mine, together)));
            }
            for (Future<Integer> answers : wrong) {
                assertThat(answers.get(60, TimeUnit.SECONDS)).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int wrongAnswers(List<PasswordHash> hashes, int mine, CyclicBarrier together) throws Exception {
        int wrong = 0;
        for (int round = 0; round < ROUNDS; round++) {
            together.await(30, TimeUnit.SECONDS);
            wrong += hashes.get(mine).matches("password-" + mine) ? 0 : 1;
            wrong += hashes.get(mine).matches("password-" + (mine + 1) % THREADS) ? 1 : 0;
        }
        return wrong;
    }

    @Test
    void is_not_disturbed_by_an_interrupt_from_before_and_keeps_it() {
        PasswordHash hash = PasswordHash.parse(TWO_LANES);
        Thread.currentThread().interrupt();
        try {
            assertThat(hash.matches("password")).isTrue();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void says_unavailable_and_never_wrong_when_it_is_interrupted() throws Exception {
        PasswordHash hash = PasswordHash.parse(TWO_LANES);
        AtomicReference<String> outcome = new AtomicReference<>("never interrupted");
        Thread checking = new Thread(() -> {
            for (int i = 0; i < 10_000; i++) {
                try {
                    if (!hash.matches("password")) {
                        outcome.set("wrong");
                        return;
                    }
                } catch (StoreUnavailableException e) {
                    outcome.set("unavailable");
                    return;
                }
            }
        });
        checking.start();
        while (checking.isAlive()) {
            checking.interrupt();
            Thread.onSpinWait();
        }
        checking.join();
        assertThat(outcome).hasValue("unavailable");
    }

    @Test
    void leaves_daemon_threads_behind_for_several_lanes_at_most_one_for_each_processor() throws Exception {
        // A set of parameters that no other test has.
        List<Thread> left = threadsStartedBy("$argon2id$v=19$m=50,t=1,p=3$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA");
        assertThat(left)
                .hasSizeBetween(1, Runtime.getRuntime().availableProcessors())
                .allMatch(Thread::isDaemon)
                .allMatch(thread -> thread.getName().startsWith("password4j-worker-"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PBKDF2,
                "$2b$04$WR9jW2OGMW30zkVgJbaHgeHr/fILP2liYVtJxjrF0hWTaqq2kipdO",
                "$argon2id$v=19$m=49,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA"
            })
    void starts_no_thread_for_other_hashes_nor_for_one_lane(String stored) throws Exception {
        assertThat(threadsStartedBy(stored)).isEmpty();
    }

    /** Known by their context class loader, which a thread has of the one that starts it: other tests start some too. */
    private static List<Thread> threadsStartedBy(String stored) throws Exception {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        try (URLClassLoader mark = new URLClassLoader(new URL[0], before)) {
            current.setContextClassLoader(mark);
            PasswordHash.parse(stored).matches("any");
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !thread.equals(current) && mark.equals(thread.getContextClassLoader()))
                    .toList();
        } finally {
            current.setContextClassLoader(before);
        }
    }

    @Test
    void needs_no_class_of_the_library_until_it_computes_a_hash_and_none_for_PBKDF2() throws Exception {
        URL classes = PasswordHash.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader alone = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> alone.loadClass("com.password4j.Argon2Function"))
                    .isInstanceOf(ClassNotFoundException.class);
            assertThat(matches(alone, PBKDF2)).isEqualTo(false);
            assertThat(parse(alone, TWO_LANES)).hasToString("PasswordHash[Argon2id m=256,t=2,p=2]");
            assertThatThrownBy(() -> matches(alone, TWO_LANES))
                    .isInstanceOf(InvocationTargetException.class)
                    .hasCauseInstanceOf(NoClassDefFoundError.class);
        }
    }

    private static Object parse(ClassLoader classes, String stored) throws ReflectiveOperationException {
        return type(classes).getMethod("parse", String.class).invoke(null, stored);
    }

    private static Object matches(ClassLoader classes, String stored) throws ReflectiveOperationException {
        return type(classes).getMethod("matches", String.class).invoke(parse(classes, stored), "any");
    }

    private static Class<?> type(ClassLoader classes) throws ClassNotFoundException {
        return classes.loadClass(PasswordHash.class.getName());
    }
}
