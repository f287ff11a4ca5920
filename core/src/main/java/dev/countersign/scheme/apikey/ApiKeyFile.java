package dev.countersign.scheme.apikey;

import dev.countersign.Scope;
import dev.countersign.http.Cidr;
import dev.countersign.http.CidrList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Keys in a properties file, read as a whole into memory:
 *
 * <pre>
 * key.acme-1.sha256  = 5a1e…                        64 hexadecimal digits, required
 * key.acme-1.owner   = acme
 * key.acme-1.scopes  = orders:read orders:write     without the line the key takes no part in judging scopes
 * key.acme-1.roles   = clerk, auditor               likewise
 * key.acme-1.expires = 2030-01-01T00:00:00Z         required of a rotating key: the end of its rotation
 * key.acme-1.cidrs   = 192.0.2.0/24, 2001:db8::/32
 * key.acme-1.status  = active                       or rotating, or revoked
 * </pre>
 */
public final class ApiKeyFile {
    static final String PREFIX = "key.";
    static final List<String> ATTRIBUTES = List.of("sha256", "owner", "scopes", "roles", "expires", "cidrs", "status");

    private ApiKeyFile() {}

    /**
     * Reads a whole file.
     *
     * @throws IllegalArgumentException with every problem (the first twenty written out), by their line numbers; never
     *     with a value, because a wrong file may hold keys in clear
     */
    public static ApiKeyStore parse(String text) {
        return new ApiKeyFileParser().parse(text);
    }

    /**
     * The lines of one record, which {@link #parse} reads as the same record.
     *
     * @throws IllegalArgumentException if a file cannot hold it: an owner or role with white space at an end, a role that
     *     is empty or has a comma, a scope that is none (RFC 6749 section 3.3), or an empty list of blocks; read again
     *     each would be another
     */
    public static List<String> format(ApiKeyRecord record) {
        requireWritable(record);
        List<String> lines = new ArrayList<>();
        add(lines, record, "sha256", Optional.of(record.digest().hex()));
        add(lines, record, "owner", record.owner());
        add(lines, record, "scopes", record.scopes().map(scopes -> joined(scopes, " ")));
        add(lines, record, "roles", record.roles().map(roles -> joined(roles, ", ")));
        add(lines, record, "expires", record.expires().map(Instant::toString));
        add(lines, record, "cidrs", record.cidrs().map(ApiKeyFile::blocks));
        add(lines, record, "status", Optional.of(record.status().name().toLowerCase(Locale.ROOT)));
        return List.copyOf(lines);
    }

    private static void requireWritable(ApiKeyRecord record) {
        if (!record.owner().map(ApiKeyFile::isTrimmed).orElse(true)) {
            throw new IllegalArgumentException("owner: white space at an end (expected: none)");
        }
        for (String role : record.roles().orElse(Set.of())) {
            if (role.isEmpty() || role.indexOf(',') >= 0 || !isTrimmed(role)) {
                throw new IllegalArgumentException(
                        "roles: one that is empty, has a comma or white space at an end (expected: none such)");
            }
        }
        if (!record.scopes().orElse(Set.of()).stream().allMatch(Scope::isToken)) {
            throw new IllegalArgumentException("scopes: one that is none (expected: RFC 6749 section 3.3)");
        }
        if (record.cidrs().isPresent() && record.cidrs().get().isEmpty()) {
            throw new IllegalArgumentException("cidrs: no block (expected: at least one, or no cidrs)");
        }
    }

    private static boolean isTrimmed(String text) {
        return text.equals(text.strip());
    }

    private static void add(List<String> lines, ApiKeyRecord record, String attribute, Optional<String> value) {
        value.ifPresent(text -> lines.add(PREFIX + record.id() + "." + attribute + " = " + escape(text)));
    }

    private static String joined(Set<String> values, String separator) {
        return String.join(separator, new TreeSet<>(values));
    }

    private static String blocks(CidrList cidrs) {
        return cidrs.blocks().stream().map(Cidr::toString).collect(Collectors.joining(", "));
    }

    /** As {@link java.util.Properties} escapes values, so that no owner's name can begin a line of its own. */
    private static String escape(String value) {
        StringBuilder escaped = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                escaped.append("\\\\");
            } else if (c < ' ' || c > '~') {
                escaped.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
