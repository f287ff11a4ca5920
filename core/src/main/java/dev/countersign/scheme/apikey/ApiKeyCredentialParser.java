package dev.countersign.scheme.apikey;

import dev.countersign.Claim;
import dev.countersign.Exchange;
import dev.countersign.RejectionReason;
import dev.countersign.http.AuthorizationField;
import dev.countersign.scheme.apikey.ApiKeyCredential.Form;
import java.util.List;
import java.util.Optional;

/** Finds a key in a request, judging by shape alone. */
final class ApiKeyCredentialParser {
    static final String AUTHORIZATION = "authorization";

    private static final String API_KEY = "ApiKey";
    private static final String BEARER = "Bearer";

    private final ApiKeySettings settings;
    private final String headerCarrier;

    ApiKeyCredentialParser(ApiKeySettings settings) {
        this.settings = settings;
        this.headerCarrier = settings.carrier();
    }

    Claim parse(Exchange exchange) {
        List<String> header = exchange.headers(settings.header());
        if (header.size() > 1) {
            return new Claim.Malformed(RejectionReason.MULTIPLE_CREDENTIALS, "two_key_headers");
        }
        Claim fromAuthorization = authorization(exchange.headers("Authorization"));
        if (header.isEmpty()) {
            return fromAuthorization;
        }
        // A bearer value of no known form beside a key in its header is a token for another scheme.
        if (fromAuthorization == Claim.absent() || isUndecidedBearer(fromAuthorization)) {
            return key(header.get(0), headerCarrier, Form.HEADER);
        }
        if (fromAuthorization instanceof Claim.Possible possible
                && possible.credential() instanceof ApiKeyCredential credential
                && credential.form() == Form.MALFORMED_BEARER) {
            return fromAuthorization;
        }
        return new Claim.Malformed(RejectionReason.MULTIPLE_CREDENTIALS, "two_key_carriers");
    }

    private Claim authorization(List<String> lines) {
        if (lines.size() == 1) {
            return authorization(lines.get(0));
        }
        for (String line : lines) {
            if (authorization(line) != Claim.absent()) {
                return new Claim.Malformed(RejectionReason.MULTIPLE_CREDENTIALS, "two_authorization_fields");
            }
        }
        return Claim.absent();
    }

    private Claim authorization(String line) {
        Optional<AuthorizationField> parsed = AuthorizationField.parse(line);
        if (parsed.isEmpty()) {
            return Claim.absent();
        }
        AuthorizationField field = parsed.get();
        if (field.is(API_KEY)) {
            return key(field.credentials(), AUTHORIZATION, Form.API_KEY);
        }
        return field.is(BEARER) ? bearer(field) : Claim.absent();
    }

    /** A value of the key header, or behind {@code ApiKey}: what stands there is meant to be a key. */
    private Claim key(String value, String carrier, Form form) {
        if (value.isEmpty()) {
            return new Claim.Malformed(RejectionReason.KEY_INVALID, "empty");
        }
        if (value.length() > settings.maxLength()) {
            return new Claim.Malformed(RejectionReason.KEY_INVALID, "too_long");
        }
        if (!isVisibleAscii(value)) {
            return new Claim.Malformed(RejectionReason.KEY_INVALID, "characters");
        }
        ApiKeyCredential credential = credential(value, carrier, form);
        // Without prefixes every value of this carrier is ours; the settings see to it that nobody shares it then.
        return credential.prefix().isEmpty() && !settings.prefixes().isEmpty()
                ? new Claim.Possible(credential)
                : new Claim.Presented(credential);
    }

    /**
     * A prefix of ours makes a bearer value ours even where keys are not accepted as bearer tokens, so that no other
     * scheme, and nobody behind it, gets to see the key.
     */
    private Claim bearer(AuthorizationField field) {
        String value = field.credentials();
        boolean readable = field.isToken68() && value.length() <= settings.maxLength();
        ApiKeyCredential credential = credential(value, AUTHORIZATION, readable ? Form.BEARER : Form.MALFORMED_BEARER);
        if (!credential.prefix().isEmpty()) {
            return new Claim.Presented(credential);
        }
        return settings.bearer() ? new Claim.Possible(credential) : Claim.absent();
    }

    private ApiKeyCredential credential(String value, String carrier, Form form) {
        for (String prefix : settings.prefixes()) {
            if (value.startsWith(prefix)) {
                boolean wellFormed = settings.checksum() && KeyFormat.isWellFormed(value, prefix, settings.bytes());
                return new ApiKeyCredential(value, prefix, wellFormed, carrier, form);
            }
        }
        return new ApiKeyCredential(value, "", false, carrier, form);
    }

    private static boolean isUndecidedBearer(Claim claim) {
        return claim instanceof Claim.Possible possible
                && possible.credential() instanceof ApiKeyCredential credential
                && credential.form() == Form.BEARER;
    }

    private static boolean isVisibleAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) <= ' ' || value.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
