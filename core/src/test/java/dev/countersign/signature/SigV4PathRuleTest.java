package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigV4PathRuleTest {
    @ParameterizedTest
    @CsvSource({
        "'',/",
        "/,/",
        "//,/",
        "/.,/",
        "/..,/",
        "/../..,/",
        "/../a,/a",
        "/a/,/a/",
        "/a//,/a/",
        "//a//b,/a/b",
        "/a/./b,/a/b",
        "/a/../b,/b",
        "/a/b/..,/a",
        "/a/b/../,/a/",
        "/a/b/../..,/",
        "/...,/...",
        "/.a/..b,/.a/..b",
        "/a%20b,/a%2520b",
        "/a%2fb,/a%252fb",
        "/a%2Fb,/a%252Fb",
        "/a%252Fb,/a%25252Fb",
        "/%2e%2e/a,/%252e%252e/a",
        "/a+b,/a%2Bb",
        "/a;b=c,/a%3Bb%3Dc",
        "/-_.~,/-_.~",
        "/é,/%C3%A9",
        "/100%,/100%25"
    })
    void SIG_05_other_services_resolve_segments_and_encode_what_was_sent(String rawPath, String canonical) {
        assertThat(SigV4PathRule.NORMALIZED.canonical(rawPath)).contains(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "'',/",
        "/,/",
        "//,//",
        "/./,/./",
        "/a/../b,/a/../b",
        "//a//,//a//",
        "/a%20b,/a%20b",
        "/a b,/a%20b",
        "/a%2fb,/a%2Fb",
        "/a%2Fb,/a%2Fb",
        "/a%252Fb,/a%252Fb",
        "/%61%7e,/a~",
        "/a+b,/a%2Bb",
        "/a%2Bb,/a%2Bb",
        "/a:b@c,/a%3Ab%40c",
        "/é,/%C3%A9",
        "/%c3%a9,/%C3%A9"
    })
    void SIG_05_storage_paths_are_encoded_once_and_keep_their_segments(String rawPath, String canonical) {
        assertThat(SigV4PathRule.S3.canonical(rawPath)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a+b", "/a%2fb", "/a:b@c", "/a//b/./..", "/a%20b"})
    void a_path_as_it_was_sent_is_left_alone(String rawPath) {
        assertThat(SigV4PathRule.AS_SENT.canonical(rawPath)).contains(rawPath);
    }

    @Test
    void an_empty_path_is_a_slash_as_it_is_sent() {
        assertThat(SigV4PathRule.AS_SENT.canonical("")).contains("/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/a%2", "/%zz", "/%é0", "/\uD800"})
    void a_path_that_cannot_be_read_in_one_way_has_no_canonical_form_for_storage(String rawPath) {
        assertThat(SigV4PathRule.S3.canonical(rawPath)).isEmpty();
        assertThat(SigV4PathRule.AS_SENT.canonical(rawPath)).isEmpty();
    }

    @Test
    void a_lone_surrogate_has_no_canonical_form() {
        assertThat(SigV4PathRule.NORMALIZED.canonical("/\uDC00")).isEmpty();
        assertThat(SigV4PathRule.NORMALIZED.canonical("/\uD83D\uDE00")).contains("/%F0%9F%98%80");
    }

    @Test
    void only_storage_has_a_rule_of_its_own() {
        assertThat(SigV4PathRule.of("s3")).isEqualTo(SigV4PathRule.S3);
        assertThat(SigV4PathRule.of("orders")).isEqualTo(SigV4PathRule.NORMALIZED);
    }
}
