package dev.countersign.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    private static final int DEPTH = 512;

    /** What the RFC leaves open and this reader takes; everything else that may go either way is refused. */
    private static final List<String> ACCEPTED_OF_EITHER = List.of(
            "i_number_double_huge_neg_exp",
            "i_number_too_big_pos_int",
            "i_number_very_big_negative_int",
            "i_structure_500_nested_arrays");

    @TestFactory
    Stream<DynamicTest> reads_the_published_vectors() {
        List<Vectors.Case> cases = Vectors.read("json/parsing.json");
        assertThat(cases).hasSize(237);
        return cases.stream().map(c -> {
            String id = c.text("id");
            byte[] bytes = Base64.getDecoder().decode(c.text("bytes_b64"));
            boolean accept = switch (c.text("expect")) {
                case "accept" -> !duplicatesAName(id);
                case "reject" -> false;
                default -> ACCEPTED_OF_EITHER.contains(id);
            };
            return DynamicTest.dynamicTest(id, () -> assertThat(accepts(bytes)).isEqualTo(accept));
        });
    }

    /** Correct by the RFC, which only advises unique names (section 4), and refused here on purpose. */
    private static boolean duplicatesAName(String id) {
        return id.equals("y_object_duplicated_key") || id.equals("y_object_duplicated_key_and_value");
    }

    private static boolean accepts(byte[] bytes) {
        try {
            StrictJson.parse(bytes, DEPTH);
            return true;
        } catch (InvalidJsonException e) {
            return false;
        }
    }

    @Test
    void refuses_a_hundred_thousand_opening_brackets() {
        assertThat(accepts("[".repeat(100_000).getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
    }

    @Test
    void refuses_fifty_thousand_nested_objects() {
        String text = "[{\"\":".repeat(50_000);
        assertThat(accepts(text.getBytes(StandardCharsets.US_ASCII))).isFalse();
        assertThat(accepts("{\"a\":"
                        .repeat(50_000)
                        .concat("1" + "}".repeat(50_000))
                        .getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
    }

    @Test
    void keeps_the_order_of_members_and_the_type_of_each_value() {
        Map<String, Object> read = StrictJson.parseObject(
                "{\"z\":\"x\",\"a\":1,\"n\":null,\"t\":true,\"f\":false,\"d\":1.50,\"e\":1e2,\"l\":[1,[],{}],\"o\":{\"q\":{}}}",
                4);
        assertThat(read.keySet()).containsExactly("z", "a", "n", "t", "f", "d", "e", "l", "o");
        assertThat(read.values())
                .containsExactly(
                        "x",
                        1L,
                        JsonNull.NULL,
                        true,
                        false,
                        new BigDecimal("1.50"),
                        new BigDecimal("1E+2"),
                        List.of(1L, List.of(), Map.of()),
                        Map.of("q", Map.of()));
    }

    @Test
    void a_whole_number_is_a_long_as_far_as_it_fits() {
        assertThat(StrictJson.parse("[9223372036854775807,-9223372036854775808,-0,0,123456789012345678]", 1))
                .isEqualTo(List.of(Long.MAX_VALUE, Long.MIN_VALUE, 0L, 0L, 123456789012345678L));
        assertThat(StrictJson.parse("[9223372036854775808,-9223372036854775809,18446744073709551617,1.0]", 1))
                .isEqualTo(List.of(
                        new BigDecimal("9223372036854775808"),
                        new BigDecimal("-9223372036854775809"),
                        new BigDecimal("18446744073709551617"),
                        new BigDecimal("1.0")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":2}",
                "[{\"x\":{\"aud\":1,\"b\":2,\"aud\":null}}]",
                "{\"\":1,\"\":2}",
                "{\"\\ud83d\\ude00\":1,\"\uD83D\uDE00\":2}",
            })
    void refuses_a_member_name_that_stands_twice(String text) {
        assertThatThrownBy(() -> StrictJson.parse(text, 8))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("A member name stands twice in one object");
    }

    @Test
    void the_same_name_may_stand_in_different_objects() {
        assertThat(StrictJson.parse("{\"a\":{\"a\":{}},\"A\":[{\"a\":1},{\"a\":1}]}", 3))
                .isInstanceOf(Map.class);
    }

    @Test
    void counts_the_depth_of_objects_and_arrays_together() {
        assertThat(StrictJson.parse("7", 0)).isEqualTo(7L);
        assertThat(accepts("[]", 0)).isFalse();
        assertThat(accepts("[{}]", 1)).isFalse();
        assertThat(accepts("[{},{},[]]", 2)).isTrue();
        assertThat(accepts("[[[[]]]]", 3)).isFalse();
        assertThatThrownBy(() -> StrictJson.parse("1", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StrictJson.parse("1", 513)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{} {}",
                "{}x",
                "1 2",
                "\uFEFF{}",
                "{}\0",
                "[1,]",
                "{\"a\":1,}",
                "[,1]",
                "{a:1}",
                "{'a':1}",
                "NaN",
                "Infinity",
                "-",
                "+1",
                "01",
                "1.",
                ".5",
                "1e",
                "1e+",
                "0x1",
                "tru",
                "TRUE",
                "nul",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\t\"",
                "\"\n\"",
                "\"a",
                "\"\\",
                "\"\\ud800\"",
                "\"\\udc00\"",
                "\"\\ud800\\ud800\"",
                "\"\uD800\"",
                "{\"\\udfff\":1}",
                "// x\n1",
                "/* */1",
                "[1 2]",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "]",
                "}",
                "[}",
                "{]",
                "[1}",
                "{\"a\":1]",
                "\u00A01",
                "1e1000",
                "1e-1000",
                "1E99999999999999999999",
            })
    void refuses_what_is_not_json(String text) {
        assertThat(accepts(text, 8)).isFalse();
    }

    @Test
    void bounds_the_length_of_a_number() {
        assertThat(accepts("1".repeat(128), 0)).isTrue();
        assertThat(accepts("1".repeat(129), 0)).isFalse();
        assertThat(accepts("1".repeat(1_000_000), 0)).isFalse();
        assertThat(accepts("1e0000000000000000000000000999", 0)).isTrue();
    }

    @Test
    void refuses_bytes_that_are_no_utf8() {
        assertThat(accepts(new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'})).isFalse();
        assertThat(accepts(new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}))
                .isFalse();
        assertThat(accepts(new byte[] {'"', (byte) 0xE9, '"'})).isFalse();
        assertThat(accepts(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, '1'}))
                .isFalse();
        assertThat(StrictJson.parse("\"\u00E9\u20AC\uD83D\uDE00\"".getBytes(StandardCharsets.UTF_8), 0))
                .isEqualTo("\u00E9\u20AC\uD83D\uDE00");
    }

    @Test
    void an_object_is_asked_for_and_something_else_refused() {
        assertThatThrownBy(() -> StrictJson.parseObject("[]", 1)).isInstanceOf(InvalidJsonException.class);
        assertThat(StrictJson.parseObject("{}".getBytes(StandardCharsets.UTF_8), 1))
                .isEmpty();
    }

    @Test
    void nothing_read_can_be_changed() {
        Map<String, Object> read = StrictJson.parseObject("{\"a\":[1]}", 2);
        assertThatThrownBy(() -> read.put("b", 1L)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) Objects.requireNonNull(read.get("a"))).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void the_message_carries_nothing_of_the_input() {
        for (String text :
                List.of("{\"s3cret\":1,\"s3cret\":2}", "{\"s3cret\":s3cret}", "\"s3cret\\q\"", "{} s3cret")) {
            assertThatThrownBy(() -> StrictJson.parse(text, 3))
                    .isInstanceOf(InvalidJsonException.class)
                    .hasNoCause()
                    .hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void any_bytes_give_a_value_or_a_refusal() {
        long seed = 20_261_122L;
        Random random = new Random(seed);
        String alphabet = "{}[]\",:\\ \t\n01-+.eEtruefalsn/u\u0000\u00e9\uD83D";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(24); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            byte[] bytes = text.toString().getBytes(i % 2 == 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
            try {
                assertThat(StrictJson.parse(bytes, 6)).isNotNull();
            } catch (InvalidJsonException e) {
                assertThat(e).hasNoCause();
                assertThat(e.getMessage())
                        .as("seed %d, text %s", seed, text)
                        .isNotEqualTo("Refused by the JSON provider");
            }
        }
    }

    @Test
    void what_was_written_at_random_is_read_back() {
        long seed = 7L;
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            Object value = write(random, text, 4);
            assertThat(StrictJson.parse(text.toString(), 5))
                    .as("seed %d, text %s", seed, text)
                    .isEqualTo(value);
        }
    }

    private static Object write(Random random, StringBuilder out, int depth) {
        switch (random.nextInt(depth == 0 ? 3 : 5)) {
            case 0 -> {
                long value = random.nextLong() >> random.nextInt(64);
                out.append(' ').append(value).append('\n');
                return value;
            }
            case 1 -> {
                String value = String.valueOf((char) (0x20 + random.nextInt(0x400)));
                out.append('"')
                        .append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) value.charAt(0)))
                        .append('"');
                return value;
            }
            case 2 -> {
                out.append("null");
                return JsonNull.NULL;
            }
            case 3 -> {
                List<Object> values = new ArrayList<>();
                out.append('[');
                for (int n = random.nextInt(4); n > 0; n--) {
                    values.add(write(random, out, depth - 1));
                    out.append(n > 1 ? " ," : "");
                }
                out.append(']');
                return values;
            }
            default -> {
                Map<String, Object> values = new java.util.LinkedHashMap<>();
                out.append('{');
                for (int n = random.nextInt(4); n > 0; n--) {
                    out.append("\t\"n").append(n).append("\"\r:");
                    values.put("n" + n, write(random, out, depth - 1));
                    out.append(n > 1 ? "," : "");
                }
                out.append('}');
                return values;
            }
        }
    }

    private static boolean accepts(String text, int maxDepth) {
        try {
            StrictJson.parse(text, maxDepth);
            return true;
        } catch (InvalidJsonException e) {
            return false;
        }
    }
}
