package dev.countersign.client;

import dev.countersign.key.Secret;
import dev.countersign.key.Sha256;
import dev.countersign.signature.SigV4Request;
import dev.countersign.signature.SigV4Signer;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests with AWS Signature Version 4, for AWS's services and for whoever verifies it as they do. Covered are method,
 * path, query, content, {@code Host} and every field of the request but {@code User-Agent} and those of one connection.
 * Immutable but for the derived keys that it keeps; safe for use by many threads.
 *
 * <pre>{@code
 * RequestSigner signer =
 *         SigV4RequestSigner.of("AKIDEXAMPLE", secret, "eu-central-1", "execute-api", InstantSource.system());
 * }</pre>
 */
public final class SigV4RequestSigner implements RequestSigner {
    private static final List<String> FIELDS =
            List.of("Authorization", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256");

    private final SigV4Signer signer;
    private final boolean contentCoveredByUrl;
    private final InstantSource clock;
    private final @Nullable Duration expires;

    private SigV4RequestSigner(
            SigV4Signer signer, boolean contentCoveredByUrl, InstantSource clock, @Nullable Duration expires) {
        this.signer = signer;
        this.contentCoveredByUrl = contentCoveredByUrl;
        this.clock = clock;
        this.expires = expires;
    }

    /**
     * A signer that sends {@code Authorization: AWS4-HMAC-SHA256 …}, {@code X-Amz-Date} and {@code X-Amz-Content-Sha256}.
     *
     * @param accessKeyId names the secret
     * @param secret the secret access key
     * @param region such as {@code eu-central-1}
     * @param service such as {@code execute-api}; {@code s3} has rules of its own for paths and for {@link #presigned}
     * @throws IllegalArgumentException if a name is empty, or has a slash, a comma, or what is no visible ASCII character
     */
    public static SigV4RequestSigner of(
            String accessKeyId, Secret secret, String region, String service, InstantSource clock) {
        // As AWS has it: a URL for S3 is made before there is any content.
        return new SigV4RequestSigner(
                new SigV4Signer(accessKeyId, secret, region, service), !service.equals("s3"), clock, null);
    }

    /**
     * The same for temporary credentials, whose session token is sent with each request, and covered.
     *
     * @throws IllegalArgumentException if it is not visible ASCII; it is not told
     */
    public SigV4RequestSigner sessionToken(String token) {
        return new SigV4RequestSigner(signer.withSessionToken(token), contentCoveredByUrl, clock, expires);
    }

    /** The same without {@code X-Amz-Content-Sha256}, which S3 asks for and other services can do without. */
    public SigV4RequestSigner withoutContentHash() {
        return new SigV4RequestSigner(signer.withoutContentHash(), contentCoveredByUrl, clock, expires);
    }

    /**
     * The same with the signature in the query: whoever has the URL may send the request until it expires, with the method,
     * the fields and the content that were signed; for {@code s3} with any content, which other servers than S3 refuse unless
     * they are told to take it. Such a URL is a credential.
     *
     * @param limit 1 second to 7 days, in whole seconds
     * @throws IllegalArgumentException if it is another
     */
    public SigV4RequestSigner presigned(Duration limit) {
        boolean whole = limit.equals(Duration.ofSeconds(limit.toSeconds()));
        if (!whole || limit.toSeconds() < 1 || limit.compareTo(SigV4Signer.MAX_EXPIRES) > 0) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: whole seconds, PT1S to P7D)");
        }
        return new SigV4RequestSigner(signer, contentCoveredByUrl, clock, limit);
    }

    @Override
    public OutgoingRequest sign(OutgoingRequest request) {
        OutgoingRequest clean = request;
        for (String field : FIELDS) {
            clean = clean.withoutHeader(field);
        }
        SigV4Request parts =
                new SigV4Request(clean.method(), clean.rawPath(), clean.uri().getRawQuery(), fields(clean));
        String payload = HexFormat.of().formatHex(Sha256.start().digest(clean.body()));
        if (expires != null) {
            String query = signer.presign(
                    parts, contentCoveredByUrl ? payload : SigV4Signer.UNSIGNED_PAYLOAD, clock.instant(), expires);
            URI uri = clean.uri();
            return clean.to(
                    URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath() + "?" + query));
        }
        OutgoingRequest signed = clean;
        for (Map.Entry<String, String> field :
                signer.sign(parts, payload, clock.instant()).entrySet()) {
            signed = signed.onlyHeader(field.getKey(), field.getValue());
        }
        return signed;
    }

    private static Map<String, List<String>> fields(OutgoingRequest request) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("Host", List.of(request.authority()));
        for (HeaderField field : request.fields()) {
            fields.put(field.name(), request.headers(field.name()));
        }
        return fields;
    }

    /** Key id, region and service, never the secret. */
    @Override
    public String toString() {
        return signer.toString();
    }
}
