package dev.countersign.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.Webhook;
import dev.countersign.client.GenericRequestSigner;
import dev.countersign.client.OutgoingRequest;
import dev.countersign.client.RequestSigner;
import dev.countersign.client.Rfc9421RequestSigner;
import dev.countersign.client.SigV4RequestSigner;
import dev.countersign.client.SignedRequests;
import dev.countersign.client.WebhookEvent;
import dev.countersign.client.WebhookSender;
import dev.countersign.key.Secret;
import dev.countersign.servlet.TestServer.Kind;
import dev.countersign.servlet.client.SigningFeature;
import dev.countersign.signature.WebhookProfile;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Form;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What our clients sign and send, our servers accept over real connections; and it is good once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedClientsTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Secret KEY = Secret.parse("text:" + SECRET);
    private static final InstantSource CLOCK = InstantSource.system();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final AtomicInteger HANDLED = new AtomicInteger();

    private final Map<Kind, TestServer> servers = new LinkedHashMap<>();

    /** What every resource here does. */
    public abstract static class Echo {
        @GET
        public String get(@Context SecurityContext security) {
            return security.getUserPrincipal().getName();
        }

        @DELETE
        public String delete(@Context SecurityContext security) {
            return security.getUserPrincipal().getName();
        }

        @POST
        @Consumes("text/plain")
        public String post(String text, @Context SecurityContext security) {
            return security.getUserPrincipal().getName() + " " + text;
        }

        @POST
        @Consumes("application/x-www-form-urlencoded")
        public String post(@FormParam("a") String a, @FormParam("b") String b, @Context SecurityContext security) {
            return security.getUserPrincipal().getName() + " " + a + " " + b;
        }

        @PUT
        public String put(byte[] bytes, @Context SecurityContext security) {
            return security.getUserPrincipal().getName() + " " + bytes.length;
        }
    }

    /** Requests in Countersign's own form. */
    @Path("generic")
    @Authenticated(schemes = "generic")
    public static final class Generic extends Echo {}

    /** Requests in the way of AWS. */
    @Path("aws")
    @Authenticated(schemes = "aws")
    public static final class Aws extends Echo {}

    /** Requests by RFC 9421. */
    @Path("messages")
    @Authenticated(schemes = "messages")
    public static final class Messages extends Echo {}

    /** Deliveries. */
    @Path("hooks")
    public static final class Hooks {
        @POST
        @Path("standard")
        @Webhook("standard")
        public void standard() {
            HANDLED.incrementAndGet();
        }

        @POST
        @Path("github")
        @Webhook("github")
        public Response github(String text) {
            return text.equals("later")
                    ? Response.status(503).header("Retry-After", "7").build()
                    : Response.noContent().build();
        }
    }

    /** The forms of signatures. */
    @SuppressWarnings("ImmutableEnumChecker") // Signers are immutable.
    enum Way {
        GENERIC("generic", "acme-1", GenericRequestSigner.of("acme-1", KEY, CLOCK)),
        AUTHORIZATION(
                "generic",
                "acme-1",
                GenericRequestSigner.of("acme-1", KEY, CLOCK).inAuthorization()),
        AWS("aws", "AKIDEXAMPLE", SigV4RequestSigner.of("AKIDEXAMPLE", KEY, "eu-central-1", "orders", CLOCK)),
        MESSAGES("messages", "acme-1", Rfc9421RequestSigner.hmac("acme-1", KEY, CLOCK));

        private final String path;
        private final String caller;
        private final RequestSigner signer;

        Way(String path, String caller, RequestSigner signer) {
            this.path = path;
            this.caller = caller;
            this.signer = signer;
        }
    }

    @BeforeAll
    void start() throws Exception {
        for (Kind kind : Kind.values()) {
            servers.put(
                    kind,
                    TestServer.start(
                            kind,
                            context -> {
                                Countersign.Builder builder = Countersign.builder();
                                settings().forEach(builder::setting);
                                builder.build().install(context);
                                var servlet = context.addServlet(
                                        "api",
                                        new ServletContainer(new ResourceConfig(
                                                Generic.class, Aws.class, Messages.class, Hooks.class)));
                                servlet.setAsyncSupported(true);
                                servlet.addMapping("/api/*");
                            },
                            Generic.class,
                            Aws.class,
                            Messages.class,
                            Hooks.class));
        }
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("countersign.schemes", "generic, aws, messages, standard, github");
        scheme(settings, "generic", "type=hmac", "profile=generic", "secrets.acme-1=text:" + SECRET);
        scheme(
                settings,
                "aws",
                "type=hmac",
                "profile=sigv4",
                "region=eu-central-1",
                "service=orders",
                "presigned=true",
                "secrets.AKIDEXAMPLE=text:" + SECRET);
        scheme(settings, "messages", "type=hmac", "profile=rfc9421", "secrets.acme-1=text:" + SECRET);
        scheme(settings, "standard", "type=webhook", "provider=standard", "secrets=text:" + SECRET);
        scheme(settings, "github", "type=webhook", "provider=github", "secrets=text:" + SECRET);
        return settings;
    }

    private static void scheme(Map<String, String> settings, String name, String... pairs) {
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            settings.put("countersign.scheme." + name + "." + pair.substring(0, equals), pair.substring(equals + 1));
        }
    }

    @AfterAll
    void stop() {
        servers.values().forEach(TestServer::close);
    }

    private URI uri(Kind kind, String path) {
        return URI.create("http://127.0.0.1:" + at(kind).port() + "/app/api/" + path);
    }

    private TestServer at(Kind kind) {
        TestServer server = servers.get(kind);
        if (server == null) {
            throw new AssertionError(kind + " was not started");
        }
        return server;
    }

    @ParameterizedTest
    @EnumSource
    void java_net_http_sends_what_is_accepted(Way way) throws Exception {
        SignedRequests requests = SignedRequests.by(way.signer);
        for (Kind kind : Kind.values()) {
            URI uri = uri(kind, way.path + "?b=2&a=%2F&b=1");
            HttpRequest get = HttpRequest.newBuilder(uri).build();
            assertAnswer(requests.sign(get), 200, way.caller);
            assertAnswer(requests.sign(HttpRequest.newBuilder(uri).DELETE().build()), 200, way.caller);
            HttpRequest post = HttpRequest.newBuilder(uri)
                    .header("Content-Type", "text/plain;charset=UTF-8")
                    .POST(BodyPublishers.ofString("some täxt"))
                    .build();
            assertAnswer(requests.sign(post), 200, way.caller + " some täxt");
            HttpRequest put = HttpRequest.newBuilder(uri)
                    .header("Content-Type", "application/octet-stream")
                    .PUT(BodyPublishers.ofByteArray(new byte[300_000]))
                    .build();
            assertAnswer(requests.sign(put), 200, way.caller + " 300000");
            assertThat(send(get).statusCode()).isEqualTo(401);
        }
    }

    /** Jetty gives a well-known value in letters of another case than came; see docs/servers.md. */
    @ParameterizedTest
    @EnumSource
    void a_covered_charset_in_small_letters_arrives_as_it_was_sent_but_on_Jetty(Kind kind) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(kind, Way.MESSAGES.path))
                .header("Content-Type", "text/plain;charset=utf-8")
                .POST(BodyPublishers.ofString("text"))
                .build();
        int status = send(SignedRequests.by(Way.MESSAGES.signer).sign(request)).statusCode();
        assertThat(status).isEqualTo(kind == Kind.JETTY ? 401 : 200);
    }

    @ParameterizedTest
    @EnumSource
    void java_net_http_sends_other_content_than_was_signed_in_vain(Way way) throws Exception {
        for (Kind kind : Kind.values()) {
            HttpRequest signed = SignedRequests.by(way.signer)
                    .sign(HttpRequest.newBuilder(uri(kind, way.path))
                            .header("Content-Type", "text/plain")
                            .POST(BodyPublishers.ofString("text"))
                            .build());
            HttpRequest changed = HttpRequest.newBuilder(signed, (name, value) -> true)
                    .POST(BodyPublishers.ofString("test"))
                    .build();
            assertThat(send(changed).statusCode()).isEqualTo(401);
            HttpRequest elsewhere = HttpRequest.newBuilder(signed, (name, value) -> true)
                    .uri(uri(kind, way.path + "?dry=1"))
                    .build();
            assertThat(send(elsewhere).statusCode()).isEqualTo(401);
            assertThat(send(signed).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "AWS", mode = EnumSource.Mode.EXCLUDE)
    void SIG_08_a_signed_request_is_good_once_and_is_signed_again_to_be_sent_again(Way way) throws Exception {
        SignedRequests requests = SignedRequests.by(way.signer);
        for (Kind kind : Kind.values()) {
            HttpRequest original = HttpRequest.newBuilder(uri(kind, way.path)).build();
            HttpRequest signed = requests.sign(original);
            assertThat(send(signed).statusCode()).isEqualTo(200);
            assertThat(send(signed).statusCode()).isEqualTo(401);
            assertThat(send(requests.sign(original)).statusCode()).isEqualTo(200);
            assertThat(send(requests.sign(signed)).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_client_of_jax_rs_sends_what_is_accepted(Way way) {
        try (Client client = ClientBuilder.newClient().register(new SigningFeature(way.signer))) {
            for (Kind kind : Kind.values()) {
                WebTarget target =
                        client.target(uri(kind, way.path)).queryParam("b", 2).queryParam("a", "x/y");
                assertThat(target.request("text/plain", "*/*").get(String.class))
                        .isEqualTo(way.caller);
                assertThat(target.request().delete(String.class)).isEqualTo(way.caller);
                assertThat(target.request().post(Entity.text("text"), String.class))
                        .isEqualTo(way.caller + " text");
                assertThat(target.request().post(Entity.form(new Form("a", "1 & 2").param("b", "ü")), String.class))
                        .isEqualTo(way.caller + " 1 & 2 ü");
                assertThat(target.request()
                                .put(Entity.entity(new byte[300_000], "application/octet-stream"), String.class))
                        .isEqualTo(way.caller + " 300000");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoever_has_a_presigned_url_may_use_it(Kind kind) throws Exception {
        OutgoingRequest signed = SigV4RequestSigner.of("AKIDEXAMPLE", KEY, "eu-central-1", "orders", CLOCK)
                .presigned(Duration.ofMinutes(1))
                .sign(OutgoingRequest.of("GET", uri(kind, "aws?x=1")));
        assertAnswer(HttpRequest.newBuilder(signed.uri()).build(), 200, "AKIDEXAMPLE");
        assertThat(send(HttpRequest.newBuilder(signed.uri()).DELETE().build()).statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void WH_06_an_event_is_delivered_and_handled_once_however_often_it_is_sent(Kind kind) throws Exception {
        WebhookSender sender = WebhookSender.of(WebhookProfile.STANDARD, List.of(KEY), CLOCK);
        WebhookEvent event = WebhookEvent.json("order.paid", "{}".getBytes(UTF_8));
        int before = HANDLED.get();
        assertThat(sender.send(HTTP, uri(kind, "hooks/standard"), event).delivered())
                .isTrue();
        assertThat(sender.send(HTTP, uri(kind, "hooks/standard"), event).delivered())
                .isTrue();
        assertThat(HANDLED.get()).isEqualTo(before + 1);
        assertThat(sender.send(HTTP, uri(kind, "hooks/github"), event).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void a_receiver_says_when_to_come_again(Kind kind) throws Exception {
        WebhookSender sender = WebhookSender.of(WebhookProfile.GITHUB, List.of(KEY), CLOCK);
        WebhookEvent later = new WebhookEvent("1", "push", "text/plain", "later".getBytes(UTF_8));
        assertThat(sender.send(HTTP, uri(kind, "hooks/github"), later).retryAfter())
                .contains(Duration.ofSeconds(7));
        WebhookEvent now = new WebhookEvent("2", "push", "text/plain", "now".getBytes(UTF_8));
        assertThat(sender.send(HTTP, uri(kind, "hooks/github"), now).delivered())
                .isTrue();
    }

    private static void assertAnswer(HttpRequest request, int status, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, BodyHandlers.ofString(UTF_8));
    }
}
