package dev.countersign.scheme;

import dev.countersign.Body;
import dev.countersign.RejectionReason;
import dev.countersign.Verification;

/** What a scheme that signs content says where the content could not be read. */
public final class BodyRejections {
    private static final Verification.Rejected TOO_LARGE =
            new Verification.Rejected(RejectionReason.BODY_TOO_LARGE, "body_too_large");
    private static final Verification.Rejected BROKEN =
            new Verification.Rejected(RejectionReason.SIGNATURE_INVALID, "body_broken");
    private static final Verification.Rejected CONSUMED =
            new Verification.Rejected(RejectionReason.INTERNAL, "body_consumed");

    private BodyRejections() {}

    /**
     * The rejection for an outcome.
     *
     * @param outcome any but {@link Body.Outcome#COMPLETE}
     * @throws IllegalArgumentException for that one
     */
    public static Verification.Rejected of(Body.Outcome outcome) {
        return switch (outcome) {
            case TOO_LARGE -> TOO_LARGE;
            case BROKEN -> BROKEN;
            case CONSUMED -> CONSUMED;
            case COMPLETE -> throw new IllegalArgumentException("A complete body is no rejection");
        };
    }
}
