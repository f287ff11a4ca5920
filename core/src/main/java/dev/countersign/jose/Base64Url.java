package dev.countersign.jose;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding (RFC 7515 section 2), read in one way only: no other characters, and unused bits of the last
 * character are zero, so that no two texts give the same bytes (RFC 4648 section 3.5).
 */
final class Base64Url {
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < alphabet.length(); i++) {
            VALUES[alphabet.charAt(i)] = (byte) i;
        }
    }

    private Base64Url() {}

    static byte @Nullable [] decode(String text) {
        return decode(text, 0, text.length());
    }

    /** The bytes of {@code text} from {@code start} to {@code end}; null if they are not written as above. */
    static byte @Nullable [] decode(String text, int start, int end) {
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

    private static int value(String text, int index) {
        char c = text.charAt(index);
        return c < 128 ? VALUES[c] : -1;
    }
}
