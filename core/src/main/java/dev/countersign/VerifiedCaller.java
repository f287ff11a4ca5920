package dev.countersign;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The only {@link Caller}: effective scopes and roles are computed once, when the identities are known. */
final class VerifiedCaller implements Caller {
    private final List<Identity> identities;
    private final Set<String> scopes;
    private final Set<String> roles;

    VerifiedCaller(List<Identity> identities) {
        this.identities = List.copyOf(identities);
        this.scopes = intersection(this.identities, Identity::scopes);
        this.roles = intersection(this.identities, Identity::roles);
    }

    @Override
    public List<Identity> identities() {
        return identities;
    }

    @Override
    public Optional<Identity> identity(String scheme) {
        for (Identity identity : identities) {
            if (identity.scheme().equals(scheme)) {
                return Optional.of(identity);
            }
        }
        return Optional.empty();
    }

    @Override
    public Set<String> scopes() {
        return scopes;
    }

    @Override
    public Set<String> roles() {
        return roles;
    }

    @Override
    public String getName() {
        if (identities.isEmpty()) {
            return "anonymous";
        }
        for (Identity identity : identities) {
            if (identity.kind() == IdentityKind.USER) {
                return identity.subject();
            }
        }
        return identities.get(0).subject();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerifiedCaller caller && caller.identities.equals(identities);
    }

    @Override
    public int hashCode() {
        return identities.hashCode();
    }

    @Override
    public String toString() {
        return "Caller[" + getName() + "]";
    }

    private static Set<String> intersection(
            List<Identity> identities, Function<Identity, Optional<Set<String>>> granted) {
        if (identities.size() == 1) {
            return granted.apply(identities.get(0)).orElse(Set.of());
        }
        Set<String> effective = null;
        for (Identity identity : identities) {
            Set<String> own = granted.apply(identity).orElse(null);
            if (own == null) {
                continue;
            }
            if (effective == null) {
                effective = own;
            } else {
                effective = new HashSet<>(effective);
                effective.retainAll(own);
            }
        }
        return effective == null ? Set.of() : Set.copyOf(effective);
    }
}
