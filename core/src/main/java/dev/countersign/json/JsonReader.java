package dev.countersign.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON text by RFC 8259, sections 2 to 7, to the letter, in time that grows with its length alone. It calls itself
 * for each open object or array, at most as deep as allowed.
 */
final class JsonReader {
    private static final int LONG = 256;
    private static final int MANY = 32;
    private static final int FEW = 8;

    private final String text;
    private final int maxDepth;
    private int position;

    private JsonReader(String text, int maxDepth) {
        this.text = text;
        this.maxDepth = maxDepth;
    }

    /**
     * Reads one JSON text.
     *
     * @throws InvalidJsonException if it breaks the grammar, is nested deeper than {@code maxDepth}, or holds a member name
     *     twice, a lone surrogate or a number that is too long
     */
    static Object read(String text, int maxDepth) {
        JsonReader reader = new JsonReader(text, maxDepth);
        Object value = reader.value(0);
        reader.skipWhitespace();
        if (reader.position < text.length()) {
            throw new InvalidJsonException("Data after the JSON value");
        }
        return value;
    }

    /** @param depth how many containers are open */
    private Object value(int depth) {
        skipWhitespace();
        return switch (peek()) {
            case '{' -> object(opened(depth));
            case '[' -> array(opened(depth));
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", JsonNull.NULL);
            default -> number();
        };
    }

    private int opened(int depth) {
        if (depth == maxDepth) {
            throw new InvalidJsonException("Nested too deeply");
        }
        position++;
        return depth + 1;
    }

    private Map<String, Object> object(int depth) {
        // Claims are more than a small table holds.
        Map<String, Object> members = new LinkedHashMap<>(depth == 1 && text.length() > LONG ? MANY : FEW);
        if (!isEmpty('}')) {
            do {
                String name = name();
                Object value = value(depth);
                if (members.putIfAbsent(name, value) != null) {
                    throw new InvalidJsonException("A member name stands twice in one object");
                }
            } while (hasNext('}'));
        }
        return Collections.unmodifiableMap(members);
    }

    private List<Object> array(int depth) {
        List<Object> elements = new ArrayList<>();
        if (!isEmpty(']')) {
            do {
                elements.add(value(depth));
            } while (hasNext(']'));
        }
        return Collections.unmodifiableList(elements);
    }

    /** After an opening bracket: whether the closing one follows, which is read then. */
    private boolean isEmpty(char end) {
        skipWhitespace();
        boolean empty = peek() == end;
        if (empty) {
            position++;
        }
        return empty;
    }

    /** After a value inside of a container: reads the comma, or the end of the container. */
    private boolean hasNext(char end) {
        skipWhitespace();
        char c = unit();
        if (c != ',' && c != end) {
            throw new InvalidJsonException("Expected a comma or the end of an object or array");
        }
        return c == ',';
    }

    private String name() {
        skipWhitespace();
        if (peek() != '"') {
            throw new InvalidJsonException("Expected a member name");
        }
        String name = string();
        skipWhitespace();
        if (unit() != ':') {
            throw new InvalidJsonException("Expected a colon after a member name");
        }
        return name;
    }

    private Object literal(String word, Object value) {
        if (!text.startsWith(word, position)) {
            throw new InvalidJsonException("Expected a value");
        }
        position += word.length();
        return value;
    }

    private String string() {
        int start = ++position;
        int end = plainEnd(start);
        if (end < text.length() && text.charAt(end) == '"') {
            position = end + 1;
            return text.substring(start, end);
        }
        return unusualString(start);
    }

    /** Where the characters end that stand for themselves, and need not be looked at again. */
    private int plainEnd(int start) {
        int end = start;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (c < ' ' || c == '"' || c == '\\' || c >= Character.MIN_SURROGATE) {
                break;
            }
            end++;
        }
        return end;
    }

    /** A string with escapes or surrogates, or one that is none. */
    private String unusualString(int start) {
        StringBuilder unescaped = null;
        boolean surrogates = false;
        while (true) {
            char c = unit();
            if (c == '"') {
                break;
            }
            if (c < 0x20) {
                throw new InvalidJsonException("Control character in a string");
            }
            if (c == '\\') {
                if (unescaped == null) {
                    unescaped = new StringBuilder().append(text, start, position - 1);
                }
                c = escape();
            }
            surrogates |= Character.isSurrogate(c);
            if (unescaped != null) {
                unescaped.append(c);
            }
        }
        String value = unescaped == null ? text.substring(start, position - 1) : unescaped.toString();
        if (surrogates) {
            requirePairs(value);
        }
        return value;
    }

    private static void requirePairs(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new InvalidJsonException("Lone surrogate in a string");
            }
        }
    }

    /** Reads what follows a backslash. */
    private char escape() {
        char c = unit();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int value = 0;
                for (int i = 0; i < 4; i++) {
                    value = value << 4 | hexDigit(unit());
                }
                yield (char) value;
            }
            default -> throw new InvalidJsonException("Unknown escape in a string");
        };
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

    private Object number() {
        int start = position;
        boolean whole = true;
        if (peek() == '-') {
            position++;
        }
        if (isNext('0')) {
            position++;
        } else {
            digits();
        }
        if (isNext('.')) {
            whole = false;
            position++;
            digits();
        }
        if (isNext('e') || isNext('E')) {
            whole = false;
            position++;
            exponent();
        }
        if (position - start > StrictJson.MAX_NUMBER_LENGTH) {
            throw new InvalidJsonException("A number is too long");
        }
        return whole ? whole(start) : new BigDecimal(text.substring(start, position));
    }

    private Object whole(int start) {
        // A sign and 18 digits always fit.
        if (position - start <= 18) {
            return Long.parseLong(text, start, position, 10);
        }
        BigInteger value = new BigInteger(text.substring(start, position));
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : new BigDecimal(value);
    }

    private void exponent() {
        if (isNext('+') || isNext('-')) {
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

    private boolean isNext(char c) {
        return position < text.length() && text.charAt(position) == c;
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
