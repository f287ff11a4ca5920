package dev.countersign.it.signers;

import static dev.countersign.it.signers.Settings.ACCESS_KEY;
import static dev.countersign.it.signers.Settings.SECRET_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Requests that the AWS SDK for Java signs as for S3, and for the name that the world knows: the path as it is, and the body
 * in chunks that are signed one by one.
 */
@ExtendWith(Rig.class)
class S3StyleIT {
    /** More than the chunk that the SDK makes of 128 KiB. */
    private static final String LARGE = "0123456789abcdef".repeat(12_000);

    private final Site site;

    S3StyleIT(@At(Place.PROXIED) Site site) {
        this.site = site;
    }

    @Test
    void SIG_05_paths_are_signed_as_they_are_sent() {
        for (String target : List.of(
                "/aws/a%20b", "/aws/caf%C3%A9", "/aws/a%2Fb", "/aws/a//b", "/aws/a?b=2&a=1", "/aws/a?a=2&a=1&e=")) {
            site.accepts(signed(Message.of("GET", target), builder -> {}), ACCESS_KEY, "");
        }
    }

    @Test
    void SIG_01_a_signed_request_is_accepted_and_refused_with_anything_of_it_changed() {
        Message signed = signed(AwsRequests.post(), builder -> {});
        site.acceptsOnlyAsSigned(
                signed, ACCESS_KEY, AwsRequests.headerChanges(signed).field("x-amz-content-sha256"));
    }

    @Test
    void SIG_02_SIG_23_signed_chunks_are_accepted_and_refused_with_anything_of_them_changed() {
        Message signed = signed(
                Message.of("PUT", "/aws/large")
                        .with("Content-Type", "text/plain")
                        .withBody(LARGE),
                builder -> builder.putProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED, true));
        assertThat(signed.field("x-amz-content-sha256")).isEqualTo("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
        refusesChangedChunks(signed);
        // Chunks are verified, and reach the application as they came.
        site.accepts(signed, ACCESS_KEY, signed.body());
    }

    @Test
    void SIG_02_SIG_23_so_are_signed_chunks_with_a_signed_trailer() {
        Message signed = signed(
                Message.of("PUT", "/aws/large")
                        .with("Content-Type", "text/plain")
                        .withBody(LARGE),
                builder -> builder.putProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED, true)
                        .putProperty(AwsV4HttpSigner.CHECKSUM_ALGORITHM, DefaultChecksumAlgorithm.CRC32));
        assertThat(signed.field("x-amz-content-sha256")).isEqualTo("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER");
        String body = signed.body();
        int trailer = body.indexOf("x-amz-checksum-crc32:") + "x-amz-checksum-crc32:".length();
        int signature = body.indexOf("x-amz-trailer-signature:") + "x-amz-trailer-signature:".length();
        refusesChangedChunks(signed);
        site.refuses(Changes.of(signed)
                .copy("trailer", signed.withBody(changed(body, trailer)))
                .copy("signature of the trailer", signed.withBody(changed(body, signature))));
        // Chunks are verified, and reach the application as they came.
        site.accepts(signed, ACCESS_KEY, signed.body());
    }

    @Test
    void SIG_02_a_presigned_url_says_nothing_of_the_body() {
        Message signed = signed(
                Message.of("GET", "/aws/a%20b?b=2"),
                builder -> builder.putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofMinutes(1)));
        site.acceptsOnlyAsSigned(
                signed, ACCESS_KEY, Changes.of(signed).method().path().query());
    }

    private void refusesChangedChunks(Message signed) {
        String body = signed.body();
        int first = body.indexOf("chunk-signature=") + "chunk-signature=".length();
        int second = body.indexOf("chunk-signature=", first) + "chunk-signature=".length();
        int data = body.indexOf("\r\n") + 2;
        site.refuses(AwsRequests.headerChanges(signed)
                .field("x-amz-decoded-content-length")
                .copy("signature of the first chunk", signed.withBody(changed(body, first)))
                .copy("signature of the second chunk", signed.withBody(changed(body, second + 63)))
                .copy("first byte of the first chunk", signed.withBody(changed(body, data)))
                .copy("a byte of the second chunk", signed.withBody(changed(body, second + 64 + 2))));
    }

    private static String changed(String text, int at) {
        return text.substring(0, at) + (text.charAt(at) == '1' ? '2' : '1') + text.substring(at + 1);
    }

    private Message signed(Message request, Consumer<SignRequest.Builder<AwsCredentialsIdentity>> properties) {
        Message signed = AwsSdkForJava.sign(
                request,
                URI.create(Settings.BASE_URL),
                Place.PROXIED.service(),
                AwsCredentialsIdentity.create(ACCESS_KEY, SECRET_KEY),
                builder -> {
                    builder.putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                            .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                            .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, true);
                    properties.accept(builder);
                });
        assertThat(signed.field("Host")).isEqualTo(URI.create(Settings.BASE_URL).getAuthority());
        // As a proxy passes it on.
        return signed.replacing("Host", host -> site.uri().getAuthority());
    }
}
