package dev.countersign.authorization;

import dev.countersign.AccessRule.ScopeRequirement;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Whether a caller, known by now, may do what a rule guards. */
public sealed interface Verdict {
    /** Everything the rule asks of the caller is there. */
    enum Granted implements Verdict {
        /** The only one. */
        GRANTED
    }

    /** The rule admits nobody, or nobody without a credential. */
    enum Denied implements Verdict {
        /** The only one. */
        DENIED
    }

    /**
     * The caller has none of these roles.
     *
     * @param anyOf what the rule asks for; for the log, never for the client
     */
    record MissingRole(Set<String> anyOf) implements Verdict {}

    /**
     * The scopes are not granted.
     *
     * @param requirement what the rule asks for
     * @param lacking the schemes of the identities that take part in the judgement and by themselves lack the scopes, in
     *     the order of the expression. Empty if none takes part, or if each has one of several scopes and they share none
     */
    record MissingScope(ScopeRequirement requirement, List<String> lacking) implements Verdict {
        /** Copies the names. */
        public MissingScope {
            lacking = List.copyOf(lacking);
        }
    }

    /** Handles each outcome. */
    default <T> T match(
            Function<Granted, T> granted,
            Function<Denied, T> denied,
            Function<MissingRole, T> missingRole,
            Function<MissingScope, T> missingScope) {
        if (this instanceof Granted g) {
            return granted.apply(g);
        }
        if (this instanceof Denied d) {
            return denied.apply(d);
        }
        if (this instanceof MissingRole r) {
            return missingRole.apply(r);
        }
        return missingScope.apply((MissingScope) this);
    }
}
