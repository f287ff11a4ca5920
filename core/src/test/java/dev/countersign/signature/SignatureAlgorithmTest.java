package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.WorkLimit;
import dev.countersign.jose.JwsAlgorithm;
import dev.countersign.jose.KeySet;
import dev.countersign.jose.TestKeys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.EnumSet;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureAlgorithmTest {
    private static final byte[] BYTES = "to sign".getBytes(StandardCharsets.US_ASCII);
    private static final WorkLimit FREE = new WorkLimit("verification", 8, 8);
    private static final KeyPair RSA = TestKeys.rsa(2048);

    @ParameterizedTest
    @CsvSource({
        "rsa-pss-sha512, PS512",
        "rsa-v1_5-sha256, RS256",
        "ecdsa-p256-sha256, ES256",
        "ecdsa-p384-sha384, ES384",
        "ed25519, EdDSA"
    })
    void what_is_signed_verifies(String name, JwsAlgorithm jws) {
        SignatureAlgorithm algorithm = SignatureAlgorithm.named(name).orElseThrow();
        KeyPair pair = switch (algorithm) {
            case ECDSA_P256_SHA256 -> TestKeys.ec("secp256r1");
            case ECDSA_P384_SHA384 -> TestKeys.ec("secp384r1");
            case ED25519 -> TestKeys.edwards("Ed25519");
            default -> RSA;
        };
        KeySet keys = KeySet.parse(List.of(TestKeys.jwk(pair.getPublic(), "\"kid\":\"k\"")), EnumSet.of(jws));
        byte[] signature = algorithm.sign(pair.getPrivate(), BYTES);
        assertThat(keys.verifies("k", jws, BYTES, signature, FREE)).isTrue();
        signature[signature.length / 2] ^= 1;
        assertThat(keys.verifies("k", jws, BYTES, signature, FREE)).isFalse();
        assertThat(algorithm.text()).isEqualTo(name);
        assertThat(algorithm.isHmac()).isFalse();
    }

    @Test
    void HMAC_is_that_of_RFC_4231() {
        // Section 4.4 has a key of 20 bytes, which is too short here; section 4.7 has one of 131.
        byte[] key = new byte[131];
        java.util.Arrays.fill(key, (byte) 0xaa);
        byte[] text = "Test Using Larger Than Block-Size Key - Hash Key First".getBytes(StandardCharsets.US_ASCII);
        assertThat(SignatureAlgorithm.HMAC_SHA256.sign(new SecretKeySpec(key, "HmacSHA256"), text))
                .asHexString()
                .isEqualToIgnoringCase("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "HMAC-SHA256", "hmac-sha1", "rsa-sha1", "ed448"})
    void SIG_11_knows_no_other_algorithm(String name) {
        assertThat(SignatureAlgorithm.named(name)).isEmpty();
    }

    @Test
    void SIG_11_signs_with_keys_of_its_kind_alone() {
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            assertThatIllegalArgumentException().isThrownBy(() -> algorithm.sign(RSA.getPublic(), BYTES));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> algorithm.sign(new SecretKeySpec(new byte[31], "HmacSHA256"), BYTES))
                    .withMessageContaining(algorithm.text());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> algorithm.sign(TestKeys.ec("secp521r1").getPrivate(), BYTES));
        }
        KeyPair edwards = TestKeys.edwards("Ed448");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignatureAlgorithm.ED25519.sign(edwards.getPrivate(), BYTES));
        KeyPair small = TestKeys.rsa(1024);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignatureAlgorithm.RSA_PSS_SHA512.sign(small.getPrivate(), BYTES));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignatureAlgorithm.HMAC_SHA256.sign(RSA.getPrivate(), BYTES));
    }
}
