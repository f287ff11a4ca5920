package dev.countersign.scheme.jwt;

import dev.countersign.jose.JwsAlgorithm;
import dev.countersign.jose.KeySet;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an instance of {@code jwt} is set to. Make one with {@link #builder}.
 *
 * @param realm the realm of its challenge, not empty
 * @param issuer the {@code iss} of its tokens, compared exactly
 * @param audiences one of these must be in {@code aud}, compared exactly; at least one
 * @param algorithms the signature algorithms that are accepted: at least one, all HMAC or none
 * @param clockSkew how far clocks may differ, zero to ten minutes; default 30 seconds
 * @param type which {@code typ} is accepted; default {@link TokenType#ANY}
 * @param requireExpiry whether a token must have {@code exp}; default true
 * @param maxLifetime the longest life, from {@code iat} (or now, for a token without) to {@code exp}; default unlimited.
 *     With it, a token without {@code exp} is refused
 * @param warnLifetime a token that lives longer is accepted, and the log tells once; default 60 minutes
 * @param scopeClaims where scopes stand, the first claim that is there counts; default {@code scope}, {@code scp}
 * @param rolesClaim where roles stand; empty (the default): tokens carry no roles
 * @param principalClaim whose value is the identity's subject; default {@code sub}
 * @param blocklist whether revoked tokens are refused; default true
 * @param tenantClaim where the tenant stands; empty (the default): tokens carry no tenant
 */
public record JwtSettings(
        String realm,
        String issuer,
        Set<String> audiences,
        Set<JwsAlgorithm> algorithms,
        Duration clockSkew,
        TokenType type,
        boolean requireExpiry,
        Optional<Duration> maxLifetime,
        Duration warnLifetime,
        List<String> scopeClaims,
        Optional<String> rolesClaim,
        String principalClaim,
        boolean blocklist,
        Optional<String> tenantClaim) {

    /** The widest clock skew. */
    public static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(10);

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if something is out of its range
     */
    public JwtSettings {
        audiences = Set.copyOf(audiences);
        KeySet.requireUnmixed(algorithms);
        algorithms = Collections.unmodifiableSet(EnumSet.copyOf(algorithms));
        scopeClaims = List.copyOf(scopeClaims);
        if (realm.isEmpty() || issuer.isEmpty() || audiences.isEmpty() || audiences.contains("")) {
            throw new IllegalArgumentException("realm, issuer and audience are required");
        }
        if (clockSkew.isNegative() || clockSkew.compareTo(MAX_CLOCK_SKEW) > 0) {
            throw new IllegalArgumentException("clock-skew: " + clockSkew + " (expected: PT0S to PT10M)");
        }
        if (scopeClaims.isEmpty() || principalClaim.isEmpty()) {
            throw new IllegalArgumentException("scope-claims and principal-claim may not be empty");
        }
    }

    /**
     * Settings with every default.
     *
     * @param issuer the {@code iss} of the tokens
     * @param audiences of which {@code aud} must have one
     * @param algorithms the signature algorithms that are accepted
     */
    public static Builder builder(String issuer, Set<String> audiences, Set<JwsAlgorithm> algorithms) {
        return new Builder(issuer, audiences, algorithms);
    }

    /** Collects settings; what is not named has its default. */
    public static final class Builder {
        private final String issuer;
        private final Set<String> audiences;
        private final Set<JwsAlgorithm> algorithms;
        private String realm = "api";
        private Duration clockSkew = Duration.ofSeconds(30);
        private TokenType type = TokenType.ANY;
        private boolean requireExpiry = true;
        private Optional<Duration> maxLifetime = Optional.empty();
        private Duration warnLifetime = Duration.ofMinutes(60);
        private List<String> scopeClaims = List.of("scope", "scp");
        private Optional<String> rolesClaim = Optional.empty();
        private String principalClaim = "sub";
        private boolean blocklist = true;
        private Optional<String> tenantClaim = Optional.empty();

        private Builder(String issuer, Set<String> audiences, Set<JwsAlgorithm> algorithms) {
            this.issuer = issuer;
            this.audiences = audiences;
            this.algorithms = algorithms;
        }

        /** The realm of the challenge; default {@code api}. */
        public Builder realm(String realm) {
            this.realm = realm;
            return this;
        }

        /** How far clocks may differ: zero to ten minutes; default 30 seconds. */
        public Builder clockSkew(Duration clockSkew) {
            this.clockSkew = clockSkew;
            return this;
        }

        /** Which {@code typ} is accepted; default {@link TokenType#ANY}. */
        public Builder type(TokenType type) {
            this.type = type;
            return this;
        }

        /** Whether a token must have {@code exp}; default true. */
        public Builder requireExpiry(boolean requireExpiry) {
            this.requireExpiry = requireExpiry;
            return this;
        }

        /** The longest life of a token; default unlimited. */
        public Builder maxLifetime(Duration maxLifetime) {
            this.maxLifetime = Optional.of(maxLifetime);
            return this;
        }

        /** The longest life that the log does not tell of; default 60 minutes. */
        public Builder warnLifetime(Duration warnLifetime) {
            this.warnLifetime = warnLifetime;
            return this;
        }

        /** Where scopes stand, the first claim that is there counts; default {@code scope}, {@code scp}. */
        public Builder scopeClaims(List<String> scopeClaims) {
            this.scopeClaims = scopeClaims;
            return this;
        }

        /** Where roles stand; default: nowhere. */
        public Builder rolesClaim(String rolesClaim) {
            this.rolesClaim = Optional.of(rolesClaim);
            return this;
        }

        /** Whose value is the identity's subject; default {@code sub}. */
        public Builder principalClaim(String principalClaim) {
            this.principalClaim = principalClaim;
            return this;
        }

        /** Whether revoked tokens are refused; default true. */
        public Builder blocklist(boolean blocklist) {
            this.blocklist = blocklist;
            return this;
        }

        /** Where the tenant stands; default: nowhere. */
        public Builder tenantClaim(String tenantClaim) {
            this.tenantClaim = Optional.of(tenantClaim);
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException if something is out of its range
         */
        public JwtSettings build() {
            return new JwtSettings(
                    realm,
                    issuer,
                    audiences,
                    algorithms,
                    clockSkew,
                    type,
                    requireExpiry,
                    maxLifetime,
                    warnLifetime,
                    scopeClaims,
                    rolesClaim,
                    principalClaim,
                    blocklist,
                    tenantClaim);
        }
    }
}
