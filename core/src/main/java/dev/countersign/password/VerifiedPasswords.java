package dev.countersign.password;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.StoreUnavailableException;
import dev.countersign.WorkLimit;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
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
 * over user name and password, each with its length, together with the stored hash: nothing kept leads back to a password,
 * and a changed record ends what was kept of it at once. Equal checks that run at the same time compute one hash.
 */
public final class VerifiedPasswords {
    private static final int MAX_ENTRIES = 10_000;
    private static final String ALGORITHM = "HmacSHA256";

    /** A check that was right at an instant, against this stored hash. */
    private record Success(String hash, Instant at) {}

    /** A check that runs. */
    private record Check(ByteBuffer digest, String hash) {}

    private final Duration ttl;
    private final InstantSource clock;
    private final WorkLimit hashing;
    private final SecretKeySpec key = new SecretKeySpec(PasswordHash.random(32), ALGORITHM);
    // Copied for each use: finding the algorithm and setting the key costs more than the digest.
    private final Mac keyed = keyed(key);
    private final Cache<ByteBuffer, Success> verified;
    private final ConcurrentMap<Check, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();

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
        ByteBuffer digest = digest(user, password);
        Success success = verified.getIfPresent(digest);
        if (success != null && success.hash().equals(hash.encoded())) {
            Instant now = clock.instant();
            // verified at + ttl == now is over; a clock that was set back does not prolong it.
            if (!now.isBefore(success.at()) && now.isBefore(success.at().plus(ttl))) {
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
        return ttl.isZero() ? compute(password, hash) : computeOnce(digest(user, password), password, hash, false);
    }

    private boolean compute(String password, PasswordHash hash) {
        return hashing.run(() -> hash.matches(password));
    }

    private boolean computeOnce(ByteBuffer digest, String password, PasswordHash hash, boolean remember) {
        Check check = new Check(digest, hash.encoded());
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> other = running.putIfAbsent(check, mine);
        if (other != null) {
            return join(other);
        }
        try {
            boolean matches = compute(password, hash);
            // Before the check stops to run, so that no equal one begins in between.
            if (matches && remember) {
                verified.put(digest, new Success(hash.encoded(), clock.instant()));
            }
            mine.complete(matches);
            return matches;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(check, mine);
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

    private ByteBuffer digest(String user, String password) {
        try {
            return ByteBuffer.wrap(digest((Mac) keyed.clone(), user, password));
        } catch (CloneNotSupportedException e) {
            return ByteBuffer.wrap(digest(keyed(key), user, password));
        }
    }

    private static byte[] digest(Mac mac, String user, String password) {
        update(mac, user);
        update(mac, password);
        return mac.doFinal();
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

    private static Mac keyed(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java runtime", e);
        }
    }
}
