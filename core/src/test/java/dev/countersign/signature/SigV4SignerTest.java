package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.key.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigV4SignerTest {
    private static final Instant NOW = Instant.parse("2013-05-24T00:00:00Z");
    private static final Secret SECRET = Secret.parse("text:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    private static final SigV4Signer STORAGE = new SigV4Signer("AKIAIOSFODNN7EXAMPLE", SECRET, "us-east-1", "s3");
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /** Amazon S3 API Reference, "Examples: Signature Calculations", GET Object. */
    @Test
    void signs_the_published_example_of_a_get() {
        SigV4Request request = request(
                "GET",
                "/test.txt",
                null,
                Map.of("Host", List.of("examplebucket.s3.amazonaws.com"), "Range", List.of("bytes=0-9")));
        assertThat(STORAGE.sign(request, EMPTY, NOW))
                .containsEntry(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                                + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
                                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
                .containsEntry("X-Amz-Date", "20130524T000000Z")
                .containsEntry("X-Amz-Content-Sha256", EMPTY)
                .hasSize(3);
    }

    /** The same, PUT Object: a dollar sign in the path is encoded. */
    @Test
    void signs_the_published_example_of_a_put() {
        SigV4Request request = request(
                "PUT",
                "/test$file.text",
                null,
                Map.of(
                        "Host", List.of("examplebucket.s3.amazonaws.com"),
                        "Date", List.of("Fri, 24 May 2013 00:00:00 GMT"),
                        "x-amz-storage-class", List.of("REDUCED_REDUNDANCY")));
        assertThat(STORAGE.sign(request, Digests.sha256("Welcome to Amazon S3."), NOW)
                        .get("Authorization"))
                .endsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    /** Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters". */
    @Test
    void signs_the_published_example_of_a_url() {
        SigV4Request request =
                request("GET", "/test.txt", null, Map.of("Host", List.of("examplebucket.s3.amazonaws.com")));
        assertThat(STORAGE.presign(request, SigV4Signer.UNSIGNED_PAYLOAD, NOW, Duration.ofDays(1)))
                .startsWith("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2F")
                .contains("&X-Amz-Expires=86400")
                .endsWith("&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
    }

    @Test
    void leaves_out_what_changes_on_the_way_and_replaces_its_own_fields() {
        SigV4Request request = request(
                "GET",
                "/",
                "a=1",
                Map.of(
                        "host", List.of("a.example"),
                        "User-Agent", List.of("x"),
                        "Expect", List.of("100-continue"),
                        "Authorization", List.of("Basic dTpw"),
                        "X-AMZ-DATE", List.of("19700101T000000Z"),
                        "X-Amz-Security-Token", List.of("old"),
                        "X-Amz-Content-Sha256", List.of("old")));
        assertThat(STORAGE.sign(request, EMPTY, NOW).get("Authorization"))
                .contains(" SignedHeaders=host;x-amz-content-sha256;x-amz-date, ");
        assertThat(STORAGE.withSessionToken("t").sign(request, EMPTY, NOW))
                .containsEntry("X-Amz-Security-Token", "t")
                .containsEntry("X-Amz-Date", "20130524T000000Z");
        assertThat(STORAGE.presign(request, EMPTY, NOW, Duration.ofSeconds(1))).startsWith("a=1&X-Amz-Algorithm=");
    }

    @Test
    void another_secret_day_region_or_service_is_another_signature() {
        SigV4Request request = request("GET", "/", null, Map.of("Host", List.of("a.example")));
        SigV4Signer signer = new SigV4Signer("a", SECRET, "b", "c");
        assertThat(List.of(
                        signature(signer, request, NOW),
                        signature(signer, request, NOW.plusSeconds(1)),
                        signature(signer, request, NOW.minusSeconds(1)),
                        signature(new SigV4Signer("a", SECRET, "B", "c"), request, NOW),
                        signature(new SigV4Signer("a", SECRET, "b", "C"), request, NOW),
                        signature(new SigV4Signer("a", Secret.parse("text:other"), "b", "c"), request, NOW)))
                .doesNotHaveDuplicates();
        assertThat(signature(signer, request, NOW)).isEqualTo(signature(signer, request, NOW.plusNanos(1)));
    }

    private static String signature(SigV4Signer signer, SigV4Request request, Instant at) {
        String authorization = String.valueOf(signer.sign(request, EMPTY, at).get("Authorization"));
        return authorization.substring(authorization.length() - 64);
    }

    @Test
    void keys_are_kept_by_secret_and_scope() {
        SigV4Keys keys = new SigV4Keys();
        SigV4Scope scope = new SigV4Scope("20130524", "us-east-1", "s3");
        SigV4Key key = keys.key(SECRET, scope);
        assertThat(keys.key(SECRET, scope)).isSameAs(key);
        assertThat(keys.key(SECRET, new SigV4Scope("20130525", "us-east-1", "s3"))
                        .request("t", EMPTY))
                .isNotEqualTo(key.request("t", EMPTY));
        assertThat(keys.key(Secret.parse("text:other"), scope).request("t", EMPTY))
                .isNotEqualTo(key.request("t", EMPTY));
        for (int i = 0; i < 5000; i++) {
            keys.key(SECRET, new SigV4Scope("20130524", "region-" + i, "s3"));
        }
        assertThat(keys.key(SECRET, scope).request("t", EMPTY)).isEqualTo(key.request("t", EMPTY));
        assertThat(key).hasToString("SigV4Key[20130524/us-east-1/s3/aws4_request]");
        assertThat(keys).hasToString("SigV4Keys[****]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a,b", "a b", "é"})
    void refuses_names_that_would_not_be_read_back(String name) {
        assertThatThrownBy(() -> new SigV4Signer(name, SECRET, "b", "c")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SigV4Signer("a", SECRET, name, "c")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SigV4Signer("a", SECRET, "b", name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refuses_a_request_that_has_no_canonical_form_without_telling_it() {
        Map<String, List<String>> host = Map.of("Host", List.of("a.example"));
        for (SigV4Request bad : List.of(
                request("GET", "/%secret", null, host),
                request("GET", "/", "%secret", host),
                request("GET", "/", "X-Amz-Signature=secret", host),
                request("GET", "/", null, Map.of("Host", List.of("a.example"), "X-A", List.of("secret\u0100"))))) {
            assertThatThrownBy(() -> STORAGE.sign(bad, EMPTY, NOW))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected")
                    .hasMessageNotContaining("secret");
            assertThat(bad.toString()).doesNotContain("X-Amz-Signature");
        }
    }

    @Test
    void refuses_what_is_no_request() {
        Map<String, List<String>> host = Map.of("Host", List.of("a.example"));
        assertThatThrownBy(() -> request("GET /", "/", null, host)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request("GET", "*", null, host)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request("GET", "/", null, Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request("GET", "/", null, Map.of("Host", List.of("a", "b"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request("GET", "/", null, Map.of("Host", List.of("a"), "host", List.of("b"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request("GET", "/", null, Map.of("Host", List.of("a"), "a b", List.of("b"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> STORAGE.withSessionToken("a b")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.5S", "PT1.5S", "P7DT1S", "P10000000D"})
    void refuses_to_presign_for_no_time_or_for_more_than_a_week(String expires) {
        SigV4Request request = request("GET", "/", null, Map.of("Host", List.of("a.example")));
        assertThatThrownBy(() -> STORAGE.presign(request, EMPTY, NOW, Duration.parse(expires)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expires: ");
        assertThat(STORAGE.presign(request, EMPTY, NOW, Duration.ofDays(7))).contains("X-Amz-Expires=604800");
    }

    private static SigV4Request request(
            String method, String path, @Nullable String query, Map<String, List<String>> fields) {
        return new SigV4Request(method, path, query, fields);
    }
}
