package dev.countersign.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The real curl, in a shell, as somebody who pastes a line has it. */
final class Curl {
    private Curl() {}

    /** What curl writes. */
    static String answer(String curl) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", curl + " -sS --max-time 30")
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
        return answer;
    }

    /** The status of an answer that was asked for with {@code -i}. */
    static int status(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 ");
        return Integer.parseInt(answer.substring(9, 12));
    }
}
