package dev.countersign.http;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a comma-separated list field from its right end. What a proxy adds stands at the right; whatever a client wrote
 * before it, be it half a quoted-string, cannot change how the right end is read.
 */
final class ListElements {
    private ListElements() {}

    /**
     * The last elements of a list field (RFC 9110 section 5.6.1), the last one first, trimmed, empty ones left out.
     *
     * @param lines the field's lines in order
     * @param quoted whether commas inside quoted-strings separate nothing
     * @param max how many to return at most; as many are looked at, empty ones included
     */
    static List<String> fromRight(List<String> lines, boolean quoted, int max) {
        List<String> elements = new ArrayList<>();
        int seen = 0;
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i);
            int end = line.length();
            while (end >= 0 && seen < max) {
                int comma = quoted ? commaOutsideQuotes(line, end) : line.lastIndexOf(',', end - 1);
                String element = FieldValue.trim(line.substring(comma + 1, end));
                if (!element.isEmpty()) {
                    elements.add(element);
                }
                seen++;
                end = comma;
            }
        }
        return elements;
    }

    private static int commaOutsideQuotes(String line, int end) {
        boolean inside = false;
        for (int i = end - 1; i >= 0; i--) {
            char c = line.charAt(i);
            if (c == '"' && !isEscaped(line, i)) {
                inside = !inside;
            } else if (c == ',' && !inside) {
                return i;
            }
        }
        return -1;
    }

    /** Whether an odd number of backslashes stands before it, so that it is part of a quoted pair. */
    private static boolean isEscaped(String line, int index) {
        int backslashes = 0;
        while (index - backslashes > 0 && line.charAt(index - backslashes - 1) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }
}
