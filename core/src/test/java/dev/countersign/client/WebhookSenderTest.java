package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import dev.countersign.JsonVectors;
import dev.countersign.key.Secret;
import dev.countersign.signature.WebhookProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSenderTest {
    private static final URI ENDPOINT = URI.create("https://hooks.example.com/orders");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));
    private static final Secret ONE = Secret.parse("text:0123456789abcdef0123456789abcdef");
    private static final Secret TWO = Secret.parse("text:fedcba9876543210fedcba9876543210");
    private static final WebhookEvent EVENT =
            new WebhookEvent("evt_1", "order.paid", "application/json", "{\"n\":1}".getBytes(StandardCharsets.UTF_8));

    /** What providers have published, or their own tools have computed. */
    record Published(String id, Map<String, Object> vector) {
        WebhookProfile profile() {
            return WebhookProfile.OF_SECRETS.stream()
                    .filter(profile -> profile.provider().equals(JsonVectors.text(vector, "provider")))
                    .findFirst()
                    .orElseThrow();
        }

        Secret secret() {
            String secret = JsonVectors.text(vector, "secret");
            return Secret.parse(
                    secret.startsWith("whsec_") ? "base64:" + secret.substring("whsec_".length()) : "text:" + secret);
        }

        @Override
        public String toString() {
            return id;
        }
    }

    static List<Published> published() {
        return JsonVectors.array("webhooks/documented.json").stream()
                .map(vector -> new Published(JsonVectors.text(vector, "id"), vector))
                .filter(one -> JsonVectors.text(one.vector(), "expect").equals("valid"))
                // Signed with the default port in the URL, which no client of ours sends.
                .filter(one -> !one.id().contains("-port-"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("published")
    void makes_the_fields_that_a_provider_sends(Published one) {
        Map<String, Object> vector = one.vector();
        Map<String, Object> fields = JsonVectors.object(vector, "headers");
        Instant now = vector.get("now") instanceof Long seconds ? Instant.ofEpochSecond(seconds) : CLOCK.instant();
        WebhookEvent event = new WebhookEvent(
                String.valueOf(fields.getOrDefault("webhook-id", "any")),
                "",
                String.valueOf(vector.getOrDefault("content_type", "application/json")),
                Base64.getDecoder().decode(JsonVectors.text(vector, "body_b64")));
        String url = String.valueOf(vector.getOrDefault("url", ENDPOINT.toString()));
        int hash = url.indexOf("bodySHA256=");
        OutgoingRequest request = WebhookSender.of(one.profile(), List.of(one.secret()), () -> now)
                .request(URI.create(hash < 0 ? url : url.substring(0, hash - 1)), event);
        fields.forEach(
                (name, value) -> assertThat(request.headers(name)).as(name).containsExactly(String.valueOf(value)));
        assertThat(request.uri()).hasToString(url);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.body()).isSameAs(event.content());
    }

    @Test
    void every_provider_of_the_vectors_is_among_them() {
        assertThat(published())
                .hasSizeGreaterThan(15)
                .extracting(one -> one.profile().provider())
                .contains("github", "slack", "twilio", "shopify", "standard");
    }

    @Test
    void WH_11_signs_with_both_secrets_while_one_is_changed() {
        List<Secret> both = List.of(ONE, TWO);
        for (WebhookProfile profile : List.of(WebhookProfile.STRIPE, WebhookProfile.STANDARD)) {
            String field = profile.signatureField();
            String together = value(WebhookSender.of(profile, both, CLOCK), field);
            String first = value(WebhookSender.of(profile, List.of(ONE), CLOCK), field);
            String second = value(WebhookSender.of(profile, List.of(TWO), CLOCK), field);
            assertThat(together).startsWith(first).endsWith(second.substring(second.length() - 32));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookSender.of(WebhookProfile.GITHUB, both, CLOCK))
                .withMessage("secrets: 2 for github (expected: 1 to 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookSender.of(WebhookProfile.STRIPE, List.of(), CLOCK));
    }

    private static String value(WebhookSender sender, String field) {
        return sender.request(ENDPOINT, EVENT).headers(field).get(0);
    }

    @Test
    void tells_the_id_and_the_type_where_the_provider_has_a_field_for_them() {
        OutgoingRequest github =
                WebhookSender.of(WebhookProfile.GITHUB, List.of(ONE), CLOCK).request(ENDPOINT, EVENT);
        assertThat(github.headers("X-GitHub-Delivery")).containsExactly("evt_1");
        assertThat(github.headers("X-GitHub-Event")).containsExactly("order.paid");
        OutgoingRequest shopify =
                WebhookSender.of(WebhookProfile.SHOPIFY, List.of(ONE), CLOCK).request(ENDPOINT, EVENT);
        assertThat(shopify.headers("X-Shopify-Webhook-Id")).containsExactly("evt_1");
        assertThat(shopify.headers("X-Shopify-Topic")).containsExactly("order.paid");
        OutgoingRequest standard =
                WebhookSender.of(WebhookProfile.STANDARD, List.of(ONE), CLOCK).request(ENDPOINT, EVENT);
        assertThat(standard.headers("webhook-id")).containsExactly("evt_1");
        assertThat(standard.headers("Content-Type")).containsExactly("application/json");
        assertThat(standard.fields()).hasSize(4);
    }

    @Test
    void each_event_has_an_id_of_its_own_and_keeps_it() {
        WebhookEvent first = WebhookEvent.json("order.paid", new byte[] {'1'});
        WebhookEvent second = WebhookEvent.json("order.paid", new byte[] {'1'});
        assertThat(first.id()).isNotEqualTo(second.id());
        WebhookSender sender = WebhookSender.of(WebhookProfile.STANDARD, List.of(ONE), CLOCK);
        assertThat(sender.request(ENDPOINT, first).headers("webhook-id"))
                .isEqualTo(sender.request(ENDPOINT, first).headers("webhook-id"));
    }

    @Test
    void signs_with_a_private_key_where_the_provider_does() throws Exception {
        PrivateKey ed25519 =
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
        assertThat(value(WebhookSender.of(WebhookProfile.STANDARD, ed25519, CLOCK), "webhook-signature"))
                .startsWith("v1a,");
        PrivateKey rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
        WebhookProfile paypal = WebhookProfile.paypal("7BX12345AB678901C");
        assertThat(WebhookSender.of(paypal, rsa, CLOCK).request(ENDPOINT, EVENT).headers("PAYPAL-TRANSMISSION-TIME"))
                .containsExactly("2023-11-14T22:13:20Z");
        assertThatIllegalArgumentException().isThrownBy(() -> WebhookSender.of(paypal, List.of(ONE), CLOCK));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204, 299})
    void an_event_is_delivered_with_any_status_of_success(int status) throws Exception {
        try (EchoServer receiver = EchoServer.answering(status)) {
            WebhookReceipt receipt = send(receiver, "/orders");
            assertThat(receipt.status()).isEqualTo(status);
            assertThat(receipt.delivered()).isTrue();
            assertThat(receipt.retryAfter()).isEmpty();
            assertThat(receiver.only().body()).isEqualTo("{\"n\":1}");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 401, 409, 410, 429, 500, 503})
    void it_is_not_with_any_other_and_nothing_is_followed(int status) throws Exception {
        try (EchoServer receiver = new EchoServer(exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.getResponseHeaders().add("Retry-After", "120");
            exchange.sendResponseHeaders(status, -1);
        })) {
            WebhookReceipt receipt = send(receiver, "/orders");
            assertThat(receipt).isEqualTo(new WebhookReceipt(status, Optional.of(Duration.ofMinutes(2))));
            assertThat(receipt.delivered()).isFalse();
            assertThat(receiver.only().target()).isEqualTo("/orders");
        }
    }

    @Test
    void refuses_a_client_that_follows_redirects() {
        WebhookSender sender = WebhookSender.of(WebhookProfile.STRIPE, List.of(ONE), CLOCK);
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        assertThatIllegalArgumentException().isThrownBy(() -> sender.send(following, ENDPOINT, EVENT));
    }

    @Test
    void reads_no_endless_answer() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        try (EchoServer receiver = new EchoServer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                writeForever(exchange);
            } catch (IOException e) {
                cut.countDown();
            }
        })) {
            assertThat(send(receiver, "/").delivered()).isTrue();
            cut.await();
            assertThat(receiver.arrived()).hasSize(1);
        }
    }

    private static void writeForever(HttpExchange exchange) throws IOException {
        byte[] piece = new byte[64 * 1024];
        while (true) {
            exchange.getResponseBody().write(piece);
        }
    }

    @Test
    void waits_no_longer_than_it_may() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (EchoServer receiver = new EchoServer(exchange -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            WebhookSender hasty =
                    WebhookSender.of(WebhookProfile.STRIPE, List.of(ONE), CLOCK).timeout(Duration.ofMillis(200));
            assertThatExceptionOfType(HttpTimeoutException.class)
                    .isThrownBy(() -> hasty.send(client(), receiver.uri("/"), EVENT));
            over.countDown();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookSender.of(WebhookProfile.STRIPE, List.of(ONE), CLOCK)
                        .timeout(Duration.ZERO));
    }

    @Test
    void refuses_an_event_that_would_not_stay_one_line() {
        byte[] content = new byte[0];
        assertThatIllegalArgumentException().isThrownBy(() -> new WebhookEvent("", "", "text/plain", content));
        assertThatIllegalArgumentException().isThrownBy(() -> new WebhookEvent("a\r\nb", "", "text/plain", content));
        assertThatIllegalArgumentException().isThrownBy(() -> new WebhookEvent("a", "b\n", "text/plain", content));
        assertThatIllegalArgumentException().isThrownBy(() -> new WebhookEvent("a", "b", "text\0", content));
    }

    @Test
    void WH_10_sends_no_id_with_the_separator_in_it() {
        WebhookSender sender = WebhookSender.of(WebhookProfile.STANDARD, List.of(ONE), CLOCK);
        WebhookEvent dotted = new WebhookEvent("a.b", "", "text/plain", new byte[0]);
        assertThatIllegalArgumentException().isThrownBy(() -> sender.request(ENDPOINT, dotted));
    }

    @Test
    void shows_neither_secret_nor_content() {
        assertThat(WebhookSender.of(WebhookProfile.STRIPE, List.of(ONE), CLOCK)).hasToString("WebhookSender[stripe]");
        assertThat(EVENT).hasToString("WebhookEvent[evt_1 order.paid]");
    }

    private static WebhookReceipt send(EchoServer receiver, String path) throws IOException, InterruptedException {
        return WebhookSender.of(WebhookProfile.STANDARD, List.of(ONE), CLOCK).send(client(), receiver.uri(path), EVENT);
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }
}
