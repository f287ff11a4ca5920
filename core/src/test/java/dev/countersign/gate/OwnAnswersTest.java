package dev.countersign.gate;

import static dev.countersign.gate.GateFixture.SETTINGS;
import static dev.countersign.gate.GateFixture.required;
import static dev.countersign.gate.GateFixture.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.AccessRule.Mode;
import dev.countersign.CapturedLog;
import dev.countersign.Decision;
import dev.countersign.RejectionReason;
import dev.countersign.TestExchange;
import dev.countersign.audit.AuditEvent;
import dev.countersign.gate.ConfiguredScheme.ChallengeMode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What schemes add to an answer, and answers in a scheme's own protocol. */
class OwnAnswersTest {
    private static final Decision.Field ASK = new Decision.Field("Accept-Signature", "sig1=(\"@method\");created");
    private static final Decision.Answer OWN = new Decision.Answer(
            403,
            List.of(),
            Optional.empty(),
            List.of(new Decision.Field("x-amzn-ErrorType", "SignatureDoesNotMatch")),
            "application/xml",
            "<Error/>");

    private static final String B_FAILED = "B realm=\"r\", error=\"token_invalid\"";

    private final StubScheme a = new StubScheme("a", false);
    private final StubScheme b = new StubScheme("b", false);

    private Decision decide(TestExchange exchange, String expression) {
        return new GateFixture(SETTINGS, a, b).gate().decide(exchange, required(expression));
    }

    private static List<Decision.Field> fields(Decision decision) {
        return answer(decision).fields();
    }

    private static Decision.Answer answer(Decision decision) {
        return decision instanceof Decision.Challenged challenged
                ? challenged.answer()
                : ((Decision.Refused) decision).answer();
    }

    @Test
    void R26_a_401_carries_the_fields_of_every_scheme_that_it_asks_for() {
        a.adding(ASK);
        b.adding(ASK, new Decision.Field("X-B", "b"));
        assertThat(fields(decide(TestExchange.get("/"), "a"))).containsExactly(ASK);
        assertThat(fields(decide(TestExchange.get("/"), "a, b"))).containsExactly(ASK, new Decision.Field("X-B", "b"));
    }

    @Test
    void R27_a_401_after_a_failure_carries_them_too() {
        a.adding(ASK);
        Decision decision = decide(TestExchange.get("/").header("X-a", "bad"), "a, b");
        assertThat(answer(decision).status()).isEqualTo(401);
        assertThat(fields(decision)).containsExactly(ASK);
    }

    @Test
    void R44_only_the_fields_of_what_is_missing_are_sent() {
        a.adding(ASK);
        b.adding(new Decision.Field("X-B", "b"));
        assertThat(fields(decide(TestExchange.get("/").header("X-a", "good"), "a+b")))
                .containsExactly(new Decision.Field("X-B", "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"malformed", "elsewhere", "down", "throws"})
    void no_other_status_carries_them(String value) {
        a.adding(ASK);
        Decision decision = decide(TestExchange.get("/").header("X-a", value), "a");
        assertThat(answer(decision).status()).isNotEqualTo(401);
        assertThat(fields(decision)).isEmpty();
    }

    @Test
    void fields_of_a_challenge_that_is_hidden_are_hidden_with_it() {
        a.adding(ASK);
        GateFixture hiding = new GateFixture(
                SETTINGS,
                List.of(
                        new ConfiguredScheme(a, Optional.empty(), ChallengeMode.OFF),
                        new ConfiguredScheme(b, Optional.empty(), ChallengeMode.ON)));
        assertThat(fields(hiding.gate().decide(TestExchange.get("/"), required("a, b"))))
                .isEmpty();
        assertThat(fields(hiding.gate().decide(TestExchange.get("/"), required("a"))))
                .containsExactly(ASK);
    }

    @ParameterizedTest
    @CsvSource({
        "bad, token_invalid, bad",
        "malformed, malformed_credentials, malformed",
        "elsewhere, ip_not_allowed, cidr"
    })
    void R28_a_scheme_answers_a_failure_of_its_credential_in_its_own_protocol(
            String value, String code, String detail) {
        a.answering(reason -> Optional.of(OWN));
        GateFixture fixture = new GateFixture(SETTINGS, a, b);
        Decision decision = fixture.gate().decide(TestExchange.get("/").header("X-a", value), required("a, b"));
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        assertThat(answer(decision)).isEqualTo(OWN);
        assertThat(fixture.decisions()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("auth.failure");
            assertThat(event.status()).isEqualTo(403);
            assertThat(event.code()).isEqualTo(code);
            assertThat(event.detail()).isEqualTo(detail);
            assertThat(event.schemes()).containsExactly("a");
        });
    }

    @Test
    void R28_a_scheme_answers_an_absent_credential_only_where_no_other_scheme_is_accepted() {
        a.answering(reason -> reason == RejectionReason.CREDENTIALS_REQUIRED ? Optional.of(OWN) : Optional.empty());
        assertThat(answer(decide(TestExchange.get("/"), "a"))).isEqualTo(OWN);
        assertThat(answer(decide(TestExchange.get("/").header("X-b", "good"), "a")))
                .isEqualTo(OWN);
        assertThat(answer(decide(TestExchange.get("/"), "a, b")).status()).isEqualTo(401);
        assertThat(answer(decide(TestExchange.get("/").header("X-a", "good"), "a+b"))
                        .status())
                .isEqualTo(401);
        assertThat(answer(decide(TestExchange.get("/").header("X-a", "bad"), "a"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void another_schemes_failure_is_told_as_ever() {
        a.answering(reason -> Optional.of(OWN));
        assertThat(answer(decide(TestExchange.get("/").header("X-b", "bad"), "a, b")))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(401))
                .satisfies(answer -> assertThat(answer.challenges()).containsExactly("A realm=\"r\"", B_FAILED));
    }

    @Test
    void an_own_answer_with_401_stays_a_challenge() {
        Decision.Answer own = new Decision.Answer(401, List.of("A realm=\"r\""), Optional.empty(), "text/plain", "no");
        a.answering(reason -> Optional.of(own));
        assertThat(decide(TestExchange.get("/").header("X-a", "bad"), "a"))
                .isEqualTo(new Decision.Challenged(RejectionReason.TOKEN_INVALID, "bad", own));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 200, 204, 302, 399})
    void an_own_answer_is_never_a_way_in(int status) {
        a.answering(
                reason -> Optional.of(new Decision.Answer(status, List.of(), Optional.empty(), "text/plain", "yes")));
        GateFixture fixture = new GateFixture(SETTINGS, a, b);
        try (CapturedLog log = new CapturedLog()) {
            for (TestExchange exchange :
                    List.of(TestExchange.get("/"), TestExchange.get("/").header("X-a", "bad"))) {
                assertThat(answer(fixture.gate().decide(exchange, required("a")))
                                .status())
                        .isEqualTo(500);
            }
            assertThat(log.lines())
                    .anySatisfy(line -> assertThat(line).contains("IllegalStateException", "WaysOut.ownAnswer"));
        }
        assertThat(fixture.decisions()).extracting(AuditEvent.Decision::code).containsExactly("internal", "internal");
    }

    @Test
    void an_own_answer_is_not_asked_for_where_a_bad_credential_is_ignored() {
        a.answering(reason -> Optional.of(OWN));
        Decision decision = new GateFixture(SETTINGS, a)
                .gate()
                .decide(
                        TestExchange.get("/").header("X-a", "bad"),
                        rule(Mode.OPTIONAL_IGNORE, "a").build());
        assertThat(decision).isInstanceOf(Decision.Admitted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a\n", "ä"})
    void a_field_has_a_token_for_a_name(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Decision.Field(name, "v"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\r\nSet-Cookie: b", "a\n", "a\0", "ä", "\u007F"})
    void a_field_has_a_value_of_one_line(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Decision.Field("X-Field", value))
                .withMessage("The value of the field X-Field is printable ASCII");
    }
}
