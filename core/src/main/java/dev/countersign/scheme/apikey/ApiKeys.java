package dev.countersign.scheme.apikey;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes keys. A key exists in clear once, in what {@link #issue} returns; what is stored is its digest.
 *
 * <pre>{@code
 * IssuedKey issued = ApiKeys.withPrefix("sk_live_").issue("acme-1");
 * show(issued.key());
 * append(ApiKeyFile.format(issued.record()));
 * }</pre>
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class ApiKeys {
    private static final int ID_BYTES = 8;
    private static final int ID_LENGTH = KeyFormat.bodyLength(ID_BYTES);

    private final String prefix;
    private final int bytes;
    private final SecureRandom random;

    private ApiKeys(String prefix, int bytes, SecureRandom random) {
        this.prefix = prefix;
        this.bytes = bytes;
        this.random = random;
    }

    /**
     * Makes keys of 32 random bytes.
     *
     * @param prefix as in {@code countersign.scheme.<name>.prefixes}: 3 to 32 characters of {@code A-Z a-z 0-9 - . _ ~ + /}
     * @throws IllegalArgumentException if it is no prefix
     */
    public static ApiKeys withPrefix(String prefix) {
        if (!KeyFormat.isPrefix(prefix)) {
            throw new IllegalArgumentException(ApiKeySettings.PREFIX_RULE);
        }
        return new ApiKeys(prefix, KeyFormat.DEFAULT_BYTES, new SecureRandom());
    }

    /**
     * The same with another number of random bytes, as in {@code countersign.scheme.<name>.bytes}.
     *
     * @param count 16 to 64
     * @throws IllegalArgumentException if it is out of range
     */
    public ApiKeys bytes(int count) {
        if (count < KeyFormat.MIN_BYTES || count > KeyFormat.MAX_BYTES) {
            throw new IllegalArgumentException("bytes: " + count + " (expected: " + KeyFormat.MIN_BYTES + " to "
                    + KeyFormat.MAX_BYTES + " random bytes)");
        }
        return new ApiKeys(prefix, count, random);
    }

    /** A new key with a random id. */
    public IssuedKey issue() {
        return issue(randomId());
    }

    /**
     * A new key.
     *
     * @param id names it in the store: 1 to 64 characters of {@code A-Z a-z 0-9 _ -}
     * @throws IllegalArgumentException if it is no id
     */
    public IssuedKey issue(String id) {
        byte[] body = new byte[bytes];
        random.nextBytes(body);
        String key = KeyFormat.format(prefix, body);
        return new IssuedKey(key, ApiKeyRecord.of(id, ApiKeyDigest.of(key)));
    }

    /**
     * Replaces a key: a new one with the grants of the old one, and the old one's record as it is to be stored until its
     * users have the new key.
     *
     * @param old the record of the key to replace
     * @param acceptedUntil when the old key ends, if it does not end sooner by itself
     * @param expires when the new key ends, if it does
     * @throws IllegalArgumentException if the old key is revoked
     */
    public Rotation rotate(ApiKeyRecord old, Instant acceptedUntil, Optional<Instant> expires) {
        if (old.status() == ApiKeyRecord.Status.REVOKED) {
            throw new IllegalArgumentException("status: revoked (expected: a key that is still accepted)");
        }
        IssuedKey issued = issue();
        ApiKeyRecord record = issued.record();
        return new Rotation(
                new IssuedKey(issued.key(), old.successor(record.id(), record.digest(), expires)),
                old.rotating(acceptedUntil));
    }

    /**
     * A key in clear, and what to store of it.
     *
     * @param key the whole key: hand it over and forget it
     * @param record what the store keeps
     */
    public record IssuedKey(String key, ApiKeyRecord record) {
        /** The id; never the key. */
        @Override
        public String toString() {
            return "IssuedKey[" + record.id() + "]";
        }
    }

    /**
     * A replaced key.
     *
     * @param next the new key
     * @param previous what the store keeps of the old one from now on
     */
    public record Rotation(IssuedKey next, ApiKeyRecord previous) {}

    private String randomId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return KeyFormat.base62(new BigInteger(1, id), ID_LENGTH);
    }
}
