package dev.countersign.client;

import dev.countersign.key.Secret;
import dev.countersign.signature.Component;
import dev.countersign.signature.ContentDigest;
import dev.countersign.signature.RequestParts;
import dev.countersign.signature.SignatureAlgorithm;
import dev.countersign.signature.SignatureBase;
import dev.countersign.signature.SignatureInput;
import dev.countersign.signature.SignatureParameters;
import java.security.Key;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests with HTTP Message Signatures (RFC 9421). Immutable; safe for use by many threads.
 *
 * <p>Unless {@link #components} says otherwise it covers what Countersign's servers ask for at least: {@code @method} and
 * {@code @target-uri}; {@code content-digest} (RFC 9530, SHA-256, which it sends) where there is content, or the method is one
 * that has some; and {@code content-type} where it is sent. With it go the time, the id of the key and a nonce of 128 random
 * bits.
 *
 * <pre>{@code
 * RequestSigner signer = Rfc9421RequestSigner.of(
 *                 "orders-client", SignatureAlgorithm.ED25519, privateKey, InstantSource.system())
 *         .tag("orders");
 * }</pre>
 *
 * <p>A request may carry several signatures, each under a label of its own: signers with different labels sign one after the
 * other.
 */
public final class Rfc9421RequestSigner implements RequestSigner {
    private static final String SIGNATURE_INPUT = "Signature-Input";
    private static final String SIGNATURE = "Signature";

    /** Methods whose content may be empty, but is not absent (RFC 9110 section 9.3, RFC 5789). */
    private static final Set<String> WITH_CONTENT = Set.of("POST", "PUT", "PATCH");

    private final String keyId;
    private final SignatureAlgorithm algorithm;
    private final Key key;
    private final InstantSource clock;
    private final Options options;

    /** What is chosen besides the key. */
    private record Options(
            @Nullable List<Component> components,
            String label,
            @Nullable String tag,
            @Nullable Duration expires,
            boolean tellsAlgorithm,
            boolean nonce) {
        static final Options USUAL = new Options(null, "sig1", null, null, false, true);
    }

    private Rfc9421RequestSigner(
            String keyId, SignatureAlgorithm algorithm, Key key, InstantSource clock, Options options) {
        this.keyId = keyId;
        this.algorithm = algorithm;
        this.key = key;
        this.clock = clock;
        this.options = options;
    }

    /**
     * A signer with a shared secret ({@code hmac-sha256}).
     *
     * @param keyId names the secret
     * @param secret of at least 32 bytes
     * @throws IllegalArgumentException if it is shorter, or the id is not printable ASCII
     */
    public static Rfc9421RequestSigner hmac(String keyId, Secret secret, InstantSource clock) {
        return checked(keyId, SignatureAlgorithm.HMAC_SHA256, new SecretKeySpec(secret.bytes(), "HmacSHA256"), clock);
    }

    /**
     * A signer with a private key.
     *
     * @param keyId names the public key that belongs to it
     * @param algorithm any but {@link SignatureAlgorithm#HMAC_SHA256}
     * @throws IllegalArgumentException if the key is none for the algorithm, or too weak, or the id is not printable ASCII
     */
    public static Rfc9421RequestSigner of(
            String keyId, SignatureAlgorithm algorithm, PrivateKey key, InstantSource clock) {
        return checked(keyId, algorithm, key, clock);
    }

    private static Rfc9421RequestSigner checked(
            String keyId, SignatureAlgorithm algorithm, Key key, InstantSource clock) {
        // An unfit key is told here, not when the first request is to be sent.
        algorithm.sign(key, new byte[0]);
        return new Rfc9421RequestSigner(keyId, algorithm, key, clock, Options.USUAL).with(Options.USUAL);
    }

    /**
     * The same with other coverage, in this order. A request that lacks one of the components cannot be signed; {@code
     * content-digest} alone is added to it.
     *
     * @param components at most 64, and 8 with {@code ;key} or {@code ;sf}, each once
     * @throws IllegalArgumentException if there are others
     */
    public Rfc9421RequestSigner components(List<Component> components) {
        return with(new Options(
                List.copyOf(components),
                options.label,
                options.tag,
                options.expires,
                options.tellsAlgorithm,
                options.nonce));
    }

    /**
     * The same under another label than {@code sig1}.
     *
     * @param label a lower-case letter, then lower-case letters, digits or {@code _-.*}
     * @throws IllegalArgumentException if it is another
     */
    public Rfc9421RequestSigner label(String label) {
        return with(new Options(
                options.components, label, options.tag, options.expires, options.tellsAlgorithm, options.nonce));
    }

    /**
     * The same for an application that asks for this tag.
     *
     * @throws IllegalArgumentException if it is not printable ASCII
     */
    public Rfc9421RequestSigner tag(String tag) {
        return with(new Options(
                options.components, options.label, tag, options.expires, options.tellsAlgorithm, options.nonce));
    }

    /**
     * The same with an end. Servers have a window of their own, which ends signatures that say nothing.
     *
     * @param afterSigning at least a second
     * @throws IllegalArgumentException if it is less
     */
    public Rfc9421RequestSigner expires(Duration afterSigning) {
        if (afterSigning.toSeconds() < 1) {
            throw new IllegalArgumentException("expires: " + afterSigning + " (expected: at least PT1S)");
        }
        return with(new Options(
                options.components, options.label, options.tag, afterSigning, options.tellsAlgorithm, options.nonce));
    }

    /** The same with the algorithm's name, which servers that know the key do not need. */
    public Rfc9421RequestSigner withAlgorithm() {
        return with(new Options(options.components, options.label, options.tag, options.expires, true, options.nonce));
    }

    /** The same without a nonce, so that one request signed twice within a second is the same request. */
    public Rfc9421RequestSigner withoutNonce() {
        return with(new Options(
                options.components, options.label, options.tag, options.expires, options.tellsAlgorithm, false));
    }

    private Rfc9421RequestSigner with(Options changed) {
        // Tells what cannot be written before the first request.
        SignatureParameters parameters = SignatureParameters.of(0, keyId);
        SignatureInput.of(
                changed.label,
                changed.components == null ? List.of() : changed.components,
                changed.tag == null ? parameters : parameters.withTag(changed.tag));
        return new Rfc9421RequestSigner(keyId, algorithm, key, clock, changed);
    }

    @Override
    public OutgoingRequest sign(OutgoingRequest request) {
        List<Component> components = options.components == null ? coverage(request) : options.components;
        OutgoingRequest filled = withoutOwnSignature(request);
        if (components.contains(Component.CONTENT_DIGEST)) {
            filled = filled.onlyHeader(ContentDigest.FIELD, ContentDigest.of(request.body()));
        }
        SignatureInput input = SignatureInput.of(options.label, components, parameters(clock.instant()));
        SignatureBase base = base(filled, input)
                .orElseThrow(() -> new IllegalArgumentException(
                        "components " + components + " (expected: all in the request, each of one line of ASCII)"));
        Map<String, String> fields = input.fields(algorithm.sign(key, base.bytes()));
        for (String name : List.of(SIGNATURE_INPUT, SIGNATURE)) {
            filled = filled.header(name, fields.getOrDefault(name, ""));
        }
        return filled;
    }

    private static Optional<SignatureBase> base(OutgoingRequest request, SignatureInput input) {
        return SignatureBase.of(RequestParts.of(request.method(), request.uri(), request::headers), input);
    }

    private static List<Component> coverage(OutgoingRequest request) {
        List<Component> components = new ArrayList<>(List.of(Component.METHOD, Component.TARGET_URI));
        if (request.body().length > 0 || WITH_CONTENT.contains(request.method())) {
            components.add(Component.CONTENT_DIGEST);
        }
        if (!request.headers(Component.CONTENT_TYPE.name()).isEmpty()) {
            components.add(Component.CONTENT_TYPE);
        }
        return components;
    }

    private SignatureParameters parameters(Instant now) {
        SignatureParameters parameters = SignatureParameters.of(now.getEpochSecond(), keyId);
        if (options.nonce) {
            parameters = parameters.withNonce(Nonces.fresh());
        }
        if (options.tellsAlgorithm) {
            parameters = parameters.withAlgorithm(algorithm);
        }
        if (options.expires != null) {
            parameters = parameters.withExpires(now.plus(options.expires).getEpochSecond());
        }
        return options.tag == null ? parameters : parameters.withTag(options.tag);
    }

    /** Without what this signer has added when the request was signed before; signatures with other labels stay. */
    private OutgoingRequest withoutOwnSignature(OutgoingRequest request) {
        OutgoingRequest left = request;
        for (String name : List.of(SIGNATURE_INPUT, SIGNATURE)) {
            List<String> lines = left.headers(name);
            left = left.withoutHeader(name);
            for (String line : lines) {
                left = line.startsWith(options.label + "=") ? left : left.header(name, line);
            }
        }
        return left;
    }

    /** The id of the key and its algorithm, never the key. */
    @Override
    public String toString() {
        return "Rfc9421RequestSigner[" + keyId + " " + algorithm.text() + "]";
    }
}
