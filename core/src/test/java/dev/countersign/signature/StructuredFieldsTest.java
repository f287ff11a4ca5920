package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.JsonVectors;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.greenbytes.http.sfv.TokenItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StructuredFieldsTest {
    private static final int MAX = 1 << 20;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /** Every file but those of the two types that RFC 9651 added to RFC 8941, of which no field here has any. */
    private static final List<String> FILES = List.of(
            "binary",
            "boolean",
            "dictionary",
            "examples",
            "item",
            "key-generated",
            "large-generated",
            "list",
            "listlist",
            "number",
            "number-generated",
            "param-dict",
            "param-list",
            "param-listlist",
            "string",
            "string-generated",
            "token",
            "token-generated");

    private static final List<String> FILES_OF_OTHER_TYPES = List.of("date", "display-string");

    static Stream<Arguments> vectors() {
        return cases(FILES);
    }

    static Stream<Arguments> vectorsOfOtherTypes() {
        return cases(FILES_OF_OTHER_TYPES);
    }

    private static Stream<Arguments> cases(List<String> files) {
        return files.stream()
                .flatMap(file -> JsonVectors.array("structured-fields/" + file + ".json").stream()
                        .map(vector -> Arguments.of(file + ": " + JsonVectors.text(vector, "name"), vector)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void reads_what_RFC_8941_says_and_writes_it_in_one_way(String name, Map<String, Object> vector) {
        List<String> raw = JsonVectors.texts(vector, "raw");
        FieldType type = type(vector);
        Optional<Object> read = read(raw, type);
        Optional<String> written = StructuredFields.strict(raw, type, MAX);
        assertThat(written.isPresent()).isEqualTo(read.isPresent());
        if (Boolean.TRUE.equals(vector.get("must_fail"))) {
            assertThat(read).isEmpty();
            return;
        }
        if (read.isEmpty()) {
            assertThat(vector.get("can_fail")).isEqualTo(true);
            return;
        }
        assertThat(read).contains(normal(expected(vector)));
        List<String> canonical = vector.containsKey("canonical") ? JsonVectors.texts(vector, "canonical") : raw;
        assertThat(written).contains(String.join(", ", canonical));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectorsOfOtherTypes")
    void refuses_dates_and_display_strings_which_RFC_8941_does_not_have(String name, Map<String, Object> vector) {
        assertThat(read(JsonVectors.texts(vector, "raw"), type(vector))).isEmpty();
    }

    @Test
    void every_file_of_the_vectors_is_read() {
        long cases = vectors().count() + vectorsOfOtherTypes().count();
        assertThat(cases).isEqualTo(637);
        assertThat(Stream.of("key-generated", "number", "string-generated", "token-generated")
                        .mapToLong(file -> serialised(file).count())
                        .sum())
                .isEqualTo(186);
    }

    private static Stream<Arguments> serialised(String file) {
        return JsonVectors.array("structured-fields/serialisation-tests/" + file + ".json").stream()
                .map(vector -> Arguments.of(JsonVectors.text(vector, "name"), vector));
    }

    static Stream<Arguments> keys() {
        return serialised("key-generated");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void writes_no_key_that_cannot_be_read(String name, Map<String, Object> vector) {
        Object first = expected(vector).get(0);
        // A member of a dictionary begins with its key; one of a list has it in its parameters.
        Object key = type(vector) == FieldType.DICTIONARY
                ? ((List<?>) first).get(0)
                : ((List<?>) ((List<?>) ((List<?>) first).get(1)).get(0)).get(0);
        assertThat(vector.get("must_fail")).isEqualTo(true);
        assertThat(StructuredFields.isKey((String) key)).isFalse();
    }

    static Stream<Arguments> strings() {
        return serialised("string-generated");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strings")
    void writes_no_string_that_cannot_be_read(String name, Map<String, Object> vector) {
        String value = (String) expected(vector).get(0);
        assertThat(vector.get("must_fail")).isEqualTo(true);
        assertThatIllegalArgumentException().isThrownBy(() -> StructuredFields.string(value));
    }

    static Stream<Arguments> tokens() {
        return serialised("token-generated");
    }

    /** Nothing here writes a token that was not read before, but by the library. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void the_library_writes_no_token_that_cannot_be_read(String name, Map<String, Object> vector) {
        Map<?, ?> token = (Map<?, ?>) expected(vector).get(0);
        assertThat(vector.get("must_fail")).isEqualTo(true);
        assertThatIllegalArgumentException().isThrownBy(() -> TokenItem.valueOf((String) token.get("value")));
    }

    static Stream<Arguments> numbers() {
        return serialised("number");
    }

    /**
     * Nothing here writes a number but times, which {@link SignatureInput} bounds, and what was read before: none of
     * these. (The library itself cuts the ones that should be rounded in other places.)
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("numbers")
    void a_number_that_would_have_to_be_rounded_or_refused_is_never_there_to_be_written(
            String name, Map<String, Object> vector) {
        Object value = Objects.requireNonNull(expected(vector).get(0));
        String text = value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
        assertThat(StructuredFields.item(List.of(text), MAX)).isEmpty();
    }

    @Test
    void SIG_19_reads_no_more_than_the_bound() {
        List<String> lines = List.of("a=1", "b=2");
        assertThat(StructuredFields.dictionary(lines, 7)).isPresent();
        assertThat(StructuredFields.dictionary(lines, 6)).isEmpty();
        assertThat(StructuredFields.list(lines, 6)).isEmpty();
        assertThat(StructuredFields.item(List.of("12"), 1)).isEmpty();
        assertThat(StructuredFields.strict(lines, FieldType.DICTIONARY, 6)).isEmpty();
        String pieces = "a;".repeat(5000);
        assertThat(StructuredFields.list(List.of(pieces + "a"), MAX)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "*", "a1", "a-b", "a_b", "a.b", "a*"})
    void knows_keys(String key) {
        assertThat(StructuredFields.isKey(key)).isTrue();
    }

    @Test
    void an_empty_text_is_no_key() {
        assertThat(StructuredFields.isKey("")).isFalse();
    }

    private static List<?> expected(Map<String, Object> vector) {
        return (List<?>) Objects.requireNonNull(vector.get("expected"));
    }

    private static FieldType type(Map<String, Object> vector) {
        return FieldType.valueOf(JsonVectors.text(vector, "header_type").toUpperCase(Locale.ROOT));
    }

    /** What was read, in the form in which the vectors tell it. */
    private static Optional<Object> read(List<String> lines, FieldType type) {
        return switch (type) {
            case ITEM -> StructuredFields.item(lines, MAX).map(StructuredFieldsTest::told);
            case LIST ->
                StructuredFields.list(lines, MAX)
                        .map(members ->
                                members.stream().map(StructuredFieldsTest::told).toList());
            case DICTIONARY ->
                StructuredFields.dictionary(lines, MAX)
                        .map(members -> members.entrySet().stream()
                                .map(member -> List.of(member.getKey(), told(member.getValue())))
                                .toList());
        };
    }

    private static Object told(StructuredFields.Member member) {
        List<Object> parameters = new ArrayList<>();
        member.parameters().forEach((name, value) -> parameters.add(List.of(name, told(value))));
        if (member instanceof StructuredFields.Item item) {
            return List.of(told(item.value()), parameters);
        }
        return List.of(
                ((StructuredFields.InnerList) member)
                        .items().stream().map(StructuredFieldsTest::told).toList(),
                parameters);
    }

    private static Object told(Object value) {
        if (value instanceof StructuredFields.Token token) {
            return Map.of("__type", "token", "value", token.text());
        }
        if (value instanceof ByteBuffer bytes) {
            return Map.of("__type", "binary", "value", base32(bytes));
        }
        return normal(value);
    }

    private static Object normal(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(StructuredFieldsTest::normal).collect(Collectors.toList());
        }
        return value;
    }

    /** RFC 4648 section 6. */
    private static String base32(ByteBuffer buffer) {
        ByteBuffer bytes = buffer.duplicate();
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int count = 0;
        while (bytes.hasRemaining()) {
            bits = ((bits << 8) | (bytes.get() & 0xFF)) & 0xFFF;
            count += 8;
            while (count >= 5) {
                count -= 5;
                text.append(ALPHABET.charAt((bits >> count) & 31));
            }
        }
        if (count > 0) {
            text.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt((bits << (5 - count)) & 31));
        }
        while (text.length() % 8 != 0) {
            text.append('=');
        }
        return text.toString();
    }
}
