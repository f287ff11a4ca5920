package dev.countersign.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTest {
    private static final Duration MIN = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofDays(2);

    @TempDir
    private Path directory;

    private final Map<String, String> environment =
            new HashMap<>(Map.of("WORD", "word", "TRICK", "${sys:dir}", "N", "x1"));
    private Settings settings = Settings.of(Map.of());

    private Section given(String... pairs) {
        Map<String, String> keys = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            keys.put("countersign." + pairs[i], pairs[i + 1]);
        }
        settings = Settings.builder()
                .systemProperties(Map.of("dir", "conf", "empty", " "))
                .environment(environment)
                .workingDirectory(directory)
                .parameters("here", keys)
                .open();
        return settings.root();
    }

    private List<String> problems() {
        return catchThrowableOfType(ConfigurationException.class, settings::finish)
                .problems();
    }

    private void assertProblem(String expected) {
        assertThat(problems()).containsExactly(expected);
    }

    private static String same(List<String> texts) {
        return String.join("|", texts);
    }

    @Test
    void what_is_not_set_is_the_fallback() {
        Section root = given();
        assertThat(root.text("k")).isEmpty();
        assertThat(root.text("k", "f")).isEqualTo("f");
        assertThat(root.list("k", List.of("f"))).containsExactly("f");
        assertThat(root.flag("k", true)).isTrue();
        assertThat(root.number("k", 7, 0, 9)).isEqualTo(7);
        assertThat(root.size("k", 7, 0, 9)).isEqualTo(7);
        assertThat(root.duration("k", MIN, MIN, MAX)).isEqualTo(MIN);
        assertThat(root.duration("k", MIN, MAX)).isEmpty();
        assertThat(root.choice("k", Thread.State.class, Thread.State.NEW)).isEqualTo(Thread.State.NEW);
        assertThat(root.file("k", text -> text)).isEmpty();
        assertThat(root.values("x", SectionTest::same)).isEmpty();
        assertThat(root.key("k")).isEqualTo("countersign.k");
        assertThat(root.section("scheme.jwt").key("k")).isEqualTo("countersign.scheme.jwt.k");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "${sys:empty}"})
    void a_key_set_to_nothing_is_a_problem(String value) {
        assertThat(given("k", value).text("k", "fallback")).isEqualTo("fallback");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("countersign.k: ")
                .contains("empty");
    }

    @ParameterizedTest
    @CsvSource({"true,true", "false,false", "' true ',true"})
    void reads_flags(String value, boolean flag) {
        assertThat(given("k", value).flag("k", !flag)).isEqualTo(flag);
        assertThat(settings.finish()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"True", "TRUE", "yes", "1", "on", "true,false"})
    void refuses_other_flags(String value) {
        assertThat(given("k", value).flag("k", true)).isTrue();
        assertProblem("countersign.k: " + value + " (expected: true or false)");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "9,9", "-3,-3", "007,7"})
    void reads_numbers(String value, int number) {
        assertThat(given("k", value).number("k", 1, -3, 9)).isEqualTo(number);
        assertThat(settings.finish()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10,at most 9",
        "99999999999999999999,at most 9",
        "-1,at least 0",
        "-99999999999999999999,at least 0",
        "4294967296,at most 9",
        "+1,a whole number from 0 to 9",
        "1.0,a whole number from 0 to 9",
        "1e0,a whole number from 0 to 9",
        "0x1,a whole number from 0 to 9",
        "-,a whole number from 0 to 9",
        "\u0661,a whole number from 0 to 9"
    })
    void refuses_other_numbers(String value, String expected) {
        assertThat(given("k", value).number("k", 1, 0, 9)).isEqualTo(1);
        assertProblem("countersign.k: " + value + " (expected: " + expected + ")");
    }

    @ParameterizedTest
    @CsvSource({"8192,8192", "8 KiB,8192", "8KiB,8192", "1 MiB,1048576", "1  MiB,1048576", "1 GiB,1073741824"})
    void reads_sizes(String value, int size) {
        assertThat(given("k", value).size("k", 1, 0, Integer.MAX_VALUE)).isEqualTo(size);
        assertThat(settings.finish()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "9 MiB,at most 8 MiB",
        "9999999999 GiB,at most 8 MiB",
        "1023,at least 1 KiB",
        "-1 KiB,at least 1 KiB",
        "8 kB,'a size such as 8192, 8 KiB or 1 MiB'",
        "8 kib,'a size such as 8192, 8 KiB or 1 MiB'",
        "KiB,'a size such as 8192, 8 KiB or 1 MiB'",
        "1.5 MiB,'a size such as 8192, 8 KiB or 1 MiB'"
    })
    void refuses_other_sizes(String value, String expected) {
        assertThat(given("k", value).size("k", 2048, 1024, 8 << 20)).isEqualTo(2048);
        assertProblem("countersign.k: " + value + " (expected: " + expected + ")");
    }

    @ParameterizedTest
    @CsvSource({"PT1S,1000", "P2D,172800000", "PT1.5S,1500", "PT1H30M,5400000"})
    void reads_durations(String value, long millis) {
        assertThat(given("k", value).duration("k", MIN, MIN, MAX).toMillis()).isEqualTo(millis);
        assertThat(given("k", value).duration("k", MIN, MAX)).contains(Duration.ofMillis(millis));
        assertThat(settings.finish()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,at least PT1S",
        "PT-5S,at least PT1S",
        "P3D,at most P2D",
        "PT2H47M99999999999S,at most P2D",
        "30,an ISO-8601 duration such as PT30S or P1D",
        "30s,an ISO-8601 duration such as PT30S or P1D",
        "P1Y,an ISO-8601 duration such as PT30S or P1D",
        "PT99999999999999999999S,an ISO-8601 duration such as PT30S or P1D",
        "none,an ISO-8601 duration such as PT30S or P1D"
    })
    void refuses_other_durations(String value, String expected) {
        assertThat(given("k", value).duration("k", MIN, MIN, MAX)).isEqualTo(MIN);
        assertThat(settings.root().duration("k", MIN, MAX)).isEmpty();
        assertProblem("countersign.k: " + value + " (expected: " + expected + ")");
    }

    @Test
    void an_optional_duration_may_be_off() {
        assertThat(given("k", "off").duration("k", MIN, MAX)).isEmpty();
        assertThat(settings.finish()).isEmpty();
        given("k", "off").duration("k", MIN, MIN, MAX);
        assertThat(problems()).hasSize(1);
    }

    @Test
    void reads_choices_in_lower_case_with_dashes() {
        assertThat(given("k", "timed-waiting").choice("k", Thread.State.class, Thread.State.NEW))
                .isEqualTo(Thread.State.TIMED_WAITING);
        assertThat(settings.finish()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TIMED_WAITING", "timed_waiting", "Timed-Waiting", "nope"})
    void refuses_other_choices(String value) {
        assertThat(given("k", value).choice("k", Thread.State.class, Thread.State.NEW))
                .isEqualTo(Thread.State.NEW);
        assertProblem("countersign.k: " + value
                + " (expected: one of new, runnable, blocked, waiting, timed-waiting, terminated)");
    }

    @Test
    void reads_lists() {
        assertThat(given("k", " a, b ,c d").list("k", List.of())).containsExactly("a", "b", "c d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,,b", ",a", "a,", ",", "a, ,b"})
    void an_empty_item_is_a_problem(String value) {
        assertThat(given("k", value).list("k", List.of("f"))).containsExactly("f");
        assertProblem("countersign.k: an empty item (expected: a comma-separated list)");
    }

    @Test
    void a_key_may_be_set_to_nothing_where_that_means_something() {
        assertThat(given("k", "", "e", "${sys:empty}", "v", " x ").textOrNothing("k"))
                .contains("");
        assertThat(settings.root().textOrNothing("e")).contains("");
        assertThat(settings.root().textOrNothing("v")).contains("x");
        assertThat(settings.root().textOrNothing("nope")).isEmpty();
        assertThat(settings.finish()).isEmpty();
    }

    @Test
    void names_of_any_form_are_found_by_their_values_and_by_what_stands_below() {
        Section root = given("s.B_1", "x", "s.a", "x", "s.a.owner", "y", "s.C.owner", "z", "other", "x");
        assertThat(root.names("s", name -> true, "anything")).containsExactly("B_1", "C", "a");
        assertThat(root.names("other", name -> true, "anything")).isEmpty();
    }

    @Test
    void a_name_of_a_wrong_form_is_one_problem_with_all_that_stands_below_it() {
        Section root = given("s.a", "x", "s.b", "x", "s.b.owner", "y", "s.b.scopes", "z");
        assertThat(root.names("s", name -> name.equals("a"), "an a")).containsExactly("a");
        root.text("s.a");
        assertProblem("countersign.s.b: bad name (expected: an a)");
    }

    @Test
    void a_required_text_that_is_not_set_is_a_problem() {
        assertThat(given().requiredText("k", "an issuer")).isEmpty();
        assertProblem("countersign.k: not set (expected: an issuer)");
    }

    @Test
    void a_shown_value_is_cut_and_cannot_break_lines() {
        given("k", "a\r\n\u2028" + "x".repeat(1000)).flag("k", true);
        assertProblem("countersign.k: a???" + "x".repeat(76) + "… (expected: true or false)");
    }

    @Test
    void references_are_expanded_anywhere_and_only_once() throws IOException {
        Files.writeString(directory.resolve("f"), "${env:WORD}\r\n");
        Section root = given(
                "a", "${env:WORD}",
                "b", "<${env:WORD}-${sys:dir}>${file:f}.",
                "c", "${env:TRICK}",
                "d", "costs 5$ {a} $x }",
                "e", "$${env:WORD}");
        assertThat(root.text("a")).contains("word");
        assertThat(root.text("b")).contains("<word-conf>${env:WORD}.");
        assertThat(root.text("c")).contains("${sys:dir}");
        assertThat(root.text("d")).contains("costs 5$ {a} $x }");
        assertThat(root.text("e")).contains("$word");
    }

    @ParameterizedTest
    @CsvSource({"'x\n',x", "'x\r\n',x", "'x\r',x", "'x\n\n','x\n'", "'x y',x y", "' x ',' x '", "'\nx','\nx'"})
    void one_line_break_at_the_end_of_a_file_is_dropped(String content, String value) throws IOException {
        Files.writeString(directory.resolve("f"), content);
        assertThat(given("k", "${file:f}")
                        .values("k", SectionTest::same)
                        .orElseThrow()
                        .current())
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "'${env:NOPE}','${env:NOPE} (expected: the environment variable to be set)'",
        "'s3cret${env:NOPE}','${env:NOPE} (expected: the environment variable to be set)'",
        "'${sys:nope}','${sys:nope} (expected: the system property to be set)'",
        "'${file:nope}','${file:nope} (expected: the file to exist)'",
        "'${file:.}','${file:.} (expected: a file, not a directory)'",
        "'${env:s3cret','a ${ without its } (expected: ${env:NAME}, ${file:PATH} or ${sys:NAME})'",
        "'${s3cret}','a ${…} that is not understood (expected: ${env:NAME}, ${file:PATH} or ${sys:NAME})'",
        "'${vault:s3cret}','a ${…} that is not understood (expected: ${env:NAME}, ${file:PATH} or ${sys:NAME})'",
        "'${ENV:s3cret}','a ${…} that is not understood (expected: ${env:NAME}, ${file:PATH} or ${sys:NAME})'",
        "'${env:X:-s3cret}','a ${…} that is not understood (expected: ${env:NAME}, ${file:PATH} or ${sys:NAME})'",
        "'${env:}','a ${…} that is not understood (expected: ${env:NAME}, ${file:PATH} or ${sys:NAME})'",
        "'${file: }','a ${…} that is not understood (expected: ${env:NAME}, ${file:PATH} or ${sys:NAME})'",
        "'${}','a ${…} that is not understood (expected: ${env:NAME}, ${file:PATH} or ${sys:NAME})'",
        "'${file:${env:WORD}}','a ${…} that is not understood (expected: ${env:NAME}, ${file:PATH} or ${sys:NAME})'"
    })
    void a_reference_to_nothing_is_a_problem(String value, String problem) {
        Section root = given("k", value);
        assertThat(root.text("k")).isEmpty();
        assertThat(root.values("k", SectionTest::same)).isEmpty();
        assertProblem("countersign.k: " + problem);
    }

    @Test
    void every_reference_to_nothing_is_told() {
        given("k", "${env:A}${sys:b}${file:c}").text("k");
        assertThat(problems()).hasSize(3);
    }

    @Test
    void a_typed_value_is_shown_as_it_was_written_not_as_what_was_brought_in() throws IOException {
        Files.writeString(directory.resolve("f"), "s3cret");
        Section root = given("a", "${env:N}", "b", "${file:f}");
        root.number("a", 1, 0, 9);
        root.duration("b", MIN, MIN, MAX);
        assertThat(problems())
                .containsExactly(
                        "countersign.a: ${env:N} (expected: a whole number from 0 to 9)",
                        "countersign.b: ${file:f} (expected: an ISO-8601 duration such as PT30S or P1D)");
    }

    @Test
    void values_are_the_key_and_its_numbers_in_order() {
        environment.put("COUNTERSIGN_K_1", "one");
        Section root = given("k", "zero", "k.10", "ten", "k.2", "two");
        assertThat(root.values("k", SectionTest::same).orElseThrow().current()).isEqualTo("zero|one|two|ten");
        assertThat(settings.finish()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"k.01", "k.0", "k.x", "k.-1", "k.1001", "k.1.1", "k.\u0661"})
    void other_numbers_are_unknown_keys(String key) {
        given(key, "x").values("k", SectionTest::same);
        assertThat(problems()).singleElement().asString().startsWith("countersign." + key + ": unknown key");
    }

    @Test
    void required_values_that_are_not_set_are_one_problem_and_so_are_broken_ones() {
        Section root = given("b", "${env:NOPE}", "c.1", "x");
        assertThat(root.requiredValues("a", "a key", SectionTest::same)).isEmpty();
        assertThat(root.requiredValues("b", "a key", SectionTest::same)).isEmpty();
        assertThat(root.requiredValues("c", "a key", SectionTest::same)).isPresent();
        assertThat(problems())
                .containsExactly(
                        "countersign.a: not set (expected: a key)",
                        "countersign.b: ${env:NOPE} (expected: the environment variable to be set)");
    }

    @Test
    void a_value_that_the_parser_refuses_is_a_problem_with_the_parsers_words() {
        assertThat(given("k", "s3cret").values("k", texts -> {
                    throw new IllegalArgumentException("8 bytes (expected: at least 32)");
                }))
                .isEmpty();
        assertProblem("countersign.k: 8 bytes (expected: at least 32)");
    }

    @Test
    void the_words_of_other_exceptions_are_not_shown() {
        Section root = given("a", "s3cret", "b", "s3cret", "c", "x", "d", "x");
        root.values("a", texts -> Integer.parseInt(texts.get(0)));
        root.values("b", texts -> {
            throw new IllegalStateException(texts.get(0));
        });
        root.values("c", texts -> {
            throw new StackOverflowError();
        });
        root.values("d", texts -> {
            throw new IllegalArgumentException((String) null);
        });
        assertThat(problems())
                .containsExactly(
                        "countersign.a: cannot be read (NumberFormatException)",
                        "countersign.b: cannot be read (IllegalStateException)",
                        "countersign.c: cannot be read (StackOverflowError)",
                        "countersign.d: cannot be read (IllegalArgumentException)");
    }

    @Test
    void reads_a_file_relative_to_the_directory_or_absolute() throws IOException {
        Files.createDirectory(directory.resolve("conf"));
        Files.writeString(directory.resolve("conf/store"), "text\n");
        Section root = given(
                "a", "file:conf/store",
                "b", "file:" + directory.resolve("conf/store"),
                "c", "file: ${sys:dir}/store");
        for (String name : List.of("a", "b", "c")) {
            assertThat(root.file(name, Function.identity()).orElseThrow().current())
                    .isEqualTo("text\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc,not a file (expected: file:<path>)",
        "s3cret,not a file (expected: file:<path>)",
        "file:,not a file (expected: file:<path>)",
        "FILE:x,not a file (expected: file:<path>)",
        "file:nope,file:nope (expected: the file to exist)",
        "file:.,'file:. (expected: a file, not a directory)'"
    })
    void what_is_no_file_is_a_problem(String value, String problem) {
        assertThat(given("k", value).file("k", text -> text)).isEqualTo(Optional.empty());
        assertProblem("countersign.k: " + problem);
    }

    @Test
    void a_file_that_is_not_utf_8_or_that_the_parser_refuses_is_a_problem() throws IOException {
        Files.write(directory.resolve("a"), "ä".getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(directory.resolve("b"), "s3cret");
        Section root = given("a", "file:a", "b", "file:b");
        root.file("a", text -> text);
        root.file("b", text -> {
            throw new IllegalArgumentException("line 1: no such hash");
        });
        assertThat(problems())
                .containsExactly(
                        "countersign.a: file:a (expected: a file in UTF-8)",
                        "countersign.b: file:b: line 1: no such hash");
    }

    @Test
    void a_value_from_a_file_above_one_mebibyte_is_a_problem_and_a_store_is_not() throws IOException {
        Files.writeString(directory.resolve("f"), "x".repeat((1 << 20) + 1));
        Section root = given("a", "${file:f}", "b", "file:f");
        assertThat(root.text("a")).isEmpty();
        assertThat(root.file("b", String::length).orElseThrow().current()).isEqualTo((1 << 20) + 1);
        assertProblem("countersign.a: ${file:f} (expected: a file of at most 1 MiB)");
    }

    @ParameterizedTest
    @CsvSource({"a,true", "api-key,true", "a1-,true", "'',false", "A,false", "1a,false", "a.b,false", "a_b,false"})
    void tells_names_from_other_text(String text, boolean name) {
        assertThat(Section.isName(text)).isEqualTo(name);
    }
}
