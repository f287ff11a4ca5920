package dev.countersign.it.wars;

import static dev.countersign.it.wars.Configured.ADMIN;
import static dev.countersign.it.wars.Configured.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp;
import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Server;
import dev.countersign.it.Wars;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code @Inject Caller}, and resources that are beans. */
@ExtendWith(ArquillianExtension.class)
public class CdiIT {

    @Deployment(name = "injected", testable = false)
    static WebArchive injected() {
        return Configured.keys(Wars.withCdi("injected", "injected"));
    }

    @Test
    void one_bean_sees_the_caller_of_each_request(@ArquillianResource URL base) throws Exception {
        RawHttp http = RawHttp.to(base);
        assertThat(http.get("/greet").text()).isEqualTo("nobody");
        assertThat(http.get("/greet", ALICE).text()).isEqualTo("alice");
        assertThat(http.get("/greet").text()).isEqualTo("nobody");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 10; i++) {
                List<Future<RawResponse>> both =
                        threads.invokeAll(List.of(() -> http.get("/meet", ALICE), () -> http.get("/meet", ADMIN)));
                assertThat(both.get(0).get().text()).isEqualTo("alice alice false");
                assertThat(both.get(1).get().text()).isEqualTo("root root true");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void ANN_12_a_proxied_and_intercepted_resource_is_enforced(@ArquillianResource URL base) throws IOException {
        RawHttp http = RawHttp.to(base);
        assertThat(http.get("/api/greetings").status()).isEqualTo(401);
        assertThat(http.get("/api/greetings/admin").status()).isEqualTo(401);
        assertThat(http.get("/api/greetings/admin", ALICE).status()).isEqualTo(403);
        if (Server.current().jaxrs().makesBeans()) {
            assertThat(http.get("/api/greetings", ALICE).text()).isEqualTo("marked alice");
            assertThat(http.get("/api/greetings/admin", ADMIN).text()).isEqualTo("marked admin root");
        } else {
            // It is no bean, so that nothing was injected into it.
            assertThat(http.get("/api/greetings", ALICE).status()).isEqualTo(500);
            assertThat(http.get("/api/greetings/admin", ADMIN).status()).isEqualTo(500);
        }
    }
}
