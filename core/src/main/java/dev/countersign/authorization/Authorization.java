package dev.countersign.authorization;

import dev.countersign.AccessRule;
import dev.countersign.AccessRule.Mode;
import dev.countersign.AccessRule.ScopeRequirement;
import dev.countersign.Caller;
import dev.countersign.Identity;
import dev.countersign.authorization.Verdict.Denied;
import dev.countersign.authorization.Verdict.Granted;
import dev.countersign.authorization.Verdict.MissingRole;
import dev.countersign.authorization.Verdict.MissingScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Judges a caller by what a rule asks of it: roles first, then scopes.
 *
 * <p>Both are judged on the effective ones, which the {@link Caller} holds: the intersection over the identities that
 * take part. Values are compared exactly. Fails closed: a rule that admits nobody, and an anonymous caller where a
 * credential is needed, are never granted, even if the caller of this class should have noticed before.
 */
public final class Authorization {
    private static final String ANY_AUTHENTICATED = "**";

    private Authorization() {}

    /** Whether {@code caller} may pass {@code rule}; its identities are those of the deciding alternative. */
    public static Verdict judge(AccessRule rule, Caller caller) {
        if (rule.mode() == Mode.DENY || (rule.mode() == Mode.REQUIRED && caller.isAnonymous())) {
            return Denied.DENIED;
        }
        List<Set<String>> roles = rule.roles();
        for (int i = 0; i < roles.size(); i++) {
            if (!hasAny(caller, roles.get(i))) {
                return new MissingRole(roles.get(i));
            }
        }
        List<ScopeRequirement> scopes = rule.scopes();
        for (int i = 0; i < scopes.size(); i++) {
            ScopeRequirement requirement = scopes.get(i);
            if (!isGranted(requirement, caller)) {
                return new MissingScope(requirement, lacking(requirement, caller));
            }
        }
        return Granted.GRANTED;
    }

    private static boolean hasAny(Caller caller, Set<String> anyOf) {
        if (caller.isAnonymous()) {
            return false;
        }
        for (String role : anyOf) {
            // Jakarta Servlet 13.3: ** stands for any authenticated user, whatever the roles.
            if (role.equals(ANY_AUTHENTICATED) || caller.hasRole(role)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isGranted(ScopeRequirement requirement, Caller caller) {
        if (requirement.from().isEmpty()) {
            return holds(caller.scopes(), requirement);
        }
        List<Identity> identities = caller.identities();
        for (int i = 0; i < identities.size(); i++) {
            Identity identity = identities.get(i);
            if (identity.scheme().equals(requirement.from())) {
                Set<String> scopes = identity.scopes().orElse(null);
                return scopes != null && holds(scopes, requirement);
            }
        }
        return false;
    }

    private static boolean holds(Set<String> granted, ScopeRequirement requirement) {
        List<String> values = requirement.values();
        for (int i = 0; i < values.size(); i++) {
            if (granted.contains(values.get(i)) == requirement.any()) {
                return requirement.any();
            }
        }
        return !requirement.any();
    }

    private static List<String> lacking(ScopeRequirement requirement, Caller caller) {
        List<String> lacking = new ArrayList<>();
        for (Identity identity : caller.identities()) {
            Set<String> own = identity.scopes().orElse(null);
            boolean asked = requirement.from().isEmpty() || requirement.from().equals(identity.scheme());
            if (own != null && asked && !holds(own, requirement)) {
                lacking.add(identity.scheme());
            }
        }
        return lacking;
    }
}
