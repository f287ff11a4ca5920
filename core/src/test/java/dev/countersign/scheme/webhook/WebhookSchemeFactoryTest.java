package dev.countersign.scheme.webhook;

import static dev.countersign.scheme.webhook.WebhookFixture.NOW;
import static dev.countersign.scheme.webhook.WebhookFixture.accepts;
import static dev.countersign.scheme.webhook.WebhookFixture.bytes;
import static dev.countersign.scheme.webhook.WebhookFixture.delivered;
import static dev.countersign.scheme.webhook.WebhookFixture.webhookScheme;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.AccessRule;
import dev.countersign.AccessRule.Alternative;
import dev.countersign.AuthenticationScheme;
import dev.countersign.ConfigurationException;
import dev.countersign.Decision;
import dev.countersign.TestExchange;
import dev.countersign.bootstrap.Bootstrap;
import dev.countersign.bootstrap.Deployment;
import dev.countersign.key.Secret;
import dev.countersign.scheme.SchemeFactory;
import dev.countersign.settings.Settings;
import dev.countersign.signature.WebhookDelivery;
import dev.countersign.signature.WebhookProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSchemeFactoryTest {
    private static final String SECRET = "text:hG7pQz4WnR2x-0123456789abcdef";
    private static final WebhookDelivery DELIVERY =
            WebhookDelivery.post("https://hooks.example.com/orders/hooks", "msg_1", NOW, bytes("{\"n\":1}"));

    @TempDir
    private Path folder;

    @Test
    void is_found_by_its_type() {
        assertThat(ServiceLoader.load(SchemeFactory.class))
                .anySatisfy(factory -> assertThat(factory.type()).isEqualTo("webhook"));
    }

    @Test
    void makes_a_scheme_of_the_least_that_works_for_each_provider() {
        for (WebhookProfile profile : WebhookProfile.OF_SECRETS) {
            AuthenticationScheme scheme = webhookScheme("provider", profile.provider(), "secrets", SECRET);
            assertThat(scheme.type()).isEqualTo("webhook");
            assertThat(scheme.challengeTemplate().realm()).isEqualTo("orders");
            WebhookDelivery delivery = profile.equals(WebhookProfile.TWILIO)
                    ? new WebhookDelivery("POST", DELIVERY.url(), "token", NOW, true, bytes("a=b"))
                    : DELIVERY;
            assertThat(accepts(scheme, delivered(profile, delivery, SECRET)))
                    .as(profile.provider())
                    .isTrue();
        }
    }

    @Test
    void reads_secrets_in_the_forms_of_providers() {
        Secret stripe = Secret.of(bytes("whsec_GFEyqRKgQH1ty-5IB7oakOtMEnvMed1g"));
        assertThat(stripe).isEqualTo(Secret.parse("text:whsec_GFEyqRKgQH1ty-5IB7oakOtMEnvMed1g"));
        assertThat(accepts(
                        webhookScheme("provider", "stripe", "secrets", "whsec_GFEyqRKgQH1ty-5IB7oakOtMEnvMed1g"),
                        delivered(WebhookProfile.STRIPE, DELIVERY, "text:whsec_GFEyqRKgQH1ty-5IB7oakOtMEnvMed1g")))
                .isTrue();
        assertThat(accepts(
                        webhookScheme("provider", "standard", "secrets", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                        delivered(WebhookProfile.STANDARD, DELIVERY, "base64:MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")))
                .isTrue();
    }

    @Test
    void WH_11_reads_secrets_from_a_list_and_from_numbered_keys() {
        AuthenticationScheme scheme = webhookScheme(
                "provider", "github", "secrets", "text:one , hex:32", "secrets.1", "text:three", "secrets.2", "text:4");
        for (String secret : List.of("text:one", "hex:32", "text:three", "text:4")) {
            assertThat(accepts(scheme, delivered(WebhookProfile.GITHUB, DELIVERY, secret)))
                    .as(secret)
                    .isTrue();
        }
        assertThat(accepts(scheme, delivered(WebhookProfile.GITHUB, DELIVERY, "text:five")))
                .isFalse();
    }

    @Test
    void WH_11_takes_eight_secrets_and_not_one_more() {
        webhookScheme(
                "provider", "github", "secrets", "text:a, text:b, text:c, text:d, text:e, text:f, text:g, text:h");
        assertProblem(
                "scheme.hook.secrets: expected: 1 to 8 secrets",
                "provider",
                "github",
                "secrets",
                "text:a, text:b, text:c, text:d, text:e, text:f, text:g, text:h, text:i");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text:",
                "base64:",
                "hex:",
                "text:one,",
                ",text:one",
                "hG7pQz4WnR2x",
                "base64:hG7pQz4WnR2x!",
                "hex:hG",
                "whsec_hG7pQz4WnR2x",
                "whpk_hG7pQz4WnR2x",
                "whsk_hG7pQz4WnR2x",
                " "
            })
    void WH_03_does_not_start_with_a_secret_that_is_empty_or_cannot_be_read_and_tells_nothing_of_it(String secret) {
        assertThatThrownBy(() -> webhookScheme("provider", "github", "secrets", secret))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("scheme.hook.secrets: ")
                .hasMessageNotContaining("hG7pQz4WnR2x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_", "whsec_***", "whpk_", "whpk_***", "whpk_AAAA", "whsk_AAAA"})
    void WH_03_does_not_start_with_a_key_of_standard_webhooks_that_is_none(String secret) {
        assertProblem("scheme.hook.secrets: ", "provider", "standard", "secrets", secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stripe", "github", "slack", "shopify", "standard", "twilio"})
    void WH_12_does_not_start_with_a_secret_that_is_a_public_key(String provider) throws GeneralSecurityException {
        List<String> disguises = new ArrayList<>();
        for (String published : List.of(
                "whpk_FkGbvPDfo06H1o0A46+ZRzkGeXckFvcoYsm7cCPTa1Y=",
                " whpk_FkGbvPDfo06H1o0A46+ZRzkGeXckFvcoYsm7cCPTa1Y=",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBZBm7zw36NOh9aNAOOvmUc5Bnl3JBb3KGLJu3Aj02tW",
                "{\"kty\":\"OKP\"}",
                "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----")) {
            disguises.add("text:" + published);
            disguises.add("hex:" + HexFormat.of().formatHex(bytes(published)));
            disguises.add("base64:" + Base64.getEncoder().encodeToString(bytes(published)));
        }
        for (String type : List.of("Ed25519", "EC")) {
            byte[] der = KeyPairGenerator.getInstance(type)
                    .generateKeyPair()
                    .getPublic()
                    .getEncoded();
            disguises.add("base64:" + Base64.getEncoder().encodeToString(der));
            disguises.add("base64url:" + Base64.getUrlEncoder().encodeToString(der));
            if (provider.equals("standard")) {
                disguises.add("whsec_" + Base64.getEncoder().encodeToString(der));
            }
        }
        for (String disguise : disguises) {
            assertThatThrownBy(() -> webhookScheme("provider", provider, "secrets", SECRET + ", " + disguise))
                    .as(disguise)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("scheme.hook.secrets: a secret that is a public key, which everybody knows")
                    .hasMessageNotContaining("FkGbvPDfo06H1o0A46")
                    .hasMessageNotContaining("AAAA");
        }
    }

    @Test
    void WH_03_does_not_start_without_secrets() {
        assertProblem("scheme.hook.secrets: not set", "provider", "stripe");
        assertProblem("scheme.hook.secrets: empty", "provider", "stripe", "secrets", "");
    }

    @Test
    void needs_a_provider_that_it_knows() {
        assertProblem("scheme.hook.provider: not set (expected: one of stripe, github", "secrets", SECRET);
        assertProblem("did you mean stripe?", "provider", "strpe", "secrets", SECRET, "signature-header", "X-Y");
    }

    @Test
    void does_not_know_keys_of_another_provider() {
        assertProblem(
                "scheme.hook.signature-header: unknown key",
                "provider",
                "stripe",
                "secrets",
                SECRET,
                "signature-header",
                "X-Y");
        assertProblem("scheme.hook.keys: unknown key", "provider", "stripe", "secrets", SECRET, "keys", "x");
    }

    @Test
    void bounds_tolerance_and_dedupe() {
        assertProblem("scheme.hook.tolerance: PT0S", "provider", "stripe", "secrets", SECRET, "tolerance", "PT0S");
        assertProblem("scheme.hook.tolerance: PT61M", "provider", "stripe", "secrets", SECRET, "tolerance", "PT61M");
        assertProblem(
                "scheme.hook.dedupe: PT9M (expected: at least PT10M)",
                "provider",
                "stripe",
                "secrets",
                SECRET,
                "dedupe",
                "PT9M");
        assertProblem("scheme.hook.dedupe: P31D", "provider", "stripe", "secrets", SECRET, "dedupe", "P31D");
        assertProblem("scheme.hook.dedupe: off", "provider", "stripe", "secrets", SECRET, "dedupe", "off");
    }

    @Test
    void WH_05_a_tolerance_where_no_timestamp_is_signed_cannot_be_meant() {
        assertProblem(
                "scheme.hook.tolerance: github signs no timestamp",
                "provider",
                "github",
                "secrets",
                SECRET,
                "tolerance",
                "PT1M");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "signature-header| Authorization| scheme.hook.signature-header: Authorization",
                "signature-header| two words| scheme.hook.signature-header: two words",
                "timestamp-header| Content-Length| scheme.hook.timestamp-header",
                "id-header| X Id| scheme.hook.id-header",
                "encoding| base32| scheme.hook.encoding: base32",
                "algorithm| hmac-md5| scheme.hook.algorithm: hmac-md5",
                "algorithm| hmac-sha1| scheme.hook.algorithm: hmac-sha1",
                "timestamp-format| unix| scheme.hook.timestamp-format: unix",
                "signed| {timestamp}.{id}| does not sign the content",
                "signed| {body}{body}| does not sign the content",
                "signed| {body}.{form}| has a brace",
                "signed| {body}.{| has a brace",
                "signed| {timestamp}.{body}| scheme.hook.signed: has a {timestamp} that nothing carries",
                "signed| {id}.{body}| scheme.hook.signed: has an {id} that nothing carries",
                "timestamp-header| X-Time| scheme.hook.signed: has no {timestamp}",
                "timestamp-key| t| scheme.hook.timestamp-key: stands without signature-key",
                "signature-key| a b| scheme.hook.signature-key: a b",
                "signature-version| v 1| scheme.hook.signature-version: v 1",
                "signature-prefix| a b| scheme.hook.signature-prefix: a b",
            })
    void WH_04_a_generic_provider_that_cannot_be_meant_stops_the_start(String key, String value, String problem) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("provider", "generic");
        keys.put("secrets", SECRET);
        keys.put("signature-header", "X-Acme-Signature");
        keys.put(key, value);
        assertThatThrownBy(() -> WebhookFixture.webhookScheme(NOW, Optional.empty(), keys))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{timestamp}{body}| {timestamp}",
                "{id}{body}| {id}",
                "{id}{timestamp}.{body}| {id}",
                "{body}{timestamp}| {timestamp}",
                "{timestamp}0{body}| {timestamp}",
                "{target}.{body}| {target}",
                "{url}/{body}| {url}",
            })
    void WH_10_a_template_that_can_be_taken_apart_in_two_ways_stops_the_start(String template, String value) {
        assertProblem(
                "scheme.hook.signed: has ",
                "provider",
                "generic",
                "secrets",
                SECRET,
                "signature-header",
                "X-Acme-Signature",
                "timestamp-header",
                "X-Time",
                "id-header",
                "X-Id",
                "signed",
                template);
        assertThat(template).contains(value);
    }

    @Test
    void WH_04_two_timestamps_or_two_notations_cannot_be_meant() {
        assertProblem(
                "scheme.hook.timestamp-header: a second timestamp",
                "provider",
                "generic",
                "secrets",
                SECRET,
                "signature-header",
                "X-S",
                "signature-key",
                "v1",
                "timestamp-key",
                "t",
                "timestamp-header",
                "X-T",
                "signed",
                "{timestamp}.{body}");
        assertProblem(
                "scheme.hook.signature-header: is read in more than one way",
                "provider",
                "generic",
                "secrets",
                SECRET,
                "signature-header",
                "X-S",
                "signature-key",
                "v1",
                "signature-prefix",
                "v1");
    }

    @Test
    void a_generic_provider_can_be_any_of_ours() {
        record Same(WebhookProfile profile, List<String> keys) {}
        for (Same same : List.of(
                new Same(
                        WebhookProfile.STRIPE,
                        List.of(
                                "signature-header",
                                "Stripe-Signature",
                                "signature-key",
                                "v1",
                                "timestamp-key",
                                "t",
                                "signed",
                                "{timestamp}.{body}")),
                new Same(
                        WebhookProfile.SLACK,
                        List.of(
                                "signature-header",
                                "X-Slack-Signature",
                                "signature-prefix",
                                "v0=",
                                "timestamp-header",
                                "X-Slack-Request-Timestamp",
                                "signed",
                                "v0:{timestamp}:{body}")),
                new Same(
                        WebhookProfile.GITHUB,
                        List.of(
                                "signature-header",
                                "X-Hub-Signature-256",
                                "signature-prefix",
                                "sha256=",
                                "id-header",
                                "X-GitHub-Delivery")),
                new Same(
                        WebhookProfile.SHOPIFY,
                        List.of("signature-header", "X-Shopify-Hmac-Sha256", "encoding", "base64")),
                new Same(
                        WebhookProfile.STANDARD,
                        List.of(
                                "signature-header",
                                "webhook-signature",
                                "signature-version",
                                "v1",
                                "encoding",
                                "base64",
                                "timestamp-header",
                                "webhook-timestamp",
                                "id-header",
                                "webhook-id",
                                "signed",
                                "{id}.{timestamp}.{body}")))) {
            Map<String, String> keys = new LinkedHashMap<>();
            keys.put("provider", "generic");
            keys.put("secrets", SECRET);
            for (int i = 0; i < same.keys().size(); i += 2) {
                keys.put(same.keys().get(i), same.keys().get(i + 1));
            }
            AuthenticationScheme scheme = WebhookFixture.webhookScheme(NOW, Optional.empty(), keys);
            TestExchange good = delivered(same.profile(), DELIVERY, SECRET);
            assertThat(accepts(scheme, good)).as(same.profile().provider()).isTrue();
            assertThat(accepts(scheme, good.content(bytes("{}")))).isFalse();
        }
    }

    @Test
    void paypal_needs_its_id_and_a_key() {
        assertProblem("scheme.hook.webhook-id: not set", "provider", "paypal", "keys", "x");
        assertProblem("scheme.hook.webhook-id: a|b", "provider", "paypal", "webhook-id", "a|b", "keys", "x");
        assertProblem("scheme.hook.keys: not set", "provider", "paypal", "webhook-id", "1");
        assertProblem(
                "scheme.hook.keys: neither a JWK set nor PEM",
                "provider",
                "paypal",
                "webhook-id",
                "1",
                "keys",
                "text:a-secret");
    }

    @Test
    void WH_11_a_secret_comes_from_a_file_without_its_line_break() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "first\n");
        AuthenticationScheme scheme = webhookScheme("provider", "github", "secrets", "text:${file:" + file + "}");
        assertThat(accepts(scheme, delivered(WebhookProfile.GITHUB, DELIVERY, "text:first")))
                .isTrue();
    }

    @Test
    void WH_14_two_schemes_of_one_provider_are_told_apart_by_the_rule() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("countersign.schemes", "billing, connect");
        for (String name : List.of("billing", "connect")) {
            keys.put("countersign.scheme." + name + ".type", "webhook");
            keys.put("countersign.scheme." + name + ".provider", "stripe");
            keys.put("countersign.scheme." + name + ".secrets", "text:secret-of-" + name);
        }
        try (Deployment deployment = Bootstrap.builder()
                .clock(InstantSource.fixed(NOW))
                .sources(Settings.builder()
                        .systemProperties(Map.of())
                        .environment(Map.of())
                        .parameters("given in code", keys))
                .build()) {
            deployment.start();
            for (String name : List.of("billing", "connect")) {
                String other = name.equals("billing") ? "connect" : "billing";
                assertThat(deployment
                                .gate()
                                .decide(
                                        delivered(WebhookProfile.STRIPE, DELIVERY, "text:secret-of-" + name),
                                        required(name)))
                        .isInstanceOf(Decision.Admitted.class);
                assertThat(deployment
                                .gate()
                                .decide(
                                        delivered(WebhookProfile.STRIPE, DELIVERY, "text:secret-of-" + other),
                                        required(name)))
                        .isInstanceOfSatisfying(
                                Decision.Challenged.class,
                                challenged -> assertThat(challenged.answer().challenges())
                                        .containsExactly(
                                                "Webhook realm=\"api\", provider=\"stripe\", error=\"invalid_signature\""));
                assertThat(deployment.gate().decide(delivered(WebhookProfile.GITHUB, DELIVERY, SECRET), required(name)))
                        .isInstanceOfSatisfying(
                                Decision.Challenged.class,
                                challenged -> assertThat(challenged.answer().challenges())
                                        .containsExactly("Webhook realm=\"api\", provider=\"stripe\""));
            }
        }
    }

    private static AccessRule required(String scheme) {
        return AccessRule.builder(AccessRule.Mode.REQUIRED, List.of(new Alternative(List.of(scheme))))
                .build();
    }

    private static void assertProblem(String problem, String... keysAndValues) {
        assertThatThrownBy(() -> webhookScheme(keysAndValues))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(problem);
    }
}
