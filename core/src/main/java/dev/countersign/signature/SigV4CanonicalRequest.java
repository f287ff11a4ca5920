package dev.countersign.signature;

import dev.countersign.key.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The canonical request of Signature Version 4, which is what a signature is over: method, path, query, the signed fields,
 * and a word for the content. Immutable.
 *
 * <p>The value of a field is its lines joined with commas, each trimmed, and each run of white space (a folded line break
 * also) one blank. Values are octets, one a character.
 *
 * <p>{@link #toString()} shows nothing: fields may be credentials.
 */
public final class SigV4CanonicalRequest {
    private final String head;

    private SigV4CanonicalRequest(String head) {
        this.head = head;
    }

    /**
     * A canonical request without its last line.
     *
     * @param method a token
     * @param path of a {@link SigV4PathRule}
     * @param query of a {@link SigV4Query}
     * @param signedFields lower-case names, sorted, each once
     * @param lines gives the values of the field lines of a name, in order
     * @return empty if a signed field has no line, or a character that is no octet
     */
    public static Optional<SigV4CanonicalRequest> of(
            String method, String path, String query, List<String> signedFields, Function<String, List<String>> lines) {
        StringBuilder head = new StringBuilder(256 + path.length() + query.length());
        head.append(method).append('\n');
        head.append(path).append('\n');
        head.append(query).append('\n');
        for (String name : signedFields) {
            List<String> values = lines.apply(name);
            if (values.isEmpty()) {
                return Optional.empty();
            }
            head.append(name).append(':');
            for (int i = 0; i < values.size(); i++) {
                if (i > 0) {
                    head.append(',');
                }
                if (!appendValue(head, values.get(i))) {
                    return Optional.empty();
                }
            }
            head.append('\n');
        }
        head.append('\n').append(String.join(";", signedFields)).append('\n');
        return Optional.of(new SigV4CanonicalRequest(head.toString()));
    }

    /**
     * The whole text, one character an octet.
     *
     * @param payload the hexadecimal SHA-256 of the content, or the word that stands in its place
     */
    public String text(String payload) {
        return head + payload;
    }

    /** The hexadecimal SHA-256 of {@link #text}. */
    public String sha256(String payload) {
        MessageDigest digest = Sha256.start();
        digest.update(head.getBytes(StandardCharsets.ISO_8859_1));
        digest.update(payload.getBytes(StandardCharsets.ISO_8859_1));
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Appends a value without white space at its ends, and with one blank for each run of it within.
     *
     * @return whether every character is an octet
     */
    static boolean appendValue(StringBuilder out, String value) {
        boolean blank = false;
        boolean started = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > 0xFF) {
                return false;
            }
            if (isWhitespace(c)) {
                blank = started;
            } else {
                if (blank) {
                    out.append(' ');
                }
                out.append(c);
                blank = false;
                started = true;
            }
        }
        return true;
    }

    private static boolean isWhitespace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Only the type's name. */
    @Override
    public String toString() {
        return "SigV4CanonicalRequest[****]";
    }
}
