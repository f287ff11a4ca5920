package dev.countersign.it.signers;

import static dev.countersign.it.signers.Settings.ACCESS_KEY;
import static dev.countersign.it.signers.Settings.SECRET_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Requests that the AWS SDK for Java signs. */
@ExtendWith(Rig.class)
class AwsSdkForJavaIT {
    private static final AwsCredentialsIdentity IDENTITY = AwsCredentialsIdentity.create(ACCESS_KEY, SECRET_KEY);

    private final Site site;

    AwsSdkForJavaIT(Site site) {
        this.site = site;
    }

    @Test
    void SIG_01_SIG_20_a_signed_request_is_accepted_and_refused_with_anything_of_it_changed() {
        Message signed = signed(AwsRequests.post());
        assertThat(signed.field("Authorization")).contains("x-note");
        site.acceptsOnlyAsSigned(
                signed,
                ACCESS_KEY,
                AwsRequests.headerChanges(signed).host().field("X-Note").field("x-amz-content-sha256"));
    }

    @Test
    void SIG_04_SIG_05_every_path_and_query_is_accepted_as_the_sdk_sends_it() {
        AwsRequests.TARGETS.forEach(target -> site.accepts(signed(Message.of("GET", target)), ACCESS_KEY, ""));
    }

    @Test
    void a_request_without_a_body_is_accepted_and_refused_with_one() {
        Message signed = signed(Message.of("DELETE", "/aws/orders/42"));
        site.acceptsOnlyAsSigned(
                signed, ACCESS_KEY, Changes.of(signed).method().path().query().body());
    }

    @Test
    void a_presigned_url_is_accepted_and_refused_with_anything_of_it_changed() {
        Message signed = signed(Message.of("GET", "/aws/orders?b=2&a=1"), IDENTITY, presigned(60));
        assertThat(signed.target()).contains("X-Amz-Signature=");
        site.acceptsOnlyAsSigned(
                signed,
                ACCESS_KEY,
                Changes.of(signed).method().path().query().host().body());
    }

    @Test
    void a_session_token_is_covered_by_the_signature() {
        Message signed = signed(
                AwsRequests.post(),
                AwsSessionCredentialsIdentity.create(ACCESS_KEY, SECRET_KEY, "session/token+of=somebody"),
                builder -> {});
        site.acceptsOnlyAsSigned(signed, ACCESS_KEY, Changes.of(signed).field("X-Amz-Security-Token"));
    }

    @Test
    void SIG_02_content_that_is_not_signed_is_refused() {
        Message signed = AwsSdkForJava.sign(
                AwsRequests.post(),
                // The SDK leaves content unsigned over TLS alone.
                URI.create("https://" + site.uri().getAuthority()),
                Place.DIRECT.service(),
                IDENTITY,
                builder -> builder.putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false));
        assertThat(signed.field("x-amz-content-sha256")).isEqualTo("UNSIGNED-PAYLOAD");
        assertThat(site.send(signed).status()).isEqualTo(401);
    }

    private static Consumer<SignRequest.Builder<AwsCredentialsIdentity>> presigned(int seconds) {
        return builder -> builder.putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofSeconds(seconds));
    }

    private Message signed(Message request) {
        return signed(request, IDENTITY, builder -> {});
    }

    private Message signed(
            Message request,
            AwsCredentialsIdentity identity,
            Consumer<SignRequest.Builder<AwsCredentialsIdentity>> properties) {
        return AwsSdkForJava.sign(request, site.uri(), Place.DIRECT.service(), identity, properties);
    }
}
