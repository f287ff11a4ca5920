package dev.countersign.scheme.jwt;

import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.Scope;
import dev.countersign.http.FieldValue;
import dev.countersign.jose.CompactJws;
import dev.countersign.json.JsonNull;
import dev.countersign.token.Blocklist;
import dev.countersign.token.RevocableToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The judgement of one token's header and claims at one instant; its issuer and signature were judged before. */
final class TokenJudgement {
    private final JwtSettings settings;
    private final CompactJws jws;
    private final Map<String, Object> claims;
    private final Instant now;

    private @Nullable Instant expiry;
    private @Nullable Instant notBefore;
    private @Nullable Instant issuedAt;
    private Set<String> scopes = Set.of();
    private Optional<Set<String>> roles = Optional.empty();
    private @Nullable String tenant;

    TokenJudgement(JwtSettings settings, CompactJws jws, Map<String, Object> claims, Instant now) {
        this.settings = settings;
        this.jws = jws;
        this.claims = claims;
        this.now = now;
    }

    /** What is wrong with the token, other than that it expired; null if nothing is. */
    @Nullable
    String problem() {
        // A nested token (RFC 7519 section 5.2) would be another token's payload, not claims.
        if (!settings.type().accepts(jws.type())
                || jws.contentType().filter("JWT"::equalsIgnoreCase).isPresent()) {
            return "type";
        }
        if (!hasAudience()) {
            return "audience";
        }
        // RFC 7800 section 3.1: who cannot check the confirmation must not take the token for an unbound one.
        if (claims.containsKey("cnf")) {
            return "bound";
        }
        String problem = timeProblem();
        return problem == null ? contentProblem() : problem;
    }

    private boolean hasAudience() {
        Object audience = claims.get("aud");
        if (audience instanceof String one) {
            return settings.audiences().contains(one);
        }
        if (!(audience instanceof List<?> list)) {
            return false;
        }
        boolean ours = false;
        for (Object entry : list) {
            if (!(entry instanceof String one)) {
                return false;
            }
            ours |= settings.audiences().contains(one);
        }
        return ours;
    }

    private @Nullable String timeProblem() {
        expiry = NumericDate.parse(claims.get("exp"));
        notBefore = NumericDate.parse(claims.get("nbf"));
        issuedAt = NumericDate.parse(claims.get("iat"));
        if (expiry == null && (settings.requireExpiry() || claims.containsKey("exp"))) {
            return "expiry";
        }
        if ((notBefore == null && claims.containsKey("nbf")) || now.isBefore(start())) {
            return "not_before";
        }
        if (issuedAt == null ? claims.containsKey("iat") : issuedAt.isAfter(now.plus(settings.clockSkew()))) {
            return "issued_at";
        }
        if (settings.maxLifetime().isPresent()) {
            Duration lifetime = lifetime();
            if (lifetime == null || lifetime.compareTo(settings.maxLifetime().get()) > 0) {
                return "lifetime";
            }
        }
        return null;
    }

    /** How long the token lives, from its {@code iat}, or from now on if it has none; null if it never expires. */
    @Nullable
    Duration lifetime() {
        return expiry == null ? null : Duration.between(issuedAt == null ? now : issuedAt, expiry);
    }

    /** The first instant at which the token is good, with the skew. */
    Instant start() {
        return notBefore == null ? Instant.MIN : notBefore.minus(settings.clockSkew());
    }

    /** The first instant at which the token is expired, with the skew: "on or after", RFC 7519 section 4.1.4. */
    Instant end() {
        return expiry == null ? Instant.MAX : expiry.plus(settings.clockSkew());
    }

    private @Nullable String contentProblem() {
        Object subject = claims.get("sub");
        if (!isName(claims.get(settings.principalClaim())) || (subject != null && !isName(subject))) {
            return "subject";
        }
        Object tokenId = claims.get("jti");
        if (tokenId != null && !(tokenId instanceof String)) {
            return "claims";
        }
        Set<String> granted = scopesOf();
        if (granted == null) {
            return "scope";
        }
        scopes = granted;
        if (settings.rolesClaim().isPresent()) {
            Set<String> held = texts(claims.get(settings.rolesClaim().get()));
            if (held == null) {
                return "roles";
            }
            roles = Optional.of(held);
        }
        if (settings.tenantClaim().isPresent()) {
            if (!(claims.get(settings.tenantClaim().get()) instanceof String value) || !isName(value)) {
                return "tenant";
            }
            tenant = value;
        }
        return null;
    }

    /** Whether a value names somebody: text that is not empty and can stand in a log line. */
    private static boolean isName(@Nullable Object value) {
        return value instanceof String text
                && !text.isBlank()
                && !FieldValue.hasControl(text)
                && text.indexOf('\u2028') < 0
                && text.indexOf('\u2029') < 0;
    }

    private @Nullable Set<String> scopesOf() {
        for (String name : settings.scopeClaims()) {
            Object value = claims.get(name);
            if (value != null) {
                return texts(value);
            }
        }
        return Set.of();
    }

    /** A space-separated string or an array of strings; empty if absent, null if it is something else. */
    private static @Nullable Set<String> texts(@Nullable Object value) {
        if (value == null) {
            return Set.of();
        }
        if (value instanceof String text) {
            return Scope.parse(text);
        }
        if (!(value instanceof List<?> list)) {
            return null;
        }
        Set<String> texts = new LinkedHashSet<>();
        for (Object entry : list) {
            if (!(entry instanceof String text)) {
                return null;
            }
            texts.add(text);
        }
        return texts;
    }

    boolean expired() {
        return !now.isBefore(end());
    }

    RevocableToken revocable() {
        String principal = text(settings.principalClaim(), "");
        List<String> subjects = claims.get("sub") instanceof String subject && !subject.equals(principal)
                ? List.of(principal, subject)
                : List.of(principal);
        return Blocklist.revocable(
                settings.issuer(), claims.get("jti") instanceof String id ? id : null, subjects, issuedAt);
    }

    Identity identity(String scheme, String hint) {
        String subject = text(settings.principalClaim(), "");
        return Identity.of(scheme, subject, isClient() ? IdentityKind.CLIENT : IdentityKind.USER)
                .displayName(text("name", text("preferred_username", subject)))
                .scopes(scopes)
                .roles(roles)
                .claims(withoutNulls(claims))
                .issuer(settings.issuer())
                .tenant(tenant)
                .acr(claims.get("acr") instanceof String acr ? acr : null)
                .amr(methods())
                .authTime(NumericDate.parse(claims.get("auth_time")))
                .hint(hint)
                .expiresAt(expiry)
                .build();
    }

    /** RFC 9068 section 2.2: with no resource owner involved, {@code sub} is the client's own identifier. */
    private boolean isClient() {
        Object subject = claims.get("sub");
        return subject != null && (subject.equals(claims.get("client_id")) || subject.equals(claims.get("azp")));
    }

    private List<String> methods() {
        List<String> methods = new ArrayList<>();
        if (claims.get("amr") instanceof List<?> list) {
            for (Object entry : list) {
                if (entry instanceof String method) {
                    methods.add(method);
                }
            }
        }
        return methods;
    }

    private String text(String claim, String fallback) {
        return claims.get(claim) instanceof String text && isName(text) ? text : fallback;
    }

    @SuppressWarnings("unchecked") // the reader makes no other maps
    private static Map<String, Object> withoutNulls(Map<?, ?> members) {
        if (!holdsNull(members)) {
            return (Map<String, Object>) members;
        }
        Map<String, Object> kept = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            if (value != JsonNull.NULL) {
                kept.put((String) name, withoutNulls(value));
            }
        });
        return Collections.unmodifiableMap(kept);
    }

    private static boolean holdsNull(Object value) {
        if (value instanceof Map<?, ?> members) {
            for (Object member : members.values()) {
                if (holdsNull(member)) {
                    return true;
                }
            }
            return false;
        }
        if (value instanceof List<?> list) {
            for (Object entry : list) {
                if (holdsNull(entry)) {
                    return true;
                }
            }
            return false;
        }
        return value == JsonNull.NULL;
    }

    private static Object withoutNulls(Object value) {
        if (value instanceof Map<?, ?> members) {
            return withoutNulls(members);
        }
        if (value instanceof List<?> list) {
            List<Object> kept = new ArrayList<>(list.size());
            for (Object entry : list) {
                if (entry != JsonNull.NULL) {
                    kept.add(withoutNulls(entry));
                }
            }
            return Collections.unmodifiableList(kept);
        }
        return value;
    }
}
