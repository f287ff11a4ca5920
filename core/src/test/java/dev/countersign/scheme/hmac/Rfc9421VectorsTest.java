package dev.countersign.scheme.hmac;

import static dev.countersign.JsonVectors.number;
import static dev.countersign.JsonVectors.object;
import static dev.countersign.JsonVectors.text;
import static dev.countersign.JsonVectors.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.JsonVectors;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages made for this project, each with its policy and its clock. */
final class Rfc9421VectorsTest {
    static Stream<Arguments> vectors() {
        return JsonVectors.array("http-message-signatures/own-messages.json").stream()
                .map(vector -> Arguments.of(text(vector, "id"), vector));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void SIG_01_to_20_judges_every_message(String id, Map<String, Object> vector) {
        Map<String, Object> policy = object(vector, "policy");
        assertThat(number(policy, "max_age_seconds")).isEqualTo(300);
        assertThat(number(policy, "clock_skew_seconds")).isEqualTo(60);
        List<String> required = texts(policy, "required_components").stream()
                .map(component -> component.equals("content-digest if there is a body") ? "content-digest" : component)
                .toList();
        Rfc9421Fixture fixture = new Rfc9421Fixture(Rfc9421Fixture.settings(
                required, (String) policy.get("tag"), Boolean.TRUE.equals(policy.get("require_nonce"))));
        fixture.at(Instant.ofEpochSecond(number(vector, "now")));
        if (vector.containsKey("seen_nonces")) {
            Replays seen = new Replays(fixture.state, Rfc9421Fixture.SCHEME);
            for (String nonce : texts(vector, "seen_nonces")) {
                assertThat(seen.isFirst(text(vector, "keyid"), "n" + nonce, Duration.ofMinutes(5)))
                        .isTrue();
            }
        }
        Verification verification = fixture.judge(exchange(vector));
        assertThat(verification instanceof Verification.Verified)
                .as("%s", verification)
                .isEqualTo(text(vector, "expect").equals("valid"));
    }

    private static TestExchange exchange(Map<String, Object> vector) {
        Map<String, Object> message = object(vector, "message");
        assertThat(text(vector, "scheme")).isEqualTo("https");
        TestExchange exchange = TestExchange.of(text(message, "method"), text(message, "target"))
                .host(null)
                .content(text(message, "body").getBytes(StandardCharsets.UTF_8));
        @SuppressWarnings("unchecked")
        List<List<String>> headers = (List<List<String>>) Objects.requireNonNull(message.get("headers"));
        for (List<String> header : headers) {
            exchange = exchange.header(header.get(0), header.get(1));
        }
        return exchange;
    }
}
