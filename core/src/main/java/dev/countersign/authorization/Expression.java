package dev.countersign.authorization;

import dev.countersign.AccessRule.Alternative;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the expressions that say which credentials are accepted: a list of alternatives, each one or more scheme names
 * joined by {@code +}.
 *
 * <p>Refused are an empty list, an empty alternative or part, a name that is not configured, a part named twice, two
 * parts whose only carrier is {@code Authorization} (no request can send both), and an alternative that contains all
 * parts of an earlier one (it could never decide).
 */
public final class Expression {
    private Expression() {}

    /**
     * The alternatives of a configuration value such as {@code key+jwt, basic}.
     *
     * @param name the key, for messages
     * @return empty if a problem was added
     */
    public static Optional<List<Alternative>> parse(
            String name, String text, SchemeCatalog catalog, Problems problems) {
        List<String> entries = new ArrayList<>();
        int start = 0;
        for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', start)) {
            entries.add(text.substring(start, comma).strip());
            start = comma + 1;
        }
        entries.add(text.substring(start).strip());
        return parse(name, entries, catalog, problems);
    }

    /**
     * The alternatives of a list such as {@code {"key+jwt", "basic"}}.
     *
     * @param name the annotated element or the key, for messages
     * @param entries one alternative each
     * @return empty if a problem was added
     */
    public static Optional<List<Alternative>> parse(
            String name, List<String> entries, SchemeCatalog catalog, Problems problems) {
        int before = problems.reported();
        if (entries.isEmpty()) {
            problems.problem(name, "no scheme (expected: at least one of " + listed(catalog) + ")");
        }
        List<Alternative> alternatives = new ArrayList<>();
        for (String entry : entries) {
            List<String> parts = parts(name, entry, catalog, problems);
            if (parts.isEmpty()) {
                continue;
            }
            Alternative alternative = new Alternative(parts);
            for (Alternative earlier : alternatives) {
                if (alternative.parts().containsAll(earlier.parts())) {
                    problems.problem(
                            name,
                            quoted(entry) + " contains all parts of the earlier " + text(earlier)
                                    + " and could never decide (expected: the longer alternative first)");
                }
            }
            alternatives.add(alternative);
        }
        return problems.reported() == before ? Optional.of(List.copyOf(alternatives)) : Optional.empty();
    }

    /** The parts of one alternative; empty if a problem was added. */
    private static List<String> parts(String name, String entry, SchemeCatalog catalog, Problems problems) {
        int before = problems.reported();
        List<String> parts = new ArrayList<>();
        String inAuthorization = "";
        int start = 0;
        while (start <= entry.length()) {
            int plus = entry.indexOf('+', start);
            int end = plus < 0 ? entry.length() : plus;
            String part = entry.substring(start, end);
            start = end + 1;
            if (part.isBlank()) {
                problems.problem(
                        name,
                        quoted(entry) + " has an empty part (expected: scheme names, joined by + for all of them)");
                continue;
            }
            if (!catalog.knows(part)) {
                problems.problem(
                        name,
                        quoted(part) + " is not a configured scheme" + catalog.suggestion(part, catalog.names())
                                + " (expected: one of " + listed(catalog) + ")");
                continue;
            }
            if (parts.contains(part)) {
                problems.problem(name, quoted(entry) + " names " + part + " twice (expected: each part once)");
                continue;
            }
            if (catalog.onlyInAuthorization(part)) {
                if (!inAuthorization.isEmpty()) {
                    problems.problem(
                            name,
                            quoted(entry) + " needs both " + inAuthorization + " and " + part
                                    + ", whose only carrier is Authorization (expected: at most one such part)");
                }
                inAuthorization = part;
            }
            parts.add(part);
        }
        return problems.reported() == before ? parts : List.of();
    }

    private static String text(Alternative alternative) {
        return quoted(String.join("+", alternative.parts()));
    }

    private static String listed(SchemeCatalog catalog) {
        return String.join(", ", catalog.names());
    }

    /** The text in quotation marks, cut and without control characters, so that a message stays one readable line. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        int end = Math.min(text.length(), 80);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean printable = !Character.isISOControl(c) && c != '\u2028' && c != '\u2029';
            quoted.append(printable ? c : '?');
        }
        return quoted.append(end < text.length() ? "…\"" : "\"").toString();
    }
}
