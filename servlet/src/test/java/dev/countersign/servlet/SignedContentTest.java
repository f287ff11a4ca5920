package dev.countersign.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.countersign.AuthenticationScheme;
import dev.countersign.Body;
import dev.countersign.ChallengeTemplate;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Exchange;
import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.RejectionReason;
import dev.countersign.Verification;
import dev.countersign.servlet.TestServer.Kind;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an application sees of content that a scheme has read; the rest is tested on every server. */
@Isolated("it counts what is logged")
class SignedContentTest {
    private static final byte[] CONTENT = "0123456789".getBytes(US_ASCII);

    private final List<TestServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(TestServer::close);
    }

    /** A credential is how long the content is. */
    private record LengthScheme(boolean readsBody) implements AuthenticationScheme {
        private static final String FIELD = "x-length";

        private record Length(String value) implements Credential {
            @Override
            public String hint() {
                return "";
            }

            @Override
            public String carrier() {
                return FIELD;
            }
        }

        @Override
        public String name() {
            return "length";
        }

        @Override
        public String type() {
            return "length";
        }

        @Override
        public Claim claim(Exchange exchange) {
            List<String> values = exchange.headers(FIELD);
            return values.isEmpty() ? Claim.absent() : new Claim.Presented(new Length(values.get(0)));
        }

        @Override
        public Verification verify(Credential credential, Exchange exchange) {
            int[] length = new int[1];
            Body.Outcome outcome = exchange.body().read((bytes, offset, count) -> length[0] += count);
            if (outcome != Body.Outcome.COMPLETE) {
                return new Verification.Rejected(RejectionReason.INTERNAL, "body_consumed");
            }
            return ((Length) credential).value().equals(String.valueOf(length[0]))
                    ? new Verification.Verified(
                            Identity.of("length", "signer", IdentityKind.KEY).build())
                    : new Verification.Rejected(RejectionReason.SIGNATURE_INVALID, "length");
        }

        @Override
        public ChallengeTemplate challengeTemplate() {
            return new ChallengeTemplate("Length", "orders", List.of(), false, reason -> Optional.empty());
        }

        @Override
        public Set<String> carriers() {
            return Set.of(FIELD);
        }

        @Override
        public boolean carriesScopes() {
            return false;
        }
    }

    private interface Answer {
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    private TestServer start(Kind kind, boolean readsBody, Answer answer) throws Exception {
        TestServer server = TestServer.start(kind, context -> {
            Countersign.builder()
                    .scheme(new LengthScheme(readsBody))
                    .setting("countersign.default", "length")
                    .build()
                    .install(context);
            HttpServlet servlet = new HttpServlet() {
                private static final long serialVersionUID = 1L;

                @Override
                protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
                    answer.answer(request, response);
                }
            };
            var registration = context.addServlet("answer", servlet);
            registration.setAsyncSupported(true);
            registration.addMapping("/answer");
        });
        servers.add(server);
        return server;
    }

    private HttpResponse<String> post(TestServer server) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/app/answer"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(CONTENT))
                .header("X-Length", String.valueOf(CONTENT.length))
                .build();
        return client().send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Never told of anything. */
    private static final class NoListener implements ReadListener {
        @Override
        public void onDataAvailable() {}

        @Override
        public void onAllDataRead() {}

        @Override
        public void onError(Throwable e) {}
    }

    /** Reads so many bytes at once, and what is left on another thread. */
    private static final class HesitantListener implements ReadListener {
        private final ServletInputStream in;
        private final HttpServletResponse response;
        private final AsyncContext context;
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();
        private final List<String> told = new ArrayList<>();

        HesitantListener(ServletInputStream in, HttpServletResponse response, AsyncContext context) {
            this.in = in;
            this.response = response;
            this.context = context;
        }

        @Override
        public void onDataAvailable() throws IOException {
            told.add("data");
            all.write(in.readNBytes(3));
            new Thread(this::rest, "rest").start();
        }

        private void rest() {
            try {
                while (in.isReady()) {
                    all.write(in.read());
                }
            } catch (IOException e) {
                onError(e);
            }
        }

        @Override
        public void onAllDataRead() throws IOException {
            told.add("end");
            response.getWriter().print(told + " " + all.toString(US_ASCII));
            context.complete();
        }

        @Override
        public void onError(Throwable e) {
            told.add("error");
            context.complete();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_listener_may_read_the_rest_later_and_is_told_of_the_end_once(Kind kind) throws Exception {
        TestServer server = start(kind, true, (request, response) -> {
            AsyncContext later = request.startAsync();
            ServletInputStream in = request.getInputStream();
            in.setReadListener(new HesitantListener(in, response, later));
        });
        assertThat(post(server).body()).isEqualTo("[data, end] 0123456789");
    }

    @ParameterizedTest
    @EnumSource
    void a_listener_that_comes_when_the_request_has_returned_is_told_too(Kind kind) throws Exception {
        TestServer server = start(kind, true, (request, response) -> {
            AsyncContext later = request.startAsync();
            ServletInputStream in = request.getInputStream();
            new Thread(() -> in.setReadListener(new HesitantListener(in, response, later)), "setting").start();
        });
        assertThat(post(server).body()).isEqualTo("[data, end] 0123456789");
    }

    @ParameterizedTest
    @EnumSource
    void a_listener_is_first_told_when_the_servlet_has_returned(Kind kind) throws Exception {
        TestServer server = start(kind, true, (request, response) -> {
            AsyncContext later = request.startAsync();
            ServletInputStream in = request.getInputStream();
            HesitantListener listener = new HesitantListener(in, response, later);
            in.setReadListener(listener);
            listener.told.add("returned");
            assertThatIllegalStateException().isThrownBy(() -> in.setReadListener(listener));
        });
        assertThat(post(server).body()).isEqualTo("[returned, data, end] 0123456789");
    }

    @ParameterizedTest
    @EnumSource
    void a_listener_whose_reading_fails_is_told_of_the_failure(Kind kind) throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        TestServer server = start(kind, true, (request, response) -> {
            AsyncContext later = request.startAsync();
            request.getInputStream().setReadListener(new ReadListener() {
                @Override
                public void onDataAvailable() throws IOException {
                    throw new IOException("on purpose");
                }

                @Override
                public void onAllDataRead() {
                    throw new IllegalStateException("never");
                }

                @Override
                public void onError(Throwable e) {
                    failed.countDown();
                    response.setStatus(202);
                    later.complete();
                }
            });
        });
        assertThat(post(server).statusCode()).isEqualTo(202);
        assertThat(failed.getCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void the_stream_is_one_and_knows_where_it_is(Kind kind) throws Exception {
        TestServer server = start(kind, true, (request, response) -> {
            ServletInputStream in = request.getInputStream();
            assertThat(request.getInputStream()).isSameAs(in);
            assertThatIllegalStateException().isThrownBy(request::getReader);
            assertThatIllegalStateException().isThrownBy(() -> in.setReadListener(new NoListener()));
            assertThat(in.available()).isEqualTo(10);
            assertThat(in.isFinished()).isFalse();
            assertThat(in.isReady()).isTrue();
            assertThat(in.read()).isEqualTo('0');
            byte[] line = new byte[20];
            assertThat(in.readLine(line, 0, 20)).isEqualTo(9);
            assertThat(in.available()).isZero();
            assertThat(in.isFinished()).isTrue();
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read(line)).isEqualTo(-1);
            assertThat(in.read(line, 0, 0)).isZero();
            in.close();
            response.getWriter().print("checked");
        });
        assertThat(post(server).body()).isEqualTo("checked");
    }

    @ParameterizedTest
    @EnumSource
    void the_reader_is_one_and_excludes_the_stream(Kind kind) throws Exception {
        TestServer server = start(kind, true, (request, response) -> {
            assertThat(request.getReader().read()).isEqualTo('0');
            assertThat(request.getReader().readLine()).isEqualTo("123456789");
            assertThatIllegalStateException().isThrownBy(request::getInputStream);
            response.getWriter().print("checked");
        });
        assertThat(post(server).body()).isEqualTo("checked");
    }

    @ParameterizedTest
    @EnumSource
    void a_closed_stream_has_nothing_more(Kind kind) throws Exception {
        TestServer server = start(kind, true, (request, response) -> {
            ServletInputStream in = request.getInputStream();
            assertThat(in.read()).isEqualTo('0');
            in.close();
            assertThat(in.read()).isEqualTo(-1);
            response.getWriter().print("checked");
        });
        assertThat(post(server).body()).isEqualTo("checked");
    }

    @ParameterizedTest
    @EnumSource
    void a_scheme_that_does_not_say_that_it_reads_content_gets_none(Kind kind) throws Exception {
        TestServer server =
                start(kind, false, (request, response) -> response.getWriter().print("reached"));
        try (CapturedErrors errors = CapturedErrors.of(ServletExchange.class.getName())) {
            assertThat(post(server).statusCode()).isEqualTo(500);
            assertThat(errors.messages()).anyMatch(message -> message.contains("AuthenticationScheme.readsBody()"));
        }
    }

    /** A new one, and so a new connection: a server may close one of which it has not read all that was sent. */
    private static HttpClient client() {
        return HttpClient.newHttpClient();
    }
}
