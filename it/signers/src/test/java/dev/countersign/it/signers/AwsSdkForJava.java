package dev.countersign.it.signers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.countersign.it.signers.Message.Field;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** The signer of the AWS SDK for Java, version 2. */
final class AwsSdkForJava {
    private AwsSdkForJava() {}

    /**
     * Signs a request.
     *
     * @param properties what is set beside region and service
     * @return with the path, query and body that the SDK sends
     */
    static Message sign(
            Message request,
            URI server,
            String service,
            AwsCredentialsIdentity identity,
            Consumer<SignRequest.Builder<AwsCredentialsIdentity>> properties) {
        SignedRequest signed = AwsV4HttpSigner.create().sign(builder -> {
            builder.identity(identity)
                    .request(converted(request, server))
                    .putProperty(AwsV4HttpSigner.REGION_NAME, Settings.REGION)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service);
            if (!request.body().isEmpty()) {
                builder.payload(ContentStreamProvider.fromByteArray(request.bodyBytes()));
            }
            properties.accept(builder);
        });
        SdkHttpRequest result = signed.request();
        List<Field> fields = new ArrayList<>();
        result.forEachHeader((name, values) -> values.forEach(value -> fields.add(new Field(name, value))));
        return new Message(
                request.method(),
                result.encodedPath()
                        + result.encodedQueryParameters()
                                .map(query -> "?" + query)
                                .orElse(""),
                fields,
                signed.payload().map(AwsSdkForJava::read).orElse(""));
    }

    /** In the parts that the SDK keeps a request in, as its own clients make them. */
    private static SdkHttpRequest converted(Message request, URI server) {
        SdkHttpRequest.Builder converted = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(request.method()))
                .uri(URI.create(server + request.target()));
        request.fields().forEach(field -> converted.appendHeader(field.name(), field.value()));
        return converted.build();
    }

    private static String read(ContentStreamProvider payload) {
        try (InputStream in = payload.newStream()) {
            return new String(in.readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
