package dev.countersign.examples.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.apache.catalina.LifecycleException;

/**
 * Starts the orders example and prints curl lines to try it with.
 *
 * <p>Arguments: the WAR, and the port (8080).
 */
public final class OrdersExample {
    private OrdersExample() {}

    /** Starts the server and waits until it is told to stop. */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException, LifecycleException {
        Path war = Path.of(arguments.length > 0 ? arguments[0] : "examples/orders/target/orders.war");
        int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8080;
        Path folder = Files.createTempDirectory("countersign-orders");
        DemoCredentials credentials = DemoCredentials.create(folder);
        System.setProperty(
                "countersign.config", folder.resolve("demo.properties").toString());
        ExampleServer server = ExampleServer.start(war, "/orders", port);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            ExampleServer.delete(folder);
        }));
        System.out.println(Try.text(tries(server.port(), credentials)));
        server.await();
    }

    /** What to try, in the order in which it is printed. */
    static List<Try> tries(int port, DemoCredentials credentials) throws GeneralSecurityException {
        String base = "http://localhost:" + port + "/orders";
        String orders = base + "/api/orders";
        String key = "-H 'X-API-Key: " + credentials.apiKey() + "' ";
        String token = "-H 'Authorization: Bearer " + credentials.token("orders:read") + "' ";
        String basic = "-u ada:" + credentials.password() + " ";
        return List.of(
                new Try("nothing sent: one challenge for each scheme", 401, "curl -i " + orders),
                new Try("an API key", 200, "curl -i " + key + orders),
                new Try("HTTP Basic", 200, "curl -i " + basic + orders),
                new Try("a JWT", 200, "curl -i " + token + orders),
                new Try(
                        "key and token together, which is what deleting takes",
                        200,
                        "curl -i -X DELETE " + key + token + orders + "/1"),
                new Try("the key alone: only the token is asked for", 401, "curl -i -X DELETE " + key + orders + "/1"),
                new Try(
                        "a token without the scope: the answer names it",
                        403,
                        "curl -i -H 'Content-Type: text/plain' -d abacus " + token + orders),
                new Try(
                        "the security map: every endpoint and its rule",
                        200,
                        "curl -i " + basic + base + "/countersign/map"));
    }
}
