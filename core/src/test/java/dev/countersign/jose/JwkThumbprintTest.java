package dev.countersign.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JwkThumbprintTest {
    @Test
    void takes_the_required_members_of_a_secret_alone() {
        assertThat(JwkThumbprint.of(Map.of("kty", "oct", "k", "AAAA", "kid", "x")))
                .isEqualTo(JwkThumbprint.of(Map.of("kty", "oct", "k", "AAAA")))
                .hasSize(43);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "\"", "\\", "\u007f", "\u00e9", "\n"})
    void refuses_members_that_JSON_would_write_in_more_than_one_way(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwkThumbprint.of(Map.of("kty", "oct", "k", value)))
                .withMessageContaining("k is missing or not plain text");
        assertThat(JwkThumbprint.of(Map.of("kty", "oct", "k", "!~"))).hasSize(43);
    }

    @Test
    void a_public_key_has_the_thumbprint_of_its_JWK() {
        for (KeyPair pair : List.of(
                TestKeys.rsa(2048),
                TestKeys.ec("secp256r1"),
                TestKeys.ec("secp384r1"),
                TestKeys.ec("secp521r1"),
                TestKeys.edwards("Ed25519"),
                TestKeys.edwards("Ed448"))) {
            byte[] jwk = TestKeys.jwk(pair.getPublic()).getBytes(StandardCharsets.US_ASCII);
            assertThat(JwkThumbprint.of(pair.getPublic())).isEqualTo(JwkThumbprint.of(StrictJson.parseObject(jwk, 2)));
        }
    }

    @Test
    void refuses_unknown_types_and_missing_members() {
        assertThatIllegalArgumentException().isThrownBy(() -> JwkThumbprint.of(Map.of("kty", "XYZ")));
        assertThatIllegalArgumentException().isThrownBy(() -> JwkThumbprint.of(Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> JwkThumbprint.of(Map.of("kty", "oct")));
        assertThatIllegalArgumentException().isThrownBy(() -> JwkThumbprint.of(Map.of("kty", "oct", "k", 7)));
    }
}
