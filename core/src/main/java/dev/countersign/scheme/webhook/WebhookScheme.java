package dev.countersign.scheme.webhook;

import dev.countersign.AuthenticationScheme;
import dev.countersign.Challenge;
import dev.countersign.ChallengeTemplate;
import dev.countersign.ChallengeTemplate.Explanation;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Exchange;
import dev.countersign.RejectionReason;
import dev.countersign.Verification;
import dev.countersign.WorkLimit;
import dev.countersign.settings.Reloadable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The webhooks of one provider. Immutable; safe for use by many threads.
 *
 * <p>Several schemes may be of one provider, with secrets of their own: they see the same field, and a rule decides which of
 * them reads it.
 *
 * <pre>{@code
 * WebhookKeys keys = WebhookKeys.ofSecrets(WebhookProfile.GITHUB, List.of("text:It's a Secret to Everybody"));
 * var scheme = new WebhookScheme(
 *         "github", WebhookSettings.of("orders", WebhookProfile.GITHUB), () -> keys, clock, verifying);
 * }</pre>
 */
public final class WebhookScheme implements AuthenticationScheme {
    /** The type, as settings name it. */
    public static final String TYPE = "webhook";

    private final String name;
    private final WebhookSettings settings;
    private final WebhookCredentialParser parser;
    private final WebhookVerifier verifier;
    private final Set<String> carriers;
    private final ChallengeTemplate challenge;

    /**
     * A scheme of these keys.
     *
     * @param name the configured name
     * @param settings how deliveries look
     * @param keys what they are signed with
     * @param clock tells how old they are
     * @param verifying bounds public-key verification
     */
    public WebhookScheme(
            String name,
            WebhookSettings settings,
            Reloadable<WebhookKeys> keys,
            InstantSource clock,
            WorkLimit verifying) {
        this.name = name;
        this.settings = settings;
        this.parser = new WebhookCredentialParser(settings.profile(), settings.maxLength());
        this.verifier = new WebhookVerifier(name, settings, keys, clock, verifying);
        this.carriers = Set.of(parser.carrier());
        this.challenge = new ChallengeTemplate(
                "Webhook",
                settings.realm(),
                List.of(new Challenge.Parameter("provider", settings.profile().provider())),
                false,
                WebhookScheme::explain);
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
        return verifier.verify((WebhookCredential) credential, exchange);
    }

    @Override
    public ChallengeTemplate challengeTemplate() {
        return challenge;
    }

    @Override
    public Set<String> carriers() {
        return carriers;
    }

    @Override
    public boolean readsBody() {
        return true;
    }

    /** Providers are granted no scopes. */
    @Override
    public boolean carriesScopes() {
        return false;
    }

    @Override
    public Duration remembersEvents() {
        return settings.dedupe();
    }

    /** The name and settings; nothing of a secret. */
    @Override
    public String toString() {
        return "WebhookScheme[" + name + ", " + settings + "]";
    }

    private static Optional<Explanation> explain(RejectionReason reason) {
        return switch (reason) {
            case SIGNATURE_INVALID -> Optional.of(new Explanation("invalid_signature", Optional.empty()));
            case SIGNATURE_EXPIRED -> Optional.of(new Explanation("expired_signature", Optional.empty()));
            case SIGNATURE_COVERAGE -> Optional.of(new Explanation("insufficient_coverage", Optional.empty()));
            default -> Optional.empty();
        };
    }
}
