package dev.countersign.signature;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a signer says of a signature, signed with it (RFC 9421 section 2.3).
 *
 * @param created when it was made, in seconds since 1970
 * @param expires when it ends, in seconds since 1970
 * @param nonce a text that its maker uses once
 * @param alg the algorithm's name
 * @param keyId names the key
 * @param tag names the application that it is for
 */
public record SignatureParameters(
        OptionalLong created,
        OptionalLong expires,
        Optional<String> nonce,
        Optional<String> alg,
        Optional<String> keyId,
        Optional<String> tag) {

    /** Only the time and the key, which is the least that a verifier asks for. */
    public static SignatureParameters of(long created, String keyId) {
        return new SignatureParameters(
                OptionalLong.of(created),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(keyId),
                Optional.empty());
    }

    /** The same with this nonce. */
    public SignatureParameters withNonce(String value) {
        return new SignatureParameters(created, expires, Optional.of(value), alg, keyId, tag);
    }

    /** The same with the name of this algorithm. */
    public SignatureParameters withAlgorithm(SignatureAlgorithm value) {
        return new SignatureParameters(created, expires, nonce, Optional.of(value.text()), keyId, tag);
    }

    /** The same with this end. */
    public SignatureParameters withExpires(long value) {
        return new SignatureParameters(created, OptionalLong.of(value), nonce, alg, keyId, tag);
    }

    /** The same with this tag. */
    public SignatureParameters withTag(String value) {
        return new SignatureParameters(created, expires, nonce, alg, keyId, Optional.of(value));
    }

    /** Reads those of an inner list; empty if one has the wrong type. Others than these are signed and say nothing. */
    static Optional<SignatureParameters> of(Map<String, Object> parameters) {
        for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
            boolean good = switch (parameter.getKey()) {
                case "created", "expires" -> parameter.getValue() instanceof Long;
                case "nonce", "alg", "keyid", "tag" -> parameter.getValue() instanceof String;
                default -> true;
            };
            if (!good) {
                return Optional.empty();
            }
        }
        return Optional.of(new SignatureParameters(
                number(parameters, "created"),
                number(parameters, "expires"),
                string(parameters, "nonce"),
                string(parameters, "alg"),
                string(parameters, "keyid"),
                string(parameters, "tag")));
    }

    private static OptionalLong number(Map<String, Object> parameters, String name) {
        return parameters.get(name) instanceof Long value ? OptionalLong.of(value) : OptionalLong.empty();
    }

    private static Optional<String> string(Map<String, Object> parameters, String name) {
        return Optional.ofNullable((String) parameters.get(name));
    }

    /** As they follow an inner list. */
    String text() {
        StringBuilder text = new StringBuilder();
        created.ifPresent(value -> text.append(";created=").append(value));
        expires.ifPresent(value -> text.append(";expires=").append(value));
        nonce.ifPresent(value -> text.append(";nonce=").append(StructuredFields.string(value)));
        alg.ifPresent(value -> text.append(";alg=").append(StructuredFields.string(value)));
        keyId.ifPresent(value -> text.append(";keyid=").append(StructuredFields.string(value)));
        tag.ifPresent(value -> text.append(";tag=").append(StructuredFields.string(value)));
        return text.toString();
    }
}
