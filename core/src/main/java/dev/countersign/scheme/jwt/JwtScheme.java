package dev.countersign.scheme.jwt;

import dev.countersign.AuthenticationScheme;
import dev.countersign.ChallengeTemplate;
import dev.countersign.ChallengeTemplate.Explanation;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Exchange;
import dev.countersign.RejectionReason;
import dev.countersign.Verification;
import dev.countersign.jose.KeySet;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.settings.Reloadable;
import dev.countersign.token.Blocklist;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Access tokens of one issuer as {@code Authorization: Bearer}. A token whose {@code iss} is this instance's issuer is
 * {@link Claim.Presented presented}; every other Bearer value is {@link Claim.Possible possible}, so that one that nobody
 * knows is refused by the first instance that a rule accepts. Safe for use by many threads.
 *
 * <pre>{@code
 * JwtSettings settings = JwtSettings.builder("https://id.example.com", Set.of("orders"), EnumSet.of(JwsAlgorithm.ES256))
 *         .build();
 * KeySet keys = KeySet.parse(List.of(jwksDocument), settings.algorithms());
 * AuthenticationScheme scheme = new JwtScheme("jwt", settings, () -> keys, context);
 * }</pre>
 */
public final class JwtScheme implements AuthenticationScheme {
    /** The type's name in settings. */
    static final String TYPE = "jwt";

    private static final Set<String> CARRIERS = Set.of("authorization");

    private final String name;
    private final String issuer;
    private final JwtCredentialParser parser;
    private final JwtVerifier verifier;
    private final ChallengeTemplate template;

    /**
     * An instance.
     *
     * @param name its configured name
     * @param settings what it is set to
     * @param keys the issuer's keys, asked once per request; with a new set everything is verified anew
     * @param context clock, state and limits
     */
    public JwtScheme(String name, JwtSettings settings, Reloadable<KeySet> keys, SchemeContext context) {
        this.name = name;
        this.issuer = settings.issuer();
        VerifiedTokens verified = new VerifiedTokens();
        this.parser = new JwtCredentialParser(
                settings.issuer(), keys, verified, context.headersMax(), context.tokenMax(), context.jsonMaxDepth());
        this.verifier = new JwtVerifier(
                name, settings, verified, new Blocklist(context.state()), context.clock(), context.verifying());
        this.template = new ChallengeTemplate("Bearer", settings.realm(), List.of(), true, JwtScheme::explain);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Claim claim(Exchange exchange) {
        return parser.claim(exchange);
    }

    @Override
    public Verification verify(Credential credential, Exchange exchange) {
        return verifier.verify((JwtCredential) credential);
    }

    @Override
    public ChallengeTemplate challengeTemplate() {
        return template;
    }

    @Override
    public Set<String> carriers() {
        return CARRIERS;
    }

    @Override
    public boolean carriesScopes() {
        return true;
    }

    @Override
    public Set<String> shapes() {
        return Set.of("tokens of the issuer " + issuer);
    }

    /** RFC 6750 section 3.1. */
    private static Optional<Explanation> explain(RejectionReason reason) {
        return switch (reason) {
            case TOKEN_EXPIRED -> because("invalid_token", "The access token expired");
            case TOKEN_INVALID -> because("invalid_token", "The access token is invalid");
            case MALFORMED_CREDENTIALS -> because("invalid_request", "The Authorization header is malformed");
            case MULTIPLE_CREDENTIALS -> because("invalid_request", "Multiple methods used to include credentials");
            case CREDENTIALS_IN_URL ->
                because("invalid_request", "Credentials in the query string or body are not accepted");
            case INSUFFICIENT_SCOPE ->
                because(
                        "insufficient_scope",
                        "The request requires higher privileges than provided by the access token");
            default -> Optional.empty();
        };
    }

    private static Optional<Explanation> because(String error, String description) {
        return Optional.of(new Explanation(error, Optional.of(description)));
    }
}
