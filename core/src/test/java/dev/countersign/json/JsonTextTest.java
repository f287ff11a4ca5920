package dev.countersign.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void writes_members_in_their_order_without_white_space() {
        String text = JsonText.object()
                .member("a", "x")
                .member("n", -3L)
                .member("b", true)
                .member("list", List.of("1", "2"))
                .lists("accepted", List.of(List.of("key", "jwt"), List.of("basic")))
                .member("o", JsonText.object().member("empty", List.of()))
                .toString();
        assertThat(text)
                .isEqualTo("{\"a\":\"x\",\"n\":-3,\"b\":true,\"list\":[\"1\",\"2\"],"
                        + "\"accepted\":[[\"key\",\"jwt\"],[\"basic\"]],\"o\":{\"empty\":[]}}");
        assertThat(JsonText.object()).hasToString("{}");
    }

    @Test
    void the_text_can_be_asked_for_between_members() {
        JsonText json = JsonText.object().member("a", 1);
        assertThat(json).hasToString("{\"a\":1}");
        assertThat(json.member("b", 2)).hasToString("{\"a\":1,\"b\":2}");
    }

    @Test
    void escapes_what_could_break_a_line_or_mislead_a_reader() {
        assertThat(JsonText.object()
                        .member("k\"", "\"\\\r\n\t\0\u001b\u007f\u0085\u009f\u2028\u2029\u202e\u2066\ufeff/"))
                .hasToString("{\"k\\\"\":\"\\\"\\\\\\u000d\\u000a\\u0009\\u0000\\u001b\\u007f\\u0085\\u009f"
                        + "\\u2028\\u2029\\u202e\\u2066\\ufeff/\"}");
    }

    @Test
    void replaces_lone_surrogates_and_keeps_pairs() {
        assertThat(JsonText.object().member("v", "\uD83D\uDE00 \uD83D \uDE00\uD83D"))
                .hasToString("{\"v\":\"\uD83D\uDE00 \\ufffd \\ufffd\\ufffd\"}");
    }

    @Test
    void any_string_stays_on_one_line_and_is_read_back() {
        long seed = 42L;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder value = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                value.append((char) (random.nextBoolean() ? random.nextInt(0x10000) : random.nextInt(0x100)));
            }
            String line = JsonText.object().member("v", value.toString()).toString();
            assertThat(line.chars().noneMatch(Character::isISOControl))
                    .as("seed %d, line %s", seed, line)
                    .isTrue();
            assertThat(line.lines()).hasSize(1);
            // The encoder puts a question mark in the place of a lone surrogate; the reader has none to read.
            Map<String, Object> read = StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8), 1);
            String expected =
                    new String(value.toString().getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
            assertThat(read).as("seed %d, line %s", seed, line).isEqualTo(Map.of("v", expected));
        }
    }
}
