package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.JsonVectors;
import dev.countersign.json.StrictJson;
import dev.countersign.key.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AWS's own cases, but for those whose paths or fields no client can send as they stand there. */
class SigV4RequestSignerTest {
    private static final Path CASES = Path.of("src", "test", "resources", "vectors", "aws-sigv4", "official");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2015-08-30T12:36:00Z"));

    private final SigV4RequestSigner signer =
            SigV4RequestSigner.of("AKIDEXAMPLE", Secret.parse("text:s3cret"), "us-east-1", "service", CLOCK);

    /** One of AWS's cases. */
    record Case(String name, Map<String, Object> context, List<String> request) {
        OutgoingRequest outgoing() {
            int end = request.get(0).lastIndexOf(' ');
            int start = request.get(0).indexOf(' ') + 1;
            String host = "";
            for (String line : request) {
                host = line.startsWith("Host:") ? line.substring("Host:".length()) : host;
            }
            OutgoingRequest outgoing = OutgoingRequest.of(
                    request.get(0).substring(0, start - 1),
                    URI.create("https://" + host + request.get(0).substring(start, end)));
            int empty = request.indexOf("");
            for (String line : request.subList(1, empty < 0 ? request.size() : empty)) {
                int colon = line.indexOf(':');
                if (!line.startsWith("Host:")) {
                    outgoing = outgoing.header(line.substring(0, colon), line.substring(colon + 1));
                }
            }
            String body = empty < 0 ? "" : String.join("\n", request.subList(empty + 1, request.size()));
            return outgoing.body(body.getBytes(StandardCharsets.UTF_8));
        }

        SigV4RequestSigner signer() {
            Map<String, Object> credentials = JsonVectors.object(context, "credentials");
            SigV4RequestSigner signer = SigV4RequestSigner.of(
                    String.valueOf(credentials.get("access_key_id")),
                    Secret.parse("text:" + credentials.get("secret_access_key")),
                    String.valueOf(context.get("region")),
                    String.valueOf(context.get("service")),
                    InstantSource.fixed(Instant.parse(String.valueOf(context.get("timestamp")))));
            SigV4RequestSigner hashing =
                    Boolean.TRUE.equals(context.get("sign_body")) ? signer : signer.withoutContentHash();
            Object token = credentials.get("token");
            return token == null ? hashing : hashing.sessionToken(String.valueOf(token));
        }

        String expected(String file) throws IOException {
            return Files.readString(CASES.resolve(name).resolve(file)).trim();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.sorted()
                    .map(SigV4RequestSignerTest::read)
                    .filter(SigV4RequestSignerTest::canBeSent)
                    .toList();
        }
    }

    private static Case read(Path folder) {
        try {
            return new Case(
                    folder.getFileName().toString(),
                    StrictJson.parseObject(Files.readAllBytes(folder.resolve("context.json")), 8),
                    Files.readAllLines(folder.resolve("request.txt")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * In these cases a path is raw text, which a URI cannot have, or is taken as it is, which S3 alone does; a folded line no
     * client sends; and with a session token outside of the signature the request is signed before the token is known.
     */
    private static boolean canBeSent(Case one) {
        String target = one.request().get(0);
        return Boolean.TRUE.equals(one.context().get("normalize"))
                && target.chars().allMatch(c -> c < 0x80)
                && target.chars().filter(c -> c == ' ').count() == 2
                && !Boolean.TRUE.equals(one.context().get("omit_session_token"))
                && !one.name().contains("multiline");
    }

    @Test
    void most_of_the_cases_are_run() throws IOException {
        assertThat(cases()).hasSizeBetween(20, 38);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void signs_in_a_field_as_aws_does(Case one) throws IOException {
        OutgoingRequest signed = one.signer().sign(one.outgoing());
        assertThat(signed.headers("Authorization"))
                .singleElement()
                .asString()
                .endsWith("Signature=" + one.expected("header-signature.txt"));
        for (String line : Files.readAllLines(CASES.resolve(one.name()).resolve("header-signed-request.txt"))) {
            if (line.startsWith("Authorization:")) {
                assertThat(signed.headers("Authorization")).containsExactly(line.substring("Authorization:".length()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void signs_in_the_query_as_aws_does(Case one) throws IOException {
        OutgoingRequest signed = one.signer().presigned(Duration.ofHours(1)).sign(one.outgoing());
        assertThat(signed.uri().getRawQuery()).endsWith("&X-Amz-Signature=" + one.expected("query-signature.txt"));
        assertThat(signed.headers("Authorization")).isEmpty();
        assertThat(signed.fields()).isEqualTo(one.outgoing().fields());
    }

    @Test
    void keeps_the_query_as_it_was_and_appends_to_it() {
        OutgoingRequest request = OutgoingRequest.of("GET", URI.create("https://api.example.com/?b=2&a=%2F&b=1"));
        assertThat(signer.presigned(Duration.ofSeconds(1)).sign(request).uri().getRawQuery())
                .startsWith(
                        "b=2&a=%2F&b=1&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2F");
    }

    @Test
    void replaces_an_earlier_signature() {
        OutgoingRequest request = OutgoingRequest.of("GET", URI.create("https://api.example.com/"));
        OutgoingRequest once = signer.sessionToken("token").sign(request);
        assertThat(signer.sessionToken("token").sign(once).fields()).containsExactlyInAnyOrderElementsOf(once.fields());
        assertThat(once.fields()).hasSize(4);
    }

    @Test
    void covers_every_field_but_those_that_change_on_the_way() {
        OutgoingRequest signed = signer.sign(OutgoingRequest.of("GET", URI.create("https://api.example.com/"))
                .header("X-Own", "1")
                .header("Connection", "close")
                .header("User-Agent", "test"));
        assertThat(signed.headers("Authorization"))
                .singleElement()
                .asString()
                .contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-own,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "-PT1S", "PT1.5S", "P7DT1S"})
    void refuses_a_url_that_expires_never_or_too_late(Duration expires) {
        assertThatIllegalArgumentException().isThrownBy(() -> signer.presigned(expires));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a,b", "a b", "ä"})
    void refuses_a_name_that_would_not_stay_one(String name) {
        Secret secret = Secret.parse("text:s3cret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigV4RequestSigner.of(name, secret, "region", "service", CLOCK));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigV4RequestSigner.of("key", secret, name, "service", CLOCK));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigV4RequestSigner.of("key", secret, "region", name, CLOCK));
    }

    @Test
    void SIG_21_shows_no_secret() {
        SigV4RequestSigner withToken = signer.sessionToken("t0ken");
        assertThat(withToken.toString()).contains("AKIDEXAMPLE").doesNotContain("s3cret", "t0ken");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signer.sessionToken("t0ken\n"))
                .withMessageNotContaining("t0ken\n");
    }
}
