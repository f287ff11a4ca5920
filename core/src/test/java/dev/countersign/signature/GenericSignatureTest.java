package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.JsonVectors;
import dev.countersign.key.Hmac;
import dev.countersign.key.Secret;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenericSignatureTest {
    private static final Hmac HMAC = Hmac.sha256(Secret.of(new byte[32]));
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final GenericSignature request =
            new GenericSignature("acme-1", 1767225600, "7Rk2", "POST", "api.example.com", "/orders?a=1", EMPTY);

    @TestFactory
    Stream<DynamicTest> signs_what_an_independent_program_signed() {
        List<Map<String, Object>> requests = JsonVectors.array("hmac-generic/requests.json");
        assertThat(requests).hasSize(17);
        return requests.stream()
                .map(vector -> DynamicTest.dynamicTest(JsonVectors.text(vector, "name"), () -> check(vector)));
    }

    private static void check(Map<String, Object> vector) {
        GenericSignature request = new GenericSignature(
                JsonVectors.text(vector, "key_id"),
                GenericSignature.timestamp(JsonVectors.text(vector, "timestamp"))
                        .orElseThrow(),
                JsonVectors.text(vector, "nonce"),
                JsonVectors.text(vector, "method"),
                GenericSignature.authority(
                        JsonVectors.text(vector, "host"),
                        JsonVectors.text(vector, "scheme").equals("https")),
                JsonVectors.text(vector, "target"),
                GenericSignature.digest(HexFormat.of().parseHex(JsonVectors.text(vector, "body"))));
        Hmac hmac = Hmac.sha256(Secret.parse("hex:" + JsonVectors.text(vector, "secret")));
        assertThat(request.canonical()).isEqualTo(JsonVectors.text(vector, "canonical"));
        assertThat(request.sign(hmac)).isEqualTo(JsonVectors.text(vector, "signature"));
        assertThat(request.isSigned(hmac, JsonVectors.text(vector, "signature")))
                .isTrue();
    }

    @Test
    void gives_the_fields_of_the_documented_example() {
        GenericSignature example = new GenericSignature(
                "acme-1",
                1767225600,
                "7Rk2-0001",
                "POST",
                "api.example.com",
                "/orders?dry=1",
                "d4e7d1b770b2d9d22c86f92b9fd4200f2b696b53f69232daa37f1ca00c74fa7b");
        Hmac hmac = Hmac.sha256(Secret.parse("hex:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
        assertThat(example.fields(hmac))
                .containsExactly(
                        Map.entry("X-Key-Id", "acme-1"),
                        Map.entry("X-Timestamp", "1767225600"),
                        Map.entry("X-Nonce", "7Rk2-0001"),
                        Map.entry("X-Signature", "7f6f8e36808eef5b5175f43dccde8750629f9cac89d654c97343ef1e54ea888c"));
        assertThat(example.authorization(hmac))
                .isEqualTo("HMAC-SHA256 keyId=acme-1, timestamp=1767225600, nonce=\"7Rk2-0001\","
                        + " signature=7f6f8e36808eef5b5175f43dccde8750629f9cac89d654c97343ef1e54ea888c");
    }

    @Test
    void leaves_out_a_nonce_that_is_not_used() {
        GenericSignature once = new GenericSignature("a", 1, "", "GET", "h", "/", EMPTY);
        assertThat(once.fields(HMAC)).containsOnlyKeys("X-Key-Id", "X-Timestamp", "X-Signature");
        assertThat(once.authorization(HMAC)).startsWith("HMAC-SHA256 keyId=a, timestamp=1, signature=");
    }

    @Test
    void SIG_03_moving_a_character_over_the_border_of_two_parts_changes_what_is_signed() {
        List<GenericSignature> moved = List.of(
                new GenericSignature("ab", 1, "c", "GET", "h", "/", EMPTY),
                new GenericSignature("a", 1, "bc", "GET", "h", "/", EMPTY),
                new GenericSignature("ab1", 1, "c", "GET", "h", "/", EMPTY),
                new GenericSignature("ab", 11, "c", "GET", "h", "/", EMPTY),
                new GenericSignature("ab", 1, "1c", "GET", "h", "/", EMPTY),
                new GenericSignature("ab", 1, "", "cGET", "h", "/", EMPTY),
                new GenericSignature("ab", 1, "c", "GETh", "h", "/", EMPTY),
                new GenericSignature("ab", 1, "c", "GET", "hh", "/", EMPTY),
                new GenericSignature("ab", 1, "c", "GET", "h/", "/", EMPTY),
                new GenericSignature("ab", 1, "c", "GET", "h", "h/", EMPTY),
                new GenericSignature("ab", 1, "c", "GET", "h", "/e", EMPTY));
        assertThat(moved).extracting(GenericSignature::canonical).doesNotHaveDuplicates();
        assertThat(moved).extracting(one -> one.sign(HMAC)).doesNotHaveDuplicates();
    }

    @Test
    void SIG_03_no_part_can_have_a_line_break_in_it() {
        for (String broken : List.of("a\nb", "a\rb", "a\u0000b", "a b", "\u00e9", "a\u0085b", "")) {
            refused(() -> new GenericSignature(broken, 1, "", "GET", "h", "/", EMPTY), "keyId");
            refused(() -> new GenericSignature("a", 1, "", broken, "h", "/", EMPTY), "request");
            refused(() -> new GenericSignature("a", 1, "", "GET", broken, "/", EMPTY), "request");
            refused(() -> new GenericSignature("a", 1, "", "GET", "h", broken, EMPTY), "request");
            refused(() -> new GenericSignature("a", 1, "", "GET", "h", "/", broken), "digest");
            if (!broken.isEmpty()) {
                refused(() -> new GenericSignature("a", 1, broken, "GET", "h", "/", EMPTY), "nonce");
            }
        }
    }

    @Test
    void bounds_every_part() {
        refused(() -> new GenericSignature("k".repeat(129), 1, "", "GET", "h", "/", EMPTY), "keyId");
        refused(() -> new GenericSignature("a.b", 1, "", "GET", "h", "/", EMPTY), "keyId");
        refused(() -> new GenericSignature("a", 0, "", "GET", "h", "/", EMPTY), "timestamp");
        refused(() -> new GenericSignature("a", -1, "", "GET", "h", "/", EMPTY), "timestamp");
        refused(() -> new GenericSignature("a", 1_000_000_000_000L, "", "GET", "h", "/", EMPTY), "timestamp");
        refused(() -> new GenericSignature("a", 1, "n".repeat(129), "GET", "h", "/", EMPTY), "nonce");
        refused(() -> new GenericSignature("a", 1, "", "GE/T", "h", "/", EMPTY), "request");
        refused(() -> new GenericSignature("a", 1, "", "GET", "h", "/", EMPTY.substring(1)), "digest");
    }

    private static void refused(ThrowingCallable making, String part) {
        assertThatIllegalArgumentException().isThrownBy(making).withMessageStartingWith(part + " ");
    }

    @Test
    void SIG_20_takes_nothing_but_the_whole_signature_for_one() {
        String signature = request.sign(HMAC);
        assertThat(request.isSigned(HMAC, signature)).isTrue();
        for (String wrong : List.of(
                signature.substring(1),
                signature.substring(0, 63),
                signature + "0",
                signature.toUpperCase(Locale.ROOT),
                "",
                "0".repeat(64))) {
            assertThat(request.isSigned(HMAC, wrong)).isFalse();
        }
        for (int i = 0; i < 64; i++) {
            char other = signature.charAt(i) == '0' ? '1' : '0';
            assertThat(request.isSigned(HMAC, signature.substring(0, i) + other + signature.substring(i + 1)))
                    .isFalse();
        }
        assertThat(request.isSigned(Hmac.sha256(Secret.of(new byte[] {1})), signature))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com,true,api.example.com",
        "API.EXAMPLE.com,true,api.example.com",
        "api.example.com:443,true,api.example.com",
        "api.example.com:443,false,api.example.com:443",
        "api.example.com:80,false,api.example.com",
        "api.example.com:80,true,api.example.com:80",
        "api.example.com:8443,true,api.example.com:8443",
        "api.example.com:4430,true,api.example.com:4430",
        "api.example.com:,true,api.example.com",
        "api.example.com:,false,api.example.com",
        "[2001:DB8::443]:443,true,[2001:db8::443]",
        "[2001:DB8::443],true,[2001:db8::443]",
        "\u212A.example.com,true,\u212A.example.com"
    })
    void normalises_the_authority(String sent, boolean https, String signed) {
        assertThat(GenericSignature.authority(sent, https)).isEqualTo(signed);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "10,10", "1767225600,1767225600", "999999999999,999999999999"})
    void reads_timestamps(String text, long seconds) {
        assertThat(GenericSignature.timestamp(text)).hasValue(seconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "01", "-1", "+1", "1.0", "1e9", "0x1", " 1", "1 ", "1000000000000", "\u0661", "1_0", "a"
            })
    void SIG_10_refuses_other_timestamps(String text) {
        assertThat(GenericSignature.timestamp(text)).isEqualTo(OptionalLong.empty());
    }

    @Test
    void tells_an_empty_query_from_none() {
        assertThat(GenericSignature.target("/a", null)).isEqualTo("/a");
        assertThat(GenericSignature.target("/a", "")).isEqualTo("/a?");
        assertThat(GenericSignature.target("/a", "b=%20+c&b")).isEqualTo("/a?b=%20+c&b");
    }
}
