package dev.countersign.it.wars;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp;
import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Wars;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** R31 and R31b: an event is handled once, whenever and however its first delivery is answered. */
@ExtendWith(ArquillianExtension.class)
public class WebhookIT {
    private static final List<String> PATHS =
            List.of("/api/hooks/now", "/api/hooks/later", "/now", "/later", "/dispatched");
    private static final String SECRET = "It's a Secret to Everybody";
    private static final int WAIT = 20;
    private static final int DELIVERIES = 50;

    @Deployment(name = "hooked", testable = false)
    static WebArchive hooked() {
        WebArchive war = Wars.listing(Wars.with("hooked", "hooks"), "dev.countersign.it.wars.hooks.Api");
        return Configured.settings(war, """
                        countersign.schemes = hook
                        countersign.scheme.hook.type = own-hook
                        """)
                .addAsResource(
                        new StringAsset("dev.countersign.it.wars.hooks.HookSchemeFactory"),
                        "META-INF/services/dev.countersign.scheme.SchemeFactory");
    }

    @Deployment(name = "signedhooks", testable = false)
    static WebArchive signed() {
        return Configured.settings(
                Wars.listing(Wars.with("signedhooks", "hooks"), "dev.countersign.it.wars.hooks.Api"),
                """
                        countersign.schemes = hook
                        countersign.scheme.hook.type = webhook
                        countersign.scheme.hook.provider = github
                        countersign.scheme.hook.secrets = text:%s
                        """.formatted(SECRET));
    }

    @Test
    void WH_06_R30_a_signed_delivery_reaches_the_method_once_with_its_content(
            @ArquillianResource @OperateOnDeployment("signedhooks") URL base) throws Exception {
        RawHttp http = RawHttp.to(base);
        String signature = sign("event-1");
        assertThat(signed(http, "event-1", "id-1", signature, 500).status()).isEqualTo(500);
        assertThat(signed(http, "event-1", "id-1", signature, 500).text()).isEqualTo("called with event-1");
        assertThat(signed(http, "event-1", "id-1", signature, 500).text()).isEmpty();
        // GitHub does not sign the id, so what it signs is known again too.
        assertThat(signed(http, "event-1", "id-2", signature, 500).text()).isEmpty();
        assertThat(calls(http, "event-1")).isEqualTo("2");

        assertThat(signed(http, "event-2", "id-3", signature, 200).status()).isEqualTo(401);
        assertThat(signed(http, "event-2", "id-3", "sha256=", 200).status()).isEqualTo(401);
        assertThat(calls(http, "event-2")).isEqualTo("0");
        assertThat(signed(http, "event-2", "id-3", sign("event-2"), 200).text()).isEqualTo("called with event-2");
    }

    private static String sign(String content) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static RawResponse signed(RawHttp http, String content, String id, String signature, int first)
            throws IOException {
        String[] fields = {
            "Content-Type: text/plain",
            "X-GitHub-Event: push",
            "X-GitHub-Delivery: " + id,
            "X-Hub-Signature-256: " + signature,
            "X-First: " + first
        };
        byte[] body = content.getBytes(StandardCharsets.UTF_8);
        return decided(() -> http.request("POST", "/api/hooks/content", body, fields));
    }

    @Test
    void WH_06_the_same_event_twice_is_handled_once_and_answered_200(
            @ArquillianResource @OperateOnDeployment("hooked") URL base) throws Exception {
        RawHttp http = RawHttp.to(base);
        for (String path : PATHS) {
            String event = "once" + path;
            assertThat(deliver(http, path, event, 202).status()).as(path).isEqualTo(202);
            for (int i = 0; i < 2; i++) {
                RawResponse again = deliver(http, path, event, 202);
                assertThat(again.status()).as(path).isEqualTo(200);
                assertThat(again.text()).as(path).isEmpty();
                assertThat(again.header("Cache-Control")).as(path).containsExactly("no-store");
            }
            assertThat(calls(http, event)).as(path).isEqualTo("1");
        }
    }

    @Test
    void WH_06_an_event_whose_first_call_failed_is_handled_again(
            @ArquillianResource @OperateOnDeployment("hooked") URL base) throws Exception {
        RawHttp http = RawHttp.to(base);
        List<String> paths = new ArrayList<>(PATHS);
        paths.add("/api/hooks/throws");
        for (String path : paths) {
            String event = "again" + path;
            assertThat(deliver(http, path, event, 500).status()).as(path).isEqualTo(500);
            assertThat(deliver(http, path, event, 500).text()).as(path).isEqualTo("called");
            assertThat(deliver(http, path, event, 500).text()).as(path).isEmpty();
            assertThat(calls(http, event)).as(path).isEqualTo("2");
        }
    }

    @Test
    void WH_06_of_fifty_deliveries_at_a_time_one_is_handled(@ArquillianResource @OperateOnDeployment("hooked") URL base)
            throws Exception {
        RawHttp http = RawHttp.to(base);
        ExecutorService threads = Executors.newFixedThreadPool(DELIVERIES);
        try {
            for (String path : PATHS) {
                String event = "many" + path;
                List<Callable<RawResponse>> deliveries = new ArrayList<>();
                for (int i = 0; i < DELIVERIES; i++) {
                    deliveries.add(() -> once(http, path, event, 200));
                }
                List<String> bodies = new ArrayList<>();
                for (Future<RawResponse> answer : threads.invokeAll(deliveries)) {
                    assertThat(answer.get().status()).as(path).isIn(200, 409);
                    bodies.add(answer.get().text());
                }
                assertThat(bodies).as(path).containsOnlyOnce("called");
                assertThat(calls(http, event)).as(path).isEqualTo("1");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void R1_without_a_delivery_nothing_is_called(@ArquillianResource @OperateOnDeployment("hooked") URL base)
            throws Exception {
        RawHttp http = RawHttp.to(base);
        for (String path : PATHS) {
            RawResponse refused = http.request("POST", path, new byte[0]);
            assertThat(refused.status()).as(path).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).as(path).containsExactly("Webhook realm=\"hooked\"");
        }
    }

    /** One delivery; until the end of the one before it is noted, which is after its answer left, again. */
    private static RawResponse deliver(RawHttp http, String path, String event, int first) throws IOException {
        return decided(() -> once(http, path, event, first));
    }

    private static RawResponse decided(Sending sending) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT);
        RawResponse answer = sending.send();
        while (answer.status() == 409 && System.nanoTime() < end) {
            answer = sending.send();
        }
        return answer;
    }

    private interface Sending {
        RawResponse send() throws IOException;
    }

    private static RawResponse once(RawHttp http, String path, String event, int first) throws IOException {
        return http.request("POST", path, new byte[0], "X-Hook: " + event, "X-First: " + first);
    }

    private static String calls(RawHttp http, String event) throws IOException {
        return http.get("/api/hooks/calls?event=" + event).text();
    }
}
