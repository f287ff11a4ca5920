package dev.countersign;

import java.util.function.Function;
import java.util.function.Supplier;

/** What a scheme says of a request after looking at the shape of what it carries: no I/O, nothing verified. */
public sealed interface Claim {
    /** Nothing here is for this scheme. */
    enum Absent implements Claim {
        /** The only one. */
        ABSENT
    }

    /** This credential is this scheme's, and no other scheme tries it. */
    record Presented(Credential credential) implements Claim {}

    /**
     * This value stands in a field that the scheme reads, and its shape belongs to nobody for certain (an issuer that no
     * instance knows, a bearer value of no known form). It is claimed by the first such scheme that the rule accepts, if
     * no other scheme presents it.
     */
    record Possible(Credential credential) implements Claim {}

    /**
     * The field that this scheme reads cannot be read.
     *
     * @param reason {@link RejectionReason#MALFORMED_CREDENTIALS} (400), {@link RejectionReason#MULTIPLE_CREDENTIALS}
     *     (400), or a 401 reason where the outcome table wants one
     * @param detail for the log: a fixed text of lower-case letters, digits and underscores
     */
    record Malformed(RejectionReason reason, String detail) implements Claim {}

    /** Nothing here is for this scheme. */
    static Claim absent() {
        return Absent.ABSENT;
    }

    /** Handles each outcome. */
    default <T> T match(
            Supplier<T> absent,
            Function<Presented, T> presented,
            Function<Possible, T> possible,
            Function<Malformed, T> malformed) {
        if (this instanceof Presented p) {
            return presented.apply(p);
        }
        if (this instanceof Possible p) {
            return possible.apply(p);
        }
        if (this instanceof Malformed m) {
            return malformed.apply(m);
        }
        return absent.get();
    }
}
