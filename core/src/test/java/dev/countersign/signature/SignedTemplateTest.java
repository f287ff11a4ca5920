package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.signature.SignedTemplate.Text;
import dev.countersign.signature.SignedTemplate.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedTemplateTest {
    private static final WebhookValues VALUES = new WebhookValues("17", "msg_1", "POST", "/h?x=1", "https://a/h?x=1");

    @Test
    void puts_values_in_front_of_the_content_and_behind_it() {
        SignedTemplate template = parse("v0:{timestamp}:{id}.{body}|{method} {url}");
        assertThat(text(template.head(VALUES))).isEqualTo("v0:17:msg_1.");
        assertThat(text(template.tail(VALUES))).isEqualTo("|POST https://a/h?x=1");
        assertThat(text(template.head(VALUES.withoutTimestamp()))).isEqualTo("v0::msg_1.");
        assertThat(template.content()).isEqualTo(Value.BODY);
        assertThat(template.has(Value.TIMESTAMP)).isTrue();
        assertThat(template.has(Value.TARGET)).isFalse();
    }

    @Test
    void reads_what_stands_between_braces_as_a_value_and_the_rest_as_it_is() {
        assertThat(parse("{method}\n{target}\n{body}").parts())
                .containsExactly(Value.METHOD, new Text("\n"), Value.TARGET, new Text("\n"), Value.BODY);
        assertThat(parse("}}{body}é").parts()).containsExactly(new Text("}}"), Value.BODY, new Text("é"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "{timestamp}", "{body}{body}", "{body}.{body}"})
    void WH_04_signs_the_content_once(String template) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(template))
                .withMessageStartingWith("does not sign the content");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "{body", "{Body}.{body}", "{ body}", "{}{body}", "{form}", "{crc32}.{body}", "{{body}}"})
    void knows_no_other_values(String template) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(template))
                .withMessage("has a brace that begins no value (expected: one of {timestamp}, {id}, {method}, {target},"
                        + " {url}, {body})");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{timestamp}{body}",
                "{body}{timestamp}",
                "{id}{timestamp}.{body}",
                "{timestamp}5{body}",
                "{body}5{timestamp}",
                "{url}.{body}",
                "{target}:{body}",
                "{body}:{target}",
                "{id}.{id}.{body}",
            })
    void WH_10_refuses_what_could_be_taken_apart_in_two_ways(String template) {
        assertThatIllegalArgumentException().isThrownBy(() -> parse(template));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{timestamp}.{body}",
                "{id}.{timestamp}.{body}",
                "{id}1a{timestamp}.{body}",
                "{timestamp}. {id}:.{body}",
                "{body}.{timestamp}",
                "{body}.{timestamp}.{id}",
                "{id}.{body}a:{timestamp}",
                "{method}\n{target}\n{body}",
                "{url} {body} {method}"
            })
    void WH_10_two_different_rows_of_values_never_give_the_same_text(String template) {
        SignedTemplate parsed = parse(template);
        Map<String, List<String>> rows = new HashMap<>();
        for (String timestamp : List.of("1", "11", "111")) {
            for (String value : words(2)) {
                for (String content : words(3)) {
                    WebhookValues values = new WebhookValues(timestamp, value, value, value, value);
                    if (accepts(parsed, values)) {
                        String whole = text(parsed.head(values)) + content + text(parsed.tail(values));
                        List<String> row = List.of(
                                parsed.has(Value.TIMESTAMP) ? timestamp : "",
                                template.equals("{timestamp}.{body}") || template.equals("{body}.{timestamp}")
                                        ? ""
                                        : value,
                                content);
                        assertThat(rows.getOrDefault(whole, row)).isEqualTo(row);
                        rows.put(whole, row);
                    }
                }
            }
        }
        assertThat(rows).hasSizeGreaterThan(100);
    }

    private static boolean accepts(SignedTemplate template, WebhookValues values) {
        return template.parts().stream()
                .filter(part -> part instanceof Value value && value != Value.BODY)
                .map(Value.class::cast)
                .allMatch(value -> template.accepts(value, values.of(value)));
    }

    /** Every text of some characters that separate, and some that do not. */
    private static List<String> words(int longest) {
        List<String> words = new ArrayList<>(List.of(""));
        int start = 0;
        for (int length = 1; length <= longest; length++) {
            int end = words.size();
            for (int i = start; i < end; i++) {
                for (char c : "1a.: \n".toCharArray()) {
                    words.add(words.get(i) + c);
                }
            }
            start = end;
        }
        return words;
    }

    @Test
    void WH_10_an_id_has_no_character_that_ends_it() {
        SignedTemplate before = parse("{id}.{timestamp}.{body}");
        assertThat(before.accepts(Value.ID, "msg-1")).isTrue();
        assertThat(before.accepts(Value.ID, "msg.1")).isFalse();
        SignedTemplate behind = parse("{body}:.{id}");
        assertThat(behind.accepts(Value.ID, "msg:1")).isTrue();
        assertThat(behind.accepts(Value.ID, "msg.1")).isFalse();
        assertThat(before.accepts(Value.ID, "x".repeat(256))).isTrue();
        for (String id : List.of("", " ", "a b", "é", "a\n", "x".repeat(257))) {
            assertThat(before.accepts(Value.ID, id)).as(id).isFalse();
            assertThat(parse("{body}").accepts(Value.ID, id)).as(id).isFalse();
        }
        assertThat(parse("{body}").accepts(Value.ID, "a.b|c")).isTrue();
    }

    @Test
    void WH_10_a_timestamp_is_accepted_in_its_own_form_alone() {
        assertThat(parse("{timestamp}.{body}").accepts(Value.TIMESTAMP, "17")).isTrue();
        assertThat(parse("{timestamp}.{body}").accepts(Value.TIMESTAMP, "17.1")).isFalse();
        SignedTemplate iso = SignedTemplate.parse("{timestamp}-{body}", WebhookTimeFormat.ISO_8601);
        assertThat(iso.accepts(Value.TIMESTAMP, "2026-11-22T10:00:00Z")).isTrue();
        assertThat(iso.accepts(Value.TIMESTAMP, "2026-11-22T10:00:00Z-")).isFalse();
    }

    private static SignedTemplate parse(String template) {
        return SignedTemplate.parse(template, WebhookTimeFormat.SECONDS);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
