package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.http.ChallengeField.Parameter;
import dev.countersign.json.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ChallengeFieldTest {
    @TestFactory
    Stream<DynamicTest> reads_the_published_vectors() {
        List<Vectors.Case> cases = Vectors.read("http-auth/challenges.json");
        assertThat(cases).hasSize(41);
        return cases.stream().map(c -> DynamicTest.dynamicTest(c.text("id"), () -> check(c)));
    }

    private static void check(Vectors.Case c) {
        Optional<List<ChallengeField>> read = ChallengeField.parse(c.texts("field_lines"));
        switch (c.text("expect")) {
            case "error" -> assertThat(read).isEmpty();
            case "ok" -> assertThat(read).contains(expected(c));
            // "realm=" is a token68 too.
            default ->
                assertThat(read).contains(List.of(new ChallengeField("Basic", Optional.of("realm="), List.of())));
        }
    }

    private static List<ChallengeField> expected(Vectors.Case c) {
        List<ChallengeField> challenges = new ArrayList<>();
        for (Vectors.Case challenge : c.cases("challenges")) {
            Optional<String> token68 = challenge.optionalText("token68");
            List<Parameter> parameters = new ArrayList<>();
            if (token68.isEmpty()) {
                for (List<String> parameter : challenge.lists("params")) {
                    parameters.add(new Parameter(parameter.get(0), parameter.get(1)));
                }
            }
            challenges.add(new ChallengeField(challenge.text("scheme"), token68, parameters));
        }
        return challenges;
    }

    @Test
    void finds_schemes_and_parameters_without_regard_to_case() {
        ChallengeField field = ChallengeField.parse(List.of("BEARER Realm=\"x\""))
                .orElseThrow()
                .get(0);
        assertThat(field.is("bearer")).isTrue();
        assertThat(field.parameter("REALM")).contains("x");
        assertThat(field.parameter("scope")).isEmpty();
    }

    @Test
    void a_quoted_string_does_not_reach_over_the_end_of_a_line() {
        assertThat(ChallengeField.parse(List.of("Basic realm=\"a", "b\""))).isEmpty();
    }

    @Test
    void bounds_what_a_server_can_send() {
        assertThat(ChallengeField.parse(List.of("x".repeat(16 * 1024)))).isPresent();
        assertThat(ChallengeField.parse(List.of("x".repeat(16 * 1024), "y"))).isEmpty();
        assertThat(ChallengeField.parse(List.of("A,".repeat(64)))).isPresent();
        assertThat(ChallengeField.parse(List.of("A,".repeat(65)))).isEmpty();
        StringBuilder parameters = new StringBuilder("A p=1");
        for (int i = 1; i < 64; i++) {
            parameters.append(", p").append(i).append("=1");
        }
        assertThat(ChallengeField.parse(List.of(parameters.toString()))).isPresent();
        assertThat(ChallengeField.parse(List.of(parameters + ", q=1"))).isEmpty();
    }

    @Test
    void G3_every_value_is_a_quoted_string() {
        assertThat(ChallengeText.of("Bearer").with("realm", "orders").with("max_age", "300"))
                .hasToString("Bearer realm=\"orders\", max_age=\"300\"");
        assertThat(ChallengeText.of("Basic").with("realm", "a\"b\\c")).hasToString("Basic realm=\"a\\\"b\\\\c\"");
    }

    @Test
    void G3_characters_that_rfc6750_forbids_become_question_marks() {
        assertThat(ChallengeText.of("Bearer")
                        .with("scope", "a\"b c\\d\u00e9")
                        .with("error", "x\"")
                        .with("error_description", "y\\")
                        .with("ERROR_URI", "\""))
                .hasToString("Bearer scope=\"a?b c?d?\", error=\"x?\", error_description=\"y?\", ERROR_URI=\"?\"");
    }

    @Test
    void G3_no_value_can_end_the_line() {
        assertThat(ChallengeText.of("Basic")
                        .with("realm", "a\r\nSet-Cookie: x=y\0\t\u007f\u00e9\u2028\uD83D\uDE00\uD83D"))
                .hasToString("Basic realm=\"a??Set-Cookie: x=y???????\"");
    }

    @Test
    void G3_a_parameter_stands_once_and_names_are_tokens() {
        ChallengeText text = ChallengeText.of("Basic").with("realm", "x");
        assertThatThrownBy(() -> text.with("Realm", "y")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> text.with("a b", "y")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> text.with("", "y")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChallengeText.of("a\r\nb")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChallengeText.of("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_is_formatted_is_read_back_alone_and_with_others() {
        long seed = 3L;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String value = RandomText.of(random, "ab\"\\,= \r\n;Basic", 16);
            String line =
                    ChallengeText.of("X-Own").with("a", value).with("b", "").toString();
            assertThat(FieldValue.hasControl(line)).as("seed %d", seed).isFalse();
            StringBuilder printable = new StringBuilder();
            value.codePoints().forEach(c -> printable.appendCodePoint(c < ' ' || c > '~' ? '?' : c));
            ChallengeField expected = new ChallengeField(
                    "X-Own",
                    Optional.empty(),
                    List.of(new Parameter("a", printable.toString()), new Parameter("b", "")));
            assertThat(ChallengeField.parse(List.of(line))).contains(List.of(expected));
            assertThat(ChallengeField.parse(List.of("Negotiate, " + line + ",Negotiate", line)))
                    .get()
                    .satisfies(all -> {
                        assertThat(all).hasSize(4);
                        assertThat(all.get(1)).isEqualTo(expected);
                        assertThat(all.get(3)).isEqualTo(expected);
                    });
        }
    }

    @Test
    void any_text_is_read_or_refused() {
        long seed = 5L;
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            List<String> lines =
                    List.of(RandomText.of(random, "aB=,\"\\ \t/1", 20), RandomText.of(random, "aB=,\"\\ \t/1", 20));
            ChallengeField.parse(lines)
                    .ifPresent(all -> assertThat(all)
                            .as("seed %d: %s", seed, lines)
                            .allMatch(c -> FieldValue.isToken(c.scheme())
                                    && (c.token68().isEmpty() || c.parameters().isEmpty())));
        }
    }
}
