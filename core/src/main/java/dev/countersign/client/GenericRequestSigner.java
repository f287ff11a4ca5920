package dev.countersign.client;

import dev.countersign.key.Hmac;
import dev.countersign.key.Secret;
import dev.countersign.signature.GenericSignature;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Signs requests in Countersign's own form, which the profile {@code generic} verifies: HMAC-SHA256 over method, authority,
 * path, query and content, with the time and a nonce of 128 random bits. Immutable; safe for use by many threads.
 *
 * <pre>{@code
 * RequestSigner signer = GenericRequestSigner.of("orders-client", Secret.parse(secret), InstantSource.system());
 * }</pre>
 */
public final class GenericRequestSigner implements RequestSigner {
    private static final String AUTHORIZATION = "Authorization";
    private static final List<String> FIELDS = List.of(
            GenericSignature.KEY_ID, GenericSignature.TIMESTAMP, GenericSignature.NONCE, GenericSignature.SIGNATURE);

    private final String keyId;
    private final Hmac hmac;
    private final InstantSource clock;
    private final Supplier<String> nonces;
    private final boolean inAuthorization;

    private GenericRequestSigner(
            String keyId, Hmac hmac, InstantSource clock, Supplier<String> nonces, boolean inAuthorization) {
        this.keyId = keyId;
        this.hmac = hmac;
        this.clock = clock;
        this.nonces = nonces;
        this.inAuthorization = inAuthorization;
    }

    /**
     * A signer that sends {@code X-Key-Id}, {@code X-Timestamp}, {@code X-Nonce} and {@code X-Signature}.
     *
     * @param keyId names the secret: 1 to 128 characters of {@code A-Z a-z 0-9 _ -}
     * @param secret what the server knows too, of at least 32 bytes if it is Countersign
     * @throws IllegalArgumentException if the key id is another
     */
    public static GenericRequestSigner of(String keyId, Secret secret, InstantSource clock) {
        return of(keyId, secret, clock, Nonces::fresh);
    }

    static GenericRequestSigner of(String keyId, Secret secret, InstantSource clock, Supplier<String> nonces) {
        if (!GenericSignature.isKeyId(keyId)) {
            throw new IllegalArgumentException("keyId (expected: 1 to 128 characters of A-Z a-z 0-9 _ -)");
        }
        return new GenericRequestSigner(keyId, Hmac.sha256(secret), clock, nonces, false);
    }

    /** The same with all of it in one field, {@code Authorization: HMAC-SHA256 …}, which replaces any other. */
    public GenericRequestSigner inAuthorization() {
        return new GenericRequestSigner(keyId, hmac, clock, nonces, true);
    }

    @Override
    public OutgoingRequest sign(OutgoingRequest request) {
        GenericSignature signature = new GenericSignature(
                keyId,
                clock.instant().getEpochSecond(),
                nonces.get(),
                request.method(),
                GenericSignature.authority(
                        request.authority(), request.uri().getScheme().equals("https")),
                GenericSignature.target(request.rawPath(), request.uri().getRawQuery()),
                GenericSignature.digest(request.body()));
        OutgoingRequest signed = request;
        for (String field : FIELDS) {
            signed = signed.withoutHeader(field);
        }
        if (inAuthorization) {
            return signed.onlyHeader(AUTHORIZATION, signature.authorization(hmac));
        }
        for (Map.Entry<String, String> field : signature.fields(hmac).entrySet()) {
            signed = signed.header(field.getKey(), field.getValue());
        }
        return signed;
    }

    /** The id of the key, never the key. */
    @Override
    public String toString() {
        return "GenericRequestSigner[" + keyId + "]";
    }
}
