package dev.countersign.password;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/** What the formats share: strict base64, strict decimals and constant-time comparison. */
final class Bytes {
    private Bytes() {}

    /** Compares in a time that depends on the lengths alone. */
    static boolean equal(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }

    /**
     * Decodes base64 of the standard alphabet, padded or not, refusing what no encoder writes: unused bits that are set,
     * line breaks, too much padding.
     *
     * @throws IllegalArgumentException if it is not, or has not {@code min} to {@code max} bytes
     */
    static byte[] base64(String text, String what, int min, int max, boolean padding) {
        byte[] bytes;
        try {
            // Four characters are three bytes: what is much longer is not decoded to find out.
            bytes = text.length() > 4 * max ? new byte[0] : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // Without the cause: its message quotes the value.
            throw new IllegalArgumentException("the " + what + " is not base64");
        }
        if (bytes.length < min || bytes.length > max) {
            throw new IllegalArgumentException(
                    "the " + what + " has not the right length (expected: " + min + " to " + max + " bytes)");
        }
        Base64.Encoder encoder = Base64.getEncoder();
        boolean unpadded = text.equals(encoder.withoutPadding().encodeToString(bytes));
        if (!unpadded && !(padding && text.equals(encoder.encodeToString(bytes)))) {
            throw new IllegalArgumentException("the " + what + " is not base64 as an encoder writes it");
        }
        return bytes;
    }

    /**
     * Reads a decimal number without sign or leading zeros.
     *
     * @throws IllegalArgumentException if it is not one, or not from {@code min} to {@code max}
     */
    static int decimal(String text, String what, int min, int max) {
        int value = 0;
        boolean wrong = text.isEmpty() || text.length() > 9 || (text.length() > 1 && text.charAt(0) == '0');
        for (int i = 0; i < text.length() && !wrong; i++) {
            char c = text.charAt(i);
            wrong = c < '0' || c > '9';
            value = 10 * value + (c - '0');
        }
        if (wrong || value < min || value > max) {
            throw new IllegalArgumentException(
                    "the " + what + " is out of bounds (expected: " + min + " to " + max + ")");
        }
        return value;
    }

    /** The first {@code length} bytes. */
    static byte[] head(byte[] bytes, int length) {
        return bytes.length <= length ? bytes : Arrays.copyOf(bytes, length);
    }
}
