package dev.countersign.examples.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.key.Secret;
import dev.countersign.signature.WebhookDelivery;
import dev.countersign.signature.WebhookProfile;
import dev.countersign.signature.WebhookSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.catalina.LifecycleException;

/**
 * Starts the webhooks example and prints curl lines to try it with.
 *
 * <p>Arguments: the WAR, and the port (8080).
 */
public final class WebhooksExample {
    private static final String KEY_ID = "AKIDDEMO";

    private final String stripe = "whsec_" + HexFormat.of().formatHex(random(16));
    private final String github = HexFormat.of().formatHex(random(16));
    private final byte[] standard = random(24);
    private final String api = HexFormat.of().formatHex(random(20));

    /** New secrets. */
    WebhooksExample() {}

    /** Starts the server and waits until it is told to stop. */
    public static void main(String[] arguments) throws IOException, LifecycleException {
        Path war = Path.of(arguments.length > 0 ? arguments[0] : "examples/webhooks/target/webhooks.war");
        int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8080;
        Path folder = Files.createTempDirectory("countersign-webhooks");
        WebhooksExample example = new WebhooksExample();
        System.setProperty(
                "countersign.config",
                example.write(folder.resolve("demo.properties")).toString());
        ExampleServer server = ExampleServer.start(war, "/webhooks", port);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            ExampleServer.delete(folder);
        }));
        System.out.println(Try.text(example.tries(server.port(), Instant.now())));
        server.await();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** Writes the secrets as settings, in place of those that the WAR takes from the environment. */
    Path write(Path file) throws IOException {
        return Files.writeString(
                file,
                String.join(
                        "\n",
                        "countersign.scheme.stripe.secrets=" + stripe,
                        "countersign.scheme.github.secrets=text:" + github,
                        "countersign.scheme.standard.secrets=whsec_"
                                + Base64.getEncoder().encodeToString(standard),
                        "countersign.scheme.orders-api.secrets." + KEY_ID + "=text:" + api,
                        ""),
                UTF_8);
    }

    /**
     * What to try, in the order in which it is printed.
     *
     * @param now when deliveries are signed: five minutes later they have expired
     */
    List<Try> tries(int port, Instant now) {
        String base = "http://localhost:" + port + "/webhooks/api/";
        String event = "{\"id\":\"evt_1\",\"type\":\"invoice.paid\"}";
        String fromStripe = delivery(WebhookProfile.STRIPE, Secret.of(stripe.getBytes(UTF_8)), base, now, event);
        String fromGithub = delivery(WebhookProfile.GITHUB, Secret.of(github.getBytes(UTF_8)), base, now, event);
        String fromStandard = delivery(WebhookProfile.STANDARD, Secret.of(standard), base, now, event);
        String body = "--data-binary '" + event + "' ";
        String changed = "--data-binary '" + event.replace("evt_1", "evt_2") + "' ";
        String aws = "curl -i --aws-sigv4 'aws:amz:us-east-1:orders' --user " + KEY_ID + ":";
        return List.of(
                new Try(
                        "a delivery of Stripe; deliveries expire in five minutes",
                        200,
                        "curl -i " + fromStripe + body + base + "stripe"),
                new Try(
                        "the same again: answered, and not handled twice",
                        200,
                        "curl -i " + fromStripe + body + base + "stripe"),
                new Try("its body was changed", 401, "curl -i " + fromStripe + changed + base + "stripe"),
                new Try("nothing is signed", 401, "curl -i " + body + base + "stripe"),
                new Try("a delivery of GitHub", 200, "curl -i " + fromGithub + body + base + "github"),
                new Try(
                        "Stripe's signature where GitHub's is asked for",
                        401,
                        "curl -i " + fromStripe + body + base + "github"),
                new Try("a delivery of Standard Webhooks", 200, "curl -i " + fromStandard + body + base + "standard"),
                new Try("a request signed as those to AWS are", 200, aws + api + " " + base + "orders"),
                new Try("with another secret", 401, aws + "wrong " + base + "orders"),
                new Try(
                        "the right secret, whose owner may not write",
                        403,
                        aws + api + " -H 'Content-Type: text/plain' -d tea " + base + "orders"));
    }

    private static String delivery(WebhookProfile profile, Secret secret, String base, Instant now, String event) {
        Map<String, String> fields = WebhookSigner.sign(
                profile,
                WebhookDelivery.post(base, "msg_" + now.getEpochSecond(), now, event.getBytes(UTF_8)),
                List.of(secret));
        StringBuilder options = new StringBuilder("-H 'Content-Type: application/json' ");
        fields.forEach((name, value) ->
                options.append("-H '").append(name).append(": ").append(value).append("' "));
        return options.toString();
    }
}
