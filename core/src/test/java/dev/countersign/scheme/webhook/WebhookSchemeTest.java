package dev.countersign.scheme.webhook;

import static dev.countersign.scheme.webhook.WebhookFixture.BASE_URL;
import static dev.countersign.scheme.webhook.WebhookFixture.NOW;
import static dev.countersign.scheme.webhook.WebhookFixture.accepts;
import static dev.countersign.scheme.webhook.WebhookFixture.bytes;
import static dev.countersign.scheme.webhook.WebhookFixture.delivered;
import static dev.countersign.scheme.webhook.WebhookFixture.events;
import static dev.countersign.scheme.webhook.WebhookFixture.exchange;
import static dev.countersign.scheme.webhook.WebhookFixture.verify;
import static dev.countersign.scheme.webhook.WebhookFixture.webhookScheme;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.countersign.AuthenticationScheme;
import dev.countersign.Body;
import dev.countersign.ChallengeTemplate.Explanation;
import dev.countersign.Claim;
import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.RejectionReason;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import dev.countersign.WorkLimit;
import dev.countersign.key.Secret;
import dev.countersign.scheme.AuthenticationSchemeContract;
import dev.countersign.signature.SignatureNotation;
import dev.countersign.signature.SignedTemplate;
import dev.countersign.signature.WebhookAlgorithm;
import dev.countersign.signature.WebhookDelivery;
import dev.countersign.signature.WebhookEncoding;
import dev.countersign.signature.WebhookProfile;
import dev.countersign.signature.WebhookSigner;
import dev.countersign.signature.WebhookTimeFormat;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WebhookSchemeTest {
    private static final String SECRET = "text:hG7pQz4WnR2x-0123456789abcdef";
    private static final String OTHER = "text:another-secret-of-the-provider";
    private static final String URL = BASE_URL + "/orders/hooks/sms?x=1";
    private static final int MEBIBYTE = 1 << 20;
    private static final byte[] BODY = bytes("{\"id\":\"evt_1\",\"n\":7}");

    private static WebhookDelivery delivery() {
        return WebhookDelivery.post(URL, "msg_1", NOW, BODY);
    }

    private static AuthenticationScheme scheme(WebhookProfile profile) {
        return webhookScheme("provider", profile.provider(), "secrets", SECRET);
    }

    private static void assertRejected(
            AuthenticationScheme scheme, TestExchange exchange, RejectionReason reason, String detail) {
        assertThat(verify(scheme, exchange)).contains(new Verification.Rejected(reason, detail));
    }

    private static void assertMalformed(
            AuthenticationScheme scheme, TestExchange exchange, RejectionReason reason, String detail) {
        assertThat(scheme.claim(exchange)).isEqualTo(new Claim.Malformed(reason, detail));
    }

    /** What every scheme does, for one provider. */
    abstract static class OfProvider implements AuthenticationSchemeContract {
        private final WebhookProfile profile;
        private final AuthenticationScheme scheme;

        OfProvider(WebhookProfile profile) {
            this.profile = profile;
            this.scheme = WebhookSchemeTest.scheme(profile);
        }

        @Override
        public AuthenticationScheme scheme() {
            return scheme;
        }

        @Override
        public TestExchange right() {
            TestExchange sent = delivered(profile, delivery(), SECRET);
            // The signature's field first: it is the one that the contract repeats.
            TestExchange changed =
                    TestExchange.of("POST", "/orders/hooks/sms?x=1").content(sent.body());
            String signature = sent.headers(profile.signatureField()).get(0);
            changed = changed.header(profile.signatureField(), signature);
            for (TestExchange.Field field : sent.fields()) {
                if (!field.name().equals(profile.signatureField())) {
                    changed = changed.header(field.name(), field.value());
                }
            }
            return changed;
        }

        @Override
        public TestExchange wrong() {
            return delivered(profile, delivery(), OTHER);
        }

        @Override
        public TestExchange malformed() {
            return right().onlyHeader(profile.signatureField(), "");
        }

        @Override
        public List<String> secrets() {
            return List.of(
                    SECRET.substring("text:".length()),
                    right().headers(profile.signatureField()).get(0));
        }
    }

    @Nested
    class Stripe extends OfProvider {
        Stripe() {
            super(WebhookProfile.STRIPE);
        }
    }

    @Nested
    class Github extends OfProvider {
        Github() {
            super(WebhookProfile.GITHUB);
        }
    }

    @Nested
    class Slack extends OfProvider {
        Slack() {
            super(WebhookProfile.SLACK);
        }
    }

    @Nested
    class Shopify extends OfProvider {
        Shopify() {
            super(WebhookProfile.SHOPIFY);
        }
    }

    @Nested
    class Standard extends OfProvider {
        Standard() {
            super(WebhookProfile.STANDARD);
        }
    }

    @Test
    void R30_gives_the_identity_of_a_sender_without_scopes_or_roles() {
        AuthenticationScheme scheme = scheme(WebhookProfile.STANDARD);
        Verification verification = verify(scheme, delivered(WebhookProfile.STANDARD, delivery(), SECRET))
                .orElseThrow();
        Identity identity = ((Verification.Verified) verification).identity();
        assertThat(identity)
                .isEqualTo(Identity.of("hook", "hook", IdentityKind.WEBHOOK_SENDER)
                        .claims(Map.of("provider", "standard"))
                        .hint("standard msg_1")
                        .build());
        assertThat(scheme.carriesScopes()).isFalse();
    }

    @Test
    void R30_asks_with_realm_and_provider_and_tells_what_was_wrong() {
        AuthenticationScheme scheme = webhookScheme("provider", "stripe", "secrets", SECRET, "realm", "hooks");
        assertThat(scheme.challengeTemplate().scheme()).isEqualTo("Webhook");
        assertThat(scheme.challengeTemplate().realm()).isEqualTo("hooks");
        assertThat(scheme.challengeTemplate().parameters())
                .extracting(parameter -> parameter.name() + "=" + parameter.value())
                .containsExactly("provider=stripe");
        Map<RejectionReason, String> errors = Map.of(
                RejectionReason.SIGNATURE_INVALID, "invalid_signature",
                RejectionReason.SIGNATURE_EXPIRED, "expired_signature",
                RejectionReason.SIGNATURE_COVERAGE, "insufficient_coverage");
        for (RejectionReason reason : RejectionReason.values()) {
            assertThat(scheme.challengeTemplate().explains().apply(reason))
                    .isEqualTo(Optional.ofNullable(errors.get(reason))
                            .map(error -> new Explanation(error, Optional.empty())));
        }
    }

    @Test
    void its_only_carrier_is_the_field_of_the_signature_and_no_shape_is_its_own() {
        AuthenticationScheme scheme = scheme(WebhookProfile.GITHUB);
        assertThat(scheme.carriers()).containsExactly("x-hub-signature-256");
        assertThat(scheme.shapes()).isEmpty();
        assertThat(scheme.claim(delivered(WebhookProfile.GITHUB, delivery(), SECRET)))
                .isInstanceOf(Claim.Possible.class);
    }

    @Test
    void WH_01_the_bytes_as_they_came_decide() {
        AuthenticationScheme scheme = scheme(WebhookProfile.GITHUB);
        WebhookDelivery sent = WebhookDelivery.post(URL, "1", NOW, bytes("{\"a\":\"\\u001B\"}"));
        TestExchange good = delivered(WebhookProfile.GITHUB, sent, SECRET);
        assertThat(accepts(scheme, good)).isTrue();
        for (String same : List.of(
                "{\"a\":\"\\u001b\"}", "{\"a\": \"\\u001B\"}", "\uFEFF{\"a\":\"\\u001B\"}", "{\"a\":\"\\u001B\"}\n")) {
            assertRejected(scheme, good.content(bytes(same)), RejectionReason.SIGNATURE_INVALID, "signature");
        }
    }

    @Test
    void WH_01_the_pieces_in_which_content_arrives_change_nothing() {
        for (WebhookProfile profile : WebhookProfile.OF_SECRETS) {
            AuthenticationScheme scheme = scheme(profile);
            TestExchange good = signed(profile);
            byte[] content = read(good.body());
            Body inPieces = sink -> {
                byte[] frame = new byte[content.length + 2];
                System.arraycopy(content, 0, frame, 1, content.length);
                for (int i = 0; i < content.length; i++) {
                    sink.accept(frame, i + 1, 1);
                }
                return Body.Outcome.COMPLETE;
            };
            assertThat(accepts(scheme, good.content(inPieces)))
                    .as(profile.provider())
                    .isTrue();
        }
    }

    @TestFactory
    Stream<DynamicTest> WH_01_to_WH_10_every_byte_that_is_signed_matters() {
        List<DynamicTest> tests = new ArrayList<>();
        for (WebhookProfile profile : WebhookProfile.OF_SECRETS) {
            tests.add(DynamicTest.dynamicTest(
                    profile.provider(), () -> everyByteMatters(scheme(profile), profile, signed(profile))));
        }
        tests.add(DynamicTest.dynamicTest("generic", () -> {
            AuthenticationScheme scheme = webhookScheme(
                    "provider", "generic",
                    "secrets", SECRET,
                    "signature-header", "X-Acme-Signature",
                    "id-header", "X-Acme-Id",
                    "timestamp-header", "X-Acme-Time",
                    "signed", "{method}\n{target}\n{id}|{timestamp}|{body}");
            GenericSender sender = new GenericSender();
            everyByteMatters(scheme, sender.profile, sender.exchange());
            TestExchange good = sender.exchange();
            assertThat(accepts(scheme, good)).isTrue();
            assertThat(accepts(scheme, withTarget(good, "PUT", "/orders/hooks/sms?x=1")))
                    .isFalse();
            assertThat(accepts(scheme, withTarget(good, "POST", "/orders/hooks/sms?x=2")))
                    .isFalse();
            assertThat(accepts(scheme, withTarget(good, "POST", "/orders/hooks/sms")))
                    .isFalse();
        }));
        return tests.stream();
    }

    private static final class GenericSender {
        private final WebhookProfile profile = new WebhookProfile(
                "generic",
                "X-Acme-Signature",
                new SignatureNotation.Prefixed(""),
                WebhookEncoding.HEX,
                WebhookAlgorithm.HMAC_SHA256,
                Optional.of("X-Acme-Time"),
                Optional.of("X-Acme-Id"),
                SignedTemplate.parse("{method}\n{target}\n{id}|{timestamp}|{body}", WebhookTimeFormat.SECONDS));

        TestExchange exchange() {
            return delivered(profile, delivery(), SECRET);
        }
    }

    private static TestExchange withTarget(TestExchange good, String method, String target) {
        TestExchange changed = TestExchange.of(method, target).content(good.body());
        for (TestExchange.Field field : good.fields()) {
            changed = changed.header(field.name(), field.value());
        }
        return changed;
    }

    /** A good delivery of each provider; Twilio's is a form. */
    private static TestExchange signed(WebhookProfile profile) {
        return profile.equals(WebhookProfile.TWILIO)
                ? delivered(profile, form("Body=Hi+%2B&From=%2B1555"), SECRET)
                : delivered(profile, delivery(), SECRET);
    }

    private static WebhookDelivery form(String form) {
        return new WebhookDelivery("POST", URL, "token-1", NOW, true, bytes(form));
    }

    private static void everyByteMatters(AuthenticationScheme scheme, WebhookProfile profile, TestExchange good) {
        assertThat(accepts(scheme, good)).isTrue();
        byte[] content = read(good.body());
        for (int i = 0; i < content.length; i++) {
            byte[] changed = content.clone();
            changed[i] ^= 0x01;
            assertThat(accepts(scheme, good.content(changed)))
                    .as("byte %s of the content", i)
                    .isFalse();
        }
        assertThat(accepts(scheme, good.content(Arrays.copyOf(content, content.length - 1))))
                .isFalse();
        List<String> signedFields = new ArrayList<>(List.of(profile.signatureField()));
        profile.timestampField().ifPresent(signedFields::add);
        if (profile.signed().has(SignedTemplate.Value.ID)) {
            signedFields.add(profile.idField().orElseThrow());
        }
        for (String name : signedFields) {
            String value = good.headers(name).get(0);
            for (int i = 0; i < value.length(); i++) {
                char other = value.charAt(i) == '1' ? '2' : '1';
                String changed = value.substring(0, i) + other + value.substring(i + 1);
                assertThat(accepts(scheme, good.onlyHeader(name, changed)))
                        .as("%s: %s", name, changed)
                        .isFalse();
            }
            List<TestExchange.Field> without = good.fields().stream()
                    .filter(field -> !field.name().equals(name))
                    .toList();
            TestExchange missing =
                    TestExchange.of(good.method(), good.rawPath()).content(good.body());
            for (TestExchange.Field field : without) {
                missing = missing.header(field.name(), field.value());
            }
            assertThat(accepts(scheme, missing)).as("without %s", name).isFalse();
        }
    }

    @Test
    void WH_03_a_request_without_the_field_is_nobodys_and_one_with_an_empty_field_is_refused() {
        for (WebhookProfile profile : WebhookProfile.OF_SECRETS) {
            AuthenticationScheme scheme = scheme(profile);
            assertThat(scheme.claim(TestExchange.of("POST", "/").content(BODY))).isEqualTo(Claim.absent());
            for (String empty : List.of("", " ", ",", "v1=", "sha256=", "v0=", "v1,", "t=1")) {
                assertThat(accepts(scheme, signed(profile).onlyHeader(profile.signatureField(), empty)))
                        .as(profile.provider() + ": " + empty)
                        .isFalse();
            }
        }
    }

    @Test
    void WH_04_of_two_timestamps_none_is_believed() {
        AuthenticationScheme stripe = scheme(WebhookProfile.STRIPE);
        TestExchange good = signed(WebhookProfile.STRIPE);
        String value = good.headers("Stripe-Signature").get(0);
        assertMalformed(
                stripe,
                good.onlyHeader("Stripe-Signature", "t=1," + value),
                RejectionReason.SIGNATURE_INVALID,
                "two_timestamps");
        assertMalformed(
                scheme(WebhookProfile.SLACK),
                signed(WebhookProfile.SLACK).header("x-slack-request-timestamp", "1"),
                RejectionReason.MALFORMED_CREDENTIALS,
                "two_timestamps");
        assertMalformed(
                scheme(WebhookProfile.STANDARD),
                signed(WebhookProfile.STANDARD).header("Webhook-Id", "msg_1"),
                RejectionReason.MALFORMED_CREDENTIALS,
                "two_ids");
    }

    @Test
    void WH_05_a_timestamp_may_be_off_by_the_tolerance_to_either_side_and_no_more() {
        for (WebhookProfile profile : List.of(WebhookProfile.STRIPE, WebhookProfile.SLACK, WebhookProfile.STANDARD)) {
            AuthenticationScheme scheme = scheme(profile);
            for (int seconds : List.of(-300, -1, 0, 1, 300)) {
                assertThat(accepts(scheme, at(profile, NOW.plusSeconds(seconds))))
                        .as("%s, %s s", profile.provider(), seconds)
                        .isTrue();
            }
            for (int seconds : List.of(-301, 301, -1_000_000_000, 1_000_000_000)) {
                assertRejected(
                        scheme, at(profile, NOW.plusSeconds(seconds)), RejectionReason.SIGNATURE_EXPIRED, "tolerance");
            }
        }
        AuthenticationScheme strict = webhookScheme("provider", "stripe", "secrets", SECRET, "tolerance", "PT10S");
        assertThat(accepts(strict, at(WebhookProfile.STRIPE, NOW.minusSeconds(10))))
                .isTrue();
        assertThat(accepts(strict, at(WebhookProfile.STRIPE, NOW.minusSeconds(11))))
                .isFalse();
    }

    @Test
    void WH_05_an_old_delivery_is_refused_before_its_content_is_read() {
        AtomicInteger reads = new AtomicInteger();
        Body counted = sink -> {
            reads.incrementAndGet();
            return Body.Outcome.COMPLETE;
        };
        TestExchange old = at(WebhookProfile.STRIPE, NOW.minusSeconds(301)).content(counted);
        assertThat(accepts(scheme(WebhookProfile.STRIPE), old)).isFalse();
        assertThat(reads).hasValue(0);
    }

    private static TestExchange at(WebhookProfile profile, Instant time) {
        return delivered(profile, WebhookDelivery.post(URL, "msg_1", time, BODY), SECRET);
    }

    @Test
    void R31_WH_06_a_signed_id_names_the_event_and_stays_when_it_is_tried_again() {
        AuthenticationScheme scheme = scheme(WebhookProfile.STANDARD);
        assertThat(events(scheme, at(WebhookProfile.STANDARD, NOW))).containsExactly("id:msg_1");
        assertThat(events(scheme, at(WebhookProfile.STANDARD, NOW.minusSeconds(60))))
                .containsExactly("id:msg_1");
    }

    @Test
    void R31_WH_06_without_a_signed_id_the_content_names_the_event_whatever_its_time() {
        for (WebhookProfile profile : List.of(WebhookProfile.STRIPE, WebhookProfile.SLACK)) {
            AuthenticationScheme scheme = scheme(profile);
            List<String> first = events(scheme, at(profile, NOW));
            assertThat(first).singleElement().asString().startsWith("sha256:");
            assertThat(events(scheme, at(profile, NOW.minusSeconds(60)))).isEqualTo(first);
            assertThat(events(scheme, delivered(profile, WebhookDelivery.post(URL, "msg_1", NOW, bytes("{}")), SECRET)))
                    .doesNotContainAnyElementsOf(first);
        }
    }

    @Test
    void R31_WH_06_an_unsigned_id_names_the_event_beside_its_content_so_that_changing_it_helps_nobody() {
        for (WebhookProfile profile : List.of(WebhookProfile.GITHUB, WebhookProfile.SHOPIFY, WebhookProfile.TWILIO)) {
            AuthenticationScheme scheme = scheme(profile);
            String idField = profile.idField().orElseThrow();
            TestExchange good = signed(profile);
            List<String> first = events(scheme, good);
            assertThat(first).hasSize(2);
            assertThat(first.get(0))
                    .startsWith("id:")
                    .isEqualTo("id:" + good.headers(idField).get(0));
            assertThat(first.get(1)).startsWith("sha256:");
            assertThat(events(scheme, good.onlyHeader(idField, "other"))).containsExactly("id:other", first.get(1));
            TestExchange without =
                    TestExchange.of(good.method(), "/orders/hooks/sms?x=1").content(good.body());
            for (TestExchange.Field field : good.fields()) {
                without = field.name().equals(idField) ? without : without.header(field.name(), field.value());
            }
            assertThat(events(scheme, without)).containsExactly(first.get(1));
        }
    }

    @Test
    void R31_WH_06_parameters_moved_into_the_URL_leave_the_signed_bytes_and_so_the_name_of_the_event_as_they_were() {
        AuthenticationScheme scheme = scheme(WebhookProfile.TWILIO);
        TestExchange sent = delivered(
                WebhookProfile.TWILIO,
                new WebhookDelivery(
                        "POST",
                        BASE_URL + "/orders/hooks/sms?a=b",
                        "token-1",
                        NOW,
                        true,
                        bytes("AccountSid=AC1&Body=pay&From=9")),
                SECRET);
        TestExchange moved = withTarget(
                sent.content(bytes("Body=pay&From=9")).onlyHeader("I-Twilio-Idempotency-Token", "token-2"),
                "POST",
                "/orders/hooks/sms?a=bAccountSidAC1");
        assertThat(events(scheme, moved).get(1))
                .startsWith("sha256:")
                .isEqualTo(events(scheme, sent).get(1));
    }

    @Test
    void WH_06_events_are_remembered_for_as_long_as_is_configured() {
        assertThat(scheme(WebhookProfile.STRIPE).remembersEvents()).isEqualTo(Duration.ofHours(24));
        assertThat(webhookScheme("provider", "stripe", "secrets", SECRET, "dedupe", "P3D")
                        .remembersEvents())
                .isEqualTo(Duration.ofDays(3));
    }

    @Test
    void WH_07_the_older_field_with_SHA_1_is_never_read() {
        AuthenticationScheme scheme = scheme(WebhookProfile.GITHUB);
        TestExchange sha1 = TestExchange.of("POST", "/")
                .content(BODY)
                .header("X-Hub-Signature", "sha1=c9c3a5646f783381d9194b960d91ea210c6f63c4");
        assertThat(scheme.claim(sha1)).isEqualTo(Claim.absent());
        assertMalformed(
                scheme,
                sha1.header("X-Hub-Signature-256", "sha1=c9c3a5646f783381d9194b960d91ea210c6f63c4"),
                RejectionReason.SIGNATURE_INVALID,
                "signature_prefix");
    }

    @Test
    void WH_08_R32_content_that_cannot_be_read_whole_is_refused_with_its_own_reason() {
        for (WebhookProfile profile : WebhookProfile.OF_SECRETS) {
            AuthenticationScheme scheme = scheme(profile);
            Map<Body.Outcome, RejectionReason> reasons = Map.of(
                    Body.Outcome.TOO_LARGE, RejectionReason.BODY_TOO_LARGE,
                    Body.Outcome.BROKEN, RejectionReason.SIGNATURE_INVALID,
                    Body.Outcome.CONSUMED, RejectionReason.INTERNAL);
            reasons.forEach((outcome, reason) -> {
                byte[] content = read(signed(profile).body());
                Body body = sink -> {
                    sink.accept(content, 0, content.length);
                    return outcome;
                };
                assertThat(verify(scheme, signed(profile).content(body)))
                        .hasValueSatisfying(verification -> assertThat(verification)
                                .isInstanceOfSatisfying(
                                        Verification.Rejected.class,
                                        rejected -> assertThat(rejected.reason())
                                                .as(profile.provider())
                                                .isEqualTo(reason)));
            });
        }
    }

    @Test
    void WH_15_content_over_the_bound_is_too_large_also_where_what_came_of_it_is_signed() {
        byte[] content = read(signed(WebhookProfile.GITHUB).body());
        Body body = sink -> {
            sink.accept(content, 0, content.length);
            return Body.Outcome.TOO_LARGE;
        };
        assertRejected(
                scheme(WebhookProfile.GITHUB),
                signed(WebhookProfile.GITHUB).content(body),
                RejectionReason.BODY_TOO_LARGE,
                "body_too_large");
    }

    @Test
    void WH_15_a_form_of_twilio_is_kept_up_to_a_mebibyte_whatever_the_bound_of_content_is() {
        AuthenticationScheme scheme = scheme(WebhookProfile.TWILIO);
        TestExchange good = delivered(WebhookProfile.TWILIO, form("a=" + "x".repeat(MEBIBYTE - 2)), SECRET);
        assertThat(accepts(scheme, good)).isTrue();
        TestExchange longer = delivered(WebhookProfile.TWILIO, form("a=" + "x".repeat(MEBIBYTE - 1)), SECRET);
        assertRejected(scheme, longer, RejectionReason.BODY_TOO_LARGE, "body_too_large");
        assertRejected(
                scheme, longer.content(inPieces(MEBIBYTE + 1)), RejectionReason.BODY_TOO_LARGE, "body_too_large");
    }

    @Test
    void WH_15_nothing_is_kept_of_content_whose_hash_twilio_signs_or_that_it_does_not_sign() {
        AuthenticationScheme scheme = scheme(WebhookProfile.TWILIO);
        byte[] content = read(inPieces(8 * MEBIBYTE));
        WebhookDelivery delivery = WebhookDelivery.post(WebhookSigner.withBodyHash(URL, content), "t", NOW, content);
        TestExchange good = delivered(WebhookProfile.TWILIO, delivery, SECRET).content(inPieces(content.length));
        assertThat(allocated(() -> assertThat(accepts(scheme, good)).isTrue())).isLessThan(MEBIBYTE);
        TestExchange unsigned = withTarget(good, "POST", "/orders/hooks/sms?x=1");
        assertThat(allocated(
                        () -> assertRejected(scheme, unsigned, RejectionReason.SIGNATURE_COVERAGE, "body_not_signed")))
                .isLessThan(MEBIBYTE);
    }

    @Test
    void WH_15_content_that_a_public_key_signs_is_kept_up_to_a_mebibyte_and_a_secret_needs_none_of_it()
            throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] spki = pair.getPublic().getEncoded();
        String raw = Base64.getEncoder().encodeToString(Arrays.copyOfRange(spki, spki.length - 32, spki.length));
        AuthenticationScheme scheme = webhookScheme("provider", "standard", "secrets", "whpk_" + raw + ", " + SECRET);
        WebhookProfile profile = WebhookProfile.STANDARD;
        WebhookDelivery most = WebhookDelivery.post(URL, "msg_1", NOW, new byte[MEBIBYTE]);
        assertThat(accepts(scheme, exchange(most, WebhookSigner.sign(profile, most, pair.getPrivate()))))
                .isTrue();
        WebhookDelivery more = WebhookDelivery.post(URL, "msg_1", NOW, new byte[MEBIBYTE + 1]);
        TestExchange longer = exchange(more, WebhookSigner.sign(profile, more, pair.getPrivate()));
        assertRejected(scheme, longer, RejectionReason.BODY_TOO_LARGE, "body_too_large");
        TestExchange shared = delivered(profile, more, SECRET);
        assertThat(accepts(scheme, shared)).isTrue();
        String both = longer.headers("webhook-signature").get(0) + " "
                + shared.headers("webhook-signature").get(0);
        assertThat(accepts(scheme, shared.onlyHeader("webhook-signature", both)))
                .isTrue();
        TestExchange long16 = longer.content(inPieces(16 * MEBIBYTE));
        assertThat(allocated(() -> assertRejected(scheme, long16, RejectionReason.BODY_TOO_LARGE, "body_too_large")))
                .isLessThan(8L * MEBIBYTE);
    }

    /** Content that is nowhere whole. */
    private static Body inPieces(int length) {
        return sink -> {
            byte[] piece = new byte[8192];
            for (int rest = length; rest > 0; rest -= piece.length) {
                sink.accept(piece, 0, Math.min(rest, piece.length));
            }
            return Body.Outcome.COMPLETE;
        };
    }

    /** How many bytes of memory this thread takes for it, the second time. */
    private static long allocated(Runnable work) {
        work.run();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        work.run();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    @Test
    void WH_09_the_URL_is_the_configured_one_whatever_host_and_proxy_say() {
        AuthenticationScheme scheme = scheme(WebhookProfile.TWILIO);
        TestExchange good = signed(WebhookProfile.TWILIO);
        assertThat(accepts(
                        scheme,
                        good.host("evil.example")
                                .cleartext()
                                .header("X-Forwarded-Host", "evil.example")
                                .header("Forwarded", "host=evil.example;proto=http")))
                .isTrue();
        TestExchange elsewhere = delivered(
                WebhookProfile.TWILIO,
                new WebhookDelivery("POST", "https://evil.example/orders/hooks/sms?x=1", "t", NOW, true, bytes("a=b")),
                SECRET);
        assertThat(accepts(scheme, elsewhere.host("evil.example").header("X-Forwarded-Host", "evil.example")))
                .isFalse();
        assertThat(accepts(scheme, withTarget(good, "POST", "/orders/hooks/sms?x=2")))
                .isFalse();
    }

    @Test
    void WH_09_the_path_of_the_base_URL_stands_for_the_context_path() {
        AuthenticationScheme scheme = WebhookFixture.webhookScheme(
                NOW, Optional.of("https://mycompany.com/public"), Map.of("provider", "twilio", "secrets", SECRET));
        WebhookDelivery called =
                new WebhookDelivery("POST", "https://mycompany.com/public/sms?x=1", "t", NOW, true, bytes("a=b"));
        Map<String, String> fields = WebhookSigner.sign(WebhookProfile.TWILIO, called, List.of(Secret.parse(SECRET)));
        TestExchange seen = TestExchange.of("POST", "/app/sms?x=1")
                .content(bytes("a=b"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Twilio-Signature", Objects.requireNonNull(fields.get("X-Twilio-Signature")));
        assertThat(accepts(scheme, seen)).isFalse();
        AuthenticationScheme below = scheme;
        assertThat(below.claim(seen))
                .isInstanceOfSatisfying(
                        Claim.Possible.class,
                        possible -> assertThat(below.verify(possible.credential(), new InContext(seen, "/app")))
                                .isInstanceOf(Verification.Verified.class));
        assertThat(below.claim(seen))
                .isInstanceOfSatisfying(
                        Claim.Possible.class,
                        possible -> assertThat(below.verify(possible.credential(), new InContext(seen, "/other")))
                                .isEqualTo(new Verification.Rejected(RejectionReason.SIGNATURE_INVALID, "target")));
    }

    @Test
    void WH_09_twilio_does_not_start_without_the_URL_of_the_application() {
        assertThatThrownBy(() -> WebhookFixture.webhookScheme(
                        NOW, Optional.empty(), Map.of("provider", "twilio", "secrets", SECRET)))
                .hasMessageContaining("scheme.hook.provider: twilio signs the URL")
                .hasMessageContaining("base-url");
    }

    @Test
    void WH_10_an_id_cannot_have_the_separator_so_that_no_byte_moves_into_the_next_value() {
        AuthenticationScheme scheme = scheme(WebhookProfile.STANDARD);
        TestExchange good = signed(WebhookProfile.STANDARD);
        String time = good.headers("webhook-timestamp").get(0);
        assertMalformed(
                scheme,
                good.onlyHeader("webhook-id", "msg_1." + time.substring(0, 3))
                        .onlyHeader("webhook-timestamp", time.substring(3)),
                RejectionReason.SIGNATURE_INVALID,
                "id");
        for (String id : List.of("", "a b", "é", "a\u0000b", "x".repeat(257))) {
            assertMalformed(scheme, good.onlyHeader("webhook-id", id), RejectionReason.SIGNATURE_INVALID, "id");
        }
    }

    @Test
    void WH_11_any_of_several_signatures_and_secrets_may_match() {
        AuthenticationScheme both = webhookScheme("provider", "stripe", "secrets", OTHER + ", " + SECRET);
        assertThat(accepts(both, delivered(WebhookProfile.STRIPE, delivery(), SECRET)))
                .isTrue();
        assertThat(accepts(both, delivered(WebhookProfile.STRIPE, delivery(), OTHER)))
                .isTrue();
        AuthenticationScheme one = scheme(WebhookProfile.STRIPE);
        assertThat(accepts(one, delivered(WebhookProfile.STRIPE, delivery(), OTHER, SECRET)))
                .isTrue();
        assertThat(accepts(one, delivered(WebhookProfile.STANDARD, delivery(), OTHER, SECRET)))
                .isFalse();
        assertThat(accepts(
                        scheme(WebhookProfile.STANDARD), delivered(WebhookProfile.STANDARD, delivery(), OTHER, SECRET)))
                .isTrue();
    }

    @Test
    void WH_11_the_secrets_of_now_decide() {
        WebhookProfile profile = WebhookProfile.GITHUB;
        AtomicReference<WebhookKeys> keys =
                new AtomicReference<>(WebhookKeys.ofSecrets(profile, List.of(OTHER, SECRET)));
        AuthenticationScheme scheme = new WebhookScheme(
                "hook",
                WebhookSettings.of("orders", profile),
                () -> Objects.requireNonNull(keys.get()),
                InstantSource.fixed(NOW),
                new WorkLimit("verification", 1, 0));
        TestExchange good = delivered(profile, delivery(), SECRET);
        assertThat(accepts(scheme, good)).isTrue();
        keys.set(WebhookKeys.ofSecrets(profile, List.of(OTHER)));
        assertThat(accepts(scheme, good)).isFalse();
    }

    @Test
    void WH_11_sixteen_signatures_are_read_and_not_one_more() {
        AuthenticationScheme scheme = scheme(WebhookProfile.STRIPE);
        String good = signed(WebhookProfile.STRIPE).headers("Stripe-Signature").get(0);
        String filler = ",v1=" + "0".repeat(64);
        assertThat(accepts(
                        scheme, signed(WebhookProfile.STRIPE).onlyHeader("Stripe-Signature", good + filler.repeat(14))))
                .isTrue();
        assertMalformed(
                scheme,
                signed(WebhookProfile.STRIPE).onlyHeader("Stripe-Signature", good + filler.repeat(15)),
                RejectionReason.SIGNATURE_INVALID,
                "too_many_signatures");
        assertMalformed(
                scheme,
                signed(WebhookProfile.STRIPE).onlyHeader("Stripe-Signature", good + filler.repeat(1000)),
                RejectionReason.SIGNATURE_INVALID,
                "too_long");
    }

    @Test
    void WH_11_two_signature_fields_are_refused_also_if_one_is_right() {
        for (WebhookProfile profile : WebhookProfile.OF_SECRETS) {
            TestExchange good = signed(profile);
            assertMalformed(
                    scheme(profile),
                    good.header(
                            profile.signatureField(),
                            good.headers(profile.signatureField()).get(0)),
                    RejectionReason.MALFORMED_CREDENTIALS,
                    "two_signature_fields");
        }
    }

    @Test
    void WH_12_a_public_key_is_no_secret_and_a_secret_no_public_key() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] spki = pair.getPublic().getEncoded();
        String raw = Base64.getEncoder().encodeToString(Arrays.copyOfRange(spki, spki.length - 32, spki.length));
        AuthenticationScheme scheme = webhookScheme("provider", "standard", "secrets", "whpk_" + raw);
        Map<String, String> fields = WebhookSigner.sign(WebhookProfile.STANDARD, delivery(), pair.getPrivate());
        assertThat(fields.get("webhook-signature")).startsWith("v1a,");
        TestExchange good = exchange(delivery(), fields);
        assertThat(accepts(scheme, good)).isTrue();
        assertThat(accepts(scheme, good.content(bytes("{}")))).isFalse();
        // What everybody can compute: an HMAC with the published key.
        assertThat(accepts(scheme, delivered(WebhookProfile.STANDARD, delivery(), "base64:" + raw)))
                .isFalse();
        assertThat(accepts(scheme, delivered(WebhookProfile.STANDARD, delivery(), "text:whpk_" + raw)))
                .isFalse();
        String v1 = delivered(WebhookProfile.STANDARD, delivery(), SECRET)
                .headers("webhook-signature")
                .get(0);
        assertThat(accepts(
                        scheme(WebhookProfile.STANDARD), good.onlyHeader("webhook-signature", "v1a" + v1.substring(2))))
                .isFalse();
        // The public key is of no use where secrets alone are known.
        assertThat(accepts(scheme(WebhookProfile.STANDARD), good)).isFalse();
        everyByteMatters(scheme, WebhookProfile.STANDARD, good);
    }

    @Test
    void WH_12_secrets_and_public_keys_can_stand_side_by_side() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] spki = pair.getPublic().getEncoded();
        String raw = Base64.getEncoder().encodeToString(Arrays.copyOfRange(spki, spki.length - 32, spki.length));
        AuthenticationScheme scheme = webhookScheme("provider", "standard", "secrets", "whpk_" + raw + ", " + SECRET);
        TestExchange shared = delivered(WebhookProfile.STANDARD, delivery(), SECRET);
        assertThat(accepts(scheme, shared)).isTrue();
        TestExchange published =
                exchange(delivery(), WebhookSigner.sign(WebhookProfile.STANDARD, delivery(), pair.getPrivate()));
        assertThat(accepts(scheme, published)).isTrue();
        String both = "v1," + "A".repeat(44) + " "
                + published.headers("webhook-signature").get(0);
        assertThat(accepts(scheme, published.onlyHeader("webhook-signature", both)))
                .isTrue();
    }

    @Test
    void WH_13_content_is_signed_as_it_came_whatever_its_coding_and_charset() {
        AuthenticationScheme scheme = scheme(WebhookProfile.GITHUB);
        byte[] odd = {0x1F, (byte) 0x8B, 8, 0, (byte) 0xFF, (byte) 0xFE, 0, 10, 13};
        TestExchange good = delivered(WebhookProfile.GITHUB, WebhookDelivery.post(URL, "1", NOW, odd), SECRET);
        assertThat(accepts(
                        scheme,
                        good.header("Content-Encoding", "gzip")
                                .onlyHeader("Content-Type", "text/plain; charset=utf-16")))
                .isTrue();
    }

    @Test
    void WH_14_what_another_provider_sends_is_nobodys() {
        for (WebhookProfile profile : WebhookProfile.OF_SECRETS) {
            for (WebhookProfile other : WebhookProfile.OF_SECRETS) {
                if (!profile.equals(other)) {
                    assertThat(scheme(profile).claim(signed(other))).isEqualTo(Claim.absent());
                }
            }
        }
    }

    @Test
    void twilio_signs_the_hash_of_what_is_no_form() {
        AuthenticationScheme scheme = scheme(WebhookProfile.TWILIO);
        String hashed = WebhookSigner.withBodyHash(URL, BODY);
        TestExchange good = delivered(WebhookProfile.TWILIO, WebhookDelivery.post(hashed, "t", NOW, BODY), SECRET);
        assertThat(accepts(scheme, good)).isTrue();
        assertRejected(scheme, good.content(bytes("{}")), RejectionReason.SIGNATURE_INVALID, "body_hash");
        assertRejected(
                scheme,
                withTarget(good, "POST", "/orders/hooks/sms?x=1"),
                RejectionReason.SIGNATURE_COVERAGE,
                "body_not_signed");
        assertRejected(
                scheme,
                withTarget(good, "POST", good.rawPath() + "?" + good.rawQuery() + "&bodySHA256=0"),
                RejectionReason.SIGNATURE_INVALID,
                "two_body_hashes");
        TestExchange form = delivered(WebhookProfile.TWILIO, form("a=b"), SECRET);
        assertRejected(
                scheme,
                form.onlyHeader("Content-Type", "application/json"),
                RejectionReason.SIGNATURE_COVERAGE,
                "body_not_signed");
        assertRejected(
                scheme,
                form.header("Content-Type", "application/x-www-form-urlencoded"),
                RejectionReason.SIGNATURE_COVERAGE,
                "body_not_signed");
        assertRejected(scheme, form.content(bytes("a=%4")), RejectionReason.SIGNATURE_INVALID, "form");
    }

    @Test
    void paypal_is_verified_with_the_configured_key_and_nothing_that_the_request_names()
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        KeyPair another = generator.generateKeyPair();
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("provider", "paypal");
        keys.put("webhook-id", "7BX12345AB678901C");
        keys.put("keys", pem(pair));
        AuthenticationScheme scheme = WebhookFixture.webhookScheme(NOW, Optional.empty(), keys);
        WebhookProfile profile = WebhookProfile.paypal("7BX12345AB678901C");
        Map<String, String> fields = WebhookSigner.sign(profile, delivery(), pair.getPrivate());
        TestExchange good = exchange(delivery(), fields)
                .header("PAYPAL-AUTH-ALGO", "none")
                .header("PAYPAL-CERT-URL", "https://evil.example/cert");
        assertThat(accepts(scheme, good)).isTrue();
        assertThat(events(scheme, good)).hasSize(2).first().isEqualTo("id:msg_1");
        everyByteMatters(scheme, profile, good);
        assertThat(accepts(scheme, exchange(delivery(), WebhookSigner.sign(profile, delivery(), another.getPrivate()))))
                .isFalse();
        assertThat(accepts(
                        scheme,
                        exchange(
                                delivery(),
                                WebhookSigner.sign(WebhookProfile.paypal("OTHER"), delivery(), pair.getPrivate()))))
                .isFalse();
        WebhookDelivery old = WebhookDelivery.post(URL, "msg_1", NOW.minusSeconds(301), BODY);
        assertRejected(
                scheme,
                exchange(old, WebhookSigner.sign(profile, old, pair.getPrivate())),
                RejectionReason.SIGNATURE_EXPIRED,
                "tolerance");
        Body tooLarge = sink -> Body.Outcome.TOO_LARGE;
        assertRejected(scheme, good.content(tooLarge), RejectionReason.BODY_TOO_LARGE, "body_too_large");
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----";
    }

    private static byte[] read(Body body) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        assertThat(body.read(read::write)).isEqualTo(Body.Outcome.COMPLETE);
        return read.toByteArray();
    }
}
