package dev.countersign.servlet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something for each of some patterns, looked up with the precedence of Jakarta Servlet 12.1: exact, the longest prefix,
 * the extension, {@code /}. Immutable.
 */
final class PathTable<T> {
    private record Prefix<T>(String pattern, T value) {}

    private final Map<String, T> exact = new HashMap<>();
    private final List<Prefix<T>> prefixes = new ArrayList<>();
    private final Map<String, T> extensions = new HashMap<>();
    private @Nullable T any;

    /** @param patterns url-patterns as in {@code web.xml}; the empty one is the root of the application */
    PathTable(Map<String, T> patterns) {
        patterns.forEach((pattern, value) -> {
            if (pattern.equals("/")) {
                any = value;
            } else if (pattern.endsWith("/*")) {
                prefixes.add(new Prefix<>(pattern, value));
            } else if (pattern.startsWith("*.")) {
                extensions.put(pattern.substring(2), value);
            } else {
                exact.put(pattern.isEmpty() ? "/" : pattern, value);
            }
        });
        prefixes.sort(
                Comparator.comparingInt((Prefix<T> prefix) -> prefix.pattern().length())
                        .reversed());
    }

    /**
     * The one way to read a path that the container decoded: without empty segments, because containers find the same file
     * with and without them. A request's own path has none left, but an application may forward to one. Empty if there
     * are dot segments, backslashes or control characters, so that nobody can say where it leads.
     */
    static Optional<String> oneReading(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c < ' ' || c == 0x7F || c == '\\') {
                return Optional.empty();
            }
            if (c == '.' && (i == 0 || path.charAt(i - 1) == '/') && endsDots(path, i)) {
                return Optional.empty();
            }
        }
        String read = path;
        while (read.contains("//")) {
            read = read.replace("//", "/");
        }
        return Optional.of(read);
    }

    /** Whether the segment that begins here is {@code .} or {@code ..}. */
    private static boolean endsDots(String path, int start) {
        int end = start + (path.startsWith("..", start) ? 2 : 1);
        return end == path.length() || path.charAt(end) == '/';
    }

    /** What a path inside the application, decoded by the container, leads to. */
    Optional<T> find(String path) {
        T found = exact.get(path);
        if (found != null) {
            return Optional.of(found);
        }
        for (int i = 0; i < prefixes.size(); i++) {
            if (startsWith(path, prefixes.get(i).pattern())) {
                return Optional.of(prefixes.get(i).value());
            }
        }
        if (!extensions.isEmpty()) {
            String last = path.substring(path.lastIndexOf('/') + 1);
            int dot = last.lastIndexOf('.');
            found = dot < 0 ? null : extensions.get(last.substring(dot + 1));
        }
        return Optional.ofNullable(found == null ? any : found);
    }

    /** {@code /x/*} matches {@code /x} and everything below it. */
    static boolean startsWith(String path, String pattern) {
        int length = pattern.length() - 2;
        return path.regionMatches(0, pattern, 0, length) && (path.length() == length || path.charAt(length) == '/');
    }
}
