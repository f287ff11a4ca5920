package dev.countersign.scheme.jwt;

import dev.countersign.AuthenticationScheme;
import dev.countersign.jose.JwsAlgorithm;
import dev.countersign.jose.KeySet;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.scheme.SchemeFactory;
import dev.countersign.settings.Reloadable;
import dev.countersign.settings.Section;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code countersign.scheme.<name>} of type {@code jwt}. */
public final class JwtSchemeFactory implements SchemeFactory {
    private static final String ALGORITHMS =
            "some of HS256, HS384, HS512, RS256, RS384, RS512, PS256, PS384, PS512, ES256," + " ES384, ES512, EdDSA";
    private static final Duration LONGEST = Duration.ofDays(3650);

    /** A factory, as {@link java.util.ServiceLoader} makes it. */
    public JwtSchemeFactory() {}

    @Override
    public String type() {
        return JwtScheme.TYPE;
    }

    @Override
    public Optional<AuthenticationScheme> create(String name, Section section, SchemeContext context) {
        String issuer = section.requiredText("issuer", "the iss of the tokens, exactly");
        Set<String> audiences = audiences(section);
        Set<JwsAlgorithm> algorithms = algorithms(section);
        Optional<Reloadable<KeySet>> keys = keys(section, algorithms);
        Duration clockSkew =
                section.duration("clock-skew", Duration.ofSeconds(30), Duration.ZERO, JwtSettings.MAX_CLOCK_SKEW);
        Optional<TokenType> type = type(section);
        boolean requireExpiry = section.flag("require-exp", true);
        Optional<Duration> maxLifetime = section.duration("max-lifetime", Duration.ofSeconds(1), LONGEST);
        Duration warnLifetime =
                section.duration("warn-lifetime", Duration.ofMinutes(60), Duration.ofSeconds(1), LONGEST);
        List<String> scopeClaims = section.list("scope-claims", List.of("scope", "scp"));
        Optional<String> rolesClaim = section.text("roles-claim");
        String principalClaim = section.text("principal-claim", "sub");
        boolean blocklist = section.flag("blocklist", true);
        Optional<String> tenantClaim = section.text("tenant-claim");
        String realm = section.text("realm", context.realm());
        if (issuer.isEmpty() || audiences.isEmpty() || algorithms.isEmpty() || keys.isEmpty() || type.isEmpty()) {
            return Optional.empty();
        }
        JwtSettings settings = new JwtSettings(
                realm,
                issuer,
                audiences,
                algorithms,
                clockSkew,
                type.get(),
                requireExpiry,
                maxLifetime,
                warnLifetime,
                scopeClaims,
                rolesClaim,
                principalClaim,
                blocklist,
                tenantClaim);
        return Optional.of(new JwtScheme(name, settings, keys.get(), context));
    }

    private static Set<String> audiences(Section section) {
        Set<String> audiences = Set.copyOf(section.list("audience", List.of()));
        if (audiences.isEmpty()) {
            section.problem("audience", "not set (expected: what the aud of a token must contain, one or a list)");
        }
        return audiences;
    }

    private static Set<JwsAlgorithm> algorithms(Section section) {
        Set<JwsAlgorithm> algorithms = EnumSet.noneOf(JwsAlgorithm.class);
        List<String> names = section.list("algorithms", List.of());
        if (names.isEmpty()) {
            section.problem("algorithms", "not set (expected: " + ALGORITHMS + ")");
            return algorithms;
        }
        boolean known = true;
        for (String name : names) {
            Optional<JwsAlgorithm> algorithm = JwsAlgorithm.named(name);
            if (algorithm.isEmpty()) {
                section.problem("algorithms", section.shown("algorithms", name) + " (expected: " + ALGORITHMS + ")");
                known = false;
            } else {
                algorithms.add(algorithm.get());
            }
        }
        if (known && isMixed(algorithms)) {
            section.problem(
                    "algorithms",
                    section.shown("algorithms", String.join(", ", names))
                            + " (expected: not HMAC together with public-key algorithms; use two" + " schemes)");
            known = false;
        }
        return known ? algorithms : EnumSet.noneOf(JwsAlgorithm.class);
    }

    private static boolean isMixed(Set<JwsAlgorithm> algorithms) {
        return algorithms.stream().map(JwsAlgorithm::isHmac).distinct().count() > 1;
    }

    private static Optional<Reloadable<KeySet>> keys(Section section, Set<JwsAlgorithm> algorithms) {
        if (algorithms.isEmpty()) {
            // Which keys are good cannot be said; that the key may be set, can.
            section.values("keys", values -> values);
            return Optional.empty();
        }
        Optional<Reloadable<KeySet>> keys = section.requiredValues(
                "keys",
                "a JWK set, a PEM public key or certificate, or for HMAC base64:…, usually brought in with ${file:…} or"
                        + " ${env:…}",
                values -> KeySet.parse(values, algorithms));
        keys.ifPresent(set -> set.current().ignored().forEach(left -> section.warning("keys", "left out " + left)));
        return keys;
    }

    private static Optional<TokenType> type(Section section) {
        String type = section.text("typ", "any");
        Optional<TokenType> known = TokenType.named(type);
        if (known.isEmpty()) {
            section.problem("typ", section.shown("typ", type) + " (expected: any or at+jwt)");
        }
        return known;
    }
}
