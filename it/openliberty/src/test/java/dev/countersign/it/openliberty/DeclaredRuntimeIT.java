package dev.countersign.it.openliberty;

import static dev.countersign.it.wars.Configured.ADMIN;
import static dev.countersign.it.wars.Configured.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp;
import dev.countersign.it.Wars;
import dev.countersign.it.wars.Configured;
import java.io.IOException;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The JAX-RS runtime is enforced from its first request on where {@code web.xml} does not say when to load it, too. */
@ExtendWith(ArquillianExtension.class)
public class DeclaredRuntimeIT {

    @Deployment(name = "named", testable = false)
    static WebArchive named() {
        return Configured.webXml(Configured.keys(Wars.with("named", "guarded")), """
                <servlet>
                  <servlet-name>jakarta.ws.rs.core.Application</servlet-name>
                </servlet>
                <servlet-mapping>
                  <servlet-name>jakarta.ws.rs.core.Application</servlet-name>
                  <url-pattern>/rest/*</url-pattern>
                </servlet-mapping>
                """);
    }

    @Test
    void SPEC_2_7_a_servlet_with_the_name_of_the_specification_is_enforced(
            @ArquillianResource @OperateOnDeployment("named") URL base) throws IOException {
        RawHttp http = RawHttp.to(base);
        assertThat(http.get("/rest/guarded/role").status()).isEqualTo(401);
        assertThat(http.get("/rest/guarded/role", ALICE).status()).isEqualTo(403);
        assertThat(http.get("/rest/guarded/role", ADMIN).text()).isEqualTo("role");
    }
}
