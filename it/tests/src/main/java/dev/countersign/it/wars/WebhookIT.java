package dev.countersign.it.wars;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp;
import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Wars;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
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

    @Test
    void WH_06_the_same_event_twice_is_handled_once_and_answered_200(@ArquillianResource URL base) throws Exception {
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
    void WH_06_an_event_whose_first_call_failed_is_handled_again(@ArquillianResource URL base) throws Exception {
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
    void WH_06_of_fifty_deliveries_at_a_time_one_is_handled(@ArquillianResource URL base) throws Exception {
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
    void R1_without_a_delivery_nothing_is_called(@ArquillianResource URL base) throws Exception {
        RawHttp http = RawHttp.to(base);
        for (String path : PATHS) {
            RawResponse refused = http.request("POST", path, new byte[0]);
            assertThat(refused.status()).as(path).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).as(path).containsExactly("Webhook realm=\"hooked\"");
        }
    }

    /** One delivery; until the end of the one before it is noted, which is after its answer left, again. */
    private static RawResponse deliver(RawHttp http, String path, String event, int first) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT);
        RawResponse answer = once(http, path, event, first);
        while (answer.status() == 409 && System.nanoTime() < end) {
            answer = once(http, path, event, first);
        }
        return answer;
    }

    private static RawResponse once(RawHttp http, String path, String event, int first) throws IOException {
        return http.request("POST", path, new byte[0], "X-Hook: " + event, "X-First: " + first);
    }

    private static String calls(RawHttp http, String event) throws IOException {
        return http.get("/api/hooks/calls?event=" + event).text();
    }
}
