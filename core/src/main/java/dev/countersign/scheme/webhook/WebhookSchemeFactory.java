package dev.countersign.scheme.webhook;

import dev.countersign.AuthenticationScheme;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.scheme.SchemeFactory;
import dev.countersign.settings.Nearest;
import dev.countersign.settings.Reloadable;
import dev.countersign.settings.Section;
import dev.countersign.signature.SignedTemplate.Value;
import dev.countersign.signature.WebhookProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a {@link WebhookScheme} of these keys: {@code realm}, {@code provider}, {@code secrets}, {@code tolerance} and {@code
 * dedupe}; {@code webhook-id} and {@code keys} for PayPal; {@link GenericProfile} for a provider that is none of ours.
 */
public final class WebhookSchemeFactory implements SchemeFactory {
    private static final String PAYPAL = "paypal";
    private static final String GENERIC = "generic";

    /** For {@link java.util.ServiceLoader}. */
    public WebhookSchemeFactory() {}

    @Override
    public String type() {
        return WebhookScheme.TYPE;
    }

    @Override
    public Optional<AuthenticationScheme> create(String name, Section section, SchemeContext context) {
        String provider = section.requiredText("provider", "one of " + String.join(", ", providers()));
        if (!providers().contains(provider)) {
            if (!provider.isEmpty()) {
                String near = Nearest.of(provider, providers())
                        .map(found -> ", did you mean " + found + "?")
                        .orElse("");
                section.problem(
                        "provider",
                        section.shown("provider", provider) + " (expected: one of " + String.join(", ", providers())
                                + near + ")");
            }
            section.ignoreRest();
            return Optional.empty();
        }
        Optional<WebhookProfile> profile = profile(provider, section);
        Optional<Reloadable<WebhookKeys>> keys =
                provider.equals(PAYPAL) ? publicKeys(section) : secrets(profile, section);
        String realm = section.text("realm", context.realm());
        Duration tolerance = tolerance(profile, section);
        Duration dedupe = section.duration(
                "dedupe", WebhookSettings.DEFAULT_DEDUPE, tolerance.multipliedBy(2), WebhookSettings.MAX_DEDUPE);
        if (profile.isEmpty() || keys.isEmpty()) {
            return Optional.empty();
        }
        if (profile.get().signed().has(Value.URL) && context.baseUrl().isEmpty()) {
            section.problem(
                    "provider",
                    provider
                            + " signs the URL that it calls (expected: countersign.base-url, the URL of the application"
                            + " as the provider sees it)");
            return Optional.empty();
        }
        WebhookSettings settings =
                new WebhookSettings(realm, profile.get(), tolerance, dedupe, context.baseUrl(), context.headersMax());
        return Optional.of(new WebhookScheme(name, settings, keys.get(), context.clock(), context.verifying()));
    }

    private static List<String> providers() {
        List<String> providers = new ArrayList<>();
        WebhookProfile.OF_SECRETS.forEach(profile -> providers.add(profile.provider()));
        providers.add(PAYPAL);
        providers.add(GENERIC);
        return providers;
    }

    private static Optional<WebhookProfile> profile(String provider, Section section) {
        return switch (provider) {
            case PAYPAL -> paypal(section);
            case GENERIC -> new GenericProfile(section).read();
            default ->
                WebhookProfile.OF_SECRETS.stream()
                        .filter(profile -> profile.provider().equals(provider))
                        .findFirst();
        };
    }

    private static Optional<WebhookProfile> paypal(Section section) {
        String id = section.requiredText("webhook-id", "the id that PayPal gave the webhook");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(WebhookProfile.paypal(id));
        } catch (IllegalArgumentException e) {
            section.problem("webhook-id", section.shown("webhook-id", id) + " (expected: such as 7BX12345AB678901C)");
            return Optional.empty();
        }
    }

    private static Optional<Reloadable<WebhookKeys>> secrets(Optional<WebhookProfile> profile, Section section) {
        if (profile.isEmpty()) {
            // Which secrets are good cannot be said; that the key may be set, can.
            section.values("secrets", values -> values);
            return Optional.empty();
        }
        return section.requiredValues(
                "secrets", WebhookKeys.EXPECTED, values -> WebhookKeys.ofSecrets(profile.get(), values));
    }

    private static Optional<Reloadable<WebhookKeys>> publicKeys(Section section) {
        return section.requiredValues(
                "keys",
                "the certificate or public key of PayPal in PEM, usually brought in with ${file:…}",
                WebhookKeys::ofPublicKeys);
    }

    private static Duration tolerance(Optional<WebhookProfile> profile, Section section) {
        if (profile.isPresent()
                && !profile.get().timestamped()
                && section.text("tolerance").isPresent()) {
            section.problem(
                    "tolerance",
                    profile.get().provider() + " signs no timestamp (expected: leave it out; dedupe answers repeated"
                            + " deliveries)");
        }
        return section.duration(
                "tolerance",
                WebhookSettings.DEFAULT_TOLERANCE,
                WebhookSettings.MIN_TOLERANCE,
                WebhookSettings.MAX_TOLERANCE);
    }
}
