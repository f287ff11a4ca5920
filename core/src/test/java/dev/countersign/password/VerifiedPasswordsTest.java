package dev.countersign.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.StoreUnavailableException;
import dev.countersign.WorkLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VerifiedPasswordsTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final CountingPasswordHash hash = CountingPasswordHash.of("right");
    private final VerifiedPasswords passwords = passwords(Duration.ofSeconds(60));

    private VerifiedPasswords passwords(Duration ttl) {
        return new VerifiedPasswords(ttl, () -> now, new WorkLimit("password hashing", 2, 10));
    }

    @Test
    void computes_one_hash_for_a_right_password_that_comes_again() {
        assertThat(passwords.matches("ann", "right", hash)).isTrue();
        assertThat(passwords.matches("ann", "right", hash)).isTrue();
        assertThat(hash.computed()).isOne();
    }

    @Test
    void never_remembers_a_wrong_password() {
        assertThat(passwords.matches("ann", "wrong", hash)).isFalse();
        assertThat(passwords.matches("ann", "wrong", hash)).isFalse();
        assertThat(hash.computed()).isEqualTo(2);
    }

    @Test
    void forgets_when_the_time_is_over_to_the_instant() {
        passwords.matches("ann", "right", hash);
        now = now.plus(Duration.ofSeconds(60)).minusNanos(1);
        assertThat(passwords.matches("ann", "right", hash)).isTrue();
        assertThat(hash.computed()).isOne();
        now = now.plusNanos(1);
        assertThat(passwords.matches("ann", "right", hash)).isTrue();
        assertThat(hash.computed()).isEqualTo(2);
    }

    @Test
    void does_not_remember_longer_when_the_clock_is_set_back() {
        passwords.matches("ann", "right", hash);
        now = now.minusSeconds(3600);
        assertThat(passwords.matches("ann", "right", hash)).isTrue();
        assertThat(hash.computed()).isEqualTo(2);
    }

    @Test
    void remembers_nothing_with_a_time_of_zero() {
        VerifiedPasswords off = passwords(Duration.ZERO);
        assertThat(off.matches("ann", "right", hash)).isTrue();
        assertThat(off.matches("ann", "right", hash)).isTrue();
        assertThat(hash.computed()).isEqualTo(2);
    }

    @Test
    void keeps_users_passwords_and_hashes_apart() {
        passwords.matches("ann", "right", hash);
        CountingPasswordHash changed = CountingPasswordHash.of("new");
        assertThat(passwords.matches("ann", "right", changed)).isFalse();
        assertThat(passwords.matches("annr", "ight", hash)).isFalse();
        assertThat(passwords.matches("bob", "right", hash)).isTrue();
        assertThat(hash.computed()).isEqualTo(3);
    }

    @Test
    void PWD_08_does_not_take_text_that_cannot_be_encoded_for_a_question_mark() {
        CountingPasswordHash question = CountingPasswordHash.of("a?");
        assertThat(passwords.matches("ann", "a?", question)).isTrue();
        assertThat(passwords.matches("ann", "a\uD800", question)).isFalse();
    }

    @Test
    void computes_one_hash_for_equal_checks_at_the_same_time() throws Exception {
        int callers = 8;
        CountDownLatch computing = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountingPasswordHash slow = CountingPasswordHash.of("right", () -> {
            computing.countDown();
            await(release);
        });
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            answers.add(threads.submit(() -> passwords.matches("ann", "right", slow)));
            await(computing);
            for (int i = 1; i < callers; i++) {
                answers.add(threads.submit(() -> passwords.matches("ann", "right", slow)));
            }
            release.countDown();
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get(10, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(slow.computed()).isOne();
    }

    @Test
    void says_unavailable_when_too_many_hashes_are_being_computed() throws Exception {
        VerifiedPasswords narrow =
                new VerifiedPasswords(Duration.ofSeconds(60), () -> now, new WorkLimit("password hashing", 1, 0));
        CountDownLatch computing = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountingPasswordHash slow = CountingPasswordHash.of("right", () -> {
            computing.countDown();
            await(release);
        });
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> first = threads.submit(() -> narrow.matches("ann", "right", slow));
            await(computing);
            assertThatThrownBy(() -> narrow.matches("bob", "other", slow))
                    .isInstanceOfSatisfying(
                            StoreUnavailableException.class,
                            full -> assertThat(full.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
            release.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(narrow.matches("ann", "right", slow)).isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("timed out");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
