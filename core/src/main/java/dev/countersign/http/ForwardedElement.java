package dev.countersign.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One element of a {@code Forwarded} field (RFC 7239 section 4).
 *
 * @param client the value of {@code for}, unquoted, or null if there is none
 * @param proto the value of {@code proto}, unquoted, or null if there is none
 */
record ForwardedElement(@Nullable String client, @Nullable String proto) {
    private static final int MAX_PAIRS = 16;

    /** Reads an element; null if it breaks the grammar, or a parameter stands twice. */
    static @Nullable ForwardedElement parse(String text) {
        String client = null;
        String proto = null;
        List<String> names = new ArrayList<>(4);
        int position = 0;
        while (position < text.length()) {
            if (text.charAt(position) == ';' || FieldValue.isWhitespace(text.charAt(position))) {
                position++;
                continue;
            }
            int equals = FieldValue.tokenEnd(text, position);
            String name = Ascii.lowerCase(text.substring(position, equals));
            if (name.isEmpty() || equals == text.length() || text.charAt(equals) != '=') {
                return null;
            }
            String value;
            QuotedString quoted = QuotedString.read(text, equals + 1);
            if (quoted != null) {
                value = quoted.value();
                position = quoted.end();
            } else {
                position = FieldValue.tokenEnd(text, equals + 1);
                value = text.substring(equals + 1, position);
            }
            int end = FieldValue.skipWhitespace(text, position);
            if (value.isEmpty() || (end < text.length() && text.charAt(end) != ';')) {
                return null;
            }
            if (names.contains(name) || names.size() == MAX_PAIRS) {
                return null;
            }
            names.add(name);
            if (name.equals("for")) {
                client = value;
            } else if (name.equals("proto")) {
                proto = value;
            }
        }
        return new ForwardedElement(client, proto);
    }
}
