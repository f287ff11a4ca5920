package dev.countersign.scheme.webhook;

import dev.countersign.AuthenticationScheme;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import dev.countersign.WorkLimit;
import dev.countersign.key.Secret;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.settings.Settings;
import dev.countersign.signature.WebhookDelivery;
import dev.countersign.signature.WebhookProfile;
import dev.countersign.signature.WebhookSigner;
import dev.countersign.state.State;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Webhook schemes as settings make them, and deliveries to them. */
final class WebhookFixture {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    static final String BASE_URL = "https://hooks.example.com";

    private WebhookFixture() {}

    /** The scheme that these keys of {@code scheme.hook} make, at an instant. */
    static AuthenticationScheme webhookScheme(Instant now, Optional<String> baseUrl, Map<String, String> keys) {
        Map<String, String> full = new LinkedHashMap<>();
        keys.forEach((key, value) -> full.put("countersign.scheme.hook." + key, value));
        InstantSource clock = InstantSource.fixed(now);
        SchemeContext context = new SchemeContext(
                clock,
                State.inMemory(10, clock),
                "orders",
                baseUrl,
                8192,
                8192,
                32,
                new WorkLimit("password hashing", 1, 0),
                new WorkLimit("verification", 1, 0));
        try (Settings settings = Settings.of(full)) {
            Optional<AuthenticationScheme> scheme =
                    new WebhookSchemeFactory().create("hook", settings.root().section("scheme.hook"), context);
            settings.finish();
            return scheme.orElseThrow();
        }
    }

    /** The scheme that these keys make, now. */
    static AuthenticationScheme webhookScheme(String... keysAndValues) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return webhookScheme(NOW, Optional.of(BASE_URL), keys);
    }

    /** A delivery as its provider sends it. */
    static TestExchange delivered(WebhookProfile profile, WebhookDelivery delivery, String... secrets) {
        List<Secret> parsed =
                java.util.Arrays.stream(secrets).map(Secret::parse).toList();
        return exchange(delivery, WebhookSigner.sign(profile, delivery, parsed));
    }

    /** A delivery with these fields. */
    static TestExchange exchange(WebhookDelivery delivery, Map<String, String> fields) {
        String target = delivery.url().substring(delivery.url().indexOf('/', "https://".length()));
        TestExchange exchange = TestExchange.of(delivery.method(), target).content(delivery.content());
        for (Map.Entry<String, String> field : fields.entrySet()) {
            exchange = exchange.header(field.getKey(), field.getValue());
        }
        return delivery.form()
                ? exchange.header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                : exchange.header("Content-Type", "application/json");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What the scheme says; empty if it claims nothing that could be verified. */
    static Optional<Verification> verify(AuthenticationScheme scheme, TestExchange exchange) {
        return credential(scheme, exchange).map(credential -> scheme.verify(credential, exchange));
    }

    static boolean accepts(AuthenticationScheme scheme, TestExchange exchange) {
        return verify(scheme, exchange)
                .filter(Verification.Verified.class::isInstance)
                .isPresent();
    }

    static List<String> events(AuthenticationScheme scheme, TestExchange exchange) {
        return verify(scheme, exchange)
                .map(verification -> ((Verification.Verified) verification).events())
                .orElseThrow();
    }

    private static Optional<Credential> credential(AuthenticationScheme scheme, TestExchange exchange) {
        return scheme.claim(exchange)
                .match(
                        Optional::empty,
                        presented -> Optional.of(presented.credential()),
                        possible -> Optional.of(possible.credential()),
                        (Claim.Malformed malformed) -> Optional.empty());
    }
}
