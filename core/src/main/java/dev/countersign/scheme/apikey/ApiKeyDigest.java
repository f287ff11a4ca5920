package dev.countersign.scheme.apikey;

import dev.countersign.key.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The SHA-256 of a whole key: all that a store keeps, and what it looks keys up by. Its text form shows nothing.
 *
 * <p>Hashing first is what makes the time of a look-up harmless: whoever varies a key sees the digest change wholly and
 * unpredictably, so that neither a map, nor an index of a database, nor an early exit tells how near a guess was.
 *
 * @param first bytes 0 to 7, big-endian
 * @param second bytes 8 to 15
 * @param third bytes 16 to 23
 * @param fourth bytes 24 to 31
 */
public record ApiKeyDigest(long first, long second, long third, long fourth) {
    private static final int BYTES = 32;

    /** The digest of a key: of its UTF-8 bytes, which are ASCII for every key of our own. */
    public static ApiKeyDigest of(String key) {
        return of(Sha256.start().digest(key.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Reads 64 hexadecimal digits of either case.
     *
     * @throws IllegalArgumentException if it is anything else; the message does not show it
     */
    public static ApiKeyDigest parse(String hex) {
        try {
            if (hex.length() == 2 * BYTES) {
                return of(HexFormat.of().parseHex(hex));
            }
        } catch (IllegalArgumentException e) {
            // Told below: the decoder's message quotes the offending character.
        }
        throw new IllegalArgumentException("not a SHA-256 (expected: 64 hexadecimal digits)");
    }

    /** 64 hexadecimal digits in lower case. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    /** Whether the digests are equal, in constant time. */
    boolean matches(ApiKeyDigest other) {
        return ((first ^ other.first) | (second ^ other.second) | (third ^ other.third) | (fourth ^ other.fourth)) == 0;
    }

    /** The first bytes are as evenly spread as any hash of them. */
    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    /** Only the type's name: a digest of a weak imported key could be searched for. */
    @Override
    public String toString() {
        return "ApiKeyDigest[****]";
    }

    private byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    private static ApiKeyDigest of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new ApiKeyDigest(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }
}
