package dev.countersign;

import java.util.List;
import java.util.function.Function;

/** Whether a claimed credential is good. "Cannot tell" is not among the answers: it is {@link StoreUnavailableException}. */
public sealed interface Verification {
    /**
     * The credential is good, and this is what it proved.
     *
     * @param identity what was proved
     * @param events names of the one event that the credential tells of, such as the id of a webhook's delivery: a rule
     *     that handles each event once knows it again by any of them; empty for credentials that tell of none
     */
    record Verified(Identity identity, List<String> events) implements Verification {
        /** Copies the names. */
        public Verified {
            events = List.copyOf(events);
        }

        /** A good credential that tells of no event. */
        public Verified(Identity identity) {
            this(identity, List.of());
        }
    }

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
