package dev.countersign.it.attacks;

import static dev.countersign.it.Credentials.alice;
import static dev.countersign.it.Credentials.bearer;
import static dev.countersign.it.Credentials.key;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.Credentials;
import dev.countersign.it.Logs;
import dev.countersign.it.Orders;
import dev.countersign.it.Problem;
import dev.countersign.it.RawHttp;
import dev.countersign.it.Server;
import dev.countersign.it.Wars;
import dev.countersign.it.wars.Configured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** API keys that are guessed, stolen, withdrawn, or not keys at all. */
@ExtendWith(ArquillianExtension.class)
public class KeyAttacksIT {
    private static final String STORE = "/WEB-INF/api-keys.properties";

    /** More than the five seconds in which a change takes effect, for a machine that is busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static @Nullable Path store;

    @ArquillianResource
    @OperateOnDeployment("main")
    @SuppressWarnings("NullAway.Init")
    private URL mainBase;

    @SuppressWarnings("NullAway.Init")
    private Orders orders;

    @Deployment(name = "main", testable = false)
    static WebArchive main() {
        return Wars.main();
    }

    @Deployment(name = "keystore", testable = false)
    static WebArchive keystore() throws IOException {
        Path file = Files.createTempFile("countersign-keys", ".properties");
        file.toFile().deleteOnExit();
        Files.writeString(
                file,
                dev.countersign.it.wars.Credentials.keyRecord("alice", "", "")
                        + dev.countersign.it.wars.Credentials.keyRecord("bob", "", ""),
                UTF_8);
        store = file;
        return AttackedWars.with(
                "keystore", Configured.KEYS.replace("file:WEB-INF/keys.properties", "file:" + file.toAbsolutePath()));
    }

    @BeforeEach
    void open() {
        orders = Orders.at(mainBase);
    }

    @Test
    void KEY_02_what_is_stored_of_a_key_is_not_the_key() throws IOException {
        String file = content(Wars.main(), STORE);
        assertThat(file).contains("key.reader.sha256");
        for (String known : List.of(Credentials.READER, Credentials.WRITER, Credentials.REVOKED)) {
            assertThat(file).doesNotContain(known.substring("sk_test_".length() + 7));
        }
        for (String line :
                file.lines().filter(entry -> entry.contains(".sha256")).toList()) {
            String digest = line.substring(line.indexOf('=') + 1).strip();
            assertThat(digest).hasSize(64);
            refused(key(digest));
            refused(key("sk_test_" + digest));
            refused("Authorization: ApiKey " + digest);
        }
    }

    @Test
    void KEY_03_nothing_that_stands_for_no_key_is_a_key() throws IOException {
        for (String value : List.of(
                "",
                " ",
                "null",
                "undefined",
                "none",
                "nil",
                "false",
                "0",
                "{}",
                "[object Object]",
                "sk_test_",
                "sk_test_null",
                "\"\"",
                "%00",
                "Bearer",
                "key",
                "changeme")) {
            refused(key(value));
            refused("Authorization: ApiKey " + value);
            assertThat(orders.http().get("/api/schemes/optional", key(value)).status())
                    .isEqualTo(401);
        }
    }

    @Test
    void KEY_04_a_key_in_the_url_is_refused_and_not_written_down() throws IOException {
        String secret = Credentials.READER.substring("sk_test_".length() + 7);
        try (Logs logs = Logs.openAt(
                Level.ALL, logger -> !logger.startsWith("org.apache.") && !logger.startsWith("org.eclipse.jetty."))) {
            for (String query : List.of("api_key=", "x=", "x=y&API%5FKEY=", "x=y&api%5Fkey=")) {
                Problem problem =
                        orders.refused(400, List.of(Orders.API_KEY), "/api/schemes/key?" + query + Credentials.READER);
                assertThat(problem.code()).isEqualTo("credentials_in_url");
                assertThat(problem.toString()).doesNotContain(secret);
            }
            assertThat(orders.http()
                            .get("/api/schemes/key", "Referer: https://app.example.com/?api_key=" + Credentials.READER)
                            .status())
                    .isEqualTo(401);
            String log = logs.text("credential.in_url");
            assertThat(log).contains("credential.in_url").doesNotContain(secret);
        }
    }

    @Test
    void KEY_05_a_key_that_is_withdrawn_is_refused_within_seconds(
            @ArquillianResource @OperateOnDeployment("keystore") URL base) throws Exception {
        RawHttp http = RawHttp.to(base);
        assertThat(http.get("/who", Configured.ALICE).status()).isEqualTo(200);
        assertThat(http.get("/who", Configured.BOB).status()).isEqualTo(200);
        Files.writeString(
                Objects.requireNonNull(store),
                dev.countersign.it.wars.Credentials.keyRecord("alice", "", "") + "key.alice.status = revoked\n",
                UTF_8);
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (http.get("/who", Configured.ALICE).status() == 200 && System.nanoTime() - end < 0) {
            assertThat(never.await(100, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(Problem.of(http.get("/who", Configured.ALICE)).code()).isEqualTo("key_revoked");
        // Both changes of the file are in force together.
        assertThat(Problem.of(http.get("/who", Configured.BOB)).code()).isEqualTo("key_invalid");
    }

    @Test
    void KEY_07_a_key_is_no_query() throws IOException {
        for (String value : List.of(
                "' OR 1=1",
                "' OR '1'='1' --",
                "*",
                "%",
                "sk_test_%",
                "sk_test_*",
                "sk_test_' OR 1=1",
                "*)(uid=*",
                "sk_test_)(|(cn=*",
                "{\"$ne\":null}",
                "sk_test_.*",
                "../api-keys.properties",
                "reader",
                "key.reader",
                "${file:WEB-INF/api-keys.properties}")) {
            refused(key(value));
            refused("Authorization: ApiKey " + value);
        }
    }

    @Test
    void KEY_08_two_keys_or_two_places_are_refused() throws IOException {
        for (List<String> lines : List.of(
                List.of(key(Credentials.READER), key(Credentials.READER)),
                List.of(key(Credentials.READER), key(Credentials.UNKNOWN)),
                List.of(key(Credentials.READER), "x-api-key:"),
                List.of(key(Credentials.READER), "Authorization: ApiKey " + Credentials.READER),
                List.of(key(Credentials.READER), "Authorization: ApiKey " + Credentials.WRITER))) {
            assertThat(orders.http()
                            .get("/api/orders", lines.toArray(String[]::new))
                            .status())
                    .as("%s", lines)
                    .isEqualTo(400);
        }
        for (String line : List.of(key(Credentials.READER), alice())) {
            assertThat(orders.http()
                            .get("/api/orders?api_key=" + Credentials.READER, line)
                            .status())
                    .isEqualTo(400);
        }
        refused(key(Credentials.READER + ", " + Credentials.READER));
        refused(key(Credentials.READER + "," + Credentials.WRITER));
    }

    @Test
    void KEY_09_a_key_has_one_spelling() throws IOException {
        String good = Credentials.READER;
        String inside = good.substring(8);
        for (String value : List.of(
                good.toUpperCase(Locale.ROOT),
                good.toLowerCase(Locale.ROOT),
                "SK_TEST_" + inside,
                "sk_test_ " + inside,
                good + "\u00a0",
                "\u00a0" + good,
                '"' + good + '"',
                "'" + good + "'",
                "<" + good + ">",
                good + "=",
                good + "\u00ad",
                "Bearer " + good,
                "ApiKey " + good,
                good.replace("_", "%5F"),
                good.substring(0, 20) + " " + good.substring(20),
                // A full-width s as the bytes of UTF-8.
                new String("\uff53".getBytes(UTF_8), ISO_8859_1) + good.substring(1))) {
            if (Server.current().refusesFieldsBeyondAscii() && !value.chars().allMatch(c -> c < 128)) {
                assertThat(orders.http().get("/api/orders", key(value)).status())
                        .isEqualTo(400);
            } else {
                refused(key(value));
            }
        }
        // White space around a field's value is no part of it (RFC 9110 section 5.5).
        if (!Server.current().stripsTabs()) {
            assertThat(orders.admitted("/api/orders", "X-API-Key:   " + good + "  "))
                    .isEqualTo("orders of reader");
            refused("X-API-Key: \t " + good + " \t");
            return;
        }
        assertThat(orders.admitted("/api/orders", "X-API-Key: \t " + good)).isEqualTo("orders of reader");
        if (Server.current().stripsTrailingSpace()) {
            assertThat(orders.admitted("/api/orders", "X-API-Key: " + good + " \t"))
                    .isEqualTo("orders of reader");
        } else {
            refused(key(good + " "));
            refused(key(good + "\t"));
        }
        assertThat(orders.http().get("/api/schemes/key", bearer(good)).status()).isEqualTo(401);
    }

    private void refused(String line) throws IOException {
        long before = orders.calls();
        int status = orders.http().get("/api/orders", line).status();
        assertThat(status).as(line).isEqualTo(401);
        assertThat(orders.calls()).isEqualTo(before);
    }

    private static String content(WebArchive war, String path) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in =
                Objects.requireNonNull(war.get(path).getAsset(), path).openStream()) {
            in.transferTo(bytes);
        }
        return bytes.toString(UTF_8);
    }
}
