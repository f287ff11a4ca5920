package dev.countersign.it;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.util.Objects;
import org.jboss.arquillian.container.test.api.Deployer;

/**
 * A deployment that must not come up. Servers differ in how they say so: Jetty's adapter throws, but not the reason;
 * Tomcat's returns, and the context answers 404 to everything. Both log the reason.
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
                if (response.status() == 404) {
                    return logs.text();
                }
                throw new AssertionError(deployment + " had to be refused, but answers: " + response);
            } finally {
                deployer.undeploy(deployment);
            }
        }
    }

    private static URL base(String deployment) throws IOException {
        String port = Objects.requireNonNull(System.getProperty("it.port"), "it.port");
        return URI.create("http://127.0.0.1:" + port + "/" + deployment + "/").toURL();
    }
}
