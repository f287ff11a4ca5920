package dev.countersign.jose;

import static dev.countersign.JsonVectors.format;
import static dev.countersign.JsonVectors.object;
import static dev.countersign.JsonVectors.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.JsonVectors;
import dev.countersign.WorkLimit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 7515, 7520, 7797 and 8037. */
final class RfcVectorsTest {
    private static final WorkLimit FREE = new WorkLimit("token verification", 8, 8);

    static Stream<Arguments> examples() {
        return JsonVectors.array("jose/rfc.json").stream().map(example -> Arguments.of(text(example, "id"), example));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void judges_the_examples_of_the_RFCs(String id, Map<String, Object> example) {
        // "either" is for a verifier that knows unencoded payloads; this one does not.
        boolean valid = text(example, "expect").equals("valid");
        assertThat(isGood(text(example, "jws"), example.get("key"))).isEqualTo(valid);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "jws/4_1.rsa_v15_signature",
                "jws/4_2.rsa-pss_signature",
                "jws/4_3.ecdsa_signature",
                "jws/4_4.hmac-sha2_integrity_protection",
                "curve25519/jws"
            })
    void verifies_the_compact_tokens_of_the_cookbook(String name) {
        Map<String, Object> example = JsonVectors.object("jose/cookbook-rfc7520/" + name + ".json");
        Object key = object(example, "input").get("key");
        String token = text(object(example, "output"), "compact");
        assertThat(isGood(token, key)).isTrue();
        // The same signature under another header or payload is none.
        assertThat(isGood("e30" + token.substring(token.indexOf('.')), key)).isFalse();
    }

    @Test
    void refuses_a_detached_payload() {
        Map<String, Object> example =
                JsonVectors.object("jose/cookbook-rfc7520/jws/4_5.signature_with_detached_content.json");
        String token = text(object(example, "output"), "compact");
        assertThat(isGood(token, object(example, "input").get("key"))).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"4_6.protecting_specific_header_fields", "4_7.protecting_content_only", "4_8.multiple_signatures"
            })
    void JWT_28_refuses_the_JSON_serialisation(String name) {
        Map<String, Object> example = JsonVectors.object("jose/cookbook-rfc7520/jws/" + name + ".json");
        String json = format(object(object(example, "output"), "json"));
        assertThat(CompactJws.read(json, 1 << 16, 32)).isInstanceOf(CompactJws.Unreadable.class);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"3_2.ec_private_key", "3_4.rsa_private_key"})
    void refuses_the_private_keys_of_the_cookbook(String name) {
        String jwk = format(JsonVectors.object("jose/cookbook-rfc7520/jwk/" + name + ".json"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySet.parse(List.of(jwk), publicKeyAlgorithms()))
                .withMessageContaining("private key");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"3_1.ec_public_key", "3_3.rsa_public_key"})
    void reads_the_public_keys_of_the_cookbook(String name) {
        String jwk = format(JsonVectors.object("jose/cookbook-rfc7520/jwk/" + name + ".json"));
        assertThat(KeySet.parse(List.of(jwk), publicKeyAlgorithms()).size()).isEqualTo(1);
    }

    static Stream<Arguments> thumbprints() {
        return JsonVectors.array("jose/thumbprints.json").stream()
                .map(example -> Arguments.of(text(example, "sha256"), object(example, "jwk")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("thumbprints")
    void computes_thumbprints_of_RFC_7638(String sha256, Map<String, Object> jwk) {
        assertThat(JwkThumbprint.of(jwk)).isEqualTo(sha256);
    }

    private static boolean isGood(String token, @org.jspecify.annotations.Nullable Object key) {
        if (!(CompactJws.read(token, 1 << 16, 32) instanceof CompactJws.Read read)
                || !(key instanceof Map<?, ?> members)) {
            return false;
        }
        Set<JwsAlgorithm> allowed = publicKeyAlgorithms();
        Map<Object, Object> known = new HashMap<>(members);
        if ("oct".equals(known.get("kty"))) {
            allowed = EnumSet.complementOf(EnumSet.copyOf(allowed));
            known.putIfAbsent("alg", "HS256");
        } else {
            // The examples show the whole key; a verifier is given the public part.
            known.keySet().removeAll(Set.of("d", "p", "q", "dp", "dq", "qi"));
        }
        return KeySet.parse(List.of(format(known)), allowed)
                .verify(read.jws(), FREE)
                .isEmpty();
    }

    private static EnumSet<JwsAlgorithm> publicKeyAlgorithms() {
        EnumSet<JwsAlgorithm> algorithms = EnumSet.allOf(JwsAlgorithm.class);
        algorithms.removeIf(JwsAlgorithm::isHmac);
        return algorithms;
    }
}
