package dev.countersign.scheme.apikey;

import java.math.BigInteger;
import java.util.zip.CRC32;

/**
 * The shape of a key, {@code <prefix><body><check>}: the body is the random bytes as one big-endian number in base62
 * ({@code 0-9A-Za-z}), the check the CRC-32 of IEEE 802.3 over the ASCII bytes of prefix and body in six base62
 * characters, both left-padded with {@code 0}. The check catches slips of the hand and of copying, and lets forged keys
 * fail before any look-up; it protects nothing.
 */
final class KeyFormat {
    static final int DEFAULT_BYTES = 32;
    static final int MIN_BYTES = 16;
    static final int MAX_BYTES = 64;
    static final int MIN_PREFIX = 3;
    static final int MAX_PREFIX = 32;
    static final int CHECK_LENGTH = 6;

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final double CHARACTERS_FOR_A_BIT = Math.log(2) / Math.log(DIGITS.length());
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

    private KeyFormat() {}

    /** How many base62 characters every number of so many bytes fits into: 43 for 32 bytes. */
    static int bodyLength(int bytes) {
        return (int) Math.ceil(Byte.SIZE * bytes * CHARACTERS_FOR_A_BIT);
    }

    /** The whole key of these random bytes. */
    static String format(String prefix, byte[] random) {
        String start = prefix + base62(new BigInteger(1, random), bodyLength(random.length));
        return start + check(start);
    }

    /** Whether {@code key}, which starts with {@code prefix}, has a body for so many bytes and the check that fits. */
    static boolean isWellFormed(String key, String prefix, int bytes) {
        int bodyEnd = prefix.length() + bodyLength(bytes);
        if (key.length() != bodyEnd + CHECK_LENGTH) {
            return false;
        }
        for (int i = prefix.length(); i < key.length(); i++) {
            if (!isBase62(key.charAt(i))) {
                return false;
            }
        }
        long rest = crc(key, bodyEnd);
        for (int i = key.length() - 1; i >= bodyEnd; i--) {
            if (key.charAt(i) != DIGITS.charAt((int) (rest % DIGITS.length()))) {
                return false;
            }
            rest /= DIGITS.length();
        }
        return true;
    }

    /** Of the first characters of a text, which are ASCII. */
    private static long crc(String text, int end) {
        CRC32 crc = new CRC32();
        for (int i = 0; i < end; i++) {
            crc.update(text.charAt(i));
        }
        return crc.getValue();
    }

    /** The check of prefix and body. */
    static String check(String start) {
        char[] text = new char[CHECK_LENGTH];
        long rest = crc(start, start.length());
        for (int i = CHECK_LENGTH - 1; i >= 0; i--) {
            text[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(text);
    }

    static String base62(BigInteger number, int length) {
        char[] text = new char[length];
        BigInteger rest = number;
        for (int i = length - 1; i >= 0; i--) {
            BigInteger[] split = rest.divideAndRemainder(BASE);
            text[i] = DIGITS.charAt(split[1].intValue());
            rest = split[0];
        }
        return new String(text);
    }

    /**
     * Whether a prefix may be configured: characters of a {@code token68} (RFC 9110 section 11.2), so that a key can stand
     * in every carrier, and enough of them that no other value starts so by chance. {@code eyJ} is how every JWT starts.
     */
    static boolean isPrefix(String prefix) {
        boolean valid = prefix.length() >= MIN_PREFIX && prefix.length() <= MAX_PREFIX && !prefix.startsWith("eyJ");
        for (int i = 0; valid && i < prefix.length(); i++) {
            char c = prefix.charAt(i);
            valid = isBase62(c) || "-._~+/".indexOf(c) >= 0;
        }
        return valid;
    }

    private static boolean isBase62(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}
