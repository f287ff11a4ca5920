package dev.countersign.jose;

import static dev.countersign.jose.TestKeys.base64;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CompactJwsTest {
    private static String token(String header, String payload) {
        return base64(header) + "." + base64(payload) + "." + base64(new byte[64]);
    }

    private static CompactJws.Reading read(String token) {
        return CompactJws.read(token, 8192, 4);
    }

    private static CompactJws readable(String header) {
        return ((CompactJws.Read) read(token(header, "{}"))).jws();
    }

    private static JwsProblem problem(String token) {
        return ((CompactJws.Unreadable) read(token)).problem();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|ALGORITHM",
                "{\"alg\":7}|ALGORITHM",
                "{\"alg\":null}|ALGORITHM",
                "{\"alg\":\"none\"}|ALGORITHM",
                "{\"alg\":\"es256\"}|ALGORITHM",
                "{\"alg\":\"ES256\",\"crit\":[]}|CRITICAL",
                "{\"alg\":\"ES256\",\"crit\":null}|CRITICAL",
                "{\"alg\":\"ES256\",\"b64\":true}|CRITICAL",
                "{\"alg\":\"ES256\",\"zip\":\"DEF\"}|COMPRESSED",
                "{\"alg\":\"ES256\",\"kid\":7}|HEADER",
                "{\"alg\":\"ES256\",\"kid\":null}|HEADER",
                "{\"alg\":\"ES256\",\"typ\":[]}|HEADER",
                "{\"alg\":\"ES256\",\"cty\":{}}|HEADER",
                "{\"alg\":\"ES256\",\"alg\":\"ES256\"}|JSON",
                "[]|JSON",
                "{\"a\":[[[[]]]]}|JSON"
            })
    void JWT_01_JWT_11_JWT_12_JWT_13_JWT_14_names_what_is_wrong_with_a_header(String header, JwsProblem problem) {
        assertThat(problem(token(header, "{}"))).isEqualTo(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a", "e30.e30", "e30.e30.e30.e30", "e30.e30.e30.e30.e30", "e30.e30.e30."})
    void JWT_28_reads_three_parts_and_no_other_number(String token) {
        assertThat(problem(token)).isEqualTo(JwsProblem.PARTS);
    }

    @Test
    void JWT_20_reads_canonical_base64url_in_every_part_and_nothing_else() {
        String good = base64("{\"alg\":\"ES256\"}");
        assertThat(read(good + ".e30.AA")).isInstanceOf(CompactJws.Read.class);
        for (String bad :
                new String[] {"A", "AB", "AAB", "AA=", "A A", "A+AA", "A/AA", "AAAAA", "\u0100A", "AA\u0080A"}) {
            assertThat(problem(bad + ".e30.AA")).isEqualTo(JwsProblem.BASE64);
            assertThat(problem(good + "." + bad + ".AA")).isEqualTo(JwsProblem.BASE64);
            assertThat(problem(good + ".e30." + bad)).isEqualTo(JwsProblem.BASE64);
        }
    }

    @Test
    void JWT_20_decodes_the_examples_of_RFC_4648_without_their_padding() {
        // RFC 4648 section 10.
        for (Map.Entry<String, String> example : Map.of(
                        "",
                        "",
                        "Zg",
                        "f",
                        "Zm8",
                        "fo",
                        "Zm9v",
                        "foo",
                        "Zm9vYg",
                        "foob",
                        "Zm9vYmE",
                        "fooba",
                        "Zm9vYmFy",
                        "foobar")
                .entrySet()) {
            assertThat(Base64Url.decode(example.getKey()))
                    .asString(java.nio.charset.StandardCharsets.US_ASCII)
                    .isEqualTo(example.getValue());
        }
        assertThat(Base64Url.decode("-_-_")).containsExactly(0xFB, 0xFF, 0xBF);
    }

    @Test
    void JWT_20_refuses_an_illegal_character_wherever_it_stands() {
        for (String text : new String[] {"AAAA", "AA", "AAA", "AAAAAA"}) {
            for (int i = 0; i < text.length(); i++) {
                for (char c : new char[] {'=', '.', ' ', '+', '/', '@', '[', '`', '{', '\u007f', '\u0080', '\u0141'}) {
                    assertThat(Base64Url.decode(text.substring(0, i) + c + text.substring(i + 1)))
                            .isNull();
                }
            }
        }
    }

    @Test
    void JWT_16_reads_a_token_of_the_longest_length_and_no_longer_one() {
        String token = token("{\"alg\":\"ES256\"}", "{}");
        assertThat(CompactJws.read(token, token.length(), 4)).isInstanceOf(CompactJws.Read.class);
        assertThat(CompactJws.read(token, token.length() - 1, 4)).isEqualTo(new CompactJws.Unreadable(JwsProblem.SIZE));
    }

    @Test
    void JWT_06_bounds_the_parameters_of_the_header() {
        for (String name : new String[] {"kid", "typ", "cty"}) {
            String start = "{\"alg\":\"ES256\",\"" + name + "\":\"";
            assertThat(read(token(start + "x".repeat(256) + "\"}", "{}"))).isInstanceOf(CompactJws.Read.class);
            assertThat(problem(token(start + "x".repeat(257) + "\"}", "{}"))).isEqualTo(JwsProblem.HEADER);
        }
        StringBuilder members = new StringBuilder("{\"alg\":\"ES256\"");
        for (int i = 1; i < 16; i++) {
            members.append(",\"x").append(i).append("\":1");
        }
        assertThat(read(token(members + "}", "{}"))).isInstanceOf(CompactJws.Read.class);
        assertThat(problem(token(members + ",\"y\":1}", "{}"))).isEqualTo(JwsProblem.HEADER);
    }

    @Test
    void tells_what_the_header_says_and_shows_nothing_of_the_token() {
        CompactJws jws = readable("{\"alg\":\"ES256\",\"kid\":\"k\",\"typ\":\"t\",\"cty\":\"c\"}");
        assertThat(jws.algorithm()).isEqualTo(JwsAlgorithm.ES256);
        assertThat(jws.keyId()).contains("k");
        assertThat(jws.type()).contains("t");
        assertThat(jws.contentType()).contains("c");
        assertThat(jws).hasToString("CompactJws[ES256]");
        CompactJws bare = readable("{\"alg\":\"ES256\"}");
        assertThat(bare.keyId()).isEmpty();
        assertThat(bare.type()).isEmpty();
        assertThat(bare.contentType()).isEmpty();
    }

    @Test
    void JWT_12_JWT_21_reads_claims_that_are_one_object_alone() {
        assertThat(((CompactJws.Read) read(token("{\"alg\":\"ES256\"}", "{\"a\":1}")))
                        .jws()
                        .unverifiedClaims(4))
                .contains(Map.of("a", 1L));
        for (String payload : new String[] {"", "[]", "7", "{\"a\":1,\"a\":1}", "{}{}", "{} x"}) {
            assertThat(((CompactJws.Read) read(token("{\"alg\":\"ES256\"}", payload)))
                            .jws()
                            .unverifiedClaims(4))
                    .isEmpty();
        }
    }
}
