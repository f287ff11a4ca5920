package dev.countersign.json;

/**
 * RFC 8259, sections 2 to 7, checked to the letter before a JSON-P provider sees the text, so that what is accepted does
 * not depend on the provider that a server happens to bring. One pass, no recursion.
 */
final class JsonGrammar {
    private final String text;
    private final int maxDepth;
    /** For each open container whether it is an object. */
    private final boolean[] objects;

    private int depth;
    private int position;

    private JsonGrammar(String text, int maxDepth) {
        this.text = text;
        this.maxDepth = maxDepth;
        this.objects = new boolean[maxDepth];
    }

    /**
     * Checks one JSON text.
     *
     * @throws InvalidJsonException if it breaks the grammar, is nested deeper than {@code maxDepth}, or holds a lone
     *     surrogate or a number that is too long
     */
    static void check(String text, int maxDepth) {
        new JsonGrammar(text, maxDepth).text();
    }

    private void text() {
        boolean more = value();
        while (more) {
            // A value has just ended, or a container has just been opened: find out what stands next.
            more = depth > 0 && next();
        }
        skipWhitespace();
        if (position < text.length()) {
            throw new InvalidJsonException("Data after the JSON value");
        }
    }

    /** Reads a scalar whole, or the opening bracket of a container and, unless it is empty, its first value. */
    private boolean value() {
        while (true) {
            skipWhitespace();
            char c = peek();
            if (c == '{' || c == '[') {
                open(c == '{');
                skipWhitespace();
                if (peek() == (c == '{' ? '}' : ']')) {
                    position++;
                    depth--;
                    return depth > 0;
                }
                if (c == '{') {
                    name();
                }
                continue;
            }
            scalar(c);
            return depth > 0;
        }
    }

    /** After a value inside a container: a comma and the next value, or the end of the container. */
    private boolean next() {
        skipWhitespace();
        char c = peek();
        boolean object = objects[depth - 1];
        if (c == ',') {
            position++;
            if (object) {
                name();
            }
            return value();
        }
        if (c != (object ? '}' : ']')) {
            throw new InvalidJsonException("Expected a comma or the end of an object or array");
        }
        position++;
        depth--;
        return depth > 0;
    }

    private void open(boolean object) {
        if (depth == maxDepth) {
            throw new InvalidJsonException("Nested too deeply");
        }
        objects[depth++] = object;
        position++;
    }

    private void name() {
        skipWhitespace();
        if (peek() != '"') {
            throw new InvalidJsonException("Expected a member name");
        }
        string();
        skipWhitespace();
        if (peek() != ':') {
            throw new InvalidJsonException("Expected a colon after a member name");
        }
        position++;
    }

    private void scalar(char first) {
        switch (first) {
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
    }

    private void literal(String word) {
        if (!text.startsWith(word, position)) {
            throw new InvalidJsonException("Expected a value");
        }
        position += word.length();
    }

    private void string() {
        position++;
        while (true) {
            char c = unit();
            if (c == '"') {
                return;
            }
            if (c < 0x20) {
                throw new InvalidJsonException("Control character in a string");
            }
            if (c == '\\') {
                c = escape();
            }
            if (Character.isLowSurrogate(c)) {
                throw new InvalidJsonException("Lone surrogate in a string");
            }
            if (Character.isHighSurrogate(c)) {
                char low = unit();
                if (low == '\\') {
                    low = escape();
                }
                if (!Character.isLowSurrogate(low)) {
                    throw new InvalidJsonException("Lone surrogate in a string");
                }
            }
        }
    }

    /** Reads what follows a backslash. */
    private char escape() {
        char c = unit();
        switch (c) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                // Which character it stands for does not matter here, as long as it is no surrogate.
                return ' ';
            }
            case 'u' -> {
                int value = 0;
                for (int i = 0; i < 4; i++) {
                    value = value << 4 | hexDigit(unit());
                }
                return (char) value;
            }
            default -> throw new InvalidJsonException("Unknown escape in a string");
        }
    }

    private static int hexDigit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'f') {
            return c - 'a' + 10;
        }
        if (c >= 'A' && c <= 'F') {
            return c - 'A' + 10;
        }
        throw new InvalidJsonException("Unknown escape in a string");
    }

    private void number() {
        int start = position;
        if (peek() == '-') {
            position++;
        }
        if (position < text.length() && text.charAt(position) == '0') {
            position++;
        } else {
            digits();
        }
        if (position < text.length() && text.charAt(position) == '.') {
            position++;
            digits();
        }
        if (position < text.length() && (text.charAt(position) | 0x20) == 'e') {
            position++;
            exponent();
        }
        if (position - start > StrictJson.MAX_NUMBER_LENGTH) {
            throw new InvalidJsonException("A number is too long");
        }
    }

    private void exponent() {
        if (position < text.length() && (text.charAt(position) == '+' || text.charAt(position) == '-')) {
            position++;
        }
        int start = position;
        digits();
        // Leading zeros are legal in an exponent.
        while (start < position - 1 && text.charAt(start) == '0') {
            start++;
        }
        if (position - start > StrictJson.MAX_EXPONENT_DIGITS) {
            throw new InvalidJsonException("The exponent of a number is too large");
        }
    }

    private void digits() {
        int start = position;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        if (position == start) {
            throw new InvalidJsonException("Expected a value");
        }
    }

    /** Only the four characters of section 2; neither a no-break space nor a byte order mark is white space. */
    private void skipWhitespace() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                return;
            }
            position++;
        }
    }

    private char peek() {
        if (position >= text.length()) {
            throw new InvalidJsonException("The JSON text ends too early");
        }
        return text.charAt(position);
    }

    private char unit() {
        char c = peek();
        position++;
        return c;
    }
}
