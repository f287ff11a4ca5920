package dev.countersign.jose;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.FuzzInput;
import dev.countersign.WorkLimit;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

class CompactJwsFuzzTest {
    private static final byte[] SHARED = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final KeyPair ELLIPTIC = TestKeys.ec("secp256r1");
    private static final KeyPair EDWARDS = TestKeys.edwards("Ed25519");
    private static final WorkLimit VERIFYING = new WorkLimit("verification", 1, 1);

    private static final KeySet SECRETS =
            KeySet.parse(List.of("text:0123456789abcdef0123456789abcdef"), EnumSet.of(JwsAlgorithm.HS256));
    private static final KeySet PUBLIC = KeySet.parse(
            List.of(TestKeys.jwks(
                    TestKeys.jwk(ELLIPTIC.getPublic(), "\"kid\":\"e\""),
                    TestKeys.jwk(EDWARDS.getPublic(), "\"kid\":\"o\""))),
            EnumSet.of(JwsAlgorithm.ES256, JwsAlgorithm.EdDSA));

    private static final String CLAIMS = "{\"iss\":\"https://id.example.com\",\"sub\":\"ann\"}";
    private static final List<String> GOOD = List.of(
            TestKeys.mac(JwsAlgorithm.HS256, SHARED, "{\"alg\":\"HS256\"}", CLAIMS),
            TestKeys.sign(JwsAlgorithm.ES256, ELLIPTIC.getPrivate(), "{\"alg\":\"ES256\",\"kid\":\"e\"}", CLAIMS),
            TestKeys.sign(JwsAlgorithm.EdDSA, EDWARDS.getPrivate(), "{\"alg\":\"EdDSA\",\"kid\":\"o\"}", CLAIMS));

    private static final List<String> PIECES = pieces();

    @FuzzTest
    void only_a_token_that_was_signed_verifies(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        switch (input.choose(3)) {
            case 0 -> token(FuzzInput.planted(input.latin(), PIECES));
            // The header in clear, so that the fuzzer reaches what stands behind base64 and JSON.
            case 1 -> {
                byte[] header = FuzzInput.planted(input.line(), PIECES).getBytes(StandardCharsets.UTF_8);
                token(TestKeys.base64(header) + "." + FuzzInput.planted(input.latin(), PIECES));
            }
            default -> base64(input.latin());
        }
    }

    private static void token(String token) {
        CompactJws.Reading reading =
                FuzzInput.bounded(Math.min(token.length(), 4096), () -> CompactJws.read(token, 4096, 8));
        if (!(reading instanceof CompactJws.Read read)) {
            assertThat(GOOD).doesNotContain(token);
            return;
        }
        CompactJws jws = read.jws();
        assertThat(token.length()).isLessThanOrEqualTo(4096);
        assertThat(jws.toString()).isEqualTo("CompactJws[" + jws.algorithm() + "]");
        jws.unverifiedClaims(8);
        for (KeySet keys : List.of(SECRETS, PUBLIC)) {
            boolean good = FuzzInput.bounded(
                    token.length(), 1 << 20, () -> keys.verify(jws, VERIFYING).isEmpty());
            assertThat(good).isEqualTo(GOOD.contains(token) && jws.algorithm().isHmac() == (keys == SECRETS));
        }
    }

    private static void base64(String text) {
        byte[] bytes = Base64Url.decode(text);
        if (bytes != null) {
            assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
                    .isEqualTo(text);
            return;
        }
        byte[] lenient;
        try {
            lenient = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(lenient))
                .isNotEqualTo(text);
    }

    private static List<String> pieces() {
        Set<String> pieces = new LinkedHashSet<>(GOOD);
        for (String token : GOOD) {
            pieces.addAll(List.of(token.split("\\.", -1)));
        }
        pieces.add("\"alg\":\"HS256\"");
        pieces.add("\"alg\":\"none\"");
        pieces.add("\"kid\":\"e\"");
        return new ArrayList<>(pieces);
    }
}
