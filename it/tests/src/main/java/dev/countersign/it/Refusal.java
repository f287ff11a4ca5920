package dev.countersign.it;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;

/**
 * A deployment that must not come up. Servers differ in how they say so: Jetty's adapter throws, but not the reason, if
 * an initializer fails, and returns if a listener or filter does; Tomcat's always returns; those of servers in another
 * JVM throw, with the reason or without. In any case the context then answers 404 or 503 to everything, in the server's
 * own words, or 500 where {@link Server#keepsRefused()}, and the reason was thrown or logged.
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
     * @param reasons what will be in it, see {@link Logs#text}
     * @throws AssertionError if it came up; it is gone again then
     */
    public static String of(Deployer deployer, String deployment, String... reasons) throws IOException {
        try (Logs logs = Logs.open()) {
            String thrown = "";
            boolean deployed = false;
            try {
                deployer.deploy(deployment);
                deployed = true;
            } catch (Exception e) {
                thrown = trace(e);
            }
            try {
                RawHttp.RawResponse response = RawHttp.to(base(deployment)).get(Wars.MARK);
                if (!isServersOwn(response)) {
                    throw new AssertionError(deployment + " had to be refused, but answers: " + response);
                }
                return thrown + "\n" + logs.text(missing(thrown, reasons));
            } finally {
                if (deployed) {
                    deployer.undeploy(deployment);
                }
            }
        }
    }

    private static String[] missing(String text, String... reasons) {
        return Stream.of(reasons).filter(reason -> !text.contains(reason)).toArray(String[]::new);
    }

    private static String trace(Exception thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** Whether the server itself says that the context is not there, and neither the application nor Countersign. */
    private static boolean isServersOwn(RawHttp.RawResponse response) {
        boolean isGone = response.status() == 404 || response.status() == 503;
        return (isGone || (response.status() == 500 && Server.current().keepsRefused()))
                && response.header("Content-Type").stream().noneMatch(type -> type.startsWith("application/"));
    }

    private static URL base(String deployment) throws IOException {
        String port = Objects.requireNonNull(System.getProperty("it.port"), "it.port");
        return URI.create("http://127.0.0.1:" + port + "/" + deployment + "/").toURL();
    }
}
