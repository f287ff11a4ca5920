package dev.countersign.scheme.apikey;

import dev.countersign.Scope;
import dev.countersign.http.Cidr;
import dev.countersign.http.CidrList;
import dev.countersign.settings.Nearest;
import dev.countersign.settings.PropertiesText;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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

/**
 * Reads one file of keys, once. Equal sets of scopes, roles and blocks are shared, so that a million keys stay at a few
 * hundred bytes each.
 */
final class ApiKeyFileParser {
    private static final int MAX_REPORTED = 20;

    /** What stands for "no key" when a setting or a variable was empty: nobody gets in with that (KEY-03). */
    private static final Set<ApiKeyDigest> NO_KEYS =
            Set.of(ApiKeyDigest.of(""), ApiKeyDigest.of("null"), ApiKeyDigest.of("undefined"), ApiKeyDigest.of("none"));

    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<Object, Object> shared = new HashMap<>();
    private int problemCount;

    private static final class Draft {
        final int line;
        final Set<String> seen = new HashSet<>(4);

        @Nullable
        ApiKeyDigest digest;

        int digestLine;
        Optional<String> owner = Optional.empty();
        Optional<Set<String>> scopes = Optional.empty();
        Optional<Set<String>> roles = Optional.empty();
        Optional<Instant> expires = Optional.empty();
        Optional<CidrList> cidrs = Optional.empty();
        ApiKeyRecord.Status status = ApiKeyRecord.Status.ACTIVE;

        Draft(int line) {
            this.line = line;
        }
    }

    ApiKeyStore parse(String text) {
        PropertiesText.scan(text, this::read);
        Map<ApiKeyDigest, ApiKeyRecord> records = new HashMap<>(drafts.size() * 4 / 3 + 1);
        drafts.forEach((id, draft) -> finish(id, draft, records));
        if (problemCount > 0) {
            if (problemCount > problems.size()) {
                problems.add("and " + (problemCount - problems.size()) + " more");
            }
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return digest -> Optional.ofNullable(records.get(digest));
    }

    private void read(PropertiesText.Entry entry) {
        String key = entry.key();
        int dot = key.lastIndexOf('.');
        if (!key.startsWith(ApiKeyFile.PREFIX)
                || dot < ApiKeyFile.PREFIX.length()
                || !ApiKeyRecord.isId(key.substring(ApiKeyFile.PREFIX.length(), dot))) {
            problem(entry.line(), "not of the form key.<id>.<attribute> (an id has 1 to 64 of A-Z a-z 0-9 _ -)");
            return;
        }
        String attribute = key.substring(dot + 1);
        if (!ApiKeyFile.ATTRIBUTES.contains(attribute)) {
            problem(
                    entry.line(),
                    "unknown attribute (expected: "
                            + Nearest.of(attribute, ApiKeyFile.ATTRIBUTES)
                                    .orElse("one of " + String.join(", ", ApiKeyFile.ATTRIBUTES))
                            + ")");
            return;
        }
        Draft draft = drafts.computeIfAbsent(
                key.substring(ApiKeyFile.PREFIX.length(), dot), ignored -> new Draft(entry.line()));
        if (!draft.seen.add(attribute)) {
            problem(entry.line(), attribute + ": stands twice for this key");
            return;
        }
        try {
            set(draft, attribute, entry);
        } catch (IllegalArgumentException e) {
            problem(entry.line(), attribute + ": " + e.getMessage());
        }
    }

    private void set(Draft draft, String attribute, PropertiesText.Entry entry) {
        String value = entry.value();
        switch (attribute) {
            case "sha256" -> {
                draft.digestLine = entry.line();
                draft.digest = ApiKeyDigest.parse(value);
            }
            case "owner" -> draft.owner = Optional.of(nonEmpty(value));
            case "scopes" -> draft.scopes = Optional.of(share(scopes(value)));
            case "roles" -> draft.roles = Optional.of(share(roles(value)));
            case "expires" -> draft.expires = Optional.of(instant(value));
            case "cidrs" -> draft.cidrs = Optional.of(share(cidrs(value)));
            default -> draft.status = status(value);
        }
    }

    private void finish(String id, Draft draft, Map<ApiKeyDigest, ApiKeyRecord> records) {
        if (draft.status == ApiKeyRecord.Status.ROTATING && !draft.seen.contains("expires")) {
            problem(draft.line, "expires: missing (expected: when the rotation of this key ends)");
            return;
        }
        ApiKeyDigest digest = draft.digest;
        if (digest == null) {
            if (!draft.seen.contains("sha256")) {
                problem(draft.line, "sha256: missing for this key");
            }
            return;
        }
        if (NO_KEYS.contains(digest)) {
            problem(draft.digestLine, "sha256: of an empty key or of a word that stands for no key");
            return;
        }
        if (draft.status == ApiKeyRecord.Status.ROTATING && draft.expires.isEmpty()) {
            return;
        }
        ApiKeyRecord first = records.putIfAbsent(
                digest,
                new ApiKeyRecord(
                        id, digest, draft.owner, draft.scopes, draft.roles, draft.expires, draft.cidrs, draft.status));
        if (first != null) {
            Draft other = drafts.get(first.id());
            problem(
                    draft.digestLine,
                    "sha256: the same as on line " + (other == null ? "before" : String.valueOf(other.digestLine)));
        }
    }

    private void problem(int line, String what) {
        problemCount++;
        if (problems.size() < MAX_REPORTED) {
            problems.add("line " + line + ": " + what);
        }
    }

    @SuppressWarnings("unchecked")
    private <T> T share(T value) {
        return (T) shared.computeIfAbsent(value, same -> same);
    }

    private static String nonEmpty(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("empty (expected: a name, or no such line)");
        }
        return value;
    }

    private static Set<String> scopes(String value) {
        Set<String> scopes = Scope.parse(value);
        for (String scope : scopes) {
            if (!Scope.isToken(scope)) {
                throw new IllegalArgumentException("not scopes (expected: RFC 6749 section 3.3, separated by a space)");
            }
        }
        return Set.copyOf(scopes);
    }

    private static Set<String> roles(String value) {
        return Set.copyOf(new LinkedHashSet<>(items(value, "role")));
    }

    private static CidrList cidrs(String value) {
        List<Cidr> blocks = new ArrayList<>();
        for (String item : items(nonEmpty(value), "block")) {
            blocks.add(Cidr.parse(item)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "not blocks of addresses (expected: as 192.0.2.0/24 or 2001:db8::/32, by commas)")));
        }
        return new CidrList(blocks);
    }

    /** The parts between commas without white space around them; none if the value is empty. */
    private static List<String> items(String value, String what) {
        List<String> items = new ArrayList<>();
        int start = 0;
        while (!value.isEmpty() && start <= value.length()) {
            int comma = value.indexOf(',', start);
            int end = comma < 0 ? value.length() : comma;
            String item = value.substring(start, end).strip();
            if (item.isEmpty()) {
                throw new IllegalArgumentException("an empty " + what + " between commas");
            }
            items.add(item);
            start = end + 1;
        }
        return items;
    }

    private static Instant instant(String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not an instant (expected: as 2030-01-01T00:00:00Z)");
        }
    }

    private static ApiKeyRecord.Status status(String value) {
        return switch (value) {
            case "active" -> ApiKeyRecord.Status.ACTIVE;
            case "rotating" -> ApiKeyRecord.Status.ROTATING;
            case "revoked" -> ApiKeyRecord.Status.REVOKED;
            default -> throw new IllegalArgumentException("unknown (expected: active, rotating or revoked)");
        };
    }
}
