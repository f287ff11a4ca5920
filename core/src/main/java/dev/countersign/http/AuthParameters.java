package dev.countersign.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Credentials that are a list of parameters (RFC 9110 section 11.4): {@code name=value, name="value"}. */
public final class AuthParameters {
    private static final int MAX_COUNT = 16;

    private AuthParameters() {}

    /**
     * Reads what follows the scheme in {@code Authorization}.
     *
     * @return the values, without quotes and backslashes, by their names in lower case, in the order in which they came, at
     *     least one and at most sixteen; empty if any part breaks the grammar, or a name stands twice (section 11.2)
     */
    public static Optional<Map<String, String>> parse(String credentials) {
        Map<String, String> parameters = new LinkedHashMap<>();
        boolean separated = true;
        int position = 0;
        while (true) {
            position = FieldValue.skipWhitespace(credentials, position);
            if (position == credentials.length()) {
                return parameters.isEmpty() ? Optional.empty() : Optional.of(Collections.unmodifiableMap(parameters));
            }
            if (credentials.charAt(position) == ',') {
                // Empty elements of a list are passed over (section 5.6.1.2).
                separated = true;
                position++;
                continue;
            }
            int nameEnd = FieldValue.tokenEnd(credentials, position);
            int equals = FieldValue.skipWhitespace(credentials, nameEnd);
            if (!separated
                    || nameEnd == position
                    || equals == credentials.length()
                    || credentials.charAt(equals) != '=') {
                return Optional.empty();
            }
            int start = FieldValue.skipWhitespace(credentials, equals + 1);
            QuotedString quoted = QuotedString.read(credentials, start);
            int end = quoted == null ? FieldValue.tokenEnd(credentials, start) : quoted.end();
            if (end == start || parameters.size() == MAX_COUNT) {
                return Optional.empty();
            }
            String name = Ascii.lowerCase(credentials.substring(position, nameEnd));
            String value = quoted == null ? credentials.substring(start, end) : quoted.value();
            if (parameters.putIfAbsent(name, value) != null) {
                return Optional.empty();
            }
            separated = false;
            position = end;
        }
    }
}
