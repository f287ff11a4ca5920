package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is signed is what arrives. */
class SignedRequestsTest {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final SignedRequests requests = SignedRequests.by(new ToySigner());

    @ParameterizedTest
    @ValueSource(strings = {"/orders", "/", "", "/a%20b/%2F//./c?x=a+b&y=%e2&x=", "/?", "/ä?ö", "/orders#part"})
    void signs_a_request_without_content_as_it_arrives(String target) throws Exception {
        try (EchoServer server = EchoServer.answering(200)) {
            send(requests.sign(HttpRequest.newBuilder(server.uri(target)).build()));
            assertThat(server.only().signed()).containsExactly("1 " + ToySigner.seen(server.only()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void sends_the_very_bytes_that_were_signed(String method) throws Exception {
        try (EchoServer server = EchoServer.answering(200)) {
            HttpRequest request = HttpRequest.newBuilder(server.uri("/orders"))
                    .header("Content-Type", "text/plain")
                    .method(method, BodyPublishers.ofString("some täxt"))
                    .build();
            send(requests.sign(request));
            assertThat(server.only().body()).isEqualTo("some täxt");
            assertThat(server.only().method()).isEqualTo(method);
            assertThat(server.only().signed()).containsExactly("1 " + ToySigner.seen(server.only()));
        }
    }

    @Test
    void sends_a_request_made_of_parts() throws Exception {
        try (EchoServer server = EchoServer.answering(200)) {
            OutgoingRequest parts = OutgoingRequest.of("POST", server.uri("/orders?a=1"))
                    .header("Content-Type", "text/plain")
                    .body("text".getBytes(StandardCharsets.UTF_8));
            send(requests.sign(parts));
            send(requests.sign(OutgoingRequest.of("GET", server.uri("/orders"))));
            assertThat(server.arrived()).hasSize(2);
            assertThat(server.arrived().get(0).signed())
                    .containsExactly("1 " + ToySigner.seen(server.arrived().get(0)));
            assertThat(server.arrived().get(1).signed())
                    .containsExactly("2 " + ToySigner.seen(server.arrived().get(1)));
        }
    }

    @Test
    void signs_anew_each_time_and_leaves_the_original_as_it_was() throws Exception {
        try (EchoServer server = EchoServer.answering(503)) {
            HttpRequest request = HttpRequest.newBuilder(server.uri("/orders"))
                    .POST(BodyPublishers.ofString("text"))
                    .build();
            HttpRequest first = requests.sign(request);
            send(first);
            send(requests.sign(request));
            send(requests.sign(first));
            assertThat(server.arrived())
                    .extracting(arrived -> arrived.signed().get(0).charAt(0))
                    .containsExactly('1', '2', '3');
            assertThat(server.arrived()).allMatch(arrived -> arrived.signed().size() == 1);
            assertThat(request.headers().map()).isEmpty();
        }
    }

    @Test
    void keeps_what_else_was_asked_for() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://api.example.com:443/orders"))
                .timeout(Duration.ofSeconds(3))
                .version(HttpClient.Version.HTTP_1_1)
                .expectContinue(true)
                .header("X-A", "1")
                .header("X-A", "2")
                .build();
        HttpRequest signed = requests.sign(request);
        assertThat(signed.timeout()).contains(Duration.ofSeconds(3));
        assertThat(signed.version()).contains(HttpClient.Version.HTTP_1_1);
        assertThat(signed.expectContinue()).isTrue();
        assertThat(signed.headers().allValues("X-A")).containsExactly("1", "2");
        // HTTP/2 would send a default port that is named.
        assertThat(signed.uri()).hasToString("https://api.example.com/orders");
    }

    @Test
    void takes_content_up_to_its_bound() {
        SignedRequests small = requests.maxBodyBytes(4);
        assertThat(small.sign(posting(BodyPublishers.ofString("1234"))).bodyPublisher())
                .hasValueSatisfying(
                        publisher -> assertThat(publisher.contentLength()).isEqualTo(4));
        assertTooLarge(small, BodyPublishers.ofString("12345"));
        byte[] many = new byte[100_000];
        assertTooLarge(small, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(many)));
        OutgoingRequest parts = OutgoingRequest.of("POST", URI.create("https://api.example.com/"))
                .body(many);
        assertThatIllegalArgumentException().isThrownBy(() -> small.sign(parts));
        assertThatIllegalArgumentException().isThrownBy(() -> requests.maxBodyBytes(-1));
    }

    private static void assertTooLarge(SignedRequests requests, BodyPublisher content) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> requests.sign(posting(content)))
                .withMessage("content of a signed request (expected: at most 4 bytes)");
    }

    @Test
    void waits_for_content_of_another_thread() throws Exception {
        SubmissionPublisher<ByteBuffer> publisher = new SubmissionPublisher<>();
        try (EchoServer server = EchoServer.answering(200)) {
            Thread other = new Thread(() -> {
                try (publisher) {
                    while (publisher.getNumberOfSubscribers() == 0) {
                        Thread.onSpinWait();
                    }
                    List.of("a", "b", "c").forEach(text -> publisher.submit(StandardCharsets.UTF_8.encode(text)));
                }
            });
            other.start();
            HttpRequest request = HttpRequest.newBuilder(server.uri("/"))
                    .POST(BodyPublishers.fromPublisher(publisher))
                    .build();
            send(requests.sign(request));
            assertThat(server.only().body()).isEqualTo("abc");
            other.join();
        }
    }

    @Test
    void tells_that_content_cannot_be_read() {
        BodyPublisher broken = BodyPublishers.fromPublisher(subscriber -> subscriber.onError(new IOException("gone")));
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> requests.sign(posting(broken)))
                .withCause(new IOException("gone"));
    }

    private static HttpRequest posting(BodyPublisher content) {
        return HttpRequest.newBuilder(URI.create("https://api.example.com/"))
                .POST(content)
                .build();
    }

    private static void send(HttpRequest request) throws IOException, InterruptedException {
        assertThat(CLIENT.send(request, BodyHandlers.discarding()).statusCode()).isPositive();
    }
}
