package dev.countersign.it.tomcat11;

import static dev.countersign.it.wars.Configured.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp;
import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Wars;
import dev.countersign.it.wars.Configured;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No way of redirecting leaves where no rule was enforced (SPEC 2.7), nor in the place of a refusal. */
@ExtendWith(ArquillianExtension.class)
public class RedirectIT {
    private static final List<String> WAYS = List.of("plain", "keep", "status", "everything");

    @Deployment(name = "redirecting", testable = false)
    static WebArchive redirecting() {
        return Configured.keys(
                Wars.with("redirecting", "guarded", "listed", "inherited", "located", "later", "redirecting"));
    }

    @Test
    void SPEC_2_7_a_redirect_in_the_place_of_the_method_is_withheld(@ArquillianResource URL base) throws IOException {
        RawHttp http = RawHttp.to(base);
        for (String way : WAYS) {
            RawResponse response = http.get("/api/guarded/role", ADMIN, "X-Redirect: " + way);
            assertThat(response.status()).as(way).isEqualTo(500);
            assertThat(response.header("Location")).as(way).isEmpty();
            assertThat(response.text())
                    .as(way)
                    .contains("\"code\":\"internal\"")
                    .doesNotContain("kept text");
        }
    }

    @Test
    void a_redirect_never_takes_the_place_of_a_refusal(@ArquillianResource URL base) throws IOException {
        RawHttp http = RawHttp.to(base);
        for (String way : WAYS) {
            RawResponse response = http.get("/api/guarded/role", "X-Redirect: " + way, "X-Afterwards: yes");
            assertThat(response.status()).as(way).isEqualTo(401);
            assertThat(response.header("WWW-Authenticate")).as(way).hasSize(1);
            assertThat(response.header("Location")).as(way).isEmpty();
        }
    }

    @Test
    void a_redirect_of_a_servlet_is_what_the_servlet_asks_for(@ArquillianResource URL base) throws IOException {
        RawHttp http = RawHttp.to(base);
        RawResponse plain = http.get("/redirects", ADMIN);
        assertThat(plain.status()).isEqualTo(308);
        assertThat(plain.header("Location")).containsExactly("/redirecting/calls");
        assertThat(plain.text()).isEqualTo("kept text");
        assertThat(plain.header("Cache-Control")).containsExactly("private");
        assertThat(http.get("/redirects").status()).isEqualTo(401);
    }
}
