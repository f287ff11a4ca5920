package dev.countersign.servlet.client;

import dev.countersign.client.RequestSigner;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.WriterInterceptor;
import java.util.Map;

/**
 * Signs every request of the JAX-RS client, or target, that it is registered with. An entity is written into memory first,
 * once, after all other interceptors; those bytes are signed and sent. Each sending signs anew. Safe for use by many threads.
 *
 * <pre>{@code
 * Client client = ClientBuilder.newClient().register(new SigningFeature(signer));
 * }</pre>
 *
 * <p>A signer that signs the URI, such as of presigned SigV4, signs requests without an entity alone: when the entity is known
 * the URI cannot be changed any more. Redirects should not be followed, since a signature speaks of one request; Jersey, which
 * follows them by default, is told not to.
 */
public final class SigningFeature implements Feature {
    /** How much of an entity is kept in memory unless said otherwise: what servers take by default. */
    public static final int MAX_ENTITY_BYTES = 1 << 20;

    private final RequestSigner signer;
    private final int maxEntityBytes;

    /** Signs requests whose entities have at most {@link #MAX_ENTITY_BYTES}. */
    public SigningFeature(RequestSigner signer) {
        this(signer, MAX_ENTITY_BYTES);
    }

    /**
     * Signs requests.
     *
     * @param maxEntityBytes how large an entity may be once it is written, at least 0
     * @throws IllegalArgumentException if that is negative
     */
    public SigningFeature(RequestSigner signer, int maxEntityBytes) {
        if (maxEntityBytes < 0) {
            throw new IllegalArgumentException("maxEntityBytes: " + maxEntityBytes + " (expected: at least 0)");
        }
        this.signer = signer;
        this.maxEntityBytes = maxEntityBytes;
    }

    @Override
    public boolean configure(FeatureContext context) {
        // The last filter sees the fields of all others; the first interceptor gets the bytes that all others have
        // changed.
        context.register(
                new SigningFilter(signer, maxEntityBytes),
                Map.of(ClientRequestFilter.class, Integer.MAX_VALUE, WriterInterceptor.class, Integer.MIN_VALUE));
        return true;
    }
}
