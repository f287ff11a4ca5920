package dev.countersign.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Reads text in the format of {@link java.util.Properties}: comments, separators, escapes and continuation lines are the
 * same. Unlike there a key that stands twice is refused, values lose white space at both ends, and the order and the line
 * numbers are kept.
 */
public final class PropertiesText {
    private static final int MAX_REPORTED = 20;

    private PropertiesText() {}

    /**
     * One key with its value.
     *
     * @param key unescaped, as written
     * @param value unescaped, without white space at either end; may be empty
     * @param line where the entry starts, counted from 1
     */
    public record Entry(String key, String value, int line) {
        /** The key and the line; the value may be a secret. */
        @Override
        public String toString() {
            return "line " + line + ": " + key + " = ****";
        }
    }

    /**
     * The entries by key, in the order of the text.
     *
     * @param text a byte order mark at its start is passed over
     * @return unmodifiable; empty if the text holds comments and blank lines alone
     * @throws IllegalArgumentException if a key stands twice or a {@code \}{@code u} escape is malformed; the message
     *     names lines, never keys or values, since a wrong file may hold secrets anywhere
     */
    public static Map<String, Entry> parse(String text) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        Problems problems = new Problems();
        scan(
                text,
                entry -> {
                    Entry first = entries.putIfAbsent(entry.key(), entry);
                    if (first != null) {
                        problems.add("line " + entry.line() + ": the same key as on line " + first.line());
                    }
                },
                line -> problems.add(malformed(line)));
        problems.throwIfAny();
        return Collections.unmodifiableMap(entries);
    }

    /**
     * Hands over the entries one by one in the order of the text, without keeping them: for large stores. A key that
     * stands twice is handed over twice.
     *
     * @param text as in {@link #parse}
     * @throws IllegalArgumentException if a {@code \}{@code u} escape is malformed; entries before it were handed over
     */
    public static void scan(String text, Consumer<Entry> entries) {
        scan(text, entries, line -> {
            throw new IllegalArgumentException(malformed(line));
        });
    }

    static void scan(String text, Consumer<Entry> entries, IntConsumer malformed) {
        int length = text.length();
        int position = length > 0 && text.charAt(0) == '\uFEFF' ? 1 : 0;
        int line = 0;
        int firstLine = 0;
        StringBuilder logical = new StringBuilder();
        boolean continued = false;
        while (position < length) {
            line++;
            int end = endOfLine(text, position);
            int start = skipBlanks(text, position, end);
            position = nextLine(text, end);
            if (!continued) {
                firstLine = line;
            }
            // A comment or blank line ends nothing and continues nothing while no character of an entry was seen.
            if (logical.isEmpty() && (start == end || text.charAt(start) == '#' || text.charAt(start) == '!')) {
                continued = false;
                continue;
            }
            if (endsInContinuation(text, start, end)) {
                logical.append(text, start, end - 1);
                continued = true;
                continue;
            }
            if (logical.isEmpty()) {
                entry(text, start, end, firstLine, entries, malformed);
            } else {
                logical.append(text, start, end);
                entry(logical.toString(), 0, logical.length(), firstLine, entries, malformed);
                logical.setLength(0);
            }
            continued = false;
        }
        // A lone backslash at the very end is an entry without key, as Java has it, so that it is told like any other.
        if (!logical.isEmpty() || continued) {
            entry(logical.toString(), 0, logical.length(), firstLine, entries, malformed);
        }
    }

    static String malformed(int line) {
        return "line " + line + ": malformed \\u escape";
    }

    private static int endOfLine(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private static int nextLine(String text, int end) {
        boolean two = end + 1 < text.length() && text.charAt(end) == '\r' && text.charAt(end + 1) == '\n';
        return end + (two ? 2 : 1);
    }

    private static int skipBlanks(String text, int from, int end) {
        int start = from;
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        return start;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\f';
    }

    private static boolean endsInContinuation(String text, int start, int end) {
        int backslashes = 0;
        while (end - backslashes > start && text.charAt(end - backslashes - 1) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static void entry(
            String text, int start, int end, int line, Consumer<Entry> entries, IntConsumer malformed) {
        int keyEnd = start;
        boolean escaped = false;
        while (keyEnd < end) {
            char c = text.charAt(keyEnd);
            if (!escaped && (c == '=' || c == ':' || isBlank(c))) {
                break;
            }
            escaped = c == '\\' && !escaped;
            keyEnd++;
        }
        int valueStart = skipBlanks(text, keyEnd, end);
        if (valueStart < end && (text.charAt(valueStart) == '=' || text.charAt(valueStart) == ':')) {
            valueStart = skipBlanks(text, valueStart + 1, end);
        }
        Entry entry;
        try {
            entry = new Entry(
                    unescape(text, start, keyEnd),
                    unescape(text, valueStart, end).strip(),
                    line);
        } catch (IllegalArgumentException e) {
            malformed.accept(line);
            return;
        }
        entries.accept(entry);
    }

    private static String unescape(String text, int start, int end) {
        // Not indexOf: without any backslash it would read the rest of the text for every entry.
        int backslash = start;
        while (backslash < end && text.charAt(backslash) != '\\') {
            backslash++;
        }
        if (backslash == end) {
            return text.substring(start, end);
        }
        StringBuilder plain = new StringBuilder(end - start);
        int i = start;
        while (i < end) {
            char c = text.charAt(i++);
            if (c != '\\' || i == end) {
                if (c != '\\') {
                    plain.append(c);
                }
                continue;
            }
            char escape = text.charAt(i++);
            switch (escape) {
                case 't' -> plain.append('\t');
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                case 'f' -> plain.append('\f');
                case 'u' -> {
                    plain.append(unicode(text, i, end));
                    i += 4;
                }
                default -> plain.append(escape);
            }
        }
        return plain.toString();
    }

    private static char unicode(String text, int start, int end) {
        int code = 0;
        for (int i = start; i < start + 4; i++) {
            char c = i < end ? text.charAt(i) : 'x';
            // Character.digit also takes digits of other scripts.
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw new IllegalArgumentException();
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }

    private static final class Problems {
        private final StringBuilder text = new StringBuilder();
        private int count;

        void add(String problem) {
            count++;
            if (count <= MAX_REPORTED) {
                text.append(text.isEmpty() ? "" : "; ").append(problem);
            }
        }

        void throwIfAny() {
            if (count > MAX_REPORTED) {
                text.append("; and ").append(count - MAX_REPORTED).append(" more");
            }
            if (count > 0) {
                throw new IllegalArgumentException(text.toString());
            }
        }
    }
}
