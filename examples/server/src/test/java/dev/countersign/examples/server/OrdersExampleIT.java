package dev.countersign.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs, with a real curl, every line that the example prints: configured by properties, and by web.xml alone. */
class OrdersExampleIT {
    private static final Path WARS = Path.of("..", "orders", "target");

    @TempDir
    private Path folder;

    @TestFactory
    List<DynamicTest> every_printed_line_answers_as_it_says() {
        return List.of(
                DynamicTest.dynamicTest("orders.war", () -> runs(WARS.resolve("orders.war"))),
                DynamicTest.dynamicTest("orders-webxml.war", () -> runs(WARS.resolve("orders-webxml.war"))));
    }

    @Test
    void as_deployed_without_a_demo_the_war_admits_nobody_and_starts() throws Exception {
        System.clearProperty("countersign.config");
        try (ExampleServer server = ExampleServer.start(WARS.resolve("orders.war"), "/orders", 0)) {
            String url = "http://localhost:" + server.port() + "/orders/api/";
            assertThat(Curl.status(Curl.answer("curl -i " + url + "orders"))).isEqualTo(401);
            assertThat(Curl.status(Curl.answer("curl -i " + url + "health"))).isEqualTo(200);
        }
    }

    private void runs(Path war) throws Exception {
        Path demo = Files.createDirectories(folder.resolve(war.getFileName().toString()));
        DemoCredentials credentials = DemoCredentials.create(demo);
        System.setProperty("countersign.config", demo.resolve("demo.properties").toString());
        try (ExampleServer server = ExampleServer.start(war, "/orders", 0)) {
            for (Try line : OrdersExample.tries(server.port(), credentials)) {
                String answer = Curl.answer(line.curl());
                assertThat(Curl.status(answer)).as(line.curl() + "\n" + answer).isEqualTo(line.status());
                if (line.status() == 403) {
                    assertThat(answer).contains("insufficient_scope", "orders:write");
                }
            }
            String first = Curl.answer("curl -i http://localhost:" + server.port() + "/orders/api/orders");
            assertThat(challenges(first))
                    .containsExactly(
                            "Basic realm=\"orders\", charset=\"UTF-8\"",
                            "Bearer realm=\"orders\", scope=\"orders:read\"",
                            "ApiKey realm=\"orders\", in=\"header\", name=\"X-API-Key\"");
        } finally {
            System.clearProperty("countersign.config");
        }
    }

    private static List<String> challenges(String answer) {
        List<String> challenges = new ArrayList<>();
        for (String line : answer.split("\r\n", -1)) {
            if (line.regionMatches(true, 0, "WWW-Authenticate: ", 0, 18)) {
                challenges.add(line.substring(18));
            }
        }
        return challenges;
    }
}
