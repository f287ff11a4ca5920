package dev.countersign.scheme.hmac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.Body;
import dev.countersign.ConfigurationException;
import dev.countersign.Decision;
import dev.countersign.TestExchange;
import dev.countersign.bootstrap.Bootstrap;
import dev.countersign.bootstrap.Deployment;
import dev.countersign.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rows of the outcome table that signed requests have, through the whole gate. */
class HmacOutcomesTest {
    private static final String PLAIN = "HMAC-SHA256 realm=\"orders\", headers=\"x-timestamp x-signature x-key-id\"";
    private static final byte[] CONTENT = "{\"item\":\"tea\"}".getBytes(StandardCharsets.US_ASCII);
    private static final TestExchange POST = TestExchange.of("POST", "/orders");

    private final Signing signing = new Signing();
    private Deployment deployment = deploy(Map.of());

    @AfterEach
    void stop() {
        deployment.close();
    }

    private static Deployment deploy(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(Map.of("countersign.schemes", "hmac", "countersign.realm", "orders"));
        keys.putAll(more);
        if (keys.getOrDefault("countersign.schemes", "").contains("hmac")) {
            keys.put("countersign.scheme.hmac.profile", "generic");
            keys.put("countersign.scheme.hmac.secrets.acme-1", "text:" + Signing.SECRET);
        }
        Deployment deployment = Bootstrap.builder()
                .sources(Settings.builder()
                        .systemProperties(Map.of())
                        .environment(Map.of())
                        .parameters("given in code", keys))
                .clock(() -> Signing.NOW)
                .build();
        deployment.start();
        return deployment;
    }

    private Decision decide(TestExchange exchange) {
        return deployment.gate().decide(exchange, deployment.web().authenticated());
    }

    private static Decision.Answer answer(Decision decision) {
        return decision instanceof Decision.Challenged challenged
                ? challenged.answer()
                : ((Decision.Refused) decision).answer();
    }

    private void assertChallenged(TestExchange exchange, String challenge, String code) {
        Decision.Answer answer = answer(decide(exchange));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.challenges()).containsExactly(challenge);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    private TestExchange signed() {
        return signing.signed(POST, CONTENT, signing.nonce());
    }

    @Test
    void R29_no_signature_is_asked_for_one() {
        assertChallenged(POST, PLAIN, "credentials_required");
        assertChallenged(POST.header("X-Key-Id", "acme-1").header("X-Timestamp", "1"), PLAIN, "credentials_required");
    }

    @Test
    void R29_R45_a_right_signature_is_let_in() {
        Decision decision = decide(signed());
        assertThat(((Decision.Admitted) decision).caller().getName()).isEqualTo("acme-1");
        assertThat(decide(signing.authorized(POST))).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void R29_a_wrong_signature_is_told_so_whatever_is_wrong() {
        String invalid = PLAIN + ", error=\"invalid_signature\"";
        assertChallenged(signed().onlyHeader("X-Signature", "0".repeat(64)), invalid, "signature_invalid");
        assertChallenged(signed().onlyHeader("X-Signature", "no signature"), invalid, "signature_invalid");
        assertChallenged(signed().onlyHeader("X-Key-Id", "nobody"), invalid, "signature_invalid");
        assertChallenged(signed().content(new byte[0]), invalid, "signature_invalid");
        assertChallenged(POST.header("Authorization", "HMAC-SHA256 x"), invalid, "signature_invalid");
    }

    @Test
    void R29_an_old_and_a_future_signature_are_told_so() {
        String expired = PLAIN + ", error=\"expired_signature\"";
        long now = Signing.NOW.getEpochSecond();
        assertChallenged(Signing.signed(POST, CONTENT, "n", now - 301), expired, "signature_expired");
        assertChallenged(Signing.signed(POST, CONTENT, "n", now + 301), expired, "signature_expired");
    }

    @Test
    void R29_SIG_08_a_signature_that_was_used_is_told_so() {
        TestExchange once = signed();
        assertThat(decide(once)).isInstanceOf(Decision.Admitted.class);
        assertChallenged(once, PLAIN + ", error=\"replayed_signature\"", "signature_replayed");
    }

    @Test
    void R9_SIG_17_two_ways_at_once_are_400() {
        TestExchange both = signing.authorized(signed());
        Decision.Answer answer = answer(decide(both));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.challenges())
                .containsExactly(PLAIN + ", error=\"invalid_request\","
                        + " error_description=\"Multiple methods used to include credentials\"");
        assertThat(answer.body()).contains("\"code\":\"multiple_credentials\"");
    }

    @Test
    void R32_a_content_over_the_bound_is_413_without_a_challenge() {
        Body large = sink -> Body.Outcome.TOO_LARGE;
        for (TestExchange exchange : List.of(signed(), signed().onlyHeader("X-Key-Id", "nobody"))) {
            Decision.Answer answer = answer(decide(exchange.content(large)));
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.challenges()).isEmpty();
            assertThat(answer.body()).contains("\"code\":\"body_too_large\"");
        }
    }

    @Test
    void R39_a_content_that_somebody_has_read_before_is_our_own_fault() {
        Decision.Answer answer = answer(decide(signed().content(Body.unreadable())));
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.challenges()).isEmpty();
    }

    @Test
    void R38_SIG_09_a_full_store_is_503() {
        deployment.close();
        deployment = deploy(Map.of("countersign.state.memory.max-entries", "3"));
        List<TestExchange> used = IntStream.range(0, 3).mapToObj(i -> signed()).toList();
        assertThat(used).allSatisfy(exchange -> assertThat(decide(exchange)).isInstanceOf(Decision.Admitted.class));
        Decision.Answer answer = answer(decide(signed()));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait).hasSeconds(1));
        assertThat(used)
                .allSatisfy(exchange ->
                        assertThat(answer(decide(exchange)).status()).isEqualTo(401));
    }

    @Test
    void R35_a_signature_over_plain_http_is_403_good_or_bad() {
        assertThat(answer(decide(signed().cleartext())).status()).isEqualTo(403);
        assertThat(deployment.gate().screen(signed().cleartext()))
                .hasValueSatisfying(
                        refused -> assertThat(refused.answer().status()).isEqualTo(403));
    }

    @Test
    void R35_a_presigned_query_over_plain_http_is_403_wherever_it_is_sent() {
        deployment.close();
        deployment = deploy(Map.of(
                "countersign.schemes", "aws",
                "countersign.scheme.aws.type", "hmac",
                "countersign.scheme.aws.profile", "sigv4",
                "countersign.scheme.aws.region", "us-east-1",
                "countersign.scheme.aws.service", "orders",
                "countersign.scheme.aws.presigned", "true",
                "countersign.scheme.aws.secrets.AKIDEXAMPLE", "text:" + SigV4Fixture.SECRET));
        for (String query : List.of("X-Amz-Signature=00", "a=b&x%2Damz-signature=00")) {
            assertThat(deployment
                            .gate()
                            .screen(TestExchange.get("/orders?" + query).cleartext()))
                    .as(query)
                    .hasValueSatisfying(
                            refused -> assertThat(refused.answer().status()).isEqualTo(403));
        }
        assertThat(deployment.gate().screen(TestExchange.get("/orders?a=b").cleartext()))
                .isEmpty();
    }

    @Test
    void R26_R28_R29_three_forms_side_by_side_ask_for_themselves_and_take_their_own_signatures() {
        deployment.close();
        deployment = deploy(Map.of(
                "countersign.schemes", "hmac, aws, message",
                "countersign.default", "hmac, aws, message",
                "countersign.scheme.aws.type", "hmac",
                "countersign.scheme.aws.profile", "sigv4",
                "countersign.scheme.aws.region", "us-east-1",
                "countersign.scheme.aws.service", "orders",
                "countersign.scheme.aws.secrets.AKIDEXAMPLE", "text:" + SigV4Fixture.SECRET,
                "countersign.scheme.message.type", "hmac",
                "countersign.scheme.message.profile", "rfc9421",
                "countersign.scheme.message.secrets.acme-1", "text:" + Signing.SECRET));
        Decision.Answer answer = answer(decide(POST));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.challenges())
                .containsExactly(PLAIN, "AWS4-HMAC-SHA256 realm=\"orders\"", "HTTPSig realm=\"orders\"");
        assertThat(answer.fields()).extracting(Decision.Field::name).contains("Accept-Signature");
        assertThat(decide(signed())).isInstanceOf(Decision.Admitted.class);
        assertThat(answer(decide(POST.header("Authorization", "AWS4-HMAC-SHA256 x")))
                        .challenges())
                .contains("AWS4-HMAC-SHA256 realm=\"orders\", error=\"invalid_signature\"", PLAIN);
        assertThat(answer(decide(POST.header("Signature-Input", "x").header("Signature", "x")))
                        .challenges())
                .contains("HTTPSig realm=\"orders\", error=\"invalid_signature\"", PLAIN);
        assertThat(answer(decide(signing.authorized(POST).onlyHeader("X-Signature", "x")))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void two_schemes_of_one_profile_could_claim_one_signature() {
        assertThat(catchThrowableOfType(
                                ConfigurationException.class,
                                () -> deploy(Map.of(
                                                "countersign.schemes", "hmac, partners",
                                                "countersign.scheme.partners.type", "hmac",
                                                "countersign.scheme.partners.profile", "generic",
                                                "countersign.scheme.partners.secrets.b", "text:" + Signing.SECRET))
                                        .close())
                        .problems())
                .singleElement()
                .asString()
                .contains("countersign.scheme.partners", "scheme.hmac");
    }
}
