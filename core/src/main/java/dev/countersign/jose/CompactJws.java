package dev.countersign.jose;

import dev.countersign.json.InvalidJsonException;
import dev.countersign.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token in JWS compact serialisation (RFC 7515 section 7.1) whose header can be read in one way only. Reading it proves
 * nothing: {@link KeySet#verify} does.
 *
 * <p>Refused, because a token of ours has no use for it: more or fewer than three parts, {@code crit} with whatever
 * content, {@code b64}, {@code zip}. Header parameters that carry or point to keys ({@code jwk}, {@code jku}, {@code x5c},
 * {@code x5u}) are never looked at (RFC 8725 section 3.10).
 */
public final class CompactJws {
    private static final int MAX_HEADER_MEMBERS = 16;
    private static final int MAX_PARAMETER_CHARS = 256;

    /** A token, or why it is none. */
    public sealed interface Reading permits Read, Unreadable {}

    /** A token that can be read. */
    public record Read(CompactJws jws) implements Reading {}

    /** Something else. */
    public record Unreadable(JwsProblem problem) implements Reading {}

    private final byte[] token;
    private final int payloadEnd;
    private final JwsAlgorithm algorithm;
    private final @Nullable String keyId;
    private final @Nullable String type;
    private final @Nullable String contentType;
    private final byte[] payload;
    private final byte[] signature;

    private CompactJws(
            byte[] token,
            int payloadEnd,
            JwsAlgorithm algorithm,
            Map<String, Object> header,
            byte[] payload,
            byte[] signature) {
        this.token = token;
        this.payloadEnd = payloadEnd;
        this.algorithm = algorithm;
        this.keyId = (String) header.get("kid");
        this.type = (String) header.get("typ");
        this.contentType = (String) header.get("cty");
        this.payload = payload;
        this.signature = signature;
    }

    /**
     * Reads a token: its size first, then its parts, then its header.
     *
     * @param maxChars the longest token; nothing of a longer one is decoded
     * @param maxDepth how deep the header may be nested
     */
    public static Reading read(String token, int maxChars, int maxDepth) {
        if (token.length() > maxChars) {
            return new Unreadable(JwsProblem.SIZE);
        }
        byte[] bytes = token.getBytes(StandardCharsets.ISO_8859_1);
        int headerEnd = partEnd(bytes, 0);
        int payloadEnd = partEnd(bytes, headerEnd + 1);
        if (payloadEnd >= bytes.length || partEnd(bytes, payloadEnd + 1) < bytes.length) {
            return new Unreadable(JwsProblem.PARTS);
        }
        byte[] header = Base64Url.decode(bytes, 0, headerEnd);
        byte[] payload = Base64Url.decode(bytes, headerEnd + 1, payloadEnd);
        byte[] signature = Base64Url.decode(bytes, payloadEnd + 1, bytes.length);
        if (header == null || payload == null || signature == null) {
            return new Unreadable(JwsProblem.BASE64);
        }
        Map<String, Object> parameters;
        try {
            parameters = StrictJson.parseObject(header, maxDepth);
        } catch (InvalidJsonException e) {
            return new Unreadable(JwsProblem.JSON);
        }
        JwsProblem problem = judge(parameters);
        if (problem != null) {
            return new Unreadable(problem);
        }
        Optional<JwsAlgorithm> algorithm =
                parameters.get("alg") instanceof String name ? JwsAlgorithm.named(name) : Optional.empty();
        if (algorithm.isEmpty()) {
            return new Unreadable(JwsProblem.ALGORITHM);
        }
        return new Read(new CompactJws(bytes, payloadEnd, algorithm.get(), parameters, payload, signature));
    }

    /** Where the next dot is, or else the token's end. */
    private static int partEnd(byte[] token, int start) {
        int end = start;
        while (end < token.length && token[end] != '.') {
            end++;
        }
        return end;
    }

    private static @Nullable JwsProblem judge(Map<String, Object> header) {
        // RFC 7515 section 4.1.11: an empty list is invalid, and none of the extensions is understood here.
        if (header.containsKey("crit") || header.containsKey("b64")) {
            return JwsProblem.CRITICAL;
        }
        if (header.containsKey("zip")) {
            return JwsProblem.COMPRESSED;
        }
        boolean readable = header.size() <= MAX_HEADER_MEMBERS
                && isTextOrAbsent(header, "kid")
                && isTextOrAbsent(header, "typ")
                && isTextOrAbsent(header, "cty");
        return readable ? null : JwsProblem.HEADER;
    }

    private static boolean isTextOrAbsent(Map<String, Object> header, String name) {
        Object value = header.get(name);
        return value == null || (value instanceof String text && text.length() <= MAX_PARAMETER_CHARS);
    }

    /** The {@code alg} of the header. */
    public JwsAlgorithm algorithm() {
        return algorithm;
    }

    /** The {@code kid} of the header, at most 256 characters of any kind. */
    public Optional<String> keyId() {
        return Optional.ofNullable(keyId);
    }

    /** The {@code typ} of the header, at most 256 characters of any kind. */
    public Optional<String> type() {
        return Optional.ofNullable(type);
    }

    /** The {@code cty} of the header, at most 256 characters of any kind. */
    public Optional<String> contentType() {
        return Optional.ofNullable(contentType);
    }

    /**
     * The payload as a JSON object, whether or not anybody vouches for it.
     *
     * @param maxDepth how deep it may be nested
     * @return empty if it is not exactly one JSON object without duplicate members
     */
    public Optional<Map<String, Object>> unverifiedClaims(int maxDepth) {
        try {
            return Optional.of(StrictJson.parseObject(payload, maxDepth));
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }

    /** What was signed: header and payload as they came (RFC 7515 section 5.2), {@link #signingInputLength} bytes of it. */
    byte[] signingInput() {
        return token;
    }

    int signingInputLength() {
        return payloadEnd;
    }

    byte[] signature() {
        return signature;
    }

    /** Tells the algorithm and nothing of the token. */
    @Override
    public String toString() {
        return "CompactJws[" + algorithm + "]";
    }
}
