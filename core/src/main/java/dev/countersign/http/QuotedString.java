package dev.countersign.http;

import org.jspecify.annotations.Nullable;

/**
 * A {@code quoted-string} (RFC 9110 section 5.6.4) read from a longer text.
 *
 * @param value what it stands for, with the backslashes of quoted pairs taken away
 * @param end the index behind its closing quote
 */
record QuotedString(String value, int end) {
    /** Reads the one whose opening quote stands at {@code start}; null if it is not one or does not end. */
    static @Nullable QuotedString read(String text, int start) {
        if (start >= text.length() || text.charAt(start) != '"') {
            return null;
        }
        StringBuilder value = new StringBuilder();
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return new QuotedString(value.toString(), i + 1);
            }
            if (c == '\\') {
                i++;
                if (i == text.length()) {
                    return null;
                }
                c = text.charAt(i);
            }
            if (c != '\t' && (c < ' ' || c == 0x7F)) {
                return null;
            }
            value.append(c);
        }
        return null;
    }
}
