package dev.countersign.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.util.Base64;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The built WAR comes up and answers. */
@ExtendWith(ArquillianExtension.class)
public class HelloIT {

    @Deployment(testable = false)
    static WebArchive war() {
        return Wars.main();
    }

    @Test
    void a_servlet_answers(@ArquillianResource URL base) throws IOException {
        RawHttp.RawResponse response = RawHttp.to(base).get("/hello");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("hello from a servlet");
    }

    @Test
    void a_resource_answers(@ArquillianResource URL base) throws IOException {
        RawHttp.RawResponse response = RawHttp.to(base).get("/api/hello");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("hello from a resource");
    }

    @Test
    void a_resource_without_a_rule_challenges(@ArquillianResource URL base) throws IOException {
        RawHttp.RawResponse response = RawHttp.to(base).get("/api/account");
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.header("WWW-Authenticate")).first().asString().startsWith("Basic ");
    }

    @Test
    void a_resource_without_a_rule_answers_who_proves_a_name(@ArquillianResource URL base) throws IOException {
        String credentials = Base64.getEncoder().encodeToString("alice:correct horse".getBytes(UTF_8));
        RawHttp.RawResponse response = RawHttp.to(base).get("/api/account", "Authorization: Basic " + credentials);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("alice");
    }
}
