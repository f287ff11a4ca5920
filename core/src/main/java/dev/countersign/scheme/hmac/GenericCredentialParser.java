package dev.countersign.scheme.hmac;

import dev.countersign.Claim;
import dev.countersign.Exchange;
import dev.countersign.RejectionReason;
import dev.countersign.http.AuthParameters;
import dev.countersign.http.AuthorizationField;
import dev.countersign.signature.GenericSignature;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a generic signature: in fields of its own, of which {@code X-Signature} tells that there is one, or in {@code
 * Authorization}; no I/O.
 */
final class GenericCredentialParser {
    static final String AUTHORIZATION = "authorization";
    static final String SIGNATURE = "x-signature";

    private static final Set<String> PARAMETERS = Set.of("keyid", "timestamp", "nonce", "signature");

    private final int maxLength;

    /** @param maxLength the longest field value, in characters */
    GenericCredentialParser(int maxLength) {
        this.maxLength = maxLength;
    }

    Claim parse(Exchange exchange) {
        List<String> signatures = exchange.headers(GenericSignature.SIGNATURE);
        AuthorizationField authorization = authorization(exchange.headers(AUTHORIZATION));
        if (authorization == null) {
            return signatures.isEmpty() ? Claim.absent() : fields(exchange, signatures);
        }
        if (exchange.headers(AUTHORIZATION).size() > 1) {
            return multiple("two_authorization_fields");
        }
        // Whoever reads a field beside it would read what is not signed.
        if (!signatures.isEmpty()
                || !exchange.headers(GenericSignature.KEY_ID).isEmpty()
                || !exchange.headers(GenericSignature.TIMESTAMP).isEmpty()
                || !exchange.headers(GenericSignature.NONCE).isEmpty()) {
            return multiple("two_signature_carriers");
        }
        return parameters(authorization);
    }

    /** The first line with our scheme, or null. */
    private static @Nullable AuthorizationField authorization(List<String> lines) {
        for (String line : lines) {
            AuthorizationField field = AuthorizationField.parse(line).orElse(null);
            if (field != null && field.is(GenericSignature.SCHEME)) {
                return field;
            }
        }
        return null;
    }

    private Claim parameters(AuthorizationField field) {
        if (field.length() > maxLength) {
            return malformed("too_long");
        }
        if (!field.delimited()) {
            return malformed("parameters");
        }
        Map<String, String> parameters =
                AuthParameters.parse(field.credentials()).orElse(null);
        if (parameters == null || !PARAMETERS.containsAll(parameters.keySet())) {
            return malformed("parameters");
        }
        return credential(
                parameters.get("keyid"),
                parameters.get("timestamp"),
                parameters.get("nonce"),
                parameters.get("signature"),
                AUTHORIZATION);
    }

    private Claim fields(Exchange exchange, List<String> signatures) {
        List<String> keyIds = exchange.headers(GenericSignature.KEY_ID);
        List<String> timestamps = exchange.headers(GenericSignature.TIMESTAMP);
        List<String> nonces = exchange.headers(GenericSignature.NONCE);
        if (signatures.size() > 1 || keyIds.size() > 1 || timestamps.size() > 1 || nonces.size() > 1) {
            return multiple("repeated_field");
        }
        return credential(first(keyIds), first(timestamps), first(nonces), signatures.get(0), SIGNATURE);
    }

    private static @Nullable String first(List<String> values) {
        return values.isEmpty() ? null : values.get(0);
    }

    private static Claim credential(
            @Nullable String keyId,
            @Nullable String timestamp,
            @Nullable String nonce,
            @Nullable String signature,
            String carrier) {
        if (keyId == null || timestamp == null || signature == null) {
            return malformed("incomplete");
        }
        if (!GenericSignature.isKeyId(keyId)) {
            return malformed("key_id");
        }
        OptionalLong seconds = GenericSignature.timestamp(timestamp);
        if (seconds.isEmpty()) {
            return malformed("timestamp");
        }
        if (nonce != null && !GenericSignature.isNonce(nonce)) {
            return malformed("nonce");
        }
        if (!GenericSignature.isHex(signature)) {
            return malformed("signature");
        }
        return new Claim.Presented(
                new GenericCredential(keyId, seconds.getAsLong(), nonce == null ? "" : nonce, signature, carrier));
    }

    private static Claim malformed(String detail) {
        return new Claim.Malformed(RejectionReason.SIGNATURE_INVALID, detail);
    }

    private static Claim multiple(String detail) {
        return new Claim.Malformed(RejectionReason.MULTIPLE_CREDENTIALS, detail);
    }
}
