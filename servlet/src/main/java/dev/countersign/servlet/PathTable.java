package dev.countersign.servlet;

import dev.countersign.bootstrap.WebSettings.PathRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code paths.<n>} rules, looked up with the precedence of Jakarta Servlet 12.1: exact, the longest prefix, the
 * extension, {@code /}. Immutable.
 */
final class PathTable {
    private final Map<String, PathRule> exact = new HashMap<>();
    private final List<PathRule> prefixes = new ArrayList<>();
    private final Map<String, PathRule> extensions = new HashMap<>();
    private @Nullable PathRule any;

    PathTable(List<PathRule> rules) {
        for (PathRule rule : rules) {
            String pattern = rule.pattern();
            if (pattern.equals("/")) {
                any = rule;
            } else if (pattern.endsWith("/*")) {
                prefixes.add(rule);
            } else if (pattern.startsWith("*.")) {
                extensions.put(pattern.substring(2), rule);
            } else {
                exact.put(pattern, rule);
            }
        }
        prefixes.sort(Comparator.comparingInt((PathRule rule) -> rule.pattern().length())
                .reversed());
    }

    /** The rule for a path inside the application, decoded by the container. */
    Optional<PathRule> find(String path) {
        PathRule found = exact.get(path);
        if (found != null) {
            return Optional.of(found);
        }
        for (int i = 0; i < prefixes.size(); i++) {
            if (startsWith(path, prefixes.get(i).pattern())) {
                return Optional.of(prefixes.get(i));
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
