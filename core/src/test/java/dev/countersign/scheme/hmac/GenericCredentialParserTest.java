package dev.countersign.scheme.hmac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Claim;
import dev.countersign.RejectionReason;
import dev.countersign.TestExchange;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenericCredentialParserTest {
    private static final String SIGNATURE = "0123456789abcdef".repeat(4);
    private static final TestExchange FIELDS = TestExchange.get("/")
            .header("X-Key-Id", "acme-1")
            .header("X-Timestamp", "1767225600")
            .header("X-Signature", SIGNATURE);
    private static final String PARAMETERS = "keyId=acme-1, timestamp=1767225600, signature=" + SIGNATURE;

    private final GenericCredentialParser parser = new GenericCredentialParser(8192);

    private Claim authorization(String value) {
        return parser.parse(TestExchange.get("/").header("Authorization", value));
    }

    private static Claim presented(String nonce, String carrier) {
        return new Claim.Presented(new GenericCredential("acme-1", 1767225600, nonce, SIGNATURE, carrier));
    }

    private static Claim malformed(String detail) {
        return new Claim.Malformed(RejectionReason.SIGNATURE_INVALID, detail);
    }

    private static Claim multiple(String detail) {
        return new Claim.Malformed(RejectionReason.MULTIPLE_CREDENTIALS, detail);
    }

    @Test
    void reads_fields_of_its_own() {
        assertThat(parser.parse(FIELDS)).isEqualTo(presented("", "x-signature"));
        assertThat(parser.parse(FIELDS.header("X-Nonce", "7Rk2"))).isEqualTo(presented("7Rk2", "x-signature"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HMAC-SHA256 keyId=acme-1, timestamp=1767225600, nonce=7Rk2, signature=",
                "hmac-sha256 keyId=acme-1, timestamp=1767225600, nonce=7Rk2, signature=",
                "HMAC-SHA256 KEYID=acme-1,TimeStamp=1767225600,NONCE=7Rk2,signature=",
                "HMAC-SHA256   keyId=\"acme-1\" , timestamp = \"1767225600\", nonce=\"7\\Rk2\",, signature="
            })
    void reads_authorization(String start) {
        assertThat(authorization(start + SIGNATURE)).isEqualTo(presented("7Rk2", "authorization"));
        assertThat(authorization(start + '"' + SIGNATURE + '"')).isEqualTo(presented("7Rk2", "authorization"));
    }

    @Test
    void reads_parameters_in_any_order_and_a_nonce_with_quotes() {
        assertThat(authorization("HMAC-SHA256 nonce=\"a\\\"b\\\\c,d\", signature=" + SIGNATURE
                        + ", timestamp=1767225600, keyId=acme-1"))
                .isEqualTo(presented("a\"b\\c,d", "authorization"));
    }

    @Test
    void a_request_without_a_signature_carries_nothing() {
        assertThat(parser.parse(TestExchange.get("/"))).isEqualTo(Claim.absent());
        assertThat(parser.parse(TestExchange.get("/")
                        .header("X-Key-Id", "a")
                        .header("X-Key-Id", "b")
                        .header("X-Timestamp", "1")
                        .header("X-Nonce", "n")))
                .isEqualTo(Claim.absent());
        assertThat(authorization("HMAC-SHA512 " + PARAMETERS)).isEqualTo(Claim.absent());
        assertThat(authorization("HMAC-SHA2567 " + PARAMETERS)).isEqualTo(Claim.absent());
        assertThat(authorization("Bearer HMAC-SHA256")).isEqualTo(Claim.absent());
    }

    @ParameterizedTest
    @CsvSource({
        "X-Signature,''",
        "X-Signature,' '",
        "X-Key-Id,''",
        "X-Key-Id,a.b",
        "X-Key-Id,a b",
        "X-Key-Id,é",
        "X-Timestamp,''",
        "X-Timestamp,2026-01-01T00:00:00Z",
        "X-Timestamp,-1767225600",
        "X-Timestamp,01767225600",
        "X-Timestamp,1767225600.0",
        "X-Timestamp,1767225600000000",
        "X-Nonce,''",
        "X-Nonce,a b",
        "X-Nonce,é"
    })
    void SIG_10_SIG_20_refuses_a_part_that_has_another_form(String field, String value) {
        String detail = field.equals("X-Key-Id") ? "key_id" : field.substring(2).toLowerCase(Locale.ROOT);
        assertThat(parser.parse(FIELDS.onlyHeader(field, value))).isEqualTo(malformed(detail));
    }

    @Test
    void SIG_03_refuses_a_line_break_in_a_part() {
        for (String field : List.of("X-Key-Id", "X-Timestamp", "X-Nonce", "X-Signature")) {
            assertThat(parser.parse(FIELDS.onlyHeader(field, "1\n1"))).isInstanceOf(Claim.Malformed.class);
        }
        assertThat(authorization("HMAC-SHA256 nonce=\"a\nb\", " + PARAMETERS)).isEqualTo(malformed("parameters"));
    }

    @Test
    void SIG_20_refuses_a_signature_in_capitals_cut_or_longer() {
        for (String wrong : List.of(
                SIGNATURE.toUpperCase(Locale.ROOT),
                SIGNATURE.substring(1),
                SIGNATURE.substring(0, 32),
                SIGNATURE + "00",
                SIGNATURE.substring(2) + "zz",
                "ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=",
                SIGNATURE + "," + SIGNATURE)) {
            assertThat(parser.parse(FIELDS.onlyHeader("X-Signature", wrong))).isEqualTo(malformed("signature"));
        }
    }

    @Test
    void refuses_what_lacks_a_part() {
        assertThat(parser.parse(TestExchange.get("/").header("X-Signature", SIGNATURE)))
                .isEqualTo(malformed("incomplete"));
        assertThat(parser.parse(
                        TestExchange.get("/").header("X-Signature", SIGNATURE).header("X-Key-Id", "acme-1")))
                .isEqualTo(malformed("incomplete"));
        assertThat(parser.parse(
                        TestExchange.get("/").header("X-Signature", SIGNATURE).header("X-Timestamp", "1767225600")))
                .isEqualTo(malformed("incomplete"));
        assertThat(authorization("HMAC-SHA256 keyId=acme-1, timestamp=1767225600"))
                .isEqualTo(malformed("incomplete"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HMAC-SHA256",
                "HMAC-SHA256 ",
                "HMAC-SHA256 acme-1",
                "HMAC-SHA256\tPARAMETERS",
                "HMAC-SHA256,PARAMETERS",
                "HMAC-SHA256 PARAMETERS, method=DELETE",
                "HMAC-SHA256 PARAMETERS, keyId=acme-2",
                "HMAC-SHA256 PARAMETERS, KEYID=acme-1",
                "HMAC-SHA256 PARAMETERS; nonce=a",
                "HMAC-SHA256 PARAMETERS nonce=a",
                "HMAC-SHA256 PARAMETERS, nonce",
                "HMAC-SHA256 PARAMETERS, nonce=\"a"
            })
    void refuses_parameters_that_can_be_read_in_two_ways(String value) {
        assertThat(authorization(value.replace("PARAMETERS", PARAMETERS))).isEqualTo(malformed("parameters"));
    }

    @Test
    void bounds_what_it_reads() {
        assertThat(authorization("HMAC-SHA256 " + PARAMETERS + ", nonce=" + "n".repeat(129)))
                .isEqualTo(malformed("nonce"));
        assertThat(authorization("HMAC-SHA256 " + PARAMETERS + ", nonce=" + "n".repeat(8192)))
                .isEqualTo(malformed("too_long"));
        assertThat(parser.parse(FIELDS.onlyHeader("X-Key-Id", "k".repeat(129)))).isEqualTo(malformed("key_id"));
        assertThat(parser.parse(FIELDS.onlyHeader("X-Nonce", "n".repeat(128))))
                .isEqualTo(presented("n".repeat(128), "x-signature"));
        assertThat(authorization("HMAC-SHA256 " + "a=b,".repeat(1000))).isEqualTo(malformed("parameters"));
    }

    @Test
    void R9_SIG_17_two_ways_in_one_request_are_none() {
        for (TestExchange.Field field : FIELDS.header("X-Nonce", "n").fields()) {
            assertThat(parser.parse(TestExchange.get("/")
                            .header("Authorization", "HMAC-SHA256 " + PARAMETERS)
                            .header(field.name(), field.value())))
                    .as(field.name())
                    .isEqualTo(multiple("two_signature_carriers"));
        }
        assertThat(parser.parse(TestExchange.get("/")
                        .header("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
                        .header("Authorization", "HMAC-SHA256 " + PARAMETERS)))
                .isEqualTo(multiple("two_authorization_fields"));
    }

    @Test
    void R9_SIG_07_a_repeated_field_has_no_one_reading() {
        for (TestExchange.Field field : FIELDS.header("X-Nonce", "n").fields()) {
            assertThat(parser.parse(FIELDS.onlyHeader("X-Nonce", "n").header(field.name(), field.value())))
                    .as(field.name())
                    .isEqualTo(multiple("repeated_field"));
        }
    }

    @Test
    void a_credential_of_another_scheme_beside_it_is_left_to_that_scheme() {
        assertThat(parser.parse(FIELDS.header("Authorization", "Bearer abc"))).isEqualTo(presented("", "x-signature"));
    }

    @Test
    void shows_the_key_id_alone() {
        assertThat(new GenericCredential("acme-1", 1767225600, "n", SIGNATURE, "x-signature"))
                .hasToString("GenericCredential[acme-1]");
    }
}
