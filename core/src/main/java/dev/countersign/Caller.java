package dev.countersign;

import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: the principal that a resource sees, with one or more identities in the order of the rule's expression.
 *
 * <p>Scopes and roles are the <em>effective</em> ones: the intersection over the identities that take part, so that two
 * credentials together never grant more than each of them.
 */
public interface Caller extends Principal {
    /** Nobody: no identities, no scopes, no roles; its name is {@code anonymous}. */
    // No deadlock: VerifiedCaller is package-private and reached through this interface alone.
    @SuppressWarnings("ClassInitializationDeadlock")
    Caller ANONYMOUS = new VerifiedCaller(List.of());

    /**
     * The caller that these identities make.
     *
     * @param identities in the order of the expression; empty gives {@link #ANONYMOUS}
     */
    static Caller of(List<Identity> identities) {
        return identities.isEmpty() ? ANONYMOUS : new VerifiedCaller(identities);
    }

    /** Every identity of the deciding alternative, in the order of the expression; empty for an anonymous caller. */
    List<Identity> identities();

    /** The identity that the scheme of this configured name proved. */
    Optional<Identity> identity(String scheme);

    /** The effective scopes; empty if no identity takes part in judging scopes. */
    Set<String> scopes();

    /** The effective roles; empty if no identity takes part in judging roles. */
    Set<String> roles();

    /** Whether {@code scope} is among the effective scopes, compared exactly; always false for null and for an anonymous caller. */
    default boolean hasScope(@Nullable String scope) {
        return scope != null && scopes().contains(scope);
    }

    /** Whether {@code role} is among the effective roles, compared exactly; always false for null and for an anonymous caller. */
    default boolean hasRole(@Nullable String role) {
        return role != null && roles().contains(role);
    }

    /** Whether no credential was accepted. */
    default boolean isAnonymous() {
        return identities().isEmpty();
    }

    /** The subject of the first identity that is a user, else of the first identity. */
    @Override
    String getName();
}
