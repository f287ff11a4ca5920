package dev.countersign.it.signers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.slack.api.app_backend.SlackSignature;
import com.standardwebhooks.Webhook;
import com.stripe.net.Webhook.Util;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Webhooks that the providers' libraries for Java sign: Stripe, Slack and Standard Webhooks. */
@ExtendWith(Rig.class)
class JavaWebhooksIT {
    private final Site site;

    JavaWebhooksIT(Site site) {
        this.site = site;
    }

    @Test
    void WH_01_WH_06_stripe() throws Exception {
        Message request = Hooks.json("stripe");
        String time = String.valueOf(Instant.now().getEpochSecond());
        String signature = Util.computeHmacSha256(Settings.STRIPE, time + "." + text(request));
        Message delivery = request.with("Stripe-Signature", "t=" + time + ",v1=" + signature);
        Hooks.takesOnce(
                site,
                delivery,
                "stripe",
                Changes.of(delivery).body().hex("Stripe-Signature", "v1=").part("Stripe-Signature", "t=", "t=1"));
    }

    @Test
    void WH_01_WH_06_slack() {
        Message request = Hooks.json("slack");
        String time = String.valueOf(Instant.now().getEpochSecond());
        String signature = new SlackSignature.Generator(Settings.SLACK).generate(time, text(request));
        Message delivery = request.with("X-Slack-Request-Timestamp", time).with("X-Slack-Signature", signature);
        Hooks.takesOnce(
                site,
                delivery,
                "slack",
                Changes.of(delivery)
                        .body()
                        .field("X-Slack-Request-Timestamp")
                        .copy(
                                "timestamp, a second earlier",
                                delivery.replacing(
                                        "X-Slack-Request-Timestamp", old -> String.valueOf(Long.parseLong(time) - 1)))
                        .hex("X-Slack-Signature", "v0=")
                        .part("X-Slack-Signature", "v0=", "v1="));
    }

    @Test
    void WH_01_WH_06_WH_10_standard_webhooks() throws Exception {
        Message request = Hooks.json("standard");
        String id = "msg_" + UUID.randomUUID();
        long time = Instant.now().getEpochSecond();
        String signature = new Webhook(Settings.STANDARD).sign(id, time, text(request));
        Message delivery = request.with("webhook-id", id)
                .with("webhook-timestamp", String.valueOf(time))
                .with("webhook-signature", signature);
        Hooks.takesOnce(
                site,
                delivery,
                "standard",
                Changes.of(delivery)
                        .body()
                        .field("webhook-id")
                        .field("webhook-timestamp")
                        .base64("webhook-signature", "v1,"));
    }

    private static String text(Message request) {
        return new String(request.bodyBytes(), UTF_8);
    }
}
