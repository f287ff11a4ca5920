package dev.countersign.it;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.util.Objects;
import org.jboss.arquillian.container.test.api.Deployer;

/**
 * A deployment that must not come up. Servers differ in how they say so: Jetty's adapter throws, but not the reason,
 * if an initializer fails, and returns if a listener or filter does; Tomcat's always returns. The context then answers
 * 404 or 503 to everything, and the reason is logged.
 *
 * <pre>{@code
 * @Deployment(name = "open-locator", managed = false, testable = false)
 * static WebArchive openLocator() {
 *     return Wars.with("open-locator", "locators");
 * }
 *
 * @Test
 * void refuses_a_secured_locator(@ArquillianResource Deployer deployer) throws IOException {
 *     assertThat(Refusal.of(deployer, "open-locator")).contains("OrdersLocator.items");
 * }
 * }</pre>
 */
public final class Refusal {

    private Refusal() {}

    /**
     * Deploys, and gives everything that was thrown and logged meanwhile.
     *
     * @param deployment the name of an unmanaged deployment, and of its WAR made by {@link Wars#with} or {@link
     *     Wars#plain}
     * @throws AssertionError if it came up; it is gone again then
     */
    public static String of(Deployer deployer, String deployment) throws IOException {
        try (Logs logs = Logs.open()) {
            try {
                deployer.deploy(deployment);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                StringWriter text = new StringWriter();
                e.printStackTrace(new PrintWriter(text));
                return text + logs.text();
            }
            try {
                RawHttp.RawResponse response = RawHttp.to(base(deployment)).get(Wars.MARK);
                if (isServersOwn(response)) {
                    return logs.text();
                }
                throw new AssertionError(deployment + " had to be refused, but answers: " + response);
            } finally {
                deployer.undeploy(deployment);
            }
        }
    }

    /** Whether the server itself says that the context is not there: 404 on Tomcat, 503 on Jetty, as HTML. */
    private static boolean isServersOwn(RawHttp.RawResponse response) {
        return (response.status() == 404 || response.status() == 503)
                && response.header("Content-Type").stream().anyMatch(type -> type.startsWith("text/html"));
    }

    private static URL base(String deployment) throws IOException {
        String port = Objects.requireNonNull(System.getProperty("it.port"), "it.port");
        return URI.create("http://127.0.0.1:" + port + "/" + deployment + "/").toURL();
    }
}
