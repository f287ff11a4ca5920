package dev.countersign.scheme.hmac;

import static dev.countersign.JsonVectors.number;
import static dev.countersign.JsonVectors.object;
import static dev.countersign.JsonVectors.objects;
import static dev.countersign.JsonVectors.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.JsonVectors;
import dev.countersign.RejectionReason;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import dev.countersign.http.FieldValue;
import dev.countersign.signature.SigV4OfficialCase;
import dev.countersign.signature.SigV4OfficialCase.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The published requests of {@code vectors/aws-sigv4}, as a server judges them. */
class SigV4VectorsTest {
    private static final Map<String, Object> OWN = JsonVectors.object("aws-sigv4/own.json");

    @Test
    void every_case_is_here() {
        assertThat(objects(OWN, "cases")).hasSize(87);
    }

    @TestFactory
    Stream<DynamicTest> SIG_01_to_SIG_06_SIG_10_SIG_17_SIG_20_judges_as_listed() {
        return objects(OWN, "cases").stream()
                .map(vector -> DynamicTest.dynamicTest(text(vector, "id"), () -> {
                    Verification verification = fixture(vector).judge(request(object(vector, "request")));
                    String expected = text(vector, "expect");
                    if (!expected.equals("either")) {
                        assertThat(SigV4Fixture.accepts(verification))
                                .as("%s", verification)
                                .isEqualTo(expected.equals("valid"));
                    }
                    if (verification instanceof Verification.Rejected rejected) {
                        assertThat(rejected.reason().status()).isBetween(400, 401);
                        assertThat(rejected.detail()).matches("[a-z_]+");
                    }
                }));
    }

    private static SigV4Fixture fixture(Map<String, Object> vector) {
        Map<String, Object> policy = object(vector, "policy");
        SigV4Fixture fixture = new SigV4Fixture()
                .at(Instant.ofEpochSecond(number(vector, "now")))
                .settings(new SigV4Settings(
                        "orders",
                        text(policy, "region"),
                        text(policy, "service"),
                        Duration.ofSeconds(number(policy, "max_skew_seconds")),
                        ReplayPolicy.OFF,
                        true,
                        false,
                        false,
                        false));
        objects(OWN, "credentials")
                .forEach(key -> fixture.key(text(key, "access_key_id"), text(key, "secret_access_key")));
        return fixture;
    }

    @SuppressWarnings("unchecked")
    private static TestExchange request(Map<String, Object> sent) {
        TestExchange request = TestExchange.of(text(sent, "method"), text(sent, "target"))
                .host(null)
                .content(Base64.getDecoder().decode(text(sent, "body_b64")));
        for (Object header : (List<Object>) sent.getOrDefault("headers", List.of())) {
            List<String> field = (List<String>) header;
            request = request.header(field.get(0), field.get(1));
        }
        return request;
    }

    @TestFactory
    Stream<DynamicTest> judges_the_signed_requests_of_the_official_suite() {
        return SigV4OfficialCase.all()
                .flatMap(vector -> Stream.of(Form.values())
                        .map(form ->
                                DynamicTest.dynamicTest(vector.name() + " " + form, () -> official(vector, form))));
    }

    private static void official(SigV4OfficialCase vector, Form form) {
        SigV4OfficialCase.Message message = vector.message(form);
        TestExchange request =
                TestExchange.of(message.method(), message.target()).host(null).content(message.body());
        for (Map.Entry<String, String> field : message.fields()) {
            request = request.header(field.getKey(), field.getValue());
        }
        Verification verification = new SigV4Fixture()
                .at(vector.timestamp())
                .settings(SigV4Fixture.presigned("service", false))
                .judge(request);
        // Raw text is no request target (RFC 9112 section 3.2).
        boolean sendable = FieldValue.isVisibleAscii(message.target());
        if (vector.omitsToken()) {
            // A token that was added after signing, by whomever.
            assertThat(verification)
                    .isEqualTo(
                            form == Form.HEADER
                                    ? SigV4Fixture.rejected(RejectionReason.SIGNATURE_COVERAGE, "amz_field_not_signed")
                                    : SigV4Fixture.invalid("wrong"));
        } else if (!sendable) {
            assertThat(verification).isEqualTo(SigV4Fixture.invalid("not_canonical"));
        } else if (!vector.normalizes()) {
            // A path that is not normalised is signed for another service.
            assertThat(verification).isEqualTo(SigV4Fixture.invalid("wrong"));
        } else {
            assertThat(verification).isInstanceOf(Verification.Verified.class);
        }
    }
}
