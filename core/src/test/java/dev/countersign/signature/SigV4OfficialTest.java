package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.key.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** AWS's own test suite for signers, {@code vectors/aws-sigv4/official}: every text to the byte. */
class SigV4OfficialTest {
    static Stream<SigV4OfficialCase> cases() {
        return SigV4OfficialCase.all();
    }

    @Test
    void every_case_is_here() {
        assertThat(cases()).hasSize(38);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void signs_in_a_field(SigV4OfficialCase vector) {
        SigV4OfficialCase.Message message = vector.request();
        SigV4Request request = request(message);
        SigV4Signer.Signing signing = signer(vector).header(request, message.sha256(), vector.timestamp());
        assertThat(signing.canonicalText()).isEqualTo(vector.file("header-canonical-request.txt"));
        assertThat(signing.stringToSign()).isEqualTo(vector.file("header-string-to-sign.txt"));
        assertThat(signing.signature()).isEqualTo(vector.file("header-signature.txt"));

        Map<String, String> fields = signer(vector).sign(request, message.sha256(), vector.timestamp());
        List<Map.Entry<String, String>> expected =
                vector.message(SigV4OfficialCase.Form.HEADER).fields();
        fields.forEach((name, value) -> assertThat(expected)
                .anyMatch(field -> field.getKey().equalsIgnoreCase(name)
                        && field.getValue().equals(value)));
        assertThat(fields).containsKeys("Authorization", "X-Amz-Date");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void signs_in_the_query(SigV4OfficialCase vector) {
        SigV4OfficialCase.Message message = vector.request();
        SigV4Request request = request(message);
        Duration expires = Duration.ofSeconds(vector.expires());
        SigV4Signer.Signing signing = signer(vector).query(request, message.sha256(), vector.timestamp(), expires);
        assertThat(signing.canonicalText()).isEqualTo(vector.file("query-canonical-request.txt"));
        assertThat(signing.stringToSign()).isEqualTo(vector.file("query-string-to-sign.txt"));
        assertThat(signing.signature()).isEqualTo(vector.file("query-signature.txt"));

        String query = signer(vector).presign(request, message.sha256(), vector.timestamp(), expires);
        String expected =
                String.valueOf(vector.message(SigV4OfficialCase.Form.QUERY).rawQuery());
        assertThat(parameters(query))
                .isSubsetOf(parameters(expected))
                .contains("X-Amz-Signature=" + signing.signature());
    }

    /** Sorted, and encoded in the one way: the suite encodes what it was given anew. */
    private static List<String> parameters(String query) {
        return List.of(SigV4Query.parse(query).orElseThrow().canonical().split("&"));
    }

    private static SigV4Request request(SigV4OfficialCase.Message message) {
        return new SigV4Request(message.method(), message.rawPath(), message.rawQuery(), message.lines());
    }

    private static SigV4Signer signer(SigV4OfficialCase vector) {
        SigV4Signer signer = new SigV4Signer(
                        vector.credential("access_key_id").orElseThrow(),
                        Secret.parse(
                                "text:" + vector.credential("secret_access_key").orElseThrow()),
                        "us-east-1",
                        "service")
                .withPathRule(vector.normalizes() ? SigV4PathRule.NORMALIZED : SigV4PathRule.S3);
        if (!vector.signsBody()) {
            signer = signer.withoutContentHash();
        }
        // What is added after signing is no part of what is signed.
        return vector.credential("token").isPresent() && !vector.omitsToken()
                ? signer.withSessionToken(vector.credential("token").orElseThrow())
                : signer;
    }
}
