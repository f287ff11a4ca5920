package dev.countersign.it;

import static dev.countersign.it.Credentials.PASSWORD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that were written by others understand the answers: the JDK's, and curl. */
@ExtendWith(ArquillianExtension.class)
public class RealClientsIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @ArquillianResource
    @SuppressWarnings("NullAway.Init")
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return Wars.main();
    }

    @Test
    void R1_the_client_of_the_JDK_sees_every_challenge() throws IOException, InterruptedException {
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(request("api/orders").build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate")).isEqualTo(Orders.ALL_READ);
        assertThat(response.headers().allValues("Content-Type")).containsExactly("application/problem+json");
    }

    @Test
    void R45_the_client_of_the_JDK_answers_the_challenge_of_basic() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .authenticator(new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        assertThat(getRequestingPrompt()).isEqualTo("orders");
                        return new PasswordAuthentication("alice", PASSWORD.toCharArray());
                    }
                })
                .build();
        HttpResponse<String> response = client.send(request("api/orders").build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("orders of alice");
    }

    @Test
    void R45_the_client_of_the_JDK_brings_tokens_and_keys_alone_and_together()
            throws IOException, InterruptedException {
        String bearer = "Bearer " + Tokens.granting("orders:read").signed();
        HttpClient client = HttpClient.newHttpClient();
        for (HttpRequest request : List.of(
                request("api/orders").header("Authorization", bearer).build(),
                request("api/orders").header("X-API-Key", Credentials.READER).build(),
                request("api/orders/pair")
                        .header("X-API-Key", Credentials.READER)
                        .header("Authorization", bearer)
                        .build())) {
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .as("%s", request.headers())
                    .isEqualTo(200);
        }
    }

    @Test
    void R1_R3_curl_finds_basic_among_the_challenges() throws IOException, InterruptedException {
        assertThat(curl("--anyauth", "-u", "alice:" + PASSWORD, base + "api/orders"))
                .endsWith("orders of alice");
        String wrong = curl("-u", "alice:wrong", base + "api/orders");
        assertThat(wrong).startsWith("HTTP/1.1 401");
        assertThat(wrong.lines().filter(line -> line.startsWith("WWW-Authenticate: ")))
                .containsExactly(
                        "WWW-Authenticate: " + Orders.BASIC,
                        "WWW-Authenticate: " + Orders.BEARER_READ,
                        "WWW-Authenticate: " + Orders.API_KEY);
    }

    @Test
    void R12_R14_R44_R45_curl_brings_tokens_and_keys() throws IOException, InterruptedException {
        String token = Tokens.granting("orders:read").signed();
        assertThat(curl("--oauth2-bearer", token, base + "api/orders")).endsWith("orders of sue");
        assertThat(curl("-H", "X-API-Key: " + Credentials.WRITER, "-d", "", base + "api/orders"))
                .endsWith("added");
        assertThat(curl("-H", "X-API-Key: " + Credentials.READER, "--oauth2-bearer", token, base + "api/orders/pair"))
                .endsWith("for pairs");
        assertThat(curl("-H", "X-API-Key: " + Credentials.READER, base + "api/orders/pair"))
                .startsWith("HTTP/1.1 401")
                .contains("WWW-Authenticate: " + Orders.BEARER_READ)
                .doesNotContain("WWW-Authenticate: ApiKey")
                .doesNotContain("WWW-Authenticate: Basic");
        assertThat(curl("--oauth2-bearer", token, "-d", "", base + "api/orders"))
                .startsWith("HTTP/1.1 403")
                .contains("error=\"insufficient_scope\"")
                .contains("\"required_scopes\":[\"orders:write\"]");
        assertThat(curl("-I", base + "api/orders")).startsWith("HTTP/1.1 401").doesNotContain("credentials_required");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
    }

    /** Status line, fields and body, lines ended by LF; of several answers the last. */
    private static String curl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "-q", "-s", "-S", "-i", "--noproxy", "*", "-m", "20"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).replace("\r", "");
        assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output.substring(Math.max(0, output.lastIndexOf("HTTP/1.1 ")));
    }
}
