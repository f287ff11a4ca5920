package dev.countersign.it.wars;

import static dev.countersign.it.wars.Configured.ALICE;
import static dev.countersign.it.wars.Configured.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp;
import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Server;
import dev.countersign.it.Wars;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Answers that come later, from other threads, are for the caller who asked. */
@ExtendWith(ArquillianExtension.class)
public class IdentityIT {
    private static final int ROUNDS = 12;
    private static final int THREADS = 16;
    private static final String NOBODY = "X-Nothing: sent";

    @Deployment(name = "identity", testable = false)
    static WebArchive identity() {
        Server.Jaxrs jaxrs = Server.current().jaxrs();
        return Configured.keys(Wars.async(Wars.with("identity", jaxrs.listed()), jaxrs.listedApplication()));
    }

    @Test
    void DISP_02_and_DISP_04_each_of_many_callers_at_a_time_gets_an_own_answer(@ArquillianResource URL base)
            throws Exception {
        RawHttp http = RawHttp.to(base);
        boolean told = Server.current().jaxrs().tellsOtherThreads();
        List<Callable<String>> calls = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            for (String who : List.of("alice", "bob")) {
                String key = who.equals("alice") ? ALICE : BOB;
                String later = told ? who : "untold";
                String three = "200 " + who + " " + later + " " + later;
                add(calls, expected, http, "/api/later/async", key, three);
                add(calls, expected, http, "/api/later/open", key, three);
                add(calls, expected, http, "/async", key, "200 " + who + " " + who + " " + who);
                if (Server.current().sendsEventsFromElsewhere()) {
                    add(calls, expected, http, "/api/later/events", key, "200 data: " + who + "\n\ndata: " + later);
                }
            }
            add(calls, expected, http, "/api/later/async", NOBODY, "401");
            add(
                    calls,
                    expected,
                    http,
                    "/api/later/open",
                    NOBODY,
                    told ? "200 nobody nobody anonymous" : "200 nobody untold untold");
            add(calls, expected, http, "/async", NOBODY, "401");
            add(calls, expected, http, "/api/later/events", NOBODY, "401");
            add(calls, expected, http, "/api/guarded/open", NOBODY, "200 open");
        }
        assertThat(calls).hasSizeGreaterThanOrEqualTo(100);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<String> answers = new ArrayList<>();
        try {
            for (Future<String> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(answers).isEqualTo(expected);
    }

    private static void add(
            List<Callable<String>> calls,
            List<String> expected,
            RawHttp http,
            String path,
            String credential,
            String answer) {
        calls.add(() -> {
            RawResponse response = http.get(path, credential);
            // Line breaks around events mean nothing.
            return response.status() == 200
                    ? "200 " + Server.current().toldOnce(response.text().strip())
                    : String.valueOf(response.status());
        });
        expected.add(answer);
    }
}
