package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.key.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Fields as the providers' own documents and libraries give them. */
class WebhookSignerTest {
    private static final Instant TIME = Instant.ofEpochSecond(1531420618);

    @Test
    void signs_as_the_documents_of_GitHub_do() {
        assertThat(sign(WebhookProfile.GITHUB, delivery("d-1", TIME, "Hello, World!"), "It's a Secret to Everybody"))
                .containsExactly(
                        Map.entry("X-GitHub-Delivery", "d-1"),
                        Map.entry(
                                "X-Hub-Signature-256",
                                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"));
    }

    @Test
    void signs_as_the_library_of_Svix_does() {
        Instant time = Instant.ofEpochSecond(1614265330);
        WebhookDelivery delivery = delivery("msg_p5jXN8AQM9LWM0D4loKWxJek", time, "{\"test\": 2432232314}");
        assertThat(WebhookSigner.sign(
                        WebhookProfile.STANDARD,
                        delivery,
                        List.of(Secret.parse("base64:MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))))
                .containsExactly(
                        Map.entry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
                        Map.entry("webhook-timestamp", "1614265330"),
                        Map.entry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    @Test
    void signs_as_the_library_of_Shopify_does() {
        assertThat(sign(WebhookProfile.SHOPIFY, delivery("1", TIME, "{\"foo\": \"bar\"}"), "test_secret_key"))
                .containsEntry("X-Shopify-Hmac-Sha256", "B23tXN681gZ0qIWNRrgtzBE9XSDo5yaUu6wfmhu3a7g=");
    }

    @Test
    void signs_as_the_library_of_Twilio_does() {
        String url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        String form = "Digits=1234&CallSid=CA1234567890ABCDE&To=%2B18005551212&Caller=%2B14158675309"
                + "&From=%2B14158675309";
        assertThat(sign(WebhookProfile.TWILIO, new WebhookDelivery("POST", url, "t", TIME, true, bytes(form)), "12345"))
                .containsEntry("X-Twilio-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        byte[] json = bytes("{\"property\": \"value\", \"boolean\": true}");
        String hashed = WebhookSigner.withBodyHash(url, json);
        assertThat(hashed)
                .isEqualTo(url + "&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620");
        assertThat(sign(WebhookProfile.TWILIO, WebhookDelivery.post(hashed, "t", TIME, json), "12345"))
                .containsEntry("X-Twilio-Signature", "a9nBmqA0ju/hNViExpshrM61xv4=");
    }

    @Test
    void content_that_twilio_would_not_sign_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sign(WebhookProfile.TWILIO, delivery("t", TIME, "{}"), "12345"))
                .withMessageContaining("withBodyHash");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sign(
                        WebhookProfile.TWILIO,
                        new WebhookDelivery("POST", "https://a/", "t", TIME, true, bytes("a=%")),
                        "12345"));
        assertThat(WebhookSigner.withBodyHash("https://a/", bytes(""))).startsWith("https://a/?bodySHA256=e3b0c442");
    }

    @Test
    void signs_with_every_secret_where_the_provider_can_send_several() {
        WebhookDelivery delivery = delivery("1", TIME, "{}");
        List<Secret> two = List.of(Secret.parse("text:one"), Secret.parse("text:two"));
        assertThat(WebhookSigner.sign(WebhookProfile.STRIPE, delivery, two).get("Stripe-Signature"))
                .startsWith("t=1531420618,v1=")
                .matches(value -> value.indexOf("v1=") != value.lastIndexOf("v1="));
        assertThat(WebhookSigner.sign(WebhookProfile.STANDARD, delivery, two).get("webhook-signature"))
                .startsWith("v1,")
                .contains(" v1,");
        assertThatIllegalArgumentException().isThrownBy(() -> WebhookSigner.sign(WebhookProfile.GITHUB, delivery, two));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookSigner.sign(WebhookProfile.STRIPE, delivery, List.of()));
    }

    @Test
    void an_id_that_could_not_be_read_again_is_not_sent() {
        for (String id : List.of("", "a.b", "a b", "é", "a\r\nX: y")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sign(WebhookProfile.STANDARD, delivery(id, TIME, "{}"), "s"));
        }
    }

    @Test
    void a_private_key_and_a_secret_are_not_taken_for_each_other() throws GeneralSecurityException {
        PrivateKey ed25519 =
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
        WebhookDelivery delivery = delivery("1", TIME, "{}");
        assertThat(WebhookSigner.sign(WebhookProfile.STANDARD, delivery, ed25519)
                        .get("webhook-signature"))
                .startsWith("v1a,");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookSigner.sign(WebhookProfile.STRIPE, delivery, ed25519));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookSigner.sign(WebhookProfile.paypal("1"), delivery, ed25519));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        WebhookSigner.sign(WebhookProfile.paypal("1"), delivery, List.of(Secret.parse("text:s"))));
    }

    @Test
    void the_target_of_a_URL_is_its_path_and_query() {
        assertThat(target("https://a/h?x=1#f")).isEqualTo("/h?x=1");
        assertThat(target("https://a")).isEqualTo("/");
        assertThat(target("https://a?x=1")).isEqualTo("/?x=1");
        assertThat(target("https://a#f/g")).isEqualTo("/");
        assertThat(target("https://[::1]:8443/h")).isEqualTo("/h");
    }

    @Test
    void a_delivery_shows_nothing_of_its_content() {
        assertThat(delivery("1", TIME, "secret")).hasToString("WebhookDelivery[1, 6 bytes]");
    }

    @Test
    void the_port_of_a_public_URL_can_be_written_or_not() {
        assertThat(PublicUrl.withAndWithoutPort("https://a/b:1?c=:2"))
                .containsExactly("https://a/b:1?c=:2", "https://a:443/b:1?c=:2");
        assertThat(PublicUrl.withAndWithoutPort("http://a?c")).containsExactly("http://a?c", "http://a:80?c");
        assertThat(PublicUrl.withAndWithoutPort("https://a:443/")).containsExactly("https://a:443/", "https://a/");
        assertThat(PublicUrl.withAndWithoutPort("https://a:8443/")).containsExactly("https://a:8443/", "https://a/");
        assertThat(PublicUrl.withAndWithoutPort("https://[::1]/"))
                .containsExactly("https://[::1]/", "https://[::1]:443/");
        assertThat(PublicUrl.withAndWithoutPort("https://[::1]:1/"))
                .containsExactly("https://[::1]:1/", "https://[::1]/");
        assertThat(PublicUrl.withAndWithoutPort("ftp://a/")).containsExactly("ftp://a/");
    }

    private static String target(String url) {
        return WebhookDelivery.post(url, "1", TIME, new byte[0]).target();
    }

    private static Map<String, String> sign(WebhookProfile profile, WebhookDelivery delivery, String secret) {
        return WebhookSigner.sign(profile, delivery, List.of(Secret.parse("text:" + secret)));
    }

    private static WebhookDelivery delivery(String id, Instant time, String content) {
        return WebhookDelivery.post("https://hooks.example.com/h?x=1", id, time, bytes(content));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
