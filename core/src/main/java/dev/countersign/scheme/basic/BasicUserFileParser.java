package dev.countersign.scheme.basic;

import dev.countersign.Scope;
import dev.countersign.password.PasswordHash;
import dev.countersign.settings.Nearest;
import dev.countersign.settings.PropertiesText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one file of users, once. */
final class BasicUserFileParser {
    private static final int MAX_REPORTED = 20;
    private static final String PREFIX = "user.";
    private static final List<String> ATTRIBUTES = List.of("password", "scopes", "roles", "status");

    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private int problemCount;

    private static final class Draft {
        final int line;
        final Set<String> seen = new HashSet<>(4);

        @Nullable
        PasswordHash password;

        Optional<Set<String>> scopes = Optional.empty();
        Optional<Set<String>> roles = Optional.empty();
        BasicUser.Status status = BasicUser.Status.ACTIVE;

        Draft(int line) {
            this.line = line;
        }
    }

    BasicUserFile parse(String text) {
        PropertiesText.scan(text, this::read);
        Map<String, BasicUser> users = new HashMap<>();
        drafts.forEach((name, draft) -> {
            if (!draft.seen.contains("password")) {
                problem(draft.line, PREFIX + name + ".password: missing (expected: a password hash)");
            }
            PasswordHash password = draft.password;
            if (password != null) {
                users.put(name, new BasicUser(name, password, draft.scopes, draft.roles, draft.status));
            }
        });
        if (problemCount > 0) {
            if (problemCount > problems.size()) {
                problems.add("and " + (problemCount - problems.size()) + " more");
            }
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new BasicUserFile(users);
    }

    private void read(PropertiesText.Entry entry) {
        String key = entry.key();
        int dot = key.lastIndexOf('.');
        // A key of another shape is not repeated: a wrong file may hold anything there, and so may a wrong attribute.
        if (!key.startsWith(PREFIX)
                || dot < PREFIX.length()
                || !BasicUser.isName(key.substring(PREFIX.length(), dot))) {
            problem(entry.line(), "not of the form user.<name>.<attribute> (expected: " + BasicUser.NAME_RULE + ")");
            return;
        }
        String attribute = key.substring(dot + 1);
        if (!ATTRIBUTES.contains(attribute)) {
            problem(
                    entry.line(),
                    "unknown attribute (expected: "
                            + Nearest.of(attribute, ATTRIBUTES).orElse("one of " + String.join(", ", ATTRIBUTES))
                            + ")");
            return;
        }
        Draft draft = drafts.computeIfAbsent(key.substring(PREFIX.length(), dot), ignored -> new Draft(entry.line()));
        if (!draft.seen.add(attribute)) {
            problem(entry.line(), key + ": stands twice");
            return;
        }
        try {
            set(draft, attribute, entry.value());
        } catch (IllegalArgumentException e) {
            problem(entry.line(), key + ": " + e.getMessage());
        }
    }

    private static void set(Draft draft, String attribute, String value) {
        switch (attribute) {
            case "password" -> draft.password = PasswordHash.parse(value);
            case "scopes" -> draft.scopes = Optional.of(scopes(value));
            case "roles" -> draft.roles = Optional.of(roles(value));
            default -> draft.status = status(value);
        }
    }

    private static Set<String> scopes(String value) {
        Set<String> scopes = Scope.parse(value);
        for (String scope : scopes) {
            if (!Scope.isToken(scope)) {
                throw new IllegalArgumentException("not scopes (expected: RFC 6749 section 3.3, separated by a space)");
            }
        }
        return scopes;
    }

    private static Set<String> roles(String value) {
        Set<String> roles = new LinkedHashSet<>();
        int start = 0;
        while (!value.isEmpty() && start <= value.length()) {
            int comma = value.indexOf(',', start);
            int end = comma < 0 ? value.length() : comma;
            String role = value.substring(start, end).strip();
            if (role.isEmpty()) {
                throw new IllegalArgumentException("an empty role between commas");
            }
            roles.add(role);
            start = end + 1;
        }
        return roles;
    }

    private static BasicUser.Status status(String value) {
        return switch (value) {
            case "active" -> BasicUser.Status.ACTIVE;
            case "disabled" -> BasicUser.Status.DISABLED;
            case "locked" -> BasicUser.Status.LOCKED;
            default -> throw new IllegalArgumentException("unknown (expected: active, disabled or locked)");
        };
    }

    private void problem(int line, String what) {
        problemCount++;
        if (problems.size() < MAX_REPORTED) {
            problems.add("line " + line + ": " + what);
        }
    }
}
