package dev.countersign.signature;

import static dev.countersign.JsonVectors.object;
import static dev.countersign.JsonVectors.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.JsonVectors;
import dev.countersign.WorkLimit;
import dev.countersign.jose.JwsAlgorithm;
import dev.countersign.jose.KeySet;
import dev.countersign.key.Secret;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages of RFC 9421 and our own: the base, and the signature over it. */
final class MessageVectorsTest {
    private static final WorkLimit FREE = new WorkLimit("verification", 8, 8);

    static Stream<Arguments> ofTheRfc() {
        return JsonVectors.array("http-message-signatures/rfc9421-messages.json").stream()
                .map(vector -> Arguments.of(text(vector, "id"), vector));
    }

    static Stream<Arguments> withBase() {
        return Stream.of("rfc9421-messages", "own-messages")
                .flatMap(file -> JsonVectors.array("http-message-signatures/" + file + ".json").stream())
                .filter(vector -> vector.containsKey("signature_base"))
                .map(vector -> Arguments.of(text(vector, "id"), vector));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofTheRfc")
    void SIG_15_judges_the_messages_of_the_RFC(String id, Map<String, Object> vector) {
        MessageParts message = VectorMessages.of(vector);
        MessageSignature signature = signature(message, text(vector, "label"));
        byte[] base = SignatureBase.of(message, signature.input()).orElseThrow().bytes();
        boolean good = isSigned(text(vector, "keyid"), base, signature.value());
        assertThat(good).isEqualTo(text(vector, "expect").equals("valid"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withBase")
    void SIG_03_makes_the_base_to_the_byte(String id, Map<String, Object> vector) {
        MessageParts message = VectorMessages.of(vector);
        MessageSignature signature = signature(message, text(vector, "label"));
        assertThat(SignatureBase.of(message, signature.input()).map(SignatureBase::text))
                .contains(text(vector, "signature_base"));
    }

    private static MessageSignature signature(MessageParts message, String label) {
        MessageSignatures read = MessageSignatures.read(
                message.headers().lines("signature-input"), message.headers().lines("signature"), 8192);
        assertThat(read).isInstanceOf(MessageSignatures.Read.class);
        return ((MessageSignatures.Read) read)
                .signatures().stream()
                        .filter(signature -> signature.input().label().equals(label))
                        .findFirst()
                        .orElseThrow();
    }

    private static boolean isSigned(String keyId, byte[] base, byte[] signature) {
        Map<String, Object> key = JsonVectors.array("http-message-signatures/rfc9421-keys.json").stream()
                .filter(one -> text(one, "keyid").equals(keyId))
                .findFirst()
                .orElseThrow();
        SignatureAlgorithm algorithm =
                SignatureAlgorithm.named(text(key, "alg")).orElseThrow();
        if (algorithm.isHmac()) {
            byte[] secret = Secret.parse("base64:" + text(key, "secret_b64")).bytes();
            return MessageDigest.isEqual(algorithm.sign(new SecretKeySpec(secret, "HmacSHA256"), base), signature);
        }
        JwsAlgorithm jws = switch (algorithm) {
            case RSA_PSS_SHA512 -> JwsAlgorithm.PS512;
            case RSA_V1_5_SHA256 -> JwsAlgorithm.RS256;
            case ECDSA_P256_SHA256 -> JwsAlgorithm.ES256;
            default -> JwsAlgorithm.EdDSA;
        };
        Map<String, Object> jwk = new HashMap<>(object(key, "jwk"));
        jwk.keySet().removeAll(List.of("d", "p", "q", "dp", "dq", "qi"));
        KeySet keys = KeySet.parse(List.of(JsonVectors.format(jwk)), EnumSet.of(jws));
        return keys.verifies(keyId, jws, base, signature, FREE);
    }
}
