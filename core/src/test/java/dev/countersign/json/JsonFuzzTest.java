package dev.countersign.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.FuzzInput;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class JsonFuzzTest {
    private static final int[] DEPTHS = {0, 1, 2, 8, 32, 512};

    @FuzzTest
    void a_text_is_read_as_every_reader_would_or_refused(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        int choice = input.choose(DEPTHS.length + 1);
        if (choice == DEPTHS.length) {
            write(input);
        } else {
            read(DEPTHS[choice], input.unicode());
        }
    }

    private static void read(int maxDepth, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Object value;
        try {
            value = FuzzInput.bounded(utf8.length, () -> StrictJson.parse(utf8, maxDepth));
        } catch (InvalidJsonException e) {
            FuzzInput.assertTellsNoSecret(e.getMessage());
            assertThat(e.getCause()).isNull();
            return;
        }
        try (JsonReader reader = Json.createReader(new StringReader("[" + text + "]"))) {
            JsonArray array = reader.readArray();
            assertThat(array).hasSize(1);
            assertSame(value, array.get(0), maxDepth);
        }
        if (!hasOrdinaryNumbers(value)) {
            // Written in another way they may have too many characters.
            return;
        }
        StringBuilder printed = new StringBuilder();
        print(value, printed);
        assertThat(StrictJson.parse(printed.toString(), maxDepth)).isEqualTo(value);
    }

    private static boolean hasOrdinaryNumbers(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().allMatch(JsonFuzzTest::hasOrdinaryNumbers);
        }
        if (value instanceof List<?> list) {
            return list.stream().allMatch(JsonFuzzTest::hasOrdinaryNumbers);
        }
        return !(value instanceof BigDecimal number) || (number.precision() <= 100 && Math.abs(number.scale()) <= 800);
    }

    private static void assertSame(Object ours, JsonValue theirs, int depthLeft) {
        switch (theirs.getValueType()) {
            case OBJECT -> {
                JsonObject object = theirs.asJsonObject();
                assertThat(depthLeft).isPositive();
                assertThat(ours).isInstanceOf(Map.class);
                assertThat(((Map<?, ?>) ours).keySet()).isEqualTo(object.keySet());
                ((Map<?, ?>) ours)
                        .forEach((name, value) ->
                                assertSame(value, Objects.requireNonNull(object.get(name)), depthLeft - 1));
            }
            case ARRAY -> {
                JsonArray array = theirs.asJsonArray();
                assertThat(depthLeft).isPositive();
                assertThat(ours).isInstanceOf(List.class);
                assertThat((List<?>) ours).hasSameSizeAs(array);
                for (int i = 0; i < array.size(); i++) {
                    assertSame(((List<?>) ours).get(i), array.get(i), depthLeft - 1);
                }
            }
            case STRING -> assertThat(ours).isEqualTo(((JsonString) theirs).getString());
            case NUMBER -> {
                BigDecimal number = ours instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) ours;
                assertThat(number).isEqualByComparingTo(((JsonNumber) theirs).bigDecimalValue());
            }
            case TRUE -> assertThat(ours).isEqualTo(true);
            case FALSE -> assertThat(ours).isEqualTo(false);
            case NULL -> assertThat(ours).isEqualTo(JsonNull.NULL);
        }
    }

    private static void print(Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            out.append('{');
            map.forEach((name, member) -> {
                out.append(out.charAt(out.length() - 1) == '{' ? "" : ",");
                print(name, out);
                out.append(':');
                print(member, out);
            });
            out.append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            for (int i = 0; i < list.size(); i++) {
                out.append(i > 0 ? "," : "");
                print(list.get(i), out);
            }
            out.append(']');
        } else if (value instanceof String text) {
            String object = JsonText.object().member("", text).toString();
            out.append(object, "{\"\":".length(), object.length() - 1);
        } else if (value instanceof BigDecimal number) {
            // With an exponent it stays one when it is read again.
            out.append(number.unscaledValue()).append('E').append(-number.scale());
        } else {
            out.append(value == JsonNull.NULL ? "null" : value);
        }
    }

    private static void write(FuzzInput input) {
        String name = input.line();
        // Two bytes a character, so that surrogates occur alone and in pairs.
        String value = new String(input.bytes(), StandardCharsets.UTF_16BE);
        String lone = value.length() % 2 == 0 ? value + '\uD83D' : '\uDE00' + value;
        String text = JsonText.object()
                .member(name, lone)
                .member(name + "1", List.of(value, lone))
                .lists(name + "2", List.of(List.of(), List.of(name)))
                .member(name + "3", JsonText.object().member(value, true).member(value + "1", -1))
                .toString();
        assertThat(text)
                .matches(line -> line.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == 0x202E));
        Map<String, Object> read = StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8), 4);
        assertThat(read)
                .containsEntry(name, replaced(lone))
                .containsEntry(name + "1", List.of(replaced(value), replaced(lone)))
                .containsEntry(name + "2", List.of(List.of(), List.of(name)))
                .containsEntry(name + "3", Map.of(replaced(value), true, replaced(value + "1"), -1L))
                .hasSize(4);
    }

    /** With every lone surrogate as U+FFFD, which is what an encoder could write. */
    private static String replaced(String text) {
        StringBuilder replaced = new StringBuilder();
        text.codePoints().forEach(c -> replaced.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return replaced.toString();
    }
}
