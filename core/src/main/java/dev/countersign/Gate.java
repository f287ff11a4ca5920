package dev.countersign;

import dev.countersign.http.PathPolicy;
import java.util.List;
import java.util.Optional;

/**
 * The one place that decides: a request and a rule go in, a {@link Decision} comes out, and exactly one decision event
 * is audited. Safe for use by many threads.
 */
public interface Gate {
    /**
     * Checks what holds for every request before its rule is known: cleartext credentials, and the path.
     *
     * @return the refusal, already audited; empty if the request may go on to its rule
     */
    Optional<Decision.Refused> screen(Exchange exchange);

    /** As {@link #screen(Exchange)}, for a place whose settings open some of the paths. */
    Optional<Decision.Refused> screen(Exchange exchange, PathPolicy paths);

    /**
     * Judges a request by its rule. Never throws: what cannot be judged is refused.
     *
     * <p>A {@link Decision.Admitted} with a completion must be told, once, how the request was answered; a {@link
     * Decision.Handled} is answered without any further ado.
     */
    Decision decide(Exchange exchange, AccessRule rule);

    /**
     * Judges the rule of a further dispatch target of the same request (forward, include, error, async) against the
     * identities that are verified already: no I/O, no detection count, and no event if it is admitted. Only where this
     * rule is the first of the request that handles events once, the event is looked up now.
     *
     * @param identities every identity that was verified for this request, in the order of verification
     * @param completion what the first decision on this request gave, or empty
     */
    Decision decideAgain(
            Exchange exchange, AccessRule rule, List<Identity> identities, Optional<Decision.Completion> completion);

    /** As the other, for a request whose first decision gave no completion. */
    default Decision decideAgain(Exchange exchange, AccessRule rule, List<Identity> identities) {
        return decideAgain(exchange, rule, identities, Optional.empty());
    }

    /**
     * The answer of an adapter that found a fault of its own: a target that no rule was enforced for, say. Fails closed
     * with 500, audited like every refusal.
     *
     * @param detail for the log: lower-case letters, digits and underscores
     */
    Decision.Refused fault(Exchange exchange, String detail);
}
