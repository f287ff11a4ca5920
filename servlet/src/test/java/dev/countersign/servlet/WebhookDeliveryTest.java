package dev.countersign.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.annotation.Webhook;
import dev.countersign.key.Secret;
import dev.countersign.servlet.TestServer.Kind;
import dev.countersign.signature.WebhookDelivery;
import dev.countersign.signature.WebhookProfile;
import dev.countersign.signature.WebhookSigner;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deliveries over a socket, to an application below a context path. */
class WebhookDeliveryTest {
    private static final Secret SECRET = Secret.parse("text:hG7pQz4WnR2x-0123456789abcdef");
    private static final byte[] FORM = "Body=Hi+%2B&From=%2B1555".getBytes(UTF_8);

    /** Answers with a parameter, or else with the content. */
    private static final class Echo extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String parameter = request.getParameter("Body");
            byte[] answer = parameter == null ? request.getInputStream().readAllBytes() : parameter.getBytes(UTF_8);
            response.getOutputStream().write(answer);
        }
    }

    /** Counts its calls, and fails the first one. */
    @Webhook("stripe")
    private static final class Counting extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final AtomicInteger calls = new AtomicInteger();

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(calls.incrementAndGet() == 1 ? 500 : 204);
        }
    }

    private static TestServer start(Kind kind) throws Exception {
        return TestServer.start(kind, context -> {
            Countersign.builder()
                    .setting("countersign.schemes", "stripe, twilio")
                    .setting("countersign.base-url", "https://hooks.example.com/public")
                    .setting("countersign.body.max", "1 KiB")
                    .setting("countersign.scheme.stripe.type", "webhook")
                    .setting("countersign.scheme.stripe.provider", "stripe")
                    .setting("countersign.scheme.stripe.secrets", "text:hG7pQz4WnR2x-0123456789abcdef")
                    .setting("countersign.scheme.twilio.type", "webhook")
                    .setting("countersign.scheme.twilio.provider", "twilio")
                    .setting("countersign.scheme.twilio.secrets", "text:hG7pQz4WnR2x-0123456789abcdef")
                    .setting("countersign.paths.stripe.pattern", "/stripe")
                    .setting("countersign.paths.stripe.require", "schemes=stripe")
                    .setting("countersign.paths.twilio.pattern", "/sms")
                    .setting("countersign.paths.twilio.require", "schemes=twilio")
                    .build()
                    .install(context);
            var registration = context.addServlet("echo", new Echo());
            registration.setAsyncSupported(true);
            registration.addMapping("/stripe", "/sms");
            var counting = context.addServlet("counting", new Counting());
            counting.setAsyncSupported(true);
            counting.addMapping("/once");
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void R30_R32_WH_15_a_delivery_reaches_the_application_as_it_was_signed_or_not_at_all(Kind kind) throws Exception {
        byte[] content = "{\"id\": \"evt_1\"}".getBytes(UTF_8);
        try (TestServer server = start(kind)) {
            Map<String, String> fields = signed(WebhookProfile.STRIPE, "/stripe", false, content);
            HttpResponse<String> good = post(server, "/stripe", "application/json", content, fields);
            assertThat(good.statusCode()).isEqualTo(200);
            assertThat(good.body()).isEqualTo("{\"id\": \"evt_1\"}");

            HttpResponse<String> changed = post(server, "/stripe", "application/json", FORM, fields);
            assertThat(changed.statusCode()).isEqualTo(401);
            assertThat(changed.headers().allValues("WWW-Authenticate"))
                    .containsExactly("Webhook realm=\"orders\", provider=\"stripe\", error=\"invalid_signature\"");

            HttpResponse<String> none = post(server, "/stripe", "application/json", content, Map.of());
            assertThat(none.statusCode()).isEqualTo(401);
            assertThat(none.headers().allValues("WWW-Authenticate"))
                    .containsExactly("Webhook realm=\"orders\", provider=\"stripe\"");

            byte[] large = new byte[1025];
            assertThat(post(
                                    server,
                                    "/stripe",
                                    "application/json",
                                    large,
                                    signed(WebhookProfile.STRIPE, "/stripe", false, large))
                            .statusCode())
                    .isEqualTo(413);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void WH_09_twilio_signs_the_public_URL_whatever_the_application_is_called_here(Kind kind) throws Exception {
        try (TestServer server = start(kind)) {
            Map<String, String> fields = signed(WebhookProfile.TWILIO, "/sms?x=1", true, FORM);
            String form = "application/x-www-form-urlencoded";
            HttpResponse<String> good = post(server, "/sms?x=1", form, FORM, fields);
            assertThat(good.statusCode()).isEqualTo(200);
            assertThat(good.body()).isEqualTo("Hi +");
            assertThat(post(server, "/sms?x=2", form, FORM, fields).statusCode())
                    .isEqualTo(401);
            assertThat(post(server, "/sms?x=1", form, "Body=Hi".getBytes(UTF_8), fields)
                            .statusCode())
                    .isEqualTo(401);
            // Another provider's delivery.
            assertThat(post(server, "/stripe", form, FORM, fields).statusCode()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void R31_WH_06_an_event_is_handled_again_until_it_was_handled_well(Kind kind) throws Exception {
        byte[] content = "{}".getBytes(UTF_8);
        try (TestServer server = start(kind)) {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                // Tried again, with a signature of its own time.
                Instant time = Instant.now().plusSeconds(i);
                Map<String, String> fields = WebhookSigner.sign(
                        WebhookProfile.STRIPE,
                        WebhookDelivery.post("https://hooks.example.com/public/once", "", time, content),
                        List.of(SECRET));
                statuses.add(post(server, "/once", "application/json", content, fields)
                        .statusCode());
            }
            assertThat(statuses).containsExactly(500, 204, 200, 200);
        }
    }

    private static Map<String, String> signed(WebhookProfile profile, String target, boolean form, byte[] content) {
        String url = "https://hooks.example.com/public" + target;
        return WebhookSigner.sign(
                profile, new WebhookDelivery("POST", url, "id-1", Instant.now(), form, content), List.of(SECRET));
    }

    private HttpResponse<String> post(
            TestServer server, String target, String type, byte[] content, Map<String, String> fields)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + server.port() + "/app" + target))
                .POST(HttpRequest.BodyPublishers.ofByteArray(content))
                .header("Content-Type", type);
        fields.forEach(request::header);
        return client().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A new one, and so a new connection: a server may close one of which it has not read all that was sent. */
    private static HttpClient client() {
        return HttpClient.newHttpClient();
    }
}
