package dev.countersign.authorization;

import dev.countersign.AccessRule.Alternative;
import dev.countersign.Scope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a text such as {@code schemes=key+jwt,basic; scopes=a b; roles=x} asks for.
 *
 * @param alternatives empty if it names no schemes
 * @param scopes all of them needed; empty if it names none
 * @param roles one of them needed; empty if it names none
 */
record RequireText(Optional<List<Alternative>> alternatives, List<String> scopes, Set<String> roles) {
    private static final List<String> WORDS = List.of("schemes", "scopes", "roles");
    private static final String EXPECTED =
            "permit, deny, authenticated, or schemes=…; scopes=…; roles=… with at least one of the three";

    /** The parsed text; empty if a problem was added. */
    static Optional<RequireText> parse(String key, String text, SchemeCatalog catalog, Problems problems) {
        int before = problems.reported();
        @Nullable List<Alternative> alternatives = null;
        Set<String> scopes = Set.of();
        Set<String> roles = Set.of();
        Set<String> seen = new LinkedHashSet<>();
        for (String item : split(text, ';')) {
            int equals = item.indexOf('=');
            String word = equals < 0 ? item : item.substring(0, equals).strip();
            String value = equals < 0 ? "" : item.substring(equals + 1).strip();
            if (equals < 0 || !WORDS.contains(word)) {
                problems.problem(
                        key,
                        Expression.quoted(item) + catalog.suggestion(word, WORDS) + " (expected: " + EXPECTED + ")");
            } else if (!seen.add(word)) {
                problems.problem(key, word + " is given twice (expected: once)");
            } else if (word.equals("schemes")) {
                alternatives = Expression.parse(key, value, catalog, problems).orElse(null);
            } else if (word.equals("scopes")) {
                scopes = scopes(key, value, problems);
            } else {
                roles = roles(key, value, problems);
            }
        }
        return problems.reported() == before
                ? Optional.of(new RequireText(Optional.ofNullable(alternatives), List.copyOf(scopes), roles))
                : Optional.empty();
    }

    private static Set<String> scopes(String key, String value, Problems problems) {
        Set<String> scopes = Scope.parse(value);
        if (scopes.isEmpty()) {
            problems.problem(key, "scopes= without a scope (expected: scopes separated by spaces)");
        }
        for (String scope : scopes) {
            if (!Scope.isToken(scope)) {
                problems.problem(
                        key, "the scope " + Expression.quoted(scope) + " (expected: as in RFC 6749 section 3.3)");
            } else if (scope.indexOf(',') >= 0) {
                problems.warning(key + ": the scope " + Expression.quoted(scope)
                        + " contains a comma; scopes are separated by spaces");
            }
        }
        return scopes;
    }

    private static Set<String> roles(String key, String value, Problems problems) {
        Set<String> roles = new LinkedHashSet<>();
        for (String role : split(value, ',')) {
            if (role.isEmpty()) {
                problems.problem(key, "roles= with an empty role (expected: roles separated by commas)");
            }
            roles.add(role);
        }
        return roles;
    }

    private static List<String> split(String text, char separator) {
        List<String> items = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
            items.add(text.substring(start, end).strip());
            start = end + 1;
        }
        items.add(text.substring(start).strip());
        return items;
    }
}
