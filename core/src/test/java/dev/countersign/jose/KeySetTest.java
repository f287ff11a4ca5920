package dev.countersign.jose;

import static dev.countersign.jose.TestKeys.jwk;
import static dev.countersign.jose.TestKeys.jwks;
import static dev.countersign.jose.TestKeys.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.WorkLimit;
import dev.countersign.key.Hmac;
import dev.countersign.key.Secret;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class KeySetTest {
    private static final WorkLimit FREE = new WorkLimit("token verification", 8, 8);
    private static final Set<JwsAlgorithm> ES256 = EnumSet.of(JwsAlgorithm.ES256);
    private static final Set<JwsAlgorithm> HS256 = EnumSet.of(JwsAlgorithm.HS256);
    private static final KeyPair ONE = TestKeys.ec("secp256r1");
    private static final KeyPair TWO = TestKeys.ec("secp256r1");
    private static final KeyPair RSA = TestKeys.rsa(2048);

    private static Optional<JwsProblem> verify(KeySet keys, String token) {
        CompactJws.Reading reading = CompactJws.read(token, 8192, 32);
        return reading instanceof CompactJws.Read read
                ? keys.verify(read.jws(), FREE)
                : Optional.of(((CompactJws.Unreadable) reading).problem());
    }

    private static String signed(KeyPair pair, String kid) {
        String header = kid.isEmpty() ? "{\"alg\":\"ES256\"}" : "{\"alg\":\"ES256\",\"kid\":\"" + kid + "\"}";
        return TestKeys.sign(JwsAlgorithm.ES256, pair.getPrivate(), header, "{}");
    }

    @ParameterizedTest
    @EnumSource(value = JwsAlgorithm.class, names = "HS.*", mode = EnumSource.Mode.MATCH_NONE)
    void verifies_every_public_key_algorithm_from_a_JWK_and_from_PEM(JwsAlgorithm algorithm) {
        KeyPair pair = switch (algorithm) {
            case ES256 -> ONE;
            case ES384 -> TestKeys.ec("secp384r1");
            case ES512 -> TestKeys.ec("secp521r1");
            case EdDSA -> TestKeys.edwards("Ed25519");
            default -> RSA;
        };
        String token =
                TestKeys.sign(algorithm, pair.getPrivate(), "{\"alg\":\"" + algorithm + "\"}", "{\"sub\":\"a\"}");
        for (String value : List.of(
                jwk(pair.getPublic()),
                jwks(jwk(pair.getPublic())),
                pem("PUBLIC KEY", pair.getPublic().getEncoded()))) {
            assertThat(verify(KeySet.parse(List.of(value), EnumSet.of(algorithm)), token))
                    .isEmpty();
        }
        String other = TestKeys.sign(algorithm, pair.getPrivate(), "{\"alg\":\"" + algorithm + "\"}", "{}");
        String swapped = token.substring(0, token.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
        KeySet keys = KeySet.parse(List.of(jwk(pair.getPublic())), EnumSet.of(algorithm));
        assertThat(verify(keys, swapped)).contains(JwsProblem.SIGNATURE);
    }

    @Test
    void verifies_Ed448() {
        KeyPair pair = TestKeys.edwards("Ed448");
        String token = TestKeys.sign(JwsAlgorithm.EdDSA, pair.getPrivate(), "{\"alg\":\"EdDSA\"}", "{}");
        KeySet keys = KeySet.parse(List.of(jwk(pair.getPublic())), EnumSet.of(JwsAlgorithm.EdDSA));
        assertThat(verify(keys, token)).isEmpty();
    }

    @Test
    void verifies_with_a_secret_and_refuses_another() {
        byte[] secret = "0123456789abcdef0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        String value = "base64:" + Base64.getEncoder().encodeToString(secret);
        String token = TestKeys.mac(JwsAlgorithm.HS256, secret, "{\"alg\":\"HS256\"}", "{}");
        assertThat(verify(KeySet.parse(List.of(value), HS256), token)).isEmpty();
        assertThat(verify(KeySet.parse(List.of("text:" + "x".repeat(32)), HS256), token))
                .contains(JwsProblem.SIGNATURE);
        // Rotation: several values together.
        assertThat(verify(KeySet.parse(List.of("text:" + "x".repeat(32), value), HS256), token))
                .isEmpty();
    }

    @Test
    void JWT_06_takes_a_key_with_another_id_never_and_a_key_without_id_always() {
        KeySet named = KeySet.parse(List.of(jwks(jwk(ONE.getPublic(), "\"kid\":\"a\""))), ES256);
        assertThat(verify(named, signed(ONE, "a"))).isEmpty();
        assertThat(verify(named, signed(ONE, ""))).isEmpty();
        assertThat(verify(named, signed(ONE, "b"))).contains(JwsProblem.KEY);

        KeySet nameless = KeySet.parse(List.of(jwk(ONE.getPublic())), ES256);
        assertThat(verify(nameless, signed(ONE, "whatever"))).isEmpty();

        KeySet both = KeySet.parse(List.of(jwk(ONE.getPublic()), jwk(TWO.getPublic(), "\"kid\":\"a\"")), ES256);
        assertThat(verify(both, signed(ONE, "a"))).contains(JwsProblem.SIGNATURE);
    }

    @Test
    void tries_every_key_of_a_duplicated_id_that_fits_the_algorithm() {
        String set = jwks(
                jwk(RSA.getPublic(), "\"kid\":\"a\""),
                jwk(TWO.getPublic(), "\"kid\":\"a\""),
                jwk(ONE.getPublic(), "\"kid\":\"a\""));
        KeySet keys = KeySet.parse(List.of(set), EnumSet.of(JwsAlgorithm.ES256, JwsAlgorithm.RS256));
        assertThat(verify(keys, signed(ONE, "a"))).isEmpty();
    }

    @Test
    void tries_at_most_eight_keys_for_a_token_without_id() {
        String[] many = new String[9];
        for (int i = 0; i < 8; i++) {
            many[i] = jwk(TWO.getPublic(), "\"kid\":\"k" + i + "\"");
        }
        many[8] = jwk(ONE.getPublic(), "\"kid\":\"last\"");
        KeySet keys = KeySet.parse(List.of(jwks(many)), ES256);
        assertThat(verify(keys, signed(ONE, ""))).contains(JwsProblem.SIGNATURE);
        assertThat(verify(keys, signed(ONE, "last"))).isEmpty();
    }

    @Test
    void JWT_22_leaves_keys_for_another_use_out_of_a_set_and_tells_which() {
        KeyPair weak = TestKeys.rsa(1024);
        String set = jwks(
                jwk(ONE.getPublic(), "\"kid\":\"good\""),
                jwk(TWO.getPublic(), "\"kid\":\"enc\"", "\"use\":\"enc\""),
                jwk(TWO.getPublic(), "\"kid\":\"ops\"", "\"key_ops\":[\"sign\"]"),
                jwk(RSA.getPublic(), "\"kid\":\"oaep\"", "\"alg\":\"RSA-OAEP\""),
                jwk(weak.getPublic(), "\"kid\":\"weak\""),
                "{\"kty\":\"XYZ\",\"kid\":\"odd\"}");
        KeySet keys = KeySet.parse(List.of(set), EnumSet.of(JwsAlgorithm.ES256, JwsAlgorithm.RS256));
        assertThat(keys.size()).isEqualTo(1);
        assertThat(keys.ignored())
                .hasSize(5)
                .anyMatch(text -> text.startsWith("key 1 (enc)"))
                .anyMatch(text -> text.startsWith("key 4 (weak)") && text.contains("2048"));
    }

    @Test
    void JWT_22_keeps_a_key_to_the_algorithm_that_it_names() {
        KeySet keys = KeySet.parse(
                List.of(jwk(RSA.getPublic(), "\"alg\":\"RS256\"")),
                EnumSet.of(JwsAlgorithm.RS256, JwsAlgorithm.PS256, JwsAlgorithm.RS512));
        for (JwsAlgorithm other : List.of(JwsAlgorithm.PS256, JwsAlgorithm.RS512)) {
            String token = TestKeys.sign(other, RSA.getPrivate(), "{\"alg\":\"" + other + "\"}", "{}");
            assertThat(verify(keys, token)).contains(JwsProblem.KEY);
        }
    }

    @Test
    void JWT_29_refuses_secrets_shorter_than_the_hash_without_telling_their_length() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySet.parse(List.of("text:secret"), HS256))
                .withMessageContaining("at least 32 bytes")
                .withMessageContaining("RFC 7518 section 3.2")
                .withMessageNotContainingAny(" 6 ", "text:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySet.parse(
                        List.of("text:" + "x".repeat(40)), EnumSet.of(JwsAlgorithm.HS256, JwsAlgorithm.HS512)))
                .withMessageContaining("at least 64 bytes");
    }

    @Test
    void JWT_02_refuses_a_public_key_as_an_HMAC_secret_in_every_form() {
        String pem = pem("PUBLIC KEY", RSA.getPublic().getEncoded());
        for (String value : List.of(
                pem,
                jwk(RSA.getPublic()),
                "text:" + pem,
                "text:" + jwk(RSA.getPublic()),
                "base64:" + Base64.getEncoder().encodeToString(RSA.getPublic().getEncoded()))) {
            assertThatIllegalArgumentException().isThrownBy(() -> KeySet.parse(List.of(value), HS256));
        }
    }

    @Test
    void JWT_26_refuses_private_keys_and_secrets_among_public_keys() {
        String secret = "{\"kty\":\"oct\",\"kid\":\"s\",\"k\":\"" + "A".repeat(43) + "\"}";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySet.parse(List.of(jwks(jwk(ONE.getPublic()), secret)), ES256))
                .withMessageContaining("key 1 (s)")
                .withMessageContaining("kty oct")
                .withMessageNotContaining("AAAA");
        String shown = jwk(ONE.getPublic(), "\"d\":\"AQ\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySet.parse(List.of(shown), ES256))
                .withMessageContaining("private key");
        String pem = pem("PRIVATE KEY", ONE.getPrivate().getEncoded());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySet.parse(List.of(pem), ES256))
                .withMessageContaining("private key");
    }

    @Test
    void JWT_27_refuses_a_point_that_is_not_on_its_curve() {
        String off = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + TestKeys.base64(new byte[32]) + "\",\"y\":\""
                + TestKeys.base64(new byte[32]) + "\"}";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySet.parse(List.of(off), ES256))
                .withMessageContaining("not on its curve");
    }

    @Test
    void names_every_broken_key_at_once() {
        String set = jwks("{\"kty\":\"RSA\",\"kid\":\"a\"}", "7", "{\"kid\":\"c\"}", jwk(ONE.getPublic(), "\"kid\":9"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySet.parse(List.of(set, "nonsense"), ES256))
                .withMessageContainingAll("key 0 (a)", "key 1", "key 2 (c)", "key 3", "neither a JWK set nor PEM");
    }

    @Test
    void refuses_a_set_without_a_key_that_fits() {
        assertThatIllegalArgumentException().isThrownBy(() -> KeySet.parse(List.of("{\"keys\":[]}"), ES256));
        assertThatIllegalArgumentException().isThrownBy(() -> KeySet.parse(List.of(), ES256));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySet.parse(List.of(jwks(jwk(RSA.getPublic()))), ES256))
                .withMessageContaining("ES256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySet.parse(List.of("{\"keys\":[],\"keys\":[]}"), ES256));
    }

    @Test
    void refuses_HMAC_together_with_public_key_algorithms() {
        Set<JwsAlgorithm> mixed = EnumSet.of(JwsAlgorithm.HS256, JwsAlgorithm.RS256);
        assertThatIllegalArgumentException().isThrownBy(() -> KeySet.parse(List.of("text:x"), mixed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|kty is missing",
                "{\"kty\":7}|kty is not a string",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\"}|e is missing",
                "{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"AQAB\"}|n is not base64url",
                "{\"kty\":\"RSA\",\"n\":\"A+==\",\"e\":\"AQAB\"}|n is not base64url",
                "{\"kty\":\"XYZ\"}|its kty is not known",
                "{\"kty\":\"EC\",\"crv\":\"secp256k1\"}|its crv is not known",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}|of the wrong length",
                "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"AA\"}|its crv is not for signatures",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}|x of the wrong length",
                "{\"kty\":\"OKP\",\"crv\":\"Ed448\",\"x\":\"AA\"}|x of the wrong length",
                "{\"kty\":\"EC\",\"key_ops\":\"verify\"}|key_ops is not a list",
                "{\"kty\":\"EC\",\"key_ops\":[]}|its key_ops lack verify",
                "{\"kty\":\"EC\",\"use\":\"enc\"}|its use is not sig",
                "{\"kty\":\"EC\",\"use\":7}|use is not a string",
                "{\"kty\":\"EC\",\"alg\":\"HS256\"}|its alg is none of the algorithms",
                "{\"kty\":\"RSA\",\"oth\":[]}|a private key",
                "{\"keys\":{}}|keys is not a list",
                "{\"keys\"|not JSON"
            })
    void JWT_22_JWT_26_JWT_27_names_what_is_wrong_with_a_key(String jwk, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySet.parse(
                        List.of(jwk), EnumSet.of(JwsAlgorithm.ES256, JwsAlgorithm.RS256, JwsAlgorithm.EdDSA)))
                .withMessageContaining(problem);
    }

    @Test
    void JWT_22_takes_a_key_that_says_it_is_for_verifying_signatures() {
        String said = jwk(ONE.getPublic(), "\"use\":\"sig\"", "\"key_ops\":[\"verify\"]", "\"alg\":\"ES256\"");
        assertThat(verify(KeySet.parse(List.of(said), ES256), signed(ONE, ""))).isEmpty();
    }

    @Test
    void JWT_22_refuses_a_PEM_key_of_another_type_than_the_algorithms() {
        String pem = pem("PUBLIC KEY", RSA.getPublic().getEncoded());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySet.parse(List.of(pem), ES256))
                .withMessageContaining("fits none of [ES256]");
    }

    @Test
    void JWT_02_JWT_29_reads_a_secret_from_a_JWK_and_keeps_it_to_its_own_algorithm() {
        byte[] secret = "0123456789abcdef0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        String value = "{\"kty\":\"oct\",\"k\":\"" + TestKeys.base64(secret) + "\"}";
        KeySet keys = KeySet.parse(List.of(value), HS256);
        assertThat(verify(keys, TestKeys.mac(JwsAlgorithm.HS256, secret, "{\"alg\":\"HS256\"}", "{}")))
                .isEmpty();
        assertThat(verify(keys, TestKeys.mac(JwsAlgorithm.HS384, secret, "{\"alg\":\"HS384\"}", "{}")))
                .contains(JwsProblem.ALGORITHM);
        assertThat(verify(keys, signed(ONE, ""))).contains(JwsProblem.ALGORITHM);
    }

    @Test
    void AUD_03_names_keys_by_printable_ids_of_at_most_64_characters() {
        String set = jwks(
                jwk(ONE.getPublic()),
                jwk(TWO.getPublic(), "\"use\":\"enc\"", "\"kid\":\" ~\\u001f\\u007f\\r\\n\""),
                jwk(TWO.getPublic(), "\"use\":\"enc\"", "\"kid\":\"" + "x".repeat(65) + "\""));
        assertThat(KeySet.parse(List.of(set), ES256).ignored())
                .containsExactly(
                        "key 1 ( ~????): its use is not sig", "key 2 (" + "x".repeat(64) + "): its use is not sig");
    }

    @Test
    void JWT_26_reads_a_thousand_keys_and_no_more() {
        String key = "{\"kty\":\"EC\",\"use\":\"enc\"}";
        String good = jwk(ONE.getPublic());
        String thousand = jwks(good, String.join(",", Collections.nCopies(999, key)));
        assertThat(KeySet.parse(List.of(thousand), ES256).ignored()).hasSize(999);
        String more = jwks(good, String.join(",", Collections.nCopies(1000, key)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySet.parse(List.of(more), ES256))
                .withMessageContaining("at most 1000");
    }

    @ParameterizedTest
    @EnumSource(value = JwsAlgorithm.class, names = "HS.*", mode = EnumSource.Mode.MATCH_NONE)
    void SIG_11_verifies_signatures_that_are_no_tokens_by_key_id_and_algorithm(JwsAlgorithm algorithm) {
        KeyPair pair = switch (algorithm) {
            case ES256 -> ONE;
            case ES384 -> TestKeys.ec("secp384r1");
            case ES512 -> TestKeys.ec("secp521r1");
            case EdDSA -> TestKeys.edwards("Ed448");
            default -> RSA;
        };
        byte[] input = "to sign".getBytes(StandardCharsets.US_ASCII);
        byte[] signature = TestKeys.signature(algorithm, pair.getPrivate(), input);
        KeySet keys = KeySet.parse(
                List.of(jwks(jwk(pair.getPublic(), "\"kid\":\"a\""), jwk(TWO.getPublic(), "\"kid\":\"b\""))),
                EnumSet.of(algorithm, JwsAlgorithm.ES256));
        assertThat(keys.verifies("a", algorithm, input, signature, FREE)).isTrue();
        assertThat(keys.algorithmsOf("a")).contains(algorithm);
        assertThat(keys.verifies("b", algorithm, input, signature, FREE)).isFalse();
        assertThat(keys.verifies("c", algorithm, input, signature, FREE)).isFalse();
        assertThat(keys.algorithmsOf("c")).isEmpty();
        for (JwsAlgorithm other : JwsAlgorithm.values()) {
            assertThat(keys.verifies("a", other, input, signature, FREE)).isEqualTo(other == algorithm);
        }
        byte[] longer = Arrays.copyOf(signature, signature.length + 1);
        assertThat(keys.verifies("a", algorithm, input, longer, FREE)).isFalse();
        input[0] ^= 1;
        assertThat(keys.verifies("a", algorithm, input, signature, FREE)).isFalse();
    }

    @Test
    void a_key_without_an_id_is_named_by_its_thumbprint() {
        byte[] input = {1, 2, 3};
        byte[] signature = TestKeys.signature(JwsAlgorithm.ES256, ONE.getPrivate(), input);
        String thumbprint = JwkThumbprint.of(ONE.getPublic());
        for (String value :
                List.of(jwk(ONE.getPublic()), pem("PUBLIC KEY", ONE.getPublic().getEncoded()))) {
            KeySet keys = KeySet.parse(List.of(value), ES256);
            assertThat(keys.algorithmsOf(thumbprint)).containsExactly(JwsAlgorithm.ES256);
            assertThat(keys.verifies(thumbprint, JwsAlgorithm.ES256, input, signature, FREE))
                    .isTrue();
            // Else whoever has this key could call himself what he likes.
            assertThat(keys.verifies("anything", JwsAlgorithm.ES256, input, signature, FREE))
                    .isFalse();
        }
        KeySet named = KeySet.parse(List.of(jwk(ONE.getPublic(), "\"kid\":\"a\"")), ES256);
        assertThat(named.algorithmsOf(thumbprint)).isEmpty();
    }

    @Test
    void a_secret_has_no_thumbprint_and_verifies_by_its_id() {
        byte[] input = {1, 2, 3};
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);
        KeySet keys = KeySet.parse(List.of("{\"kty\":\"oct\",\"kid\":\"a\",\"k\":\"" + secret + "\"}"), HS256);
        byte[] signature = Hmac.sha256(Secret.of(new byte[32])).start().doFinal(input);
        assertThat(keys.verifies("a", JwsAlgorithm.HS256, input, signature, FREE))
                .isTrue();
        assertThat(keys.verifies("b", JwsAlgorithm.HS256, input, signature, FREE))
                .isFalse();
        KeySet nameless = KeySet.parse(List.of("text:" + "s3cret".repeat(8)), HS256);
        assertThat(nameless.algorithmsOf("")).isEmpty();
    }

    @Test
    void shows_no_secret_in_a_text() {
        KeySet keys = KeySet.parse(List.of("text:" + "s3cret".repeat(8)), HS256);
        assertThat(keys.toString()).doesNotContain("s3cret").contains("HS256");
    }
}
