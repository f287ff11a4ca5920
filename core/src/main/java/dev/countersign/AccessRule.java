package dev.countersign;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one endpoint asks for, compiled once when it is deployed. Immutable; equal rules are interchangeable.
 *
 * <p>Make one with {@link #permitAll}, {@link #denyAll} or {@link #builder}.
 *
 * @see Gate#decide
 */
public final class AccessRule {
    /** What happens without a usable credential. */
    public enum Mode {
        /** Nobody gets in. */
        DENY,
        /** A credential is needed. */
        REQUIRED,
        /** No credential is fine, a bad one is refused. */
        OPTIONAL_REJECT,
        /** No credential is fine, a bad one is ignored: never 401, 403 or 503 for its sake. */
        OPTIONAL_IGNORE
    }

    /** One way in: the scheme names that must all be satisfied. */
    public record Alternative(List<String> parts) {
        /** Copies the parts, of which there is at least one, none twice. */
        public Alternative {
            parts = List.copyOf(parts);
            if (parts.isEmpty() || Set.copyOf(parts).size() != parts.size()) {
                throw new IllegalArgumentException("An alternative needs distinct parts: " + parts);
            }
        }
    }

    /**
     * Scopes that must be granted.
     *
     * @param values at least one
     * @param any whether one of them is enough
     * @param from the part that must grant them, or empty for the effective scopes
     */
    public record ScopeRequirement(List<String> values, boolean any, String from) {
        /** Copies the values, of which there is at least one. */
        public ScopeRequirement {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("A scope requirement needs a value");
            }
        }
    }

    private final Mode mode;
    private final List<Alternative> alternatives;
    private final List<ScopeRequirement> scopes;
    private final List<Set<String>> roles;
    private final boolean eventsOnce;
    private final int hash;

    private AccessRule(
            Mode mode,
            List<Alternative> alternatives,
            List<ScopeRequirement> scopes,
            List<Set<String>> roles,
            boolean eventsOnce) {
        this.mode = mode;
        this.alternatives = List.copyOf(alternatives);
        this.scopes = List.copyOf(scopes);
        this.roles = List.copyOf(roles);
        this.eventsOnce = eventsOnce;
        this.hash = Objects.hash(mode, this.alternatives, this.scopes, this.roles, eventsOnce);
    }

    /** Nobody gets in. */
    public static AccessRule denyAll() {
        return new AccessRule(Mode.DENY, List.of(), List.of(), List.of(), false);
    }

    /** Everybody gets in; who sends a good credential for one of {@code alternatives} is known by name. */
    public static AccessRule permitAll(List<Alternative> alternatives) {
        return new AccessRule(Mode.OPTIONAL_IGNORE, alternatives, List.of(), List.of(), false);
    }

    /**
     * A rule over these alternatives, tried in order.
     *
     * @param alternatives at least one
     */
    public static Builder builder(Mode mode, List<Alternative> alternatives) {
        return new Builder(mode, alternatives);
    }

    /** What happens without a usable credential. */
    public Mode mode() {
        return mode;
    }

    /** The ways in, in the order in which they are tried. */
    public List<Alternative> alternatives() {
        return alternatives;
    }

    /** Every one of these must be met. */
    public List<ScopeRequirement> scopes() {
        return scopes;
    }

    /** Of every one of these sets the caller must have a role; {@code **} stands for any authenticated caller. */
    public List<Set<String>> roles() {
        return roles;
    }

    /**
     * Whether the event that a credential tells of is handled once: a request that tells of it again is answered without
     * being let through ({@link Decision.Handled}).
     */
    public boolean eventsOnce() {
        return eventsOnce;
    }

    /** Whether an anonymous caller can be admitted: the mode is optional and nothing is asked of the caller. */
    public boolean admitsAnonymous() {
        return (mode == Mode.OPTIONAL_IGNORE || mode == Mode.OPTIONAL_REJECT) && scopes.isEmpty() && roles.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof AccessRule rule
                        && hash == rule.hash
                        && mode == rule.mode
                        && alternatives.equals(rule.alternatives)
                        && scopes.equals(rule.scopes)
                        && roles.equals(rule.roles)
                        && eventsOnce == rule.eventsOnce);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** One line for the security map and the log, such as {@code key+jwt, basic; scopes=a b; roles=x}. */
    @Override
    public String toString() {
        if (mode == Mode.DENY) {
            return "deny";
        }
        StringBuilder text = new StringBuilder();
        if (mode == Mode.OPTIONAL_IGNORE) {
            text.append(admitsAnonymous() ? "permit; known by " : "optional, invalid ignored; ");
        } else if (mode == Mode.OPTIONAL_REJECT) {
            text.append("optional; ");
        }
        for (int i = 0; i < alternatives.size(); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(String.join("+", alternatives.get(i).parts()));
        }
        for (ScopeRequirement scope : scopes) {
            text.append("; scopes=").append(String.join(scope.any() ? "|" : " ", scope.values()));
            if (!scope.from().isEmpty()) {
                text.append(" from ").append(scope.from());
            }
        }
        for (Set<String> anyOf : roles) {
            text.append("; roles=")
                    .append(String.join("|", anyOf.stream().sorted().toList()));
        }
        text.append(eventsOnce ? "; each event once" : "");
        return text.toString();
    }

    /** Collects what a rule asks of the caller. */
    public static final class Builder {
        private final Mode mode;
        private final List<Alternative> alternatives;
        private final List<ScopeRequirement> scopes = new ArrayList<>();
        private final List<Set<String>> roles = new ArrayList<>();
        private boolean eventsOnce;

        private Builder(Mode mode, List<Alternative> alternatives) {
            if (mode == Mode.DENY || alternatives.isEmpty()) {
                throw new IllegalArgumentException("A rule that can be met needs an alternative");
            }
            this.mode = mode;
            this.alternatives = alternatives;
        }

        /** Adds scopes that must be granted. */
        public Builder scopes(ScopeRequirement requirement) {
            scopes.add(requirement);
            return this;
        }

        /** Adds roles of which the caller must have one. */
        public Builder anyRole(Set<String> anyOf) {
            roles.add(Set.copyOf(anyOf));
            return this;
        }

        /** Has the event that a credential tells of handled once. Default: as often as it is told of. */
        public Builder eventsOnce() {
            eventsOnce = true;
            return this;
        }

        /** The rule. */
        public AccessRule build() {
            return new AccessRule(mode, alternatives, scopes, roles, eventsOnce);
        }
    }
}
