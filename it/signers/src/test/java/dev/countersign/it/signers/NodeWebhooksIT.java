package dev.countersign.it.signers;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks that the providers' packages for Node sign: Stripe, Octokit, Twilio, Svix and Standard Webhooks. */
@ExtendWith({OnNode.class, Rig.class})
class NodeWebhooksIT {
    private final Site site;
    private final NodePeers peers;

    NodeWebhooksIT(@At(Place.PROXIED) Site site, NodePeers peers) {
        this.site = site;
        this.peers = peers;
    }

    @Test
    void WH_01_WH_06_stripe() {
        Message delivery = signed("stripe", Hooks.json("stripe"), Settings.STRIPE);
        String time = delivery.field("Stripe-Signature").substring("t=".length(), "t=".length() + 10);
        Hooks.takesOnce(
                site,
                delivery,
                "stripe",
                Changes.of(delivery)
                        .body()
                        .hex("Stripe-Signature", "v1=")
                        .part("Stripe-Signature", time, String.valueOf(Long.parseLong(time) - 1))
                        .part("Stripe-Signature", "v1=", "v0="));
    }

    @Test
    void WH_05_stripe_of_another_time_is_refused_both_ways() {
        for (int seconds : new int[] {-400, 400}) {
            Message delivery = peers.sign(
                    "stripe",
                    Hooks.json("stripe"),
                    site.uri(),
                    options(Settings.STRIPE)
                            .add("timestamp", Instant.now().getEpochSecond() + seconds)
                            .build());
            assertThat(site.send(delivery).header("WWW-Authenticate"))
                    .singleElement()
                    .asString()
                    .contains("error=\"expired_signature\"");
        }
    }

    @Test
    void WH_01_WH_06_github() {
        Message delivery = signed(
                "octokit",
                Hooks.json("github")
                        .with("X-GitHub-Event", "push")
                        .with("X-GitHub-Delivery", UUID.randomUUID().toString()),
                Settings.GITHUB);
        Hooks.takesOnce(
                site,
                delivery,
                "github",
                Changes.of(delivery)
                        .body()
                        .hex("X-Hub-Signature-256", "sha256=")
                        .part("X-Hub-Signature-256", "sha256=", "sha1="));
    }

    @Test
    void WH_01_WH_09_twilio_with_a_form() {
        Message form = Message.of("POST", "/hooks/twilio/sms?a=b%20c&d=")
                .with("Content-Type", "application/x-www-form-urlencoded")
                .withBody("To=%2B15550001&From=%2B15550002&Body=caf%C3%A9+%26+more&Empty=&MessageSid="
                        + UUID.randomUUID());
        Message delivery = twilio("twilio-form", form);
        Hooks.takesOnce(
                site,
                delivery,
                "twilio",
                Changes.of(delivery).path().query().body().base64("X-Twilio-Signature", ""));
    }

    @Test
    void WH_01_WH_09_twilio_with_json() {
        Message delivery = twilio("twilio-json", Hooks.json("twilio"));
        assertThat(delivery.target()).contains("?bodySHA256=");
        Hooks.takesOnce(
                site,
                delivery,
                "twilio",
                Changes.of(delivery).path().query().body().base64("X-Twilio-Signature", ""));
    }

    @ParameterizedTest
    @CsvSource({"standardwebhooks, webhook, standard", "svix, webhook, standard", "svix, svix, svix"})
    void WH_01_WH_06_WH_10_standard_webhooks(String peer, String prefix, String provider) {
        Message delivery = peers.sign(
                peer,
                Hooks.json(provider),
                site.uri(),
                options(Settings.STANDARD).add("prefix", prefix).build());
        String time = delivery.field(prefix + "-timestamp");
        Hooks.takesOnce(
                site,
                delivery,
                provider,
                Changes.of(delivery)
                        .body()
                        .field(prefix + "-id")
                        .field(prefix + "-timestamp")
                        .copy(
                                "timestamp, a second earlier",
                                delivery.replacing(
                                        prefix + "-timestamp", old -> String.valueOf(Long.parseLong(time) - 1)))
                        .base64(prefix + "-signature", "v1,")
                        .part(prefix + "-signature", "v1,", "v1a,"));
    }

    private Message twilio(String peer, Message request) {
        return peers.sign(
                peer,
                request,
                site.uri(),
                options(Settings.TWILIO)
                        .add("publicUrl", Settings.BASE_URL + request.target())
                        .build());
    }

    private Message signed(String peer, Message request, String secret) {
        return peers.sign(peer, request, site.uri(), options(secret).build());
    }

    private static JsonObjectBuilder options(String secret) {
        return Json.createObjectBuilder().add("secret", secret).add("id", "msg_" + UUID.randomUUID());
    }
}
