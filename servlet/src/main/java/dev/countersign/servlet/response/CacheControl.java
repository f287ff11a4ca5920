package dev.countersign.servlet.response;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rewrites an application's {@code Cache-Control} so that no shared cache hands an answer to somebody else (SPEC G8). */
final class CacheControl {
    static final String FIELD = "Cache-Control";
    static final String PRIVATE = "private";

    private CacheControl() {}

    /**
     * The same directives, {@code public} replaced by {@code private}, and {@code private} put in front where neither it
     * nor {@code no-store} is there: RFC 9111 section 3.5 keeps a shared cache from storing only what was asked for with
     * {@code Authorization}.
     */
    static String unshared(String value) {
        List<String> kept = new ArrayList<>();
        boolean closed = false;
        for (String directive : directives(value)) {
            String name = directive.toLowerCase(Locale.ROOT);
            if (name.equals("public")) {
                continue;
            }
            closed |= name.equals(PRIVATE) || name.equals("no-store");
            kept.add(directive);
        }
        if (!closed) {
            kept.add(0, PRIVATE);
        }
        return String.join(", ", kept);
    }

    /** Splits at commas outside quoted strings (RFC 9110 section 5.6.1). */
    private static List<String> directives(String value) {
        List<String> directives = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i <= value.length(); i++) {
            if (i == value.length() || (value.charAt(i) == ',' && !quoted)) {
                String directive = value.substring(start, i).strip();
                if (!directive.isEmpty()) {
                    directives.add(directive);
                }
                start = i + 1;
            } else if (value.charAt(i) == '"') {
                quoted = !quoted;
            } else if (value.charAt(i) == '\\' && quoted && i + 1 < value.length()) {
                i++;
            }
        }
        return directives;
    }
}
