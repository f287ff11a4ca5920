package dev.countersign.password;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.StoreUnavailableException;
import dev.countersign.WorkLimit;
import dev.countersign.key.Hmac;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks passwords and remembers for a short time which checks succeeded, because one costs a good part of a second of
 * CPU. Safe for use by many threads.
 *
 * <p>Only successes are kept, at most {@value #MAX_ENTRIES}, keyed by an HMAC-SHA-256 (of a random key of this process)
 * over user name, password and stored hash, each with its length: nothing kept leads back to a password, and a changed
 * record ends what was kept of it at once. Equal checks that run at the same time compute one hash.
 */
public final class VerifiedPasswords {
    private static final int MAX_ENTRIES = 10_000;
    private static final String ALGORITHM = "HmacSHA256";

    private final Duration ttl;
    private final InstantSource clock;
    private final WorkLimit hashing;
    private final Hmac keyed = new Hmac(ALGORITHM, new SecretKeySpec(PasswordHash.random(32), ALGORITHM));
    private final Cache<ByteBuffer, Instant> verified;
    private final ConcurrentMap<ByteBuffer, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();

    /**
     * @param ttl how long a success is remembered; zero remembers nothing
     * @param clock the only source of time
     * @param hashing bounds how many hashes are computed at once
     */
    public VerifiedPasswords(Duration ttl, InstantSource clock, WorkLimit hashing) {
        if (ttl.isNegative()) {
            throw new IllegalArgumentException("The time to remember a verified password is negative");
        }
        this.ttl = ttl;
        this.clock = clock;
        this.hashing = hashing;
        this.verified = Caffeine.newBuilder()
                .maximumSize(MAX_ENTRIES)
                .executor(Runnable::run)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfterWrite(ttl)
                .build();
    }

    /**
     * Whether {@code password} is the one of {@code hash}, from memory where it was found right within the time to
     * remember.
     *
     * @param user whose password it is, as the store names the user
     * @throws StoreUnavailableException if too many hashes are being computed
     */
    public boolean matches(String user, String password, PasswordHash hash) {
        if (!PasswordHash.isHashable(password)) {
            return false;
        }
        if (ttl.isZero()) {
            return compute(password, hash);
        }
        ByteBuffer digest = digest(user, password, hash);
        Instant at = verified.getIfPresent(digest);
        if (at != null) {
            Instant now = clock.instant();
            // verified at + ttl == now is over; a clock that was set back does not prolong it.
            if (!now.isBefore(at) && now.isBefore(at.plus(ttl))) {
                return true;
            }
        }
        return computeOnce(digest, password, hash, true);
    }

    /**
     * Whether {@code password} is the one of {@code hash}, always computed and never remembered: for accounts that do not
     * get in whatever the answer is.
     *
     * @param user as in {@link #matches}
     * @throws StoreUnavailableException if too many hashes are being computed
     */
    public boolean matchesNow(String user, String password, PasswordHash hash) {
        if (!PasswordHash.isHashable(password)) {
            return false;
        }
        return ttl.isZero()
                ? compute(password, hash)
                : computeOnce(digest(user, password, hash), password, hash, false);
    }

    private boolean compute(String password, PasswordHash hash) {
        return hashing.run(() -> hash.matches(password));
    }

    private boolean computeOnce(ByteBuffer digest, String password, PasswordHash hash, boolean remember) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> other = running.putIfAbsent(digest, mine);
        if (other != null) {
            return join(other);
        }
        try {
            boolean matches = compute(password, hash);
            // Before the check stops to run, so that no equal one begins in between.
            if (matches && remember) {
                verified.put(digest, clock.instant());
            }
            mine.complete(matches);
            return matches;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(digest, mine);
        }
    }

    private static boolean join(CompletableFuture<Boolean> other) {
        try {
            return other.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreUnavailableException unavailable) {
                throw unavailable;
            }
            throw e;
        }
    }

    private ByteBuffer digest(String user, String password, PasswordHash hash) {
        Mac mac = keyed.start();
        update(mac, user);
        update(mac, password);
        update(mac, hash.encoded());
        return ByteBuffer.wrap(mac.doFinal());
    }

    private static void update(Mac mac, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length;
        mac.update((byte) (length >> 24));
        mac.update((byte) (length >> 16));
        mac.update((byte) (length >> 8));
        mac.update((byte) length);
        mac.update(bytes);
    }
}
