package dev.countersign;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one credential proved. Immutable; carries no secret, so its {@code toString} may be logged.
 *
 * <p>{@code scopes} and {@code roles} tell "takes no part in the judgement" (empty optional: the scheme cannot carry
 * them, or the store record has no such line) apart from "grants nothing" (an empty set).
 *
 * @param scheme the configured name of the scheme that verified the credential
 * @param subject who it is, never empty
 * @param displayName what to show a person; the subject where nothing better is known
 * @param kind what kind of party this is
 * @param scopes the granted scopes, or empty if this identity takes no part in judging scopes
 * @param roles the roles, or empty if this identity takes no part in judging roles
 * @param claims further facts as immutable JSON-like values (String, Long, BigDecimal, Boolean, List, Map)
 * @param issuer who vouches for it, if the credential names an issuer
 * @param tenant the tenant it belongs to, if tenants are configured
 * @param acr authentication context class (OpenID Connect Core section 2), if told
 * @param amr authentication methods (RFC 8176), empty if not told
 * @param authTime when the user logged in, if told
 * @param hint what a log may show of the credential: key prefix and id, user name, {@code kid} and {@code jti}
 * @param expiresAt when the credential ends, if it does
 */
public record Identity(
        String scheme,
        String subject,
        String displayName,
        IdentityKind kind,
        Optional<Set<String>> scopes,
        Optional<Set<String>> roles,
        Map<String, Object> claims,
        Optional<String> issuer,
        Optional<String> tenant,
        Optional<String> acr,
        List<String> amr,
        Optional<Instant> authTime,
        String hint,
        Optional<Instant> expiresAt) {

    /** Checks that scheme and subject are not empty and copies the collections. */
    public Identity {
        if (scheme.isEmpty() || subject.isEmpty()) {
            throw new IllegalArgumentException("An identity needs a scheme and a subject");
        }
        scopes = scopes.map(Set::copyOf);
        roles = roles.map(Set::copyOf);
        claims = Map.copyOf(claims);
        amr = List.copyOf(amr);
    }

    /** A builder for the identity that the scheme of this name proved for this subject. */
    public static Builder of(String scheme, String subject, IdentityKind kind) {
        return new Builder(scheme, subject, kind);
    }

    /** The same identity in this tenant. */
    public Identity withTenant(String tenant) {
        return new Identity(
                scheme,
                subject,
                displayName,
                kind,
                scopes,
                roles,
                claims,
                issuer,
                Optional.of(tenant),
                acr,
                amr,
                authTime,
                hint,
                expiresAt);
    }

    /** Collects the optional parts of an {@link Identity}; everything left out is absent. */
    public static final class Builder {
        private final String scheme;
        private final String subject;
        private final IdentityKind kind;
        private String displayName;
        private Optional<Set<String>> scopes = Optional.empty();
        private Optional<Set<String>> roles = Optional.empty();
        private Map<String, Object> claims = Map.of();
        private @Nullable String issuer;
        private @Nullable String tenant;
        private @Nullable String acr;
        private List<String> amr = List.of();
        private @Nullable Instant authTime;
        private String hint = "";
        private @Nullable Instant expiresAt;

        private Builder(String scheme, String subject, IdentityKind kind) {
            this.scheme = scheme;
            this.subject = subject;
            this.kind = kind;
            this.displayName = subject;
        }

        /** What to show a person; default: the subject. */
        public Builder displayName(String displayName) {
            this.displayName = displayName;
            return this;
        }

        /** The granted scopes; calling it, even with an empty set, lets the identity take part in judging scopes. */
        public Builder scopes(Set<String> scopes) {
            this.scopes = Optional.of(scopes);
            return this;
        }

        /** The granted scopes, or empty if the identity takes no part in judging scopes. */
        public Builder scopes(Optional<Set<String>> scopes) {
            this.scopes = scopes;
            return this;
        }

        /** The roles; calling it, even with an empty set, lets the identity take part in judging roles. */
        public Builder roles(Set<String> roles) {
            this.roles = Optional.of(roles);
            return this;
        }

        /** The roles, or empty if the identity takes no part in judging roles. */
        public Builder roles(Optional<Set<String>> roles) {
            this.roles = roles;
            return this;
        }

        /** Further facts as immutable JSON-like values. */
        public Builder claims(Map<String, Object> claims) {
            this.claims = claims;
            return this;
        }

        /** Who vouches for the identity. */
        public Builder issuer(@Nullable String issuer) {
            this.issuer = issuer;
            return this;
        }

        /** The tenant that the identity belongs to. */
        public Builder tenant(@Nullable String tenant) {
            this.tenant = tenant;
            return this;
        }

        /** The authentication context class. */
        public Builder acr(@Nullable String acr) {
            this.acr = acr;
            return this;
        }

        /** The authentication methods. */
        public Builder amr(List<String> amr) {
            this.amr = Collections.unmodifiableList(new ArrayList<>(amr));
            return this;
        }

        /** When the user logged in. */
        public Builder authTime(@Nullable Instant authTime) {
            this.authTime = authTime;
            return this;
        }

        /** What a log may show of the credential. */
        public Builder hint(String hint) {
            this.hint = hint;
            return this;
        }

        /** When the credential ends. */
        public Builder expiresAt(@Nullable Instant expiresAt) {
            this.expiresAt = expiresAt;
            return this;
        }

        /** The identity. */
        public Identity build() {
            return new Identity(
                    scheme,
                    subject,
                    displayName,
                    kind,
                    scopes,
                    roles,
                    claims,
                    Optional.ofNullable(issuer),
                    Optional.ofNullable(tenant),
                    Optional.ofNullable(acr),
                    amr,
                    Optional.ofNullable(authTime),
                    hint,
                    Optional.ofNullable(expiresAt));
        }
    }
}
