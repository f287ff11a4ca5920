package dev.countersign;

import dev.countersign.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Test vectors: JSON files below {@code vectors/} of the test resources. */
public final class JsonVectors {
    private static final int MAX_DEPTH = 32;

    private JsonVectors() {}

    /** The object that a file holds. */
    public static Map<String, Object> object(String path) {
        return StrictJson.parseObject(bytes(path), MAX_DEPTH);
    }

    /** The objects of the array that a file holds. */
    public static List<Map<String, Object>> array(String path) {
        String wrapped = "{\"array\":" + new String(bytes(path), StandardCharsets.UTF_8) + "}";
        return objects(StrictJson.parseObject(wrapped.getBytes(StandardCharsets.UTF_8), MAX_DEPTH), "array");
    }

    /** A member that is an object. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(Map<String, Object> parent, String member) {
        return (Map<String, Object>) member(parent, member);
    }

    /** A member that is an array of objects. */
    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> objects(Map<String, Object> parent, String member) {
        return (List<Map<String, Object>>) member(parent, member);
    }

    /** A member that is a string. */
    public static String text(Map<String, Object> parent, String member) {
        return (String) member(parent, member);
    }

    /** A member that is an array of strings. */
    @SuppressWarnings("unchecked")
    public static List<String> texts(Map<String, Object> parent, String member) {
        return (List<String>) member(parent, member);
    }

    /** A member that is a whole number. */
    public static long number(Map<String, Object> parent, String member) {
        return (Long) member(parent, member);
    }

    /** A value as JSON text: for key documents, which are given as text. */
    public static String format(Object value) {
        if (value instanceof Map<?, ?> members) {
            return members.entrySet().stream()
                    .map(member -> format(member.getKey()) + ":" + format(member.getValue()))
                    .collect(java.util.stream.Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(JsonVectors::format).collect(java.util.stream.Collectors.joining(",", "[", "]"));
        }
        if (value instanceof String text) {
            return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }
        return String.valueOf(value);
    }

    private static Object member(Map<String, Object> parent, String member) {
        Object value = parent.get(member);
        if (value == null) {
            throw new AssertionError("The vector lacks " + member);
        }
        return value;
    }

    private static byte[] bytes(String path) {
        try (InputStream in = JsonVectors.class.getResourceAsStream("/vectors/" + path)) {
            if (in == null) {
                throw new AssertionError("No vectors at " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
