package dev.countersign.scheme.hmac;

import dev.countersign.ChallengeTemplate.Explanation;
import dev.countersign.RejectionReason;
import java.util.Optional;

/** What the challenges of all profiles say of a failure (SPEC section 6 R27 to R29). */
final class SignatureErrors {
    private SignatureErrors() {}

    static Optional<Explanation> explain(RejectionReason reason) {
        return switch (reason) {
            case SIGNATURE_INVALID -> Optional.of(new Explanation("invalid_signature", Optional.empty()));
            case SIGNATURE_EXPIRED -> Optional.of(new Explanation("expired_signature", Optional.empty()));
            case SIGNATURE_REPLAYED -> Optional.of(new Explanation("replayed_signature", Optional.empty()));
            case SIGNATURE_COVERAGE -> Optional.of(new Explanation("insufficient_coverage", Optional.empty()));
            case MULTIPLE_CREDENTIALS ->
                Optional.of(new Explanation(
                        "invalid_request", Optional.of("Multiple methods used to include credentials")));
            default -> Optional.empty();
        };
    }
}
