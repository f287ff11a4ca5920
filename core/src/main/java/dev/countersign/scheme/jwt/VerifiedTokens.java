package dev.countersign.scheme.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.Verification;
import dev.countersign.http.AuthorizationField;
import dev.countersign.jose.KeySet;
import dev.countersign.key.Sha256;
import dev.countersign.token.RevocableToken;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of one instance whose signature and claims were good, by the SHA-256 of the token, at most {@value #MOST}. An
 * entry saves the signature's verification and nothing else: time, keys and revocation are judged at each use.
 *
 * <p>A token that is cheap to verify is kept when it comes for the second time: clients that make a token for each request
 * would fill the memory, and keep the garbage collector busy, with what nobody asks for again.
 */
final class VerifiedTokens {
    private static final int MOST = 10_000;
    /** A power of two. */
    private static final int ONCE = 1 << 14;

    /** The digest of a whole token. */
    static final class Digest {
        private final byte[] bytes;

        private Digest(byte[] bytes) {
            this.bytes = bytes;
        }

        /** The digest of the credentials of this field, which are a token68. */
        static Digest of(AuthorizationField field) {
            MessageDigest digest = Sha256.start();
            field.addTo(digest);
            return new Digest(digest.digest());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
        }

        /** The last bytes: where two tokens share them, one is kept a request too early. */
        private long mark() {
            return ByteBuffer.wrap(bytes).getLong(bytes.length - Long.BYTES);
        }

        /** The first bytes are as evenly spread as any hash of them. */
        @Override
        public int hashCode() {
            return bytes[0] << 24 | (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | (bytes[3] & 0xFF);
        }
    }

    /**
     * A token that was good.
     *
     * @param verified the answer
     * @param keys the set that verified it; with another set it counts for nothing
     * @param notBefore the first instant at which it is good, skew included
     * @param end the first instant at which it is expired, skew included
     * @param revocable what the blocklist needs to know
     */
    record Entry(
            Verification.Verified verified, KeySet keys, Instant notBefore, Instant end, RevocableToken revocable) {}

    // On the calling thread: no pool of the JVM holds on to a class loader of this application.
    private final Cache<Digest, Entry> entries =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    /** Marks of tokens that came once, each in the place that its hash code gives it. */
    private final AtomicLongArray once = new AtomicLongArray(ONCE);

    @Nullable
    Entry find(Digest digest) {
        return entries.getIfPresent(digest);
    }

    /** @param cheap whether verifying the token again costs less than keeping one that does not come again */
    void keep(Digest digest, Entry entry, boolean cheap) {
        if (!cheap || cameBefore(digest)) {
            entries.put(digest, entry);
        }
    }

    private boolean cameBefore(Digest digest) {
        int place = digest.hashCode() & (ONCE - 1);
        long mark = digest.mark();
        return once.get(place) == mark || once.getAndSet(place, mark) == mark;
    }

    void forget(Digest digest) {
        entries.invalidate(digest);
    }
}
