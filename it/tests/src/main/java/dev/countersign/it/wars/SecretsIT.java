package dev.countersign.it.wars;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.Logs;
import dev.countersign.it.RawHttp;
import dev.countersign.it.Refusal;
import dev.countersign.it.Server;
import dev.countersign.it.Wars;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a WAR logs at the finest level while it is started, called and stopped. */
@ExtendWith(ArquillianExtension.class)
public class SecretsIT {
    private static final String PASSWORD = "Pa55-of-alice";
    private static final String WRONG_PASSWORD = "Pa55-of-nobody";
    private static final String HEX = Credentials.TOKEN_KEY.substring("hex:".length());
    private static final String OTHER_KEY = "hex:" + HEX.substring(32) + HEX.substring(0, 32);

    @Deployment(name = "secrets", managed = false, testable = false)
    static WebArchive secrets() {
        WebArchive war = Configured.withKeys(Wars.plain("secrets", "plain"));
        Configured.file(war, "users.properties", Credentials.userRecord("alice", PASSWORD));
        return Configured.settings(war, """
                countersign.schemes = key, jwt, basic
                countersign.default = key, jwt, basic
                countersign.scheme.key.type = api-key
                countersign.scheme.key.prefixes = sk_it_
                countersign.scheme.key.store = file:WEB-INF/keys.properties
                countersign.scheme.basic.users = file:WEB-INF/users.properties
                countersign.scheme.jwt.issuer = %s
                countersign.scheme.jwt.audience = %s
                countersign.scheme.jwt.algorithms = HS256
                countersign.scheme.jwt.keys = %s
                """.formatted(Credentials.ISSUER, Credentials.AUDIENCE, Credentials.TOKEN_KEY));
    }

    @Deployment(name = "secrets-wrong", managed = false, testable = false)
    static WebArchive secretsWrong() {
        WebArchive war = Configured.file(
                Wars.plain("secrets-wrong", "plain"), "users.properties", "user.alice.password = " + PASSWORD + "\n");
        return Configured.settings(war, """
                countersign.schemes = jwt, basic
                countersign.scheme.basic.users = file:WEB-INF/users.properties
                countersign.scheme.jwt.issuer = i
                countersign.scheme.jwt.audience = a
                countersign.scheme.jwt.algorithms = HS512
                countersign.scheme.jwt.keys = %s
                """.formatted(Credentials.TOKEN_KEY));
    }

    @Test
    void CHAIN_10_no_secret_is_logged_at_any_level(@ArquillianResource Deployer deployer) throws Exception {
        String right = Credentials.token("alice");
        String forged = Credentials.token("mallory", OTHER_KEY);
        String key = Credentials.key("alice");
        String unknown = Credentials.key("nobody");
        String mistyped = key.substring(0, key.length() - 1) + (key.endsWith("0") ? '1' : '0');
        try (Logs logs = Logs.openAt(Level.ALL, SecretsIT::isOfTheApplication)) {
            deployer.deploy("secrets");
            try {
                RawHttp http = RawHttp.to(Configured.base("secrets"));
                status(http, 200, "X-API-Key: " + key);
                status(http, 401, "X-API-Key: " + unknown);
                status(http, 401, "X-API-Key: " + mistyped);
                status(http, 400, "X-API-Key: " + key, "X-API-Key: " + unknown);
                status(http, 200, "Authorization: ApiKey " + key);
                status(http, 200, Credentials.basicField("alice", PASSWORD));
                status(http, 200, Credentials.basicField("alice", PASSWORD));
                status(http, 401, Credentials.basicField("alice", WRONG_PASSWORD));
                status(http, 401, Credentials.basicField("nobody", WRONG_PASSWORD));
                status(http, 401, "Authorization: Basic " + PASSWORD);
                status(http, 200, "Authorization: Bearer " + right);
                status(http, 401, "Authorization: Bearer " + forged);
                status(http, 401, "Authorization: Bearer " + right + "x");
                status(http, 400, "Authorization: Bearer " + right + " " + PASSWORD);
                status(http, 401, "Authorization: Unheard " + PASSWORD);
                assertThat(http.get("/who?access_token=" + right).status()).isEqualTo(400);
                assertThat(http.get("/who?x=" + key).status()).isEqualTo(400);
                assertThat(http.get("/who;" + PASSWORD).status()).isEqualTo(400);
            } finally {
                deployer.undeploy("secrets");
            }
            String finest = Server.current().finest();
            String log = Refusal.of(deployer, "secrets-wrong", "countersign.scheme.jwt.keys")
                    + logs.text("auth.success", "auth.failure", finest, "countersign.scheme.jwt.keys");
            assertThat(log).contains("auth.success", "auth.failure", finest, "countersign.scheme.jwt.keys");
            for (String secret : secrets(right, forged, key, unknown, mistyped)) {
                assertThat(log).doesNotContain(secret);
            }
            assertThat(log.toLowerCase(Locale.ROOT)).doesNotContain(HEX);
        }
    }

    /** Each secret as it is sent, and what can be read or reused of it. */
    private static List<String> secrets(String right, String forged, String... keys) {
        List<String> secrets = new ArrayList<>(List.of(PASSWORD, WRONG_PASSWORD));
        for (String token : List.of(right, forged)) {
            int dot = token.indexOf('.');
            secrets.add(token.substring(dot + 1, token.indexOf('.', dot + 1)));
            secrets.add(token.substring(token.indexOf('.', dot + 1) + 1));
        }
        for (String key : keys) {
            // Six characters behind the prefix are the hint.
            secrets.add(key.substring(Credentials.PREFIX.length() + 7));
            secrets.add(key.substring(0, Credentials.PREFIX.length() + 7));
        }
        for (String field :
                List.of(Credentials.basicField("alice", PASSWORD), Credentials.basicField("nobody", WRONG_PASSWORD))) {
            secrets.add(field.substring(field.lastIndexOf(' ') + 1));
        }
        secrets.add(Base64.getEncoder().encodeToString(PASSWORD.getBytes(UTF_8)));
        return secrets;
    }

    /** A server that is told to trace its connections shows what comes on them, with any application. */
    private static boolean isOfTheApplication(String logger) {
        return !logger.startsWith("org.apache.") && !logger.startsWith("org.eclipse.jetty.");
    }

    private static void status(RawHttp http, int expected, String... fields) throws IOException {
        assertThat(http.get("/who", fields).status()).as(fields[0]).isEqualTo(expected);
    }
}
