package dev.countersign.signature;

import dev.countersign.http.Ascii;
import dev.countersign.http.FieldValue;
import dev.countersign.key.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests with AWS Signature Version 4. Immutable but for the derived keys that it keeps; safe for use by many
 * threads.
 *
 * <pre>{@code
 * var signer = new SigV4Signer("AKIDEXAMPLE", secret, "us-east-1", "orders");
 * Map<String, String> fields = signer.sign(request, bodySha256, clock.instant());
 * }</pre>
 */
public final class SigV4Signer {
    /** In place of the content's SHA-256: the content is not signed. */
    public static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

    /** How long a presigned request is good at most. */
    public static final Duration MAX_EXPIRES = Duration.ofDays(7);

    /** What clients and proxies change on the way, and what is made here. */
    private static final Set<String> NEVER_SIGNED = Set.of(
            "authorization",
            "connection",
            "expect",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "x-amzn-trace-id");

    private final String keyId;
    private final Secret secret;
    private final @Nullable String sessionToken;
    private final String region;
    private final String service;
    private final boolean sendsContentHash;
    private final SigV4PathRule pathRule;
    private final SigV4Keys keys;

    /**
     * A signer that sends {@code X-Amz-Content-Sha256} with each request, as S3 wants it.
     *
     * @param keyId what the other side knows the secret by
     * @param secret the shared secret
     * @param region such as {@code us-east-1}
     * @param service such as {@code s3}
     * @throws IllegalArgumentException if a name is empty, or has a slash, a comma, or what is no visible ASCII character
     */
    public SigV4Signer(String keyId, Secret secret, String region, String service) {
        this(
                requireName("keyId", keyId),
                secret,
                null,
                requireName("region", region),
                requireName("service", service),
                true,
                SigV4PathRule.of(service),
                new SigV4Keys());
    }

    private SigV4Signer(
            String keyId,
            Secret secret,
            @Nullable String sessionToken,
            String region,
            String service,
            boolean sendsContentHash,
            SigV4PathRule pathRule,
            SigV4Keys keys) {
        this.keyId = keyId;
        this.secret = secret;
        this.sessionToken = sessionToken;
        this.region = region;
        this.service = service;
        this.sendsContentHash = sendsContentHash;
        this.pathRule = pathRule;
        this.keys = keys;
    }

    /**
     * The same with a session token, which is sent and signed.
     *
     * @throws IllegalArgumentException if it is empty or has what is no visible ASCII character; it is not told
     */
    public SigV4Signer withSessionToken(String token) {
        if (!FieldValue.isVisibleAscii(token)) {
            throw new IllegalArgumentException("sessionToken (expected: visible ASCII characters)");
        }
        return new SigV4Signer(keyId, secret, token, region, service, sendsContentHash, pathRule, keys);
    }

    /** The same without {@code X-Amz-Content-Sha256}: the other side then digests the content itself. */
    public SigV4Signer withoutContentHash() {
        return new SigV4Signer(keyId, secret, sessionToken, region, service, false, pathRule, keys);
    }

    /** The same with another rule for paths than the one of the service. */
    SigV4Signer withPathRule(SigV4PathRule rule) {
        return new SigV4Signer(keyId, secret, sessionToken, region, service, sendsContentHash, rule, keys);
    }

    /**
     * Signs with the {@code Authorization} field. Every field of the request is signed, but for {@code User-Agent} and those
     * that concern one connection alone.
     *
     * @param payload the lower-case hexadecimal SHA-256 of the content, or {@link #UNSIGNED_PAYLOAD}, which the other side
     *     may refuse
     * @param at the time of signing
     * @return the fields that the request has to have, in place of those of their names that it has, in order
     * @throws IllegalArgumentException if path, query or a field have no canonical form; no value is told
     */
    public Map<String, String> sign(SigV4Request request, String payload, Instant at) {
        Signing signing = header(request, payload, at);
        signing.fields.put(
                "Authorization",
                SigV4Key.ALGORITHM + " Credential=" + keyId + "/" + signing.scope.text() + ", SignedHeaders="
                        + String.join(";", signing.signedFields) + ", Signature=" + signing.signature());
        return signing.fields;
    }

    /**
     * Signs with parameters of the query, for whoever gets the URL. Every field of the request is signed, as {@link #sign}
     * does, and has to be sent as it is here.
     *
     * @param payload the lower-case hexadecimal SHA-256 of the content, or {@link #UNSIGNED_PAYLOAD}, which the other side
     *     may refuse
     * @param at the time of signing
     * @param expires how long it is good, in whole seconds: one second to seven days
     * @return the query that the request has to have, without question mark
     * @throws IllegalArgumentException if the duration is another, the request is signed already, or path, query or a field
     *     have no canonical form; no value is told
     */
    public String presign(SigV4Request request, String payload, Instant at, Duration expires) {
        Signing signing = query(request, payload, at, expires);
        return signing.rawQuery + "&X-Amz-Signature=" + signing.signature();
    }

    /** All that is signed in the header form. */
    Signing header(SigV4Request request, String payload, Instant at) {
        String timestamp = SigV4Time.format(at);
        Map<String, String> own = new LinkedHashMap<>();
        own.put("X-Amz-Date", timestamp);
        if (sessionToken != null) {
            own.put("X-Amz-Security-Token", sessionToken);
        }
        if (sendsContentHash) {
            own.put("X-Amz-Content-Sha256", payload);
        }
        Map<String, List<String>> signed = signed(request);
        signed.remove("x-amz-security-token");
        signed.remove("x-amz-content-sha256");
        own.forEach((name, value) -> signed.put(Ascii.lowerCase(name), List.of(value)));
        String rawQuery = request.rawQuery() == null ? "" : request.rawQuery();
        return new Signing(request, rawQuery, timestamp, signed, own, payload);
    }

    /** All that is signed in the query form. */
    Signing query(SigV4Request request, String payload, Instant at, Duration expires) {
        long seconds = expires.toSeconds();
        if (seconds < 1 || !expires.equals(Duration.ofSeconds(seconds)) || seconds > MAX_EXPIRES.toSeconds()) {
            throw new IllegalArgumentException("expires: " + expires + " (expected: whole seconds, PT1S to P7D)");
        }
        String timestamp = SigV4Time.format(at);
        Map<String, List<String>> signed = signed(request);
        StringBuilder rawQuery = new StringBuilder(request.rawQuery() == null ? "" : request.rawQuery());
        append(rawQuery, "X-Amz-Algorithm", SigV4Key.ALGORITHM);
        append(rawQuery, "X-Amz-Credential", keyId + "/" + scope(timestamp).text());
        append(rawQuery, "X-Amz-Date", timestamp);
        append(rawQuery, "X-Amz-SignedHeaders", String.join(";", signed.keySet()));
        append(rawQuery, "X-Amz-Expires", Long.toString(seconds));
        if (sessionToken != null) {
            append(rawQuery, "X-Amz-Security-Token", sessionToken);
        }
        return new Signing(request, rawQuery.toString(), timestamp, signed, Map.of(), payload);
    }

    private static void append(StringBuilder query, String name, String value) {
        query.append(query.isEmpty() ? "" : "&").append(name).append('=');
        PercentEncoding.append(query, value, 0, value.length());
    }

    private static Map<String, List<String>> signed(SigV4Request request) {
        Map<String, List<String>> signed = new TreeMap<>(request.fields());
        signed.keySet().removeAll(NEVER_SIGNED);
        return signed;
    }

    private SigV4Scope scope(String timestamp) {
        return new SigV4Scope(SigV4Time.date(timestamp), region, service);
    }

    /** One request on its way to its signature. */
    final class Signing {
        private final String rawQuery;
        private final String timestamp;
        private final SigV4Scope scope;
        private final List<String> signedFields;
        private final Map<String, String> fields;
        private final String payload;
        private final SigV4CanonicalRequest canonical;

        private Signing(
                SigV4Request request,
                String rawQuery,
                String timestamp,
                Map<String, List<String>> signed,
                Map<String, String> fields,
                String payload) {
            this.rawQuery = rawQuery;
            this.timestamp = timestamp;
            this.scope = scope(timestamp);
            this.signedFields = new ArrayList<>(signed.keySet());
            this.fields = fields;
            this.payload = payload;
            SigV4Query query = SigV4Query.parse(rawQuery)
                    .filter(parsed -> parsed.values("X-Amz-Signature").isEmpty())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "query of a request (expected: escapes of two digits, and no signature)"));
            String path = pathRule.canonical(request.rawPath())
                    .orElseThrow(
                            () -> new IllegalArgumentException("path of a request (expected: escapes of two digits)"));
            this.canonical = SigV4CanonicalRequest.of(
                            request.method(),
                            path,
                            query.canonical(),
                            signedFields,
                            name -> signed.getOrDefault(name, List.of()))
                    .orElseThrow(() ->
                            new IllegalArgumentException("fields of a request (expected: characters up to U+00FF)"));
        }

        String canonicalText() {
            return canonical.text(payload);
        }

        String stringToSign() {
            return key().stringToSign(timestamp, canonical.sha256(payload));
        }

        String signature() {
            return key().request(timestamp, canonical.sha256(payload));
        }

        private SigV4Key key() {
            return keys.key(secret, scope);
        }
    }

    private static String requireName(String what, String name) {
        if (!FieldValue.isVisibleAscii(name) || name.indexOf('/') >= 0 || name.indexOf(',') >= 0) {
            throw new IllegalArgumentException(what + " (expected: visible ASCII characters without slash and comma)");
        }
        return name;
    }

    /** Key id, region and service; never the secret. */
    @Override
    public String toString() {
        return "SigV4Signer[" + keyId + ", " + region + ", " + service + "]";
    }
}
