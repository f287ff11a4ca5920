package dev.countersign.scheme.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.AuthenticationScheme;
import dev.countersign.ConfigurationException;
import dev.countersign.TestExchange;
import dev.countersign.Vectors;
import dev.countersign.Verification;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Deliveries as providers document them, and many that are wrong in one way. */
class WebhookVectorsTest {
    /** Of those that may be accepted or refused, the accepted: hex in capitals, and white space around items. */
    private static final List<String> ACCEPTED =
            List.of("stripe-upper-hex", "stripe-whitespace", "slack-timestamp-space");

    @TestFactory
    Stream<DynamicTest> WH_01_to_WH_07_what_providers_document_is_judged_as_listed() {
        return Vectors.cases("webhooks/documented.json").stream().map(WebhookVectorsTest::test);
    }

    @TestFactory
    Stream<DynamicTest> WH_03_to_WH_13_every_case_is_judged_as_listed() {
        return Vectors.cases("webhooks/own.json").stream().map(WebhookVectorsTest::test);
    }

    private static DynamicTest test(JsonObject vector) {
        return DynamicTest.dynamicTest(vector.getString("id"), () -> check(vector));
    }

    private static void check(JsonObject vector) {
        String expected = vector.getString("expect");
        if (expected.equals("config-error")) {
            assertThatThrownBy(() -> scheme(vector)).isInstanceOf(ConfigurationException.class);
            return;
        }
        AuthenticationScheme scheme = scheme(vector);
        TestExchange exchange = exchange(vector);
        boolean accepted = WebhookFixture.accepts(scheme, exchange);
        switch (expected) {
            case "valid" ->
                assertThat(WebhookFixture.verify(scheme, exchange))
                        .hasValueSatisfying(
                                verification -> assertThat(verification).isInstanceOf(Verification.Verified.class));
            case "invalid" -> assertThat(accepted).isFalse();
            case "either" -> assertThat(accepted).isEqualTo(ACCEPTED.contains(vector.getString("id")));
            case "duplicate" -> {
                List<String> seen = vector.getJsonArray("seen_ids").getValuesAs(JsonString.class).stream()
                        .map(id -> "id:" + id.getString())
                        .toList();
                assertThat(WebhookFixture.events(scheme, exchange)).containsAnyElementsOf(seen);
            }
            default -> throw new AssertionError(expected);
        }
    }

    private static AuthenticationScheme scheme(JsonObject vector) {
        Map<String, String> keys = new LinkedHashMap<>();
        String provider = vector.getString("provider");
        keys.put("provider", provider);
        List<String> secrets = new ArrayList<>();
        if (vector.containsKey("secrets")) {
            vector.getJsonArray("secrets")
                    .getValuesAs(JsonString.class)
                    .forEach(secret -> secrets.add(setting(provider, secret.getString())));
        } else {
            secrets.add(setting(provider, vector.getString("secret")));
        }
        keys.put("secrets", String.join(", ", secrets));
        if (vector.containsKey("config")) {
            generic(vector.getJsonObject("config"), keys);
        }
        Instant now = Instant.ofEpochSecond(
                vector.containsKey("now") ? vector.getJsonNumber("now").longValueExact() : 1767867942);
        return WebhookFixture.webhookScheme(now, baseUrl(vector), keys);
    }

    /** How a secret of the vectors is written in settings. */
    private static String setting(String provider, String secret) {
        if (secret.startsWith("whsec_") || secret.startsWith("whpk_")) {
            return secret;
        }
        return provider.equals("standard") ? "base64:" + secret : "text:" + secret;
    }

    private static void generic(JsonObject config, Map<String, String> keys) {
        Map<String, String> names = Map.of(
                "header", "signature-header",
                "prefix", "signature-prefix",
                "encoding", "encoding",
                "payload", "signed",
                "timestamp_header", "timestamp-header");
        names.forEach((theirs, ours) -> {
            if (config.containsKey(theirs)) {
                keys.put(ours, config.getString(theirs));
            }
        });
        keys.put(
                "algorithm",
                switch (config.getString("algorithm")) {
                    case "HmacSHA256" -> "hmac-sha256";
                    case "HmacSHA512" -> "hmac-sha512";
                    default -> config.getString("algorithm");
                });
        if (config.containsKey("timestamp_format")) {
            keys.put(
                    "timestamp-format",
                    config.getString("timestamp_format").equals("iso8601") ? "iso-8601" : "milliseconds");
        }
    }

    /**
     * The public URL of the application: where a trusted proxy stands in front, the one that it tells of; where somebody
     * only says so, the one that was called.
     */
    private static Optional<String> baseUrl(JsonObject vector) {
        if (!vector.containsKey("url")) {
            return Optional.empty();
        }
        String url = vector.getString(vector.containsKey("untrusted_forwarded_host") ? "seen_url" : "url");
        return Optional.of(url.substring(0, url.indexOf('/', url.indexOf("://") + 3)));
    }

    private static TestExchange exchange(JsonObject vector) {
        String url = vector.getString(vector.containsKey("seen_url") ? "seen_url" : "url", "https://x.test/hook");
        TestExchange exchange = TestExchange.of(
                        vector.getString("method", "POST"), url.substring(url.indexOf('/', url.indexOf("://") + 3)))
                .content(Base64.getDecoder().decode(vector.getString("body_b64")));
        if (vector.containsKey("content_type")) {
            exchange = exchange.header("Content-Type", vector.getString("content_type"));
        }
        if (vector.containsKey("untrusted_forwarded_host")) {
            exchange = exchange.header("X-Forwarded-Host", vector.getString("untrusted_forwarded_host"));
        }
        if (vector.containsKey("trusted_forwarded_proto")) {
            exchange = exchange.cleartext().header("X-Forwarded-Proto", vector.getString("trusted_forwarded_proto"));
        }
        if (vector.containsKey("headers_list")) {
            for (JsonArray line : vector.getJsonArray("headers_list").getValuesAs(JsonArray.class)) {
                exchange = exchange.header(line.getString(0), line.getString(1));
            }
            return exchange;
        }
        JsonObject headers = vector.getJsonObject("headers");
        for (String name : headers.keySet()) {
            exchange = exchange.header(name, headers.getString(name));
        }
        return exchange;
    }
}
