package dev.countersign.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The published vectors that the tests of the core read too: JSON of objects, lists, texts, whole numbers and null. */
public final class Vectors {
    /** The literal {@code null}. */
    static final Object NULL = new Object();

    private final String text;
    private int position;

    private Vectors(String text) {
        this.text = text;
    }

    /**
     * The value that a file holds: Map, List, String, Long or {@link #NULL}.
     *
     * @param path below {@code vectors/}
     */
    public static Object read(String path) throws IOException {
        Path folder = Path.of(Objects.requireNonNull(System.getProperty("it.vectors"), "it.vectors"));
        return parse(Files.readString(folder.resolve(path), UTF_8));
    }

    /** The value of a text. */
    static Object parse(String text) {
        return new Vectors(text).value();
    }

    /** A value as an object. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    /** A value as a list. */
    @SuppressWarnings("unchecked")
    public static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    /** A member of an object that must have it. */
    public static Object member(Map<String, Object> object, String name) {
        return Objects.requireNonNull(object.get(name), name);
    }

    /** A member that is a text. */
    public static String text(Map<String, Object> object, String name) {
        return (String) member(object, name);
    }

    /** The JSON of a value without anything that needs an escape. */
    public static String format(Object value) {
        if (value instanceof Map<?, ?> object) {
            return object.entrySet().stream()
                    .map(member -> format(String.valueOf(member.getKey())) + ":" + format(member.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Vectors::format).collect(Collectors.joining(",", "[", "]"));
        }
        return "\"" + value + "\"";
    }

    private Object value() {
        char first = next();
        if (first == '"') {
            return string();
        }
        if (first == '[') {
            List<Object> list = new ArrayList<>();
            while (!ends(']')) {
                list.add(value());
            }
            return list;
        }
        if (first == '{') {
            Map<String, Object> object = new LinkedHashMap<>();
            while (!ends('}')) {
                String name = (String) value();
                object.put(name, value());
            }
            return object;
        }
        int start = position - 1;
        if (text.startsWith("null", start)) {
            position = start + 4;
            return NULL;
        }
        while (Character.isDigit(text.charAt(position))) {
            position++;
        }
        return Long.valueOf(text.substring(start, position));
    }

    /** The next character that means something: in a file known to be JSON, commas and colons do not. */
    private char next() {
        while (" \r\n\t,:".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        return text.charAt(position++);
    }

    private boolean ends(char end) {
        if (next() == end) {
            return true;
        }
        position--;
        return false;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        for (char c = text.charAt(position++); c != '"'; c = text.charAt(position++)) {
            if (c != '\\') {
                string.append(c);
                continue;
            }
            char escaped = text.charAt(position++);
            switch (escaped) {
                case '"', '\\', '/' -> string.append(escaped);
                case 'b' -> string.append('\b');
                case 'f' -> string.append('\f');
                case 'n' -> string.append('\n');
                case 'r' -> string.append('\r');
                case 't' -> string.append('\t');
                case 'u' -> {
                    string.append((char) Integer.parseInt(text.substring(position, position + 4), 16));
                    position += 4;
                }
                default -> throw new IllegalStateException("escape " + escaped + " at " + position);
            }
        }
        return string.toString();
    }
}
