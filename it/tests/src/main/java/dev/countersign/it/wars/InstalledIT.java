package dev.countersign.it.wars;

import static dev.countersign.it.wars.Configured.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp;
import dev.countersign.it.Wars;
import java.io.IOException;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A set-up made in code, in a WAR without any settings. */
@ExtendWith(ArquillianExtension.class)
public class InstalledIT {

    @Deployment(name = "by-initializer", testable = false)
    static WebArchive byInitializer() {
        return Configured.withKeys(Wars.plain("by-initializer", "installed"))
                .addAsServiceProvider(
                        "jakarta.servlet.ServletContainerInitializer",
                        "dev.countersign.it.wars.installed.InstallingInitializer");
    }

    @Deployment(name = "by-listener", testable = false)
    static WebArchive byListener() {
        return Configured.webXml(Configured.withKeys(Wars.plain("by-listener", "installed")), """
                <listener>
                  <listener-class>dev.countersign.it.wars.installed.InstallingListener</listener-class>
                </listener>
                """);
    }

    @Test
    void an_initializer_installs_it(@ArquillianResource @OperateOnDeployment("by-initializer") URL base)
            throws IOException {
        installed(base);
    }

    @Test
    void a_listener_installs_it(@ArquillianResource @OperateOnDeployment("by-listener") URL base) throws IOException {
        installed(base);
    }

    private static void installed(URL base) throws IOException {
        RawHttp http = RawHttp.to(base);
        assertThat(http.get("/events").status()).isEqualTo(401);
        assertThat(http.get("/events", ALICE).text()).isEqualTo("alice [auth.failure, auth.success]");
    }
}
