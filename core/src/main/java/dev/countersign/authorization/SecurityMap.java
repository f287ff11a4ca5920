package dev.countersign.authorization;

import dev.countersign.AccessRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The security map: every rule of an application, sorted, and where each came from. Immutable. */
public final class SecurityMap {
    /** What a rule is bound to. */
    public enum Kind {
        /** A resource method. */
        RESOURCE,
        /** A sub-resource locator. */
        LOCATOR,
        /** A servlet by its class. */
        SERVLET,
        /** A {@code countersign.paths} pattern. */
        PATH,
        /** What nothing else matches. */
        UNMATCHED
    }

    /**
     * One rule.
     *
     * @param kind what it is bound to
     * @param route how requests reach it, such as {@code GET /api/orders/{id}} or a url-pattern; empty if not known
     * @param element the method or class, such as {@code dev.shop.OrderResource.find(String)}; empty for paths
     * @param rule the rule
     * @param sources where its pieces came from, as {@link CompiledRule#sources}
     */
    public record Entry(Kind kind, String route, String element, AccessRule rule, List<String> sources) {
        /** Copies the sources. */
        public Entry {
            sources = List.copyOf(sources);
        }
    }

    private final List<Entry> entries;
    private final List<String> notes;

    /** A map of these entries, in any order. */
    public SecurityMap(List<Entry> entries) {
        this(entries, List.of());
    }

    /**
     * A map of these entries, in any order.
     *
     * @param notes what holds for all of them, for the text
     */
    public SecurityMap(List<Entry> entries, List<String> notes) {
        this.notes = List.copyOf(notes);
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(
                Comparator.comparing(Entry::kind).thenComparing(Entry::route).thenComparing(Entry::element));
        this.entries = List.copyOf(sorted);
    }

    /** The entries, by kind, then by route, then by element. */
    public List<Entry> entries() {
        return entries;
    }

    /** An aligned table, one line an entry, then the notes; each line ended by a line feed. */
    public String toText() {
        List<List<String>> rows = new ArrayList<>();
        for (Entry entry : entries) {
            rows.add(List.of(
                    kind(entry),
                    printable(entry.route().isEmpty() ? "-" : entry.route()),
                    printable(entry.rule().toString()),
                    printable(entry.element().isEmpty() ? "-" : entry.element()),
                    printable("[" + String.join("; ", entry.sources()) + "]")));
        }
        int[] widths = new int[5];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                text.append(row.get(i));
                if (i < row.size() - 1) {
                    text.append(" ".repeat(widths[i] - row.get(i).length() + 2));
                }
            }
            text.append('\n');
        }
        for (String note : notes) {
            text.append(printable(note)).append('\n');
        }
        return text.toString();
    }

    /** A JSON array (RFC 8259) of objects with {@code kind}, {@code route}, {@code element}, {@code rule}, {@code sources}. */
    public String toJson() {
        StringBuilder json = new StringBuilder("[");
        for (Entry entry : entries) {
            json.append(json.length() > 1 ? ",\n " : "");
            json.append("{\"kind\":").append(string(kind(entry)));
            json.append(",\"route\":").append(string(entry.route()));
            json.append(",\"element\":").append(string(entry.element()));
            json.append(",\"rule\":").append(string(entry.rule().toString()));
            json.append(",\"sources\":[");
            for (int i = 0; i < entry.sources().size(); i++) {
                json.append(i > 0 ? "," : "").append(string(entry.sources().get(i)));
            }
            json.append("]}");
        }
        return json.append("]\n").toString();
    }

    private static String kind(Entry entry) {
        return entry.kind().name().toLowerCase(Locale.ROOT);
    }

    /** One line stays one line, whatever a role or a pattern contains. */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean breaks = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
            printable.append(breaks ? '?' : c);
        }
        return printable.toString();
    }

    private static String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7E) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
