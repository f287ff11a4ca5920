package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebhookProfileTest {
    @Test
    void every_provider_has_its_own_name_and_field() {
        assertThat(WebhookProfile.OF_SECRETS)
                .extracting(WebhookProfile::provider)
                .containsExactly("stripe", "github", "slack", "shopify", "standard", "twilio")
                .doesNotHaveDuplicates();
        assertThat(WebhookProfile.OF_SECRETS)
                .extracting(WebhookProfile::signatureField)
                .doesNotHaveDuplicates();
    }

    @Test
    void WH_04_what_is_checked_is_signed_and_what_is_signed_is_sent() {
        refused("checked and not signed", Optional.of("X-T"), Optional.empty(), "{body}", false);
        refused("checked and not signed", Optional.empty(), Optional.empty(), "{body}", true);
        refused("two timestamps", Optional.of("X-T"), Optional.empty(), "{timestamp}.{body}", true);
        refused("signed and not sent", Optional.empty(), Optional.empty(), "{timestamp}.{body}", false);
        refused("signed and not sent", Optional.empty(), Optional.empty(), "{id}.{body}", false);
        refused("timestamp field", Optional.of("Host"), Optional.empty(), "{timestamp}.{body}", false);
        refused("id field", Optional.empty(), Optional.of("a b"), "{id}.{body}", false);
        assertThat(profile(Optional.of("X-T"), Optional.of("X-I"), "{id}.{timestamp}.{body}", false)
                        .timestamped())
                .isTrue();
        assertThat(profile(Optional.empty(), Optional.of("X-I"), "{body}", false)
                        .timestamped())
                .isFalse();
    }

    @Test
    void WH_07_SHA_1_is_for_no_other_profile() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebhookProfile(
                        "acme",
                        "X-S",
                        new SignatureNotation.Prefixed(""),
                        WebhookEncoding.HEX,
                        WebhookAlgorithm.HMAC_SHA1,
                        Optional.empty(),
                        Optional.empty(),
                        SignedTemplate.parse("{body}", WebhookTimeFormat.SECONDS)))
                .withMessageContaining("SHA1");
    }

    @Test
    void the_id_of_a_PayPal_webhook_cannot_have_the_separator() {
        for (String id : List.of("", "a|b", "a b")) {
            assertThatIllegalArgumentException().isThrownBy(() -> WebhookProfile.paypal(id));
        }
    }

    @Test
    void fields_that_HTTP_uses_otherwise_carry_no_signature() {
        for (String name : List.of("Authorization", "cookie", "Content-Type", "HOST", "", "a b", "a:b")) {
            assertThat(WebhookProfile.isField(name)).as(name).isFalse();
        }
        assertThat(WebhookProfile.isField("X-Signature")).isTrue();
    }

    private static void refused(
            String problem, Optional<String> timestamp, Optional<String> id, String template, boolean beside) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> profile(timestamp, id, template, beside))
                .withMessageContaining(problem);
    }

    private static WebhookProfile profile(
            Optional<String> timestamp, Optional<String> id, String template, boolean beside) {
        return new WebhookProfile(
                "acme",
                "X-S",
                beside
                        ? new SignatureNotation.Pairs("v1", Optional.of("t"))
                        : new SignatureNotation.Prefixed("sha256="),
                WebhookEncoding.HEX,
                WebhookAlgorithm.HMAC_SHA256,
                timestamp,
                id,
                SignedTemplate.parse(template, WebhookTimeFormat.SECONDS));
    }
}
