package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.key.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenericRequestSignerTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000, 999));
    private static final URI ORDERS = URI.create("https://API.example.com:443/orders/a%20b?x=2&x=1");
    private static final byte[] BODY = "{\"täxt\":1}".getBytes(StandardCharsets.UTF_8);

    private final GenericRequestSigner signer = GenericRequestSigner.of("acme-1", Secret.parse("text:" + KEY), CLOCK);

    @Test
    void signs_the_eight_lines_of_the_canonical_form() throws Exception {
        OutgoingRequest signed = signer.sign(OutgoingRequest.of("POST", ORDERS).body(BODY));
        assertThat(signed.headers("X-Key-Id")).containsExactly("acme-1");
        assertThat(signed.headers("X-Timestamp")).containsExactly("1700000000");
        String nonce = signed.headers("X-Nonce").get(0);
        assertThat(signed.headers("X-Signature")).containsExactly(expected(nonce));
        assertThat(signed.body()).isSameAs(BODY);
    }

    @Test
    void signs_in_one_field_in_place_of_another() throws Exception {
        OutgoingRequest signed = signer.inAuthorization()
                .sign(OutgoingRequest.of("POST", ORDERS)
                        .header("authorization", "Basic eDp5")
                        .body(BODY));
        assertThat(signed.fields()).hasSize(1);
        String value = signed.headers("Authorization").get(0);
        int start = value.indexOf("nonce=\"") + "nonce=\"".length();
        String nonce = value.substring(start, value.indexOf('"', start));
        assertThat(value)
                .isEqualTo("HMAC-SHA256 keyId=acme-1, timestamp=1700000000, nonce=\"" + nonce + "\", signature="
                        + expected(nonce));
    }

    private static String expected(String nonce) throws GeneralSecurityException {
        String canonical = "COUNTERSIGN-HMAC-SHA256\nacme-1\n1700000000\n" + nonce
                + "\nPOST\napi.example.com\n/orders/a%20b?x=2&x=1\n"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(BODY));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(canonical.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void uses_each_nonce_once_and_replaces_an_earlier_signature() {
        OutgoingRequest first = signer.sign(OutgoingRequest.of("GET", ORDERS).header("x-nonce", "mine"));
        OutgoingRequest again = signer.sign(first);
        assertThat(first.headers("X-Nonce")).hasSize(1).isNotEqualTo(again.headers("X-Nonce"));
        assertThat(first.headers("X-Nonce").get(0)).hasSize(22);
        assertThat(again.fields()).hasSize(4);
        assertThat(again.headers("X-Signature")).isNotEqualTo(first.headers("X-Signature"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nb", "ä", "a:b"})
    void refuses_a_name_that_no_key_can_have(String keyId) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GenericRequestSigner.of(keyId, Secret.parse("text:" + KEY), CLOCK));
    }

    @Test
    void SIG_21_shows_no_secret() {
        assertThat(signer).hasToString("GenericRequestSigner[acme-1]");
        assertThat(signer.sign(OutgoingRequest.of("GET", ORDERS)).toString())
                .isEqualTo("GET https://api.example.com/orders/a%20b");
    }
}
