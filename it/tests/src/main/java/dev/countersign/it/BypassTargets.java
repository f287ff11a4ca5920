package dev.countersign.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The requests of {@code vectors/paths}, and the few lines of JSON reading that they need. */
final class BypassTargets {
    /** The literal {@code null}. */
    private static final Object NULL = new Object();

    /**
     * One attempt.
     *
     * @param target as it stands in the request line
     * @param headers field lines beside Host
     */
    record Attempt(String id, String method, String target, List<String> headers) {}

    /**
     * One path of {@code servlet-canonical.json}.
     *
     * @param raw as it stands in the request line
     * @param rejected whether the Jakarta Servlet specification wants it refused
     */
    record Canonical(String raw, boolean rejected) {
        /** Whether our default policy reads it in one way only, so that it is served. */
        boolean isPlain() {
            return !rejected && !raw.contains(";") && !raw.contains("//") && !hasDotSegment();
        }

        private boolean hasDotSegment() {
            String path = raw.indexOf('?') < 0 ? raw : raw.substring(0, raw.indexOf('?'));
            return List.of(path.split("/", -1)).stream()
                    .anyMatch(segment -> segment.equals(".") || segment.equals(".."));
        }
    }

    private final String text;
    private int position;

    private BypassTargets(String text) {
        this.text = text;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> file(String name) throws IOException {
        try (InputStream in = BypassTargets.class.getResourceAsStream("/vectors/paths/" + name)) {
            return (Map<String, Object>)
                    new BypassTargets(new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)).value();
        }
    }

    @SuppressWarnings("unchecked")
    static List<Canonical> canonical() throws IOException {
        List<Canonical> paths = new ArrayList<>();
        for (Object entry : (List<Object>)
                Objects.requireNonNull(file("servlet-canonical.json").get("cases"))) {
            Map<String, Object> path = (Map<String, Object>) entry;
            paths.add(
                    new Canonical((String) Objects.requireNonNull(path.get("raw")), !NULL.equals(path.get("reject"))));
        }
        return paths;
    }

    @SuppressWarnings("unchecked")
    static List<Attempt> read() throws IOException {
        Map<String, Object> file = file("bypass-targets.json");
        List<Attempt> attempts = new ArrayList<>();
        for (Object entry : (List<Object>) Objects.requireNonNull(file.get("targets"))) {
            attempts.add(attempt((Map<String, Object>) entry));
        }
        for (Object entry : (List<Object>) Objects.requireNonNull(file.get("requests"))) {
            attempts.add(attempt((Map<String, Object>) entry));
        }
        return attempts;
    }

    @SuppressWarnings("unchecked")
    private static Attempt attempt(Map<String, Object> entry) {
        List<String> lines = new ArrayList<>();
        for (Object header : (List<Object>) entry.getOrDefault("headers", List.of())) {
            List<Object> pair = (List<Object>) header;
            lines.add(pair.get(0) + ": " + pair.get(1));
        }
        return new Attempt(
                (String) Objects.requireNonNull(entry.get("id")),
                (String) entry.getOrDefault("method", "GET"),
                (String) Objects.requireNonNull(entry.get("target")),
                lines);
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
        if (text.startsWith("ull", position)) {
            position += 3;
            return NULL;
        }
        throw new IllegalStateException("unexpected " + first + " at " + position);
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
