package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.http.PathPolicy.Allowance;
import dev.countersign.json.Vectors;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPolicyTest {
    private static final Set<Allowance> ALL = EnumSet.allOf(Allowance.class);

    /** Plain spellings of other paths, which the container matches for itself, or which find nothing. */
    private static final Set<String> PLAIN_TARGETS = Set.of(
            "plain",
            "trailing-slash",
            "encoded-first-letter",
            "encoded-all",
            "encoded-upper-hex",
            "double-encoded",
            "double-encoded-slash",
            "encoded-space",
            "encoded-space-dir",
            "suffix-json",
            "suffix-css",
            "suffix-dot",
            "case",
            "case-mixed",
            "query",
            "query-semicolon",
            "fullwidth-slash",
            "web-inf",
            "web-inf-encoded");

    @ParameterizedTest
    @CsvSource({
        "/a;b, semicolon",
        "/;/a, semicolon",
        "/a;, semicolon",
        "/a\\b, backslash",
        "//, double_slash",
        "//a, double_slash",
        "/a//b, double_slash",
        "/a//, double_slash",
        "/., dot_segment",
        "/.., dot_segment",
        "/./a, dot_segment",
        "/a/../b, dot_segment",
        "/a/.., dot_segment",
        "/a%2fb, encoded_slash",
        "/a%2Fb, encoded_slash",
        "/a%5cb, encoded_backslash",
        "/a%5Cb, encoded_backslash",
        "/%2e, encoded_dot",
        "/a%2Eb, encoded_dot",
        "/a%3bb, encoded_semicolon",
        "/a%3B, encoded_semicolon",
        "/a%00, encoded_nul",
        "/a%0a, control",
        "/a%0D, control",
        "/a%09, control",
        "/a%1f, control",
        "/a%7f, control",
        "/a%c2%80, control",
        "/a%C2%9F, control",
        "/a%c0%af, bad_utf8",
        "/%c0%ae, bad_utf8",
        "/a%c1%bf, bad_utf8",
        "/a%e0%80%af, bad_utf8",
        "/a%f0%80%80%af, bad_utf8",
        "/a%ed%a0%80, bad_utf8",
        "/a%f4%90%80%80, bad_utf8",
        "/a%f5%80%80%80, bad_utf8",
        "/a%80, bad_utf8",
        "/a%e2%82, bad_utf8",
        "/a%e2%82b, bad_utf8",
        "/a%ff, bad_utf8",
        "/%, bad_escape",
        "/%4, bad_escape",
        "/%zz, bad_escape",
        "/%u0061, bad_escape",
        "/a%-1, bad_escape",
        "/a#b, not_a_path",
        "/a?b, not_a_path",
        "a/b, no_leading_slash",
        "http://h/a, no_leading_slash",
        "**, no_leading_slash",
    })
    void R40_names_what_it_refuses(String path, String detail) {
        assertThat(PathPolicy.STRICT.check(path)).contains(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\0", "/a\n", "/a\r\nb", "/\t", "/a b", "/a\u007f"})
    void R40_refuses_raw_controls(String path) {
        assertThat(PathPolicy.allowing(ALL).check(path)).contains("control");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/\u00e9", "/a\u0080", "/\uff0f", "/\uD83D"})
    void R40_refuses_raw_characters_that_are_no_ascii(String path) {
        assertThat(PathPolicy.allowing(ALL).check(path)).contains("bad_utf8");
    }

    @Test
    void R40_refuses_an_empty_path() {
        assertThat(PathPolicy.STRICT.check("")).contains("no_leading_slash");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "*",
                "/a",
                "/a/",
                "/a/b/c",
                "/a.b",
                "/.a",
                "/..a",
                "/a..",
                "/...",
                "/a%20b",
                "/%61",
                "/%C3%A9",
                "/%e2%82%ac",
                "/%f0%9f%98%80",
                "/%ef%bf%bf",
                "/%f4%8f%bf%bf",
                "/a%25b",
                "/%252e",
                "/a:b@c!$&'()*+,=~",
                "/%c2%a0",
            })
    void R40_accepts_plain_paths_without_allocation_of_an_answer(String path) {
        assertThat(PathPolicy.STRICT.check(path)).isSameAs(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "MATRIX, /a;b=c/d;e",
        "MATRIX, /a/;jsessionid=1",
        "ENCODED_SLASH, /a%2Fb",
        "ENCODED_SLASH, /a%2f",
        "DOUBLE_SLASH, //a//b//",
        "DOT_SEGMENTS, /a/../b/./c/..",
        "DOT_SEGMENTS, /.",
    })
    void an_allowance_opens_what_it_says(Allowance allowance, String path) {
        assertThat(PathPolicy.allowing(EnumSet.of(allowance)).check(path)).isEmpty();
        assertThat(PathPolicy.allowing(EnumSet.complementOf(EnumSet.of(allowance)))
                        .check(path))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a%00",
                "/a%0a",
                "/a\\b",
                "/a%5cb",
                "/%2e%2e/a",
                "/a%3bb",
                "/%c0%af",
                "/%",
                "/../a",
                "/a/../../b",
                "/a/..;/b",
                "/a/..;x=1",
                "/.;/a",
                "/;/a",
                "/a/;x/b",
                "/a/..%2fb",
                "/a%2f../b",
                "/a%2f..%2fb",
                "/a%2f.",
                "//../a",
                "/a#b",
            })
    void no_allowance_opens_these(String path) {
        assertThat(PathPolicy.allowing(ALL).check(path)).isPresent();
    }

    @Test
    void an_encoded_slash_separates_segments_where_it_is_allowed() {
        PathPolicy policy = PathPolicy.allowing(EnumSet.of(Allowance.ENCODED_SLASH));
        assertThat(policy.check("/a%2f%2fb")).contains("double_slash");
        assertThat(policy.check("/a/%2fb")).contains("double_slash");
        assertThat(policy.check("/%2f")).contains("double_slash");
        assertThat(policy.check("/a%2f..")).contains("dot_segment");
        assertThat(policy.check("/..%2Fa")).contains("dot_segment");
    }

    @Test
    void reads_the_values_of_the_setting() {
        assertThat(Stream.of("matrix", "encoded-slash", "double-slash", "dot-segments")
                        .map(Allowance::of)
                        .map(Optional::orElseThrow))
                .containsExactly(Allowance.values());
        assertThat(Allowance.of("MATRIX")).isEmpty();
        assertThat(PathPolicy.allowing(Set.of())).isSameAs(PathPolicy.STRICT);
    }

    @TestFactory
    Stream<DynamicTest> refuses_whatever_the_servlet_specification_rejects() {
        List<Vectors.Case> cases = Vectors.read("paths/servlet-canonical.json", "cases");
        assertThat(cases).hasSize(84);
        return cases.stream().map(c -> DynamicTest.dynamicTest(c.text("raw"), () -> check(c)));
    }

    private static void check(Vectors.Case c) {
        // The adapter hands in the path without the query; a fragment is never cut off.
        String raw = c.text("raw");
        int query = raw.indexOf('?');
        int fragment = raw.indexOf('#');
        String path = query >= 0 && fragment < 0 ? raw.substring(0, query) : raw;
        Optional<String> strict = PathPolicy.STRICT.check(path);
        Optional<String> open = PathPolicy.allowing(ALL).check(path);
        Optional<String> reject = c.optionalText("reject");
        if (reject.isEmpty()) {
            assertThat(open).isEmpty();
            boolean plain = Stream.of(";", "//", "/.").noneMatch(path::contains)
                    || path.contains("/.bar")
                    || path.contains("/..bar");
            assertThat(strict.isEmpty()).isEqualTo(plain);
        } else {
            assertThat(strict).isPresent();
            if (!reject.orElseThrow().equals("encoded /")) {
                assertThat(open).isPresent();
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> PATH_01_to_10_refuses_the_targets_of_known_bypasses() {
        List<Vectors.Case> cases = Vectors.read("paths/bypass-targets.json", "targets");
        assertThat(cases).hasSize(62);
        return cases.stream()
                .map(c -> DynamicTest.dynamicTest(c.text("id"), () -> {
                    String target = c.text("target");
                    // What an adapter hands in of an absolute-form target is its path, here the plain one.
                    if (target.startsWith("http://")) {
                        target = target.substring(target.indexOf('/', 7));
                        assertThat(PathPolicy.STRICT.check(target)).isEmpty();
                        return;
                    }
                    int query = target.indexOf('?');
                    Optional<String> result = PathPolicy.STRICT.check(query < 0 ? target : target.substring(0, query));
                    assertThat(result.isEmpty()).isEqualTo(PLAIN_TARGETS.contains(c.text("id")));
                }));
    }

    @Test
    void whatever_is_accepted_has_one_reading() {
        long seed = 31L;
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < 50_000; i++) {
            String path = "/" + RandomText.of(random, "%%%2fFeE53bBcC0a9./;\\a", 12);
            Optional<String> result = PathPolicy.STRICT.check(path);
            PathPolicy.allowing(ALL).check(path);
            if (result.isEmpty()) {
                accepted++;
                String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
                assertThat(decoded)
                        .as("seed %d: %s", seed, path)
                        .doesNotContain(";", "\\", "//", "\0", "\uFFFD")
                        .matches(text -> text.chars().noneMatch(Character::isISOControl));
                assertThat(count(decoded, '/')).as("seed %d: %s", seed, path).isEqualTo(count(path, '/'));
                assertThat(List.of(decoded.split("/", -1)))
                        .as("seed %d: %s", seed, path)
                        .doesNotContain(".", "..");
                assertThat(PathPolicy.allowing(ALL).check(path)).isEmpty();
            }
        }
        assertThat(accepted).isGreaterThan(500);
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }
}
