package dev.countersign.servlet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.countersign.client.OutgoingRequest;
import dev.countersign.client.RequestSigner;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.InvocationCallback;
import jakarta.ws.rs.core.Form;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is signed is what arrives. Run with whichever JAX-RS client is on the class path: the build runs it with Jersey's and
 * with RESTEasy's.
 */
class SigningFeatureTest {
    private static final String SIGNED = "X-Signed";

    private final AtomicInteger asked = new AtomicInteger();
    private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Client client;

    /** A request as it arrived. */
    record Arrived(String target, List<String> signed, String wouldBeSigned, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
            String target = exchange.getRequestURI().toString();
            arrived.add(new Arrived(
                    target,
                    exchange.getRequestHeaders().getOrDefault(SIGNED, List.of()),
                    seen(
                            exchange.getRequestMethod(),
                            target,
                            String.join("|", exchange.getRequestHeaders().get("Host")),
                            exchange.getRequestHeaders().getOrDefault("Content-Encoding", List.of()),
                            exchange.getRequestHeaders().getOrDefault("X-App", List.of()),
                            body),
                    body));
            boolean redirects = target.startsWith("/redirect");
            if (redirects) {
                exchange.getResponseHeaders().add("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(redirects ? 302 : 200, -1);
            exchange.close();
        });
        server.start();
        client = ClientBuilder.newClient().register(new SigningFeature(this::sign));
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    /** A signer that says in one field what it saw. */
    private OutgoingRequest sign(OutgoingRequest request) {
        return request.onlyHeader(
                SIGNED,
                asked.incrementAndGet() + " "
                        + seen(
                                request.method(),
                                request.rawPath()
                                        + request.rawQuery()
                                                .map(query -> "?" + query)
                                                .orElse(""),
                                request.authority(),
                                request.headers("Content-Encoding"),
                                request.headers("X-App"),
                                new String(request.body(), StandardCharsets.ISO_8859_1)));
    }

    private static String seen(
            String method, String target, String authority, List<String> coding, List<String> own, String body) {
        return String.join(" ", method, target, authority, coding.toString(), own.toString(), "" + body.hashCode());
    }

    private Invocation.Builder request(String target) {
        return client.target("http://127.0.0.1:" + server.getAddress().getPort() + target)
                .request();
    }

    private void assertSigned(int count) {
        assertThat(arrived).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(arrived.get(i).signed())
                    .containsExactly((i + 1) + " " + arrived.get(i).wouldBeSigned());
        }
    }

    @Test
    void runs_on_the_client_that_the_build_means() {
        assertThat(client.getClass().getName()).startsWith(System.getProperty("jaxrs.client", "org.glassfish.jersey."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS"})
    void signs_a_request_without_an_entity(String method) {
        try (Response answer = request("/orders/a%20b?x=1&x=2&y=%2F").method(method)) {
            assertThat(answer.getStatus()).isEqualTo(200);
        }
        assertSigned(1);
        assertThat(arrived.get(0).target()).isEqualTo("/orders/a%20b?x=1&x=2&y=%2F");
    }

    @Test
    void signs_the_bytes_of_an_entity() {
        close(request("/orders").post(Entity.json("{\"täxt\":1}")));
        close(request("/orders").put(Entity.form(new Form("a", "1 & 2").param("b", "ü"))));
        close(request("/orders").method("POST", Entity.text("")));
        assertSigned(3);
        assertThat(arrived.get(0).body()).isEqualTo("{\"tÃ¤xt\":1}");
        assertThat(arrived.get(1).body()).isEqualTo("a=1+%26+2&b=%C3%BC");
    }

    @Test
    void signs_large_entities_that_are_written_in_pieces() {
        StreamingOutput pieces = out -> {
            for (int i = 0; i < 100; i++) {
                out.write(new byte[5000]);
                out.flush();
            }
            out.write(1);
        };
        close(request("/orders").post(Entity.entity(pieces, "application/octet-stream")));
        assertSigned(1);
        assertThat(arrived.get(0).body()).hasSize(500_001);
    }

    @Test
    void signs_what_other_filters_and_interceptors_have_made_of_it() {
        client.register(new Adding()).register(new Doubling());
        close(request("/orders").get());
        close(request("/orders").post(Entity.text("text")));
        assertSigned(2);
        assertThat(arrived.get(0).wouldBeSigned()).contains("[added]");
        assertThat(arrived.get(1).wouldBeSigned()).contains("[x-double] [added]");
        assertThat(arrived.get(1).body()).isEqualTo("texttext");
    }

    /** An application's filter. */
    static final class Adding implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext context) {
            context.getHeaders().putSingle("X-App", "added");
        }
    }

    /** A content coding of an application. */
    static final class Doubling implements WriterInterceptor {
        @Override
        public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
            context.getHeaders().putSingle("Content-Encoding", "x-double");
            OutputStream once = context.getOutputStream();
            context.setOutputStream(new OutputStream() {
                private final StringBuilder text = new StringBuilder();

                @Override
                public void write(int b) {
                    text.append((char) b);
                }

                @Override
                public void close() throws IOException {
                    once.write((text + "" + text).getBytes(StandardCharsets.ISO_8859_1));
                }
            });
            context.proceed();
            context.getOutputStream().close();
        }
    }

    @Test
    void signs_anew_each_time_an_invocation_is_used() {
        Invocation with = request("/orders").buildPost(Entity.text("text"));
        Invocation without = request("/orders").buildGet();
        close(with.invoke());
        close(with.invoke());
        close(without.invoke());
        close(without.invoke());
        assertSigned(4);
    }

    @Test
    void signs_asynchronous_requests() throws Exception {
        close(request("/orders").async().post(Entity.text("text")).get(30, TimeUnit.SECONDS));
        CompletableFuture<Integer> status = new CompletableFuture<>();
        InvocationCallback<Response> callback = new InvocationCallback<>() {
            @Override
            public void completed(Response answer) {
                status.complete(answer.getStatus());
                answer.close();
            }

            @Override
            public void failed(Throwable failure) {
                status.completeExceptionally(failure);
            }
        };
        assertThat(request("/orders").async().get(callback)).isNotNull();
        assertThat(status.get(30, TimeUnit.SECONDS)).isEqualTo(200);
        assertSigned(2);
    }

    @Test
    void follows_no_redirect() {
        try (Response answer = request("/redirect").get()) {
            assertThat(answer.getStatus()).isEqualTo(302);
        }
        assertSigned(1);
    }

    @Test
    void sends_no_entity_over_its_bound() {
        client.close();
        client = ClientBuilder.newClient().register(new SigningFeature(this::sign, 4));
        close(request("/orders").post(Entity.text("1234")));
        Throwable refused = catchThrowable(() -> close(request("/orders").post(Entity.text("12345"))));
        assertThat(refused).isNotNull();
        assertThat(causes(refused)).contains("entity of a signed request (expected: at most 4 bytes)");
        assertSigned(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new SigningFeature(this::sign, -1));
    }

    @Test
    void sends_nothing_that_its_signer_refuses() {
        client.close();
        RequestSigner refusing = request -> {
            throw new IllegalArgumentException("lacks a field");
        };
        client = ClientBuilder.newClient().register(new SigningFeature(refusing));
        assertThat(causes(catchThrowable(() -> close(request("/orders").get()))))
                .contains("lacks a field");
        assertThat(causes(catchThrowable(() -> close(request("/orders").post(Entity.text("text"))))))
                .contains("lacks a field");
        assertThat(arrived).isEmpty();
    }

    @Test
    void signs_a_uri_only_while_no_entity_is_known() {
        client.close();
        client = ClientBuilder.newClient()
                .register(new SigningFeature(request -> request.to(URI.create(request.uri() + "?signed=yes"))));
        close(request("/orders").get());
        assertThat(arrived).singleElement().extracting(Arrived::target).isEqualTo("/orders?signed=yes");
        assertThat(causes(catchThrowable(() -> close(request("/orders").post(Entity.text("text"))))))
                .contains("A URI cannot be signed once its entity is known");
        assertThat(arrived).hasSize(1);
    }

    private static void close(Response answer) {
        answer.close();
    }

    private static String causes(Throwable thrown) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
        }
        return messages.toString();
    }
}
