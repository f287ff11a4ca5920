package dev.countersign.client;

/**
 * Signs requests in one of the forms that the {@code hmac} scheme verifies. Safe for use by many threads.
 *
 * <p>A signature holds for a moment, and for one request: it carries the time and, where its form has one, a nonce that the
 * server accepts once. Whoever sends a request again signs it again. A redirect is a request of its own, to somewhere that the
 * signature does not speak of: clients that send signed requests should not follow any.
 *
 * <pre>{@code
 * RequestSigner signer = GenericRequestSigner.of("orders-client", secret, InstantSource.system());
 * OutgoingRequest signed = signer.sign(OutgoingRequest.of("GET", URI.create("https://api.example.com/orders")));
 * }</pre>
 */
@FunctionalInterface
public interface RequestSigner {
    /**
     * The request as it is to be sent: with the fields of a signature in place of those that it had, or under a URI that is
     * signed. Method and content are the same.
     *
     * @throws IllegalArgumentException if this request cannot be signed, such as one that lacks a field which is to be
     *     covered
     */
    OutgoingRequest sign(OutgoingRequest request);
}
