package dev.countersign.it.signers;

import static dev.countersign.it.signers.Settings.ACCESS_KEY;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.app_backend.SlackSignature;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.stripe.exception.SignatureVerificationException;
import com.twilio.security.RequestValidator;
import dev.countersign.client.OutgoingRequest;
import dev.countersign.client.RequestSigner;
import dev.countersign.client.Rfc9421RequestSigner;
import dev.countersign.client.SigV4RequestSigner;
import dev.countersign.client.WebhookEvent;
import dev.countersign.client.WebhookSender;
import dev.countersign.it.signers.Message.Field;
import dev.countersign.key.Secret;
import dev.countersign.signature.SignatureAlgorithm;
import dev.countersign.signature.WebhookProfile;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** What Countersign's own client signs, other vendors' code verifies, or signs in the same way; and the application accepts. */
@ExtendWith({OnNode.class, Rig.class})
class SentByUsIT {
    private final Site site;
    private final Site proxied;
    private final NodePeers peers;

    SentByUsIT(Site site, @At(Place.PROXIED) Site proxied, NodePeers peers) {
        this.site = site;
        this.proxied = proxied;
        this.peers = peers;
    }

    @Test
    void SIG_04_SIG_05_three_signers_of_aws_requests_sign_as_the_client_does() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        RequestSigner signer = SigV4RequestSigner.of(
                ACCESS_KEY,
                Secret.of(Settings.SECRET_KEY.getBytes(UTF_8)),
                Settings.REGION,
                Place.DIRECT.service(),
                InstantSource.fixed(now));
        for (Message request : requests()) {
            Message signed = message(signer.sign(outgoing(request, site.uri())));
            String signature = signed.field("Authorization");
            assertThat(List.of(byAwsSdk(signed, now), byAws4(signed), bySmithy(signed, now)))
                    .as("%s", signed)
                    .allMatch(signature::equals);
            site.accepts(signed, ACCESS_KEY, signed.body());
        }
    }

    private static List<Message> requests() {
        List<Message> requests = new ArrayList<>();
        AwsRequests.TARGETS.forEach(target -> requests.add(Message.of("GET", target)));
        requests.add(Message.of("POST", "/aws/orders?b=2&a=1")
                .with("Content-Type", "application/json")
                .withBody(AwsRequests.JSON));
        return requests;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hmac-sha256",
                "ed25519",
                "ecdsa-p256-sha256",
                "ecdsa-p384-sha384",
                "rsa-v1_5-sha256",
                "rsa-pss-sha512"
            })
    void SIG_01_the_verifiers_of_signed_messages_accept_what_the_client_signs(String algorithm) {
        Message request = Message.of("POST", "/messages/orders/42?b=2&a=1%20c")
                .with("Content-Type", "application/json")
                .withBody(AwsRequests.JSON);
        Message signed = message(messageSigner(algorithm).sign(outgoing(request, site.uri())));
        JsonObject options = Json.createObjectBuilder()
                .add("algorithm", algorithm)
                .add("key", MessageKeys.verifying(algorithm))
                .add("keyId", algorithm)
                .add("ownSigner", true)
                .build();
        for (String peer : List.of("http-message-signatures", "http-message-sig")) {
            assertThat(peers.accepts(peer, signed, site.uri(), options))
                    .as(peer)
                    .isTrue();
            assertThat(peers.accepts(peer, signed.withMethod("PUT"), site.uri(), options))
                    .as(peer)
                    .isFalse();
        }
        site.accepts(signed, algorithm, signed.body());
    }

    @Test
    void WH_01_the_verifiers_of_stripe_accept_what_the_sender_sends() throws Exception {
        Message delivery = delivery(WebhookProfile.STRIPE, Settings.STRIPE, Hooks.json("stripe"));
        verified(delivery, onNode("stripe", Settings.STRIPE), message -> {
            try {
                return com.stripe.net.Webhook.Signature.verifyHeader(
                        text(message), message.field("Stripe-Signature"), Settings.STRIPE, 300);
            } catch (SignatureVerificationException e) {
                return false;
            }
        });
        proxied.accepts(delivery, "stripe", delivery.body());
    }

    @Test
    void WH_01_the_verifier_of_github_accepts_what_the_sender_sends() throws Exception {
        Message delivery = delivery(WebhookProfile.GITHUB, Settings.GITHUB, Hooks.json("github"));
        verified(delivery, onNode("octokit", Settings.GITHUB));
        proxied.accepts(delivery, "github", delivery.body());
    }

    @Test
    void WH_01_the_verifier_of_slack_accepts_what_the_sender_sends() throws Exception {
        Message delivery = delivery(WebhookProfile.SLACK, Settings.SLACK, Hooks.json("slack"));
        SlackSignature.Verifier verifier = new SlackSignature.Verifier(new SlackSignature.Generator(Settings.SLACK));
        verified(
                delivery,
                message -> verifier.isValid(
                        message.field("X-Slack-Request-Timestamp"), text(message), message.field("X-Slack-Signature")));
        proxied.accepts(delivery, "slack", delivery.body());
    }

    @Test
    void WH_01_the_verifiers_of_standard_webhooks_accept_what_the_sender_sends() throws Exception {
        Message delivery =
                delivery(WebhookProfile.STANDARD, Secret.parse("base64:" + MessageKeys.SHARED), Hooks.json("standard"));
        verified(
                delivery,
                onNode("standardwebhooks", Settings.STANDARD),
                onNode("svix", Settings.STANDARD),
                SentByUsIT::isStandard);
        proxied.accepts(delivery, "standard", delivery.body());
    }

    @Test
    void WH_01_WH_09_the_verifiers_of_twilio_accept_what_the_sender_sends() throws Exception {
        RequestValidator validator = new RequestValidator(Settings.TWILIO);
        Message form = delivery(
                WebhookProfile.TWILIO,
                Settings.TWILIO,
                Message.of("POST", "/hooks/twilio/sms?a=b")
                        .with("Content-Type", "application/x-www-form-urlencoded")
                        .withBody("To=%2B15550001&Body=caf%C3%A9+more&Empty="));
        verified(
                form,
                onNode("twilio-form", Settings.TWILIO),
                message -> message.body().equals(form.body())
                        && validator.validate(
                                Settings.BASE_URL + message.target(),
                                Map.of("To", "+15550001", "Body", "caf\u00e9 more", "Empty", ""),
                                message.field("X-Twilio-Signature")));
        proxied.accepts(form, "twilio", form.body());

        Message json = delivery(WebhookProfile.TWILIO, Settings.TWILIO, Hooks.json("twilio"));
        verified(
                json,
                onNode("twilio-json", Settings.TWILIO),
                message -> validator.validate(
                        Settings.BASE_URL + message.target(), text(message), message.field("X-Twilio-Signature")));
        proxied.accepts(json, "twilio", json.body());
    }

    /** Each accepts the delivery, and not with another body. */
    private static void verified(Message delivery, Verifier... verifiers) throws Exception {
        for (Verifier verifier : verifiers) {
            assertThat(verifier.accepts(delivery)).as("%s", delivery).isTrue();
            assertThat(verifier.accepts(delivery.withBody(delivery.body().replace('1', '2'))))
                    .as("%s", delivery)
                    .isFalse();
        }
    }

    private Verifier onNode(String peer, String secret) {
        return message -> peers.accepts(
                peer,
                message,
                proxied.uri(),
                Json.createObjectBuilder()
                        .add("secret", secret)
                        .add("publicUrl", Settings.BASE_URL + message.target())
                        .build());
    }

    private static boolean isStandard(Message message) throws EmptyWebhookSecretException {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        message.fields().forEach(field -> fields.put(field.name(), List.of(field.value())));
        try {
            new com.standardwebhooks.Webhook(Settings.STANDARD)
                    .verify(text(message), HttpHeaders.of(fields, (name, value) -> true));
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }

    private static Message delivery(WebhookProfile profile, String secret, Message request) {
        return delivery(profile, Secret.of(secret.getBytes(UTF_8)), request);
    }

    /** As the sender signs it for the URL that the world knows, to be sent to where the application is. */
    private static Message delivery(WebhookProfile profile, Secret secret, Message request) {
        WebhookEvent event = new WebhookEvent(
                "evt-" + UUID.randomUUID(), "order.paid", request.field("Content-Type"), request.bodyBytes());
        URI url = URI.create(Settings.BASE_URL + request.target());
        return message(WebhookSender.of(profile, List.of(secret), InstantSource.system())
                        .request(url, event))
                .without("Host");
    }

    private static RequestSigner messageSigner(String algorithm) {
        return MessageKeys.privateKey(algorithm)
                .<RequestSigner>map(key -> Rfc9421RequestSigner.of(
                        algorithm, SignatureAlgorithm.named(algorithm).orElseThrow(), key, InstantSource.system()))
                .orElseGet(() -> Rfc9421RequestSigner.hmac(
                        algorithm, Secret.parse("base64:" + MessageKeys.SHARED), InstantSource.system()));
    }

    private static OutgoingRequest outgoing(Message request, URI server) {
        OutgoingRequest outgoing = OutgoingRequest.of(request.method(), URI.create(server + request.target()));
        for (Field field : request.fields()) {
            outgoing = outgoing.header(field.name(), field.value());
        }
        return outgoing.body(request.bodyBytes());
    }

    /** With its Host, which is made of the URI. */
    private static Message message(OutgoingRequest request) {
        Message message = Message.of(
                        request.method(),
                        request.rawPath()
                                + request.rawQuery().map(query -> "?" + query).orElse(""))
                .with("Host", request.authority());
        for (var field : request.fields()) {
            message = message.with(field.name(), field.value());
        }
        return message.withBody(new String(request.body(), ISO_8859_1));
    }

    private static String text(Message message) {
        return new String(message.bodyBytes(), UTF_8);
    }

    private String byAwsSdk(Message signed, Instant date) {
        return AwsSdkForJava.sign(
                        unsigned(signed),
                        site.uri(),
                        Place.DIRECT.service(),
                        AwsCredentialsIdentity.create(ACCESS_KEY, Settings.SECRET_KEY),
                        builder -> builder.putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(date, ZoneOffset.UTC)))
                .field("Authorization");
    }

    private String byAws4(Message signed) {
        JsonArrayBuilder unsigned = Json.createArrayBuilder().add("content-length");
        return peers.sign(
                        "aws4",
                        signed.without("Authorization"),
                        site.uri(),
                        aws().add("unsigned", unsigned).build())
                .field("Authorization");
    }

    private String bySmithy(Message signed, Instant date) {
        return peers.sign(
                        "smithy",
                        unsigned(signed),
                        site.uri(),
                        aws().add("date", date.toString()).build())
                .field("Authorization");
    }

    private static JsonObjectBuilder aws() {
        return Json.createObjectBuilder()
                .add("keyId", ACCESS_KEY)
                .add("secret", Settings.SECRET_KEY)
                .add("region", Settings.REGION)
                .add("service", Place.DIRECT.service());
    }

    /** Without what these signers add themselves. */
    private static Message unsigned(Message signed) {
        return signed.without("Authorization")
                .without("Host")
                .without("X-Amz-Date")
                .without("X-Amz-Content-Sha256");
    }

    /** A vendor's. */
    @FunctionalInterface
    private interface Verifier {
        boolean accepts(Message message) throws Exception;
    }
}
