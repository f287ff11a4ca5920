package dev.countersign.scheme.apikey;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The settings of one api-key scheme.
 *
 * @param realm the realm of its challenges
 * @param header the field that carries keys; default {@code X-API-Key}
 * @param bearer whether keys may also come as {@code Authorization: Bearer}; default false. {@code Authorization: ApiKey}
 *     is always accepted
 * @param prefixes how keys begin, none of them the beginning of another; empty only if {@code checksum} and {@code
 *     bearer} are off
 * @param checksum whether keys have the shape {@code <prefix><body><check>}; default true. Off, imported keys of other
 *     shapes are admitted
 * @param bytes how many random bytes the body stands for, 16 to 64; default 32. Without {@code checksum} it has no effect
 * @param maxLength the longest key, in characters, at least 1
 */
public record ApiKeySettings(
        String realm,
        String header,
        boolean bearer,
        List<String> prefixes,
        boolean checksum,
        int bytes,
        int maxLength) {
    /** The default header. */
    public static final String DEFAULT_HEADER = "X-API-Key";

    static final String PREFIX_RULE = "not a prefix (expected: " + KeyFormat.MIN_PREFIX + " to " + KeyFormat.MAX_PREFIX
            + " characters of A-Z a-z 0-9 - . _ ~ + /, and not eyJ, with which every JWT starts)";
    static final String PREFIXES_NEEDED =
            "missing (expected: at least one, such as sk_live_, unless checksum and bearer are false)";
    static final String PREFIX_OVERLAP = "one is the beginning of another (expected: prefixes that tell keys apart)";
    static final String HEADER_RULE =
            "not a field for keys (expected: a field name that HTTP and this library do not use otherwise)";

    private static final Set<String> OTHER_FIELDS = Set.of(
            "accept",
            "authorization",
            "client-cert",
            "client-cert-chain",
            "connection",
            "content-digest",
            "content-encoding",
            "content-length",
            "content-type",
            "cookie",
            "dpop",
            "expect",
            "forwarded",
            "host",
            "keep-alive",
            "origin",
            "proxy-authorization",
            "referer",
            "signature",
            "signature-input",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "via",
            "x-forwarded-client-cert",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-real-ip");

    /**
     * Checks every rule above.
     *
     * @throws IllegalArgumentException if one is broken
     */
    public ApiKeySettings {
        prefixes = List.copyOf(prefixes);
        require(!realm.isEmpty(), "realm: empty (expected: a name)");
        require(isKeyHeader(header), "header: " + HEADER_RULE);
        require(prefixes.stream().allMatch(KeyFormat::isPrefix), "prefixes: " + PREFIX_RULE);
        require(!prefixes.isEmpty() || (!checksum && !bearer), "prefixes: " + PREFIXES_NEEDED);
        require(!overlap(prefixes), "prefixes: " + PREFIX_OVERLAP);
        require(
                bytes >= KeyFormat.MIN_BYTES && bytes <= KeyFormat.MAX_BYTES,
                "bytes: " + bytes + " (expected: " + KeyFormat.MIN_BYTES + " to " + KeyFormat.MAX_BYTES + ")");
        require(maxLength >= 1, "maxLength: " + maxLength + " (expected: at least 1)");
    }

    /** The name of the key header in lower case. */
    String carrier() {
        return header.toLowerCase(Locale.ROOT);
    }

    /** Whether a field name (RFC 9110 section 5.1) may carry keys. */
    static boolean isKeyHeader(String name) {
        boolean token = !name.isEmpty();
        for (int i = 0; token && i < name.length(); i++) {
            char c = name.charAt(i);
            token = (c >= '0' && c <= '9')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
        }
        return token && !OTHER_FIELDS.contains(name.toLowerCase(Locale.ROOT));
    }

    static boolean overlap(List<String> prefixes) {
        for (int i = 0; i < prefixes.size(); i++) {
            for (int j = 0; j < prefixes.size(); j++) {
                if (i != j && prefixes.get(i).startsWith(prefixes.get(j))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void require(boolean met, String problem) {
        if (!met) {
            throw new IllegalArgumentException(problem);
        }
    }
}
