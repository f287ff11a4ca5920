package dev.countersign.scheme.hmac;

import dev.countersign.ChallengeTemplate;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Decision;
import dev.countersign.Exchange;
import dev.countersign.RejectionReason;
import dev.countersign.Verification;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One form in which requests are signed: finds a signature, judges it, and says how one is asked for. An {@link HmacScheme}
 * is a name in front of one. Safe for use by many threads.
 */
interface SignatureProfile {
    /** Looks for a signature of this form, by its shape alone: the body is not read. */
    Claim claim(Exchange exchange);

    /**
     * Judges what {@link #claim} found.
     *
     * @throws dev.countersign.StoreUnavailableException if it cannot be judged now
     */
    Verification verify(Credential credential, Exchange exchange);

    /** How a client is asked for a signature. */
    ChallengeTemplate challengeTemplate();

    /** As {@link dev.countersign.AuthenticationScheme#answerFields}. */
    default List<Decision.Field> answerFields(Exchange exchange) {
        return List.of();
    }

    /** As {@link dev.countersign.AuthenticationScheme#ownAnswer}. */
    default Optional<Decision.Answer> ownAnswer(RejectionReason reason, String detail, Exchange exchange) {
        return Optional.empty();
    }

    /** The fields, in lower case, that carry signatures. */
    Set<String> carriers();

    /** The query parameters, in lower case, that carry signatures. */
    default Set<String> queryCarriers() {
        return Set.of();
    }

    /** What this form, and no other scheme, claims, in words. */
    Set<String> shapes();
}
