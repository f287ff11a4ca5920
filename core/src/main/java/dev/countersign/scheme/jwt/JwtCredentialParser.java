package dev.countersign.scheme.jwt;

import dev.countersign.Claim;
import dev.countersign.Exchange;
import dev.countersign.RejectionReason;
import dev.countersign.http.AuthorizationField;
import dev.countersign.jose.CompactJws;
import dev.countersign.jose.JwsProblem;
import dev.countersign.jose.KeySet;
import dev.countersign.settings.Reloadable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds a Bearer value (RFC 6750 section 2.1) and reads it as far as telling its issuer needs. Proves nothing. A token
 * that was verified before is recognised by its digest, and not read again.
 */
final class JwtCredentialParser {
    private final String issuer;
    private final Reloadable<KeySet> keys;
    private final VerifiedTokens verified;
    private final int headersMax;
    private final int tokenMax;
    private final int jsonMaxDepth;

    JwtCredentialParser(
            String issuer,
            Reloadable<KeySet> keys,
            VerifiedTokens verified,
            int headersMax,
            int tokenMax,
            int jsonMaxDepth) {
        this.issuer = issuer;
        this.keys = keys;
        this.verified = verified;
        this.headersMax = headersMax;
        this.tokenMax = tokenMax;
        this.jsonMaxDepth = jsonMaxDepth;
    }

    Claim claim(Exchange exchange) {
        List<String> lines = exchange.headers("Authorization");
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Optional<AuthorizationField> field = AuthorizationField.parse(line);
            if (field.isPresent() && field.get().is("Bearer")) {
                return lines.size() == 1
                        ? bearer(field.get())
                        : new Claim.Malformed(RejectionReason.MULTIPLE_CREDENTIALS, "repeated_field");
            }
        }
        return Claim.absent();
    }

    private Claim bearer(AuthorizationField field) {
        if (field.length() > headersMax) {
            return new Claim.Malformed(RejectionReason.MALFORMED_CREDENTIALS, "too_long");
        }
        if (!field.isToken68()) {
            return new Claim.Malformed(RejectionReason.MALFORMED_CREDENTIALS, "not_a_token");
        }
        KeySet current = keys.current();
        VerifiedTokens.Digest digest = VerifiedTokens.Digest.of(field);
        VerifiedTokens.Entry known = verified.find(digest);
        // What other keys verified counts for nothing: the one that signed it may be gone.
        if (known != null && known.keys() == current) {
            return new Claim.Presented(new JwtCredential.Known(digest, known));
        }
        return unseen(field.credentials(), digest, current);
    }

    private Claim unseen(String token, VerifiedTokens.Digest digest, KeySet current) {
        CompactJws.Reading reading = CompactJws.read(token, tokenMax, jsonMaxDepth);
        if (reading instanceof CompactJws.Unreadable unreadable) {
            return new Claim.Possible(
                    JwtCredential.unreadable(unreadable.problem().detail()));
        }
        CompactJws jws = ((CompactJws.Read) reading).jws();
        Optional<Map<String, Object>> claims = jws.unverifiedClaims(jsonMaxDepth);
        if (claims.isEmpty()) {
            return new Claim.Possible(JwtCredential.unreadable(JwsProblem.JSON.detail()));
        }
        JwtCredential credential = JwtCredential.unseen(digest, current, jws, claims.get());
        return issuer.equals(claims.get().get("iss"))
                ? new Claim.Presented(credential)
                : new Claim.Possible(credential);
    }
}
