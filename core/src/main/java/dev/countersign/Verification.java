package dev.countersign;

import java.util.function.Function;

/** Whether a claimed credential is good. "Cannot tell" is not among the answers: it is {@link StoreUnavailableException}. */
public sealed interface Verification {
    /** The credential is good, and this is what it proved. */
    record Verified(Identity identity) implements Verification {}

    /**
     * The credential is not good.
     *
     * @param reason what the client is told
     * @param detail what only the log is told: a fixed text of lower-case letters, digits and underscores, such as
     *     {@code audience} or {@code base64}
     */
    record Rejected(RejectionReason reason, String detail) implements Verification {}

    /** Handles each outcome. */
    default <T> T match(Function<Verified, T> verified, Function<Rejected, T> rejected) {
        if (this instanceof Verified v) {
            return verified.apply(v);
        }
        return rejected.apply((Rejected) this);
    }
}
