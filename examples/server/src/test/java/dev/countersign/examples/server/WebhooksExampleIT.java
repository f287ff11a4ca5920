package dev.countersign.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs, with a real curl, every line that the example prints. */
class WebhooksExampleIT {
    private static final Path WAR = Path.of("..", "webhooks", "target", "webhooks.war");

    @TempDir
    private Path folder;

    @Test
    void every_printed_line_answers_as_it_says() throws Exception {
        WebhooksExample example = new WebhooksExample();
        System.setProperty(
                "countersign.config",
                example.write(folder.resolve("demo.properties")).toString());
        try (ExampleServer server = ExampleServer.start(WAR, "/webhooks", 0)) {
            for (Try line : example.tries(server.port(), Instant.now())) {
                String answer = Curl.answer(line.curl());
                assertThat(Curl.status(answer)).as(line.curl() + "\n" + answer).isEqualTo(line.status());
                if (line.status() == 200 && !line.what().contains("AWS")) {
                    // A delivery that comes again gets an answer without the resource's words.
                    assertThat(answer.contains("Delivery"))
                            .as(line.what())
                            .isEqualTo(!line.what().contains("again"));
                }
            }
        } finally {
            System.clearProperty("countersign.config");
        }
    }

    @Test
    void without_its_secrets_the_war_does_not_start() {
        System.clearProperty("countersign.config");
        assertThatThrownBy(() -> ExampleServer.start(WAR, "/webhooks", 0).close())
                .isInstanceOf(IllegalStateException.class);
    }
}
