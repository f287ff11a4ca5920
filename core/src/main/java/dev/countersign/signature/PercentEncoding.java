package dev.countersign.signature;

import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding as Signature Version 4 wants it: the unreserved characters of RFC 3986 section 2.3 stand for themselves,
 * every other octet is {@code %} and two upper-case digits. Other characters count as their octets in UTF-8.
 */
final class PercentEncoding {
    private static final char[] DIGITS = "0123456789ABCDEF".toCharArray();

    private PercentEncoding() {}

    /**
     * Appends what was not encoded before: a percent sign is encoded like any other character.
     *
     * @return whether it is text; a lone surrogate has no octets
     */
    static boolean append(StringBuilder out, String text, int start, int end) {
        int i = start;
        while (i < end) {
            int character = text.codePointAt(i);
            if (!appendCharacter(out, character)) {
                return false;
            }
            i += Character.charCount(character);
        }
        return true;
    }

    /**
     * Appends what may be encoded already: an escape is read and written anew, so that all spellings of one octet become
     * the same. An escaped slash stays apart from a plain one only where {@code slashes} keeps plain ones.
     *
     * @param slashes whether a plain slash stands for itself
     * @return whether every percent sign starts an escape and everything else is text
     */
    static boolean appendOnce(StringBuilder out, String text, int start, int end, boolean slashes) {
        int i = start;
        while (i < end) {
            int character = text.codePointAt(i);
            if (character == '%') {
                int octet = octet(text, i, end);
                if (octet < 0) {
                    return false;
                }
                appendOctet(out, octet);
                i += 3;
            } else if (character == '/' && slashes) {
                out.append('/');
                i++;
            } else {
                if (!appendCharacter(out, character)) {
                    return false;
                }
                i += Character.charCount(character);
            }
        }
        return true;
    }

    /** The octets behind a text of {@link #appendOnce}, each as one character. */
    static String octets(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        StringBuilder octets = new StringBuilder(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                octets.append((char) octet(encoded, i, encoded.length()));
                i += 2;
            } else {
                octets.append(c);
            }
        }
        return octets.toString();
    }

    /** The octet of the escape at this index, or -1 if there is no whole one. */
    static int octet(String text, int index, int end) {
        if (index + 2 >= end) {
            return -1;
        }
        int high = digit(text.charAt(index + 1));
        int low = digit(text.charAt(index + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static boolean appendCharacter(StringBuilder out, int character) {
        if (character < 0x80) {
            appendOctet(out, character);
            return true;
        }
        if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
            return false;
        }
        for (byte octet : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
            appendOctet(out, octet & 0xFF);
        }
        return true;
    }

    private static void appendOctet(StringBuilder out, int octet) {
        if (isUnreserved(octet)) {
            out.append((char) octet);
        } else {
            out.append('%').append(DIGITS[octet >> 4]).append(DIGITS[octet & 0xF]);
        }
    }

    private static boolean isUnreserved(int octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '-'
                || octet == '.'
                || octet == '_'
                || octet == '~';
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'A' && c <= 'F') {
            return c - 'A' + 10;
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }
}
