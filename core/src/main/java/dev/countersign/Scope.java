package dev.countersign;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Scope values (RFC 6749 section 3.3): case-sensitive strings, compared exactly, space-separated on the wire.
 */
public final class Scope {
    private Scope() {}

    /** Whether {@code value} is a {@code scope-token}: one or more of %x21 / %x23-5B / %x5D-7E. */
    public static boolean isToken(String value) {
        if (value.isEmpty()) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x21 || c > 0x7E || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /**
     * Splits at single spaces, and at nothing else: a tab, a comma or a no-break space stays part of a value, which then
     * equals no scope that a rule can ask for.
     *
     * @return the values in their order, without empty ones; unmodifiable
     */
    public static Set<String> parse(String value) {
        if (value.isEmpty()) {
            return Set.of();
        }
        if (value.indexOf(' ') < 0) {
            return Set.of(value);
        }
        Set<String> scopes = new LinkedHashSet<>();
        int start = 0;
        while (start <= value.length()) {
            int space = value.indexOf(' ', start);
            int end = space < 0 ? value.length() : space;
            if (end > start) {
                scopes.add(value.substring(start, end));
            }
            start = end + 1;
        }
        return Collections.unmodifiableSet(scopes);
    }
}
