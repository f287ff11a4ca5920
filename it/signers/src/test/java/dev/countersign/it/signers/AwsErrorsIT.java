package dev.countersign.it.signers;

import static dev.countersign.it.signers.Settings.ACCESS_KEY;
import static dev.countersign.it.signers.Settings.REGION;
import static dev.countersign.it.signers.Settings.SECRET_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;

/** What clients of AWS services make of our refusals ({@code aws-errors}): one that reads XML, and one that reads JSON. */
@ExtendWith(Rig.class)
class AwsErrorsIT {
    private static final String WRONG = "wrong and as long as a secret of AWS is";

    private final Site xml;
    private final Site json;

    AwsErrorsIT(@At(Place.ERRORS_OF_S3) Site xml, @At(Place.ERRORS_OF_KMS) Site json) {
        this.xml = xml;
        this.json = json;
    }

    @Test
    void R28_a_client_of_s3_gets_an_object() {
        try (S3Client client = s3(credentials(ACCESS_KEY, SECRET_KEY))) {
            assertThat(object(client)).isEqualTo(ACCESS_KEY + " " + Site.sha256(""));
        }
    }

    @ParameterizedTest
    @CsvSource({ACCESS_KEY, "AKIDUNKNOWN"})
    void R28_SIG_18_a_wrong_secret_and_an_unknown_key_are_told_alike(String accessKey) {
        try (S3Client client = s3(credentials(accessKey, WRONG))) {
            assertThatThrownBy(() -> object(client)).satisfies(e -> assertTells(e, "SignatureDoesNotMatch"));
        }
        try (KmsClient client = kms(credentials(accessKey, WRONG))) {
            assertThatThrownBy(client::listKeys).satisfies(e -> assertTells(e, "SignatureDoesNotMatch"));
        }
    }

    @Test
    void R28_a_client_without_credentials_is_told_so() {
        try (S3Client client = s3(AnonymousCredentialsProvider.create())) {
            assertThatThrownBy(() -> object(client)).satisfies(e -> assertTells(e, "MissingAuthenticationToken"));
        }
        try (KmsClient client = kms(AnonymousCredentialsProvider.create())) {
            assertThatThrownBy(client::listKeys).satisfies(e -> assertTells(e, "MissingAuthenticationToken"));
        }
    }

    private static void assertTells(Throwable thrown, String code) {
        assertThat(thrown).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            assertThat(e.statusCode()).isEqualTo(403);
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.awsErrorDetails().errorMessage()).isNotEmpty();
            assertThat(e.requestId()).isNotEmpty();
        });
    }

    private static String object(S3Client client) {
        return client.getObjectAsBytes(request -> request.bucket("aws").key("orders"))
                .asUtf8String();
    }

    private S3Client s3(AwsCredentialsProvider credentials) {
        return S3Client.builder()
                .region(Region.of(REGION))
                .endpointOverride(xml.uri())
                .forcePathStyle(true)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(credentials)
                .build();
    }

    private KmsClient kms(AwsCredentialsProvider credentials) {
        return KmsClient.builder()
                .region(Region.of(REGION))
                .endpointOverride(URI.create(json.uri() + "/aws"))
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(credentials)
                .build();
    }

    private static AwsCredentialsProvider credentials(String accessKey, String secret) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secret));
    }
}
