package dev.countersign.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The requests of {@code vectors/paths}. */
final class BypassTargets {
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

    private BypassTargets() {}

    private static Map<String, Object> file(String name) throws IOException {
        try (InputStream in = BypassTargets.class.getResourceAsStream("/vectors/paths/" + name)) {
            return Vectors.object(
                    Vectors.parse(new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)));
        }
    }

    @SuppressWarnings("unchecked")
    static List<Canonical> canonical() throws IOException {
        List<Canonical> paths = new ArrayList<>();
        for (Object entry : (List<Object>)
                Objects.requireNonNull(file("servlet-canonical.json").get("cases"))) {
            Map<String, Object> path = (Map<String, Object>) entry;
            paths.add(new Canonical(
                    (String) Objects.requireNonNull(path.get("raw")), !Vectors.NULL.equals(path.get("reject"))));
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
}
