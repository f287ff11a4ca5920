package dev.countersign.client;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;

/**
 * Signed requests for {@code java.net.http}: each is signed as its client will send it, with the very bytes that were signed
 * as its content. Safe for use by many threads.
 *
 * <pre>{@code
 * SignedRequests requests = SignedRequests.by(signer);
 * HttpRequest order = HttpRequest.newBuilder(uri)
 *         .header("Content-Type", "application/json")
 *         .POST(HttpRequest.BodyPublishers.ofString(json))
 *         .build();
 * HttpResponse<String> answer = client.send(requests.sign(order), HttpResponse.BodyHandlers.ofString());
 * }</pre>
 *
 * <p>What {@link #sign} returns is sent once: to try again, sign the original again. The client should follow no redirects,
 * which is its default: it would repeat the signature of one request on another.
 */
public final class SignedRequests {
    /** How much content is read into memory unless said otherwise: what servers take by default. */
    public static final int MAX_BODY_BYTES = 1 << 20;

    private final RequestSigner signer;
    private final int maxBodyBytes;

    private SignedRequests(RequestSigner signer, int maxBodyBytes) {
        this.signer = signer;
        this.maxBodyBytes = maxBodyBytes;
    }

    /** Requests signed by this signer, with at most {@link #MAX_BODY_BYTES} of content. */
    public static SignedRequests by(RequestSigner signer) {
        return new SignedRequests(signer, MAX_BODY_BYTES);
    }

    /**
     * The same with another bound of content.
     *
     * @param bytes at least 0
     * @throws IllegalArgumentException if it is negative
     */
    public SignedRequests maxBodyBytes(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("maxBodyBytes: " + bytes + " (expected: at least 0)");
        }
        return new SignedRequests(signer, bytes);
    }

    /**
     * A signed copy of a request. Its content is read into memory first, by the calling thread, which waits for publishers
     * that publish on another one.
     *
     * @throws IllegalArgumentException if the request cannot be signed ({@link RequestSigner#sign}), or its content is
     *     larger than the bound
     * @throws java.util.concurrent.CompletionException if its content cannot be read, with the reason as its cause
     */
    public HttpRequest sign(HttpRequest request) {
        OutgoingRequest outgoing = OutgoingRequest.of(request.method(), request.uri());
        for (Map.Entry<String, List<String>> field : request.headers().map().entrySet()) {
            for (String value : field.getValue()) {
                outgoing = outgoing.header(field.getKey(), value);
            }
        }
        boolean hasContent = request.bodyPublisher().isPresent();
        if (hasContent) {
            outgoing = outgoing.body(PublishedBytes.of(request.bodyPublisher().get(), maxBodyBytes));
        }
        OutgoingRequest signed = signer.sign(outgoing);
        HttpRequest.Builder copy = fields(HttpRequest.newBuilder(request, (name, value) -> false), signed);
        if (hasContent) {
            copy.method(signed.method(), BodyPublishers.ofByteArray(signed.body()));
        }
        return copy.uri(signed.uri()).build();
    }

    /**
     * A signed request that has nothing but what this one has.
     *
     * @throws IllegalArgumentException as {@link #sign(HttpRequest)}
     */
    public HttpRequest sign(OutgoingRequest request) {
        if (request.body().length > maxBodyBytes) {
            throw PublishedBytes.tooLarge(maxBodyBytes);
        }
        OutgoingRequest signed = signer.sign(request);
        HttpRequest.Builder builder = fields(HttpRequest.newBuilder(signed.uri()), signed);
        if (signed.body().length > 0 || !signed.method().equals("GET")) {
            builder.method(signed.method(), BodyPublishers.ofByteArray(signed.body()));
        }
        return builder.build();
    }

    private static HttpRequest.Builder fields(HttpRequest.Builder builder, OutgoingRequest signed) {
        signed.fields().forEach(field -> builder.header(field.name(), field.value()));
        return builder;
    }
}
