package dev.countersign.scheme.apikey;

import dev.countersign.AuthenticationScheme;
import dev.countersign.Challenge;
import dev.countersign.ChallengeTemplate;
import dev.countersign.ChallengeTemplate.Explanation;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Exchange;
import dev.countersign.RejectionReason;
import dev.countersign.Verification;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * API keys, from a header or from {@code Authorization}. Immutable; safe for use by many threads.
 *
 * <p>A key with a configured prefix is this scheme's in whatever carrier it comes, {@code Bearer} included. Any other
 * value of the key header, or behind {@code ApiKey}, is possibly this scheme's, and then a wrong key.
 */
public final class ApiKeyScheme implements AuthenticationScheme {
    /** The type, as settings name it. */
    public static final String TYPE = "api-key";

    private final String name;
    private final ApiKeySettings settings;
    private final ApiKeyCredentialParser parser;
    private final ApiKeyVerifier verifier;
    private final Set<String> carriers;
    private final ChallengeTemplate keyChallenge;
    private final ChallengeTemplate bearerChallenge;

    /**
     * A scheme over a store.
     *
     * @param name the configured name
     * @param settings how keys come and what they look like
     * @param store where their records are
     * @param clock tells whether a key has expired
     */
    public ApiKeyScheme(String name, ApiKeySettings settings, ApiKeyStore store, InstantSource clock) {
        this.name = name;
        this.settings = settings;
        this.parser = new ApiKeyCredentialParser(settings);
        this.verifier = new ApiKeyVerifier(name, settings, store, clock);
        this.carriers = Set.of(settings.carrier(), ApiKeyCredentialParser.AUTHORIZATION);
        this.keyChallenge = new ChallengeTemplate(
                "ApiKey",
                settings.realm(),
                List.of(new Challenge.Parameter("in", "header"), new Challenge.Parameter("name", settings.header())),
                false,
                ApiKeyScheme::explainKey);
        this.bearerChallenge =
                new ChallengeTemplate("Bearer", settings.realm(), List.of(), true, ApiKeyScheme::explainBearer);
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
        return parser.parse(exchange);
    }

    @Override
    public Verification verify(Credential credential, Exchange exchange) {
        return verifier.verify((ApiKeyCredential) credential, exchange);
    }

    @Override
    public ChallengeTemplate challengeTemplate() {
        return keyChallenge;
    }

    /** {@code Bearer} for a key that came so where that is accepted, else {@code ApiKey}. */
    @Override
    public ChallengeTemplate challengeTemplate(Credential failed) {
        return settings.bearer() && ((ApiKeyCredential) failed).form().isBearer() ? bearerChallenge : keyChallenge;
    }

    @Override
    public Set<String> carriers() {
        return carriers;
    }

    @Override
    public boolean carriesScopes() {
        return true;
    }

    @Override
    public Set<String> prefixes() {
        return Set.copyOf(settings.prefixes());
    }

    @Override
    public Set<String> shapes() {
        return settings.prefixes().isEmpty() ? Set.of("keys without a prefix") : Set.of();
    }

    /** The name, type and settings; nothing of a key. */
    @Override
    public String toString() {
        return "ApiKeyScheme[" + name + ", " + settings + "]";
    }

    private static Optional<Explanation> explainKey(RejectionReason reason) {
        return switch (reason) {
            case KEY_INVALID -> Optional.of(new Explanation("invalid_key", Optional.empty()));
            case KEY_EXPIRED -> Optional.of(new Explanation("expired_key", Optional.empty()));
            case KEY_REVOKED -> Optional.of(new Explanation("revoked_key", Optional.empty()));
            default -> explainRequest(reason);
        };
    }

    private static Optional<Explanation> explainBearer(RejectionReason reason) {
        return switch (reason) {
            case KEY_INVALID, KEY_EXPIRED, KEY_REVOKED ->
                Optional.of(new Explanation("invalid_token", Optional.empty()));
            default -> explainRequest(reason);
        };
    }

    private static Optional<Explanation> explainRequest(RejectionReason reason) {
        return switch (reason) {
            case MALFORMED_CREDENTIALS ->
                Optional.of(new Explanation("invalid_request", Optional.of("The Authorization header is malformed")));
            case MULTIPLE_CREDENTIALS ->
                Optional.of(new Explanation(
                        "invalid_request", Optional.of("Multiple methods used to include credentials")));
            default -> Optional.empty();
        };
    }
}
