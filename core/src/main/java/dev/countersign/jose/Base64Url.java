package dev.countersign.jose;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding (RFC 7515 section 2), read in one way only: no other characters, and unused bits of the last
 * character are zero, so that no two texts give the same bytes (RFC 4648 section 3.5).
 */
final class Base64Url {
    private static final byte[] VALUES = new byte[256];

    static {
        Arrays.fill(VALUES, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < alphabet.length(); i++) {
            VALUES[alphabet.charAt(i)] = (byte) i;
        }
    }

    private Base64Url() {}

    /** The bytes that {@code text} stands for; null if they are not written as above. */
    static byte @Nullable [] decode(String text) {
        byte[] characters = text.getBytes(StandardCharsets.ISO_8859_1);
        return decode(characters, 0, characters.length);
    }

    /**
     * The bytes that part of a text stands for; null if they are not written as above.
     *
     * @param text in ISO 8859-1, where what it cannot say has become a question mark, which is no character of this alphabet
     */
    static byte @Nullable [] decode(byte[] text, int start, int end) {
        int length = end - start;
        int rest = length & 3;
        if (rest == 1) {
            return null;
        }
        byte[] bytes = new byte[(length >> 2) * 3 + (rest == 0 ? 0 : rest - 1)];
        int in = start;
        int out = 0;
        for (int full = end - rest; in < full; in += 4) {
            int bits =
                    value(text, in) << 18 | value(text, in + 1) << 12 | value(text, in + 2) << 6 | value(text, in + 3);
            // A character that is none has the value -1, whose sign survives every shift and or.
            if (bits < 0) {
                return null;
            }
            bytes[out++] = (byte) (bits >> 16);
            bytes[out++] = (byte) (bits >> 8);
            bytes[out++] = (byte) bits;
        }
        if (rest == 2) {
            int bits = value(text, in) << 6 | value(text, in + 1);
            if (bits < 0 || (bits & 0x0F) != 0) {
                return null;
            }
            bytes[out] = (byte) (bits >> 4);
        } else if (rest == 3) {
            int bits = value(text, in) << 12 | value(text, in + 1) << 6 | value(text, in + 2);
            if (bits < 0 || (bits & 0x03) != 0) {
                return null;
            }
            bytes[out++] = (byte) (bits >> 10);
            bytes[out] = (byte) (bits >> 2);
        }
        return bytes;
    }

    private static int value(byte[] text, int index) {
        return VALUES[text[index] & 0xFF];
    }
}
