package dev.countersign.jose;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.FuzzInput;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class KeySetFuzzTest {
    private static final List<Set<JwsAlgorithm>> ALGORITHMS = List.of(
            EnumSet.of(JwsAlgorithm.HS256, JwsAlgorithm.HS512),
            EnumSet.of(JwsAlgorithm.RS256, JwsAlgorithm.PS256),
            EnumSet.of(JwsAlgorithm.ES256, JwsAlgorithm.ES384, JwsAlgorithm.ES512),
            EnumSet.of(JwsAlgorithm.EdDSA),
            EnumSet.of(JwsAlgorithm.RS256, JwsAlgorithm.ES256, JwsAlgorithm.EdDSA));

    /** RFC 7517 appendix A.1, RFC 8037 appendix A.2, RFC 7515 appendix A.1.1: whole keys, then their parts. */
    private static final List<String> PIECES = List.of(
            "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\",\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}",
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
            "{\"kty\":\"oct\",\"k\":\"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow\"}",
            "\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\"",
            "\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"",
            "\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw\"",
            "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n",
            "-----BEGIN CERTIFICATE-----\n",
            "-----END CERTIFICATE-----\n",
            "-----BEGIN PUBLIC KEY-----\n",
            "-----END PUBLIC KEY-----\n",
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE");

    @FuzzTest
    void keys_are_whole_and_public_or_refused_without_being_told(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        Set<JwsAlgorithm> algorithms = ALGORITHMS.get(input.choose(ALGORITHMS.size()));
        boolean several = input.choose(2) == 1;
        String text = FuzzInput.planted(input.unicode(), PIECES);
        List<String> values = several ? List.of(text.split("\f", -1)) : List.of(text);
        KeySet keys;
        try {
            keys = FuzzInput.bounded(text.length(), 4 << 20, () -> KeySet.parse(values, algorithms));
        } catch (IllegalArgumentException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                assertThat(String.valueOf(cause.getMessage())).doesNotContain(FuzzInput.SECRET);
            }
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(keys.size()).isBetween(1, 1000);
        assertThat(keys.toString()).startsWith("KeySet[").doesNotContain("MKBCTNIcKUSD", "AyM1SysPpby", "0vx7agoebG");
        assertThat(keys.ignored())
                .allSatisfy(line -> assertThat(line)
                        .matches(shown -> shown.chars().noneMatch(Character::isISOControl))
                        .hasSizeLessThan(400));
        // What was read once is read again.
        assertThat(KeySet.parse(values, algorithms).size()).isEqualTo(keys.size());
    }
}
