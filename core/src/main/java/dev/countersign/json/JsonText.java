package dev.countersign.json;

import java.util.List;

/**
 * Builds one compact JSON object (RFC 8259), member by member, for problem bodies and audit lines. The result is always
 * one line and can always be encoded as UTF-8: besides what section 7 requires, all control characters, the line and
 * paragraph separators and the characters that reverse the direction of text are escaped, and a lone surrogate becomes
 * U+FFFD. The writer gives each member name once; it is not checked.
 *
 * <p>Not for use by several threads.
 *
 * <pre>{@code
 * JsonText.object().member("title", "Unauthorized").member("status", 401).toString()
 * }</pre>
 */
public final class JsonText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out = new StringBuilder(256).append('{');

    private JsonText() {}

    /** An object without members. */
    public static JsonText object() {
        return new JsonText();
    }

    /** Adds a member with a string. */
    public JsonText member(String name, String value) {
        name(name);
        string(value);
        return this;
    }

    /** Adds a member with a whole number. */
    public JsonText member(String name, long value) {
        name(name);
        out.append(value);
        return this;
    }

    /** Adds a member with {@code true} or {@code false}. */
    public JsonText member(String name, boolean value) {
        name(name);
        out.append(value);
        return this;
    }

    /** Adds a member with an array of strings. */
    public JsonText member(String name, List<String> values) {
        name(name);
        strings(values);
        return this;
    }

    /** Adds a member with an array of arrays of strings, such as {@code accepted} of a problem body. */
    public JsonText lists(String name, List<List<String>> values) {
        name(name);
        out.append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            strings(values.get(i));
        }
        out.append(']');
        return this;
    }

    /** Adds a member with an object as it is now. */
    public JsonText member(String name, JsonText value) {
        String text = value.toString();
        name(name);
        out.append(text);
        return this;
    }

    /** The object's text, with the members added so far. */
    @Override
    public String toString() {
        return out + "}";
    }

    private void name(String name) {
        if (out.length() > 1) {
            out.append(',');
        }
        string(name);
        out.append(':');
    }

    private void strings(List<String> values) {
        out.append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            string(values.get(i));
        }
        out.append(']');
    }

    private void string(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                out.append(c).append(value.charAt(++i));
            } else if (Character.isSurrogate(c)) {
                escape('\uFFFD');
            } else if (mustBeEscaped(c)) {
                escape(c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean mustBeEscaped(char c) {
        return c < 0x20
                || (c >= 0x7F && c <= 0x9F)
                // Line and paragraph separator, then embeddings and overrides of direction, then isolates of direction.
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0xFEFF;
    }

    private void escape(char c) {
        out.append("\\u")
                .append(HEX[c >> 12])
                .append(HEX[(c >> 8) & 0xF])
                .append(HEX[(c >> 4) & 0xF])
                .append(HEX[c & 0xF]);
    }
}
