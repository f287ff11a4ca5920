package dev.countersign.gate;

import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Exchange;
import dev.countersign.RejectionReason;
import dev.countersign.http.FieldValue;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who claimed what of one request (SPEC section 3, "Shape"): each carrier's value goes to one scheme, by its shape, before
 * anything is verified.
 */
final class Claims {
    private final Claim[] claims;
    private final @Nullable Credential[] credentials;
    private final @Nullable String ambiguity;

    private Claims(Claim[] claims, @Nullable Credential[] credentials, @Nullable String ambiguity) {
        this.claims = claims;
        this.credentials = credentials;
        this.ambiguity = ambiguity;
    }

    /** What is claimed of a request without credentials: made once for all of them. */
    static Claims nothing(int schemes) {
        Claim[] claims = new Claim[schemes];
        Arrays.fill(claims, Claim.absent());
        return new Claims(claims, new @Nullable Credential[schemes], null);
    }

    /**
     * Asks every scheme, and gives what nobody is sure of to the first scheme of the rule that would take it.
     *
     * @param nothing the answer if no scheme claims anything
     */
    static Claims of(Exchange exchange, RulePlan plan, List<ConfiguredScheme> configured, Claims nothing) {
        Claim[] claims = nothing.claims;
        @Nullable Credential[] credentials = nothing.credentials;
        String ambiguity = ambiguity(exchange.headers("Authorization"));
        for (int i = 0; i < configured.size(); i++) {
            Claim claim = configured.get(i).scheme().claim(exchange);
            if (claim == Claim.absent()) {
                continue;
            }
            if (claims == nothing.claims) {
                claims = claims.clone();
                credentials = credentials.clone();
            }
            claims[i] = claim;
            if (claim instanceof Claim.Presented presented) {
                credentials[i] = presented.credential();
            } else if (ambiguity == null
                    && claim instanceof Claim.Malformed malformed
                    && malformed.reason() == RejectionReason.MULTIPLE_CREDENTIALS) {
                ambiguity = malformed.detail();
            }
        }
        if (claims == nothing.claims && ambiguity == null) {
            return nothing;
        }
        for (int scheme : plan.schemes()) {
            if (claims[scheme] instanceof Claim.Possible possible
                    && !taken(possible.credential().carrier(), credentials)) {
                credentials[scheme] = possible.credential();
            }
        }
        return new Claims(claims, credentials, ambiguity);
    }

    /**
     * RFC 9110 section 5.3: Authorization is not a list, so two field lines have no one reading; nor has what an
     * intermediary makes of an empty line and another one, a value that begins with a comma.
     */
    private static @Nullable String ambiguity(List<String> authorization) {
        if (authorization.size() > 1) {
            return "two_authorization_fields";
        }
        return authorization.size() == 1
                        && FieldValue.trim(authorization.get(0)).startsWith(",")
                ? "joined_authorization_fields"
                : null;
    }

    /** How credentials were sent in more than one way where one is allowed (R9), for the log; null if they were not. */
    @Nullable
    String ambiguity() {
        return ambiguity;
    }

    /** The credential of the scheme at this position, or null if it has none. */
    @Nullable
    Credential credential(int scheme) {
        return credentials[scheme];
    }

    /** What the scheme at this position could not read, or null. */
    Claim.@Nullable Malformed malformed(int scheme) {
        return claims[scheme] instanceof Claim.Malformed malformed ? malformed : null;
    }

    /** Whether the scheme at this position saw something in a field of its own, readable or not. */
    boolean used(int scheme) {
        return credentials[scheme] != null || claims[scheme] instanceof Claim.Malformed;
    }

    private static boolean taken(String carrier, @Nullable Credential[] credentials) {
        for (Credential credential : credentials) {
            if (credential != null && credential.carrier().equals(carrier)) {
                return true;
            }
        }
        return false;
    }
}
