package dev.countersign.it.attacks;

import static dev.countersign.it.Credentials.alice;
import static dev.countersign.it.Credentials.basic;
import static dev.countersign.it.Credentials.bearer;
import static dev.countersign.it.Credentials.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.it.Credentials;
import dev.countersign.it.Logs;
import dev.countersign.it.Orders;
import dev.countersign.it.Problem;
import dev.countersign.it.RawHttp;
import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Server;
import dev.countersign.it.Tokens;
import dev.countersign.it.Wars;
import dev.countersign.it.wars.Configured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What goes wrong between schemes, and in what they all share: against the main WAR, and against one whose settings are
 * the other ones wherever there are two.
 */
@ExtendWith(ArquillianExtension.class)
public class ChainAttacksIT {
    private static final String IMPORTED = "imp_old-key-of-another-system";

    @ArquillianResource
    @OperateOnDeployment("main")
    @SuppressWarnings("NullAway.Init")
    private URL mainBase;

    @ArquillianResource
    @OperateOnDeployment("loose")
    @SuppressWarnings("NullAway.Init")
    private URL looseBase;

    @SuppressWarnings("NullAway.Init")
    private Orders orders;

    @SuppressWarnings("NullAway.Init")
    private RawHttp http;

    @SuppressWarnings("NullAway.Init")
    private RawHttp loose;

    @Deployment(name = "main", testable = false)
    static WebArchive main() {
        return Wars.main();
    }

    @Deployment(name = "loose", testable = false)
    static WebArchive loose() throws IOException {
        WebArchive war = AttackedWars.with("loose", """
                countersign.schemes = key, jwt, imported
                countersign.default = key, jwt
                countersign.realm = or"d\\\\er\\r\\nX-Injected: yes
                countersign.require-https = false
                countersign.cache.protect = false
                countersign.scheme.key.type = api-key
                countersign.scheme.key.prefixes = sk_it_
                countersign.scheme.key.store = file:WEB-INF/keys.properties
                countersign.scheme.key.tenant = acme
                countersign.scheme.jwt.issuer = %s
                countersign.scheme.jwt.audience = loose
                countersign.scheme.jwt.algorithms = ES256
                countersign.scheme.jwt.require-exp = false
                countersign.scheme.jwt.tenant = umbrella
                countersign.scheme.jwt.keys = ${file:WEB-INF/jwks.json}
                countersign.scheme.imported.type = api-key
                countersign.scheme.imported.header = X-Imported
                countersign.scheme.imported.prefixes = imp_
                countersign.scheme.imported.checksum = false
                countersign.scheme.imported.store = file:WEB-INF/imported.properties
                countersign.scheme.imported.tenant = umbrella
                countersign.paths.pair.pattern = /pair
                countersign.paths.pair.require = schemes=key+jwt
                countersign.paths.one.pattern = /one-tenant
                countersign.paths.one.require = schemes=imported+jwt
                countersign.paths.keys.pattern = /keys
                countersign.paths.keys.require = schemes=imported
                """.formatted(Tokens.ISSUER));
        Configured.file(war, "imported.properties", "key.old.sha256 = " + sha256(IMPORTED) + "\n");
        Wars.main()
                .getContent(Filters.include("/WEB-INF/jwks.json"))
                .forEach((path, node) -> war.add(Objects.requireNonNull(node.getAsset()), path));
        return Configured.withKeys(war);
    }

    private static String sha256(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void open() {
        orders = Orders.at(mainBase);
        http = orders.http();
        loose = RawHttp.to(looseBase);
    }

    @Test
    void CHAIN_01_a_wrong_credential_ends_the_matter_whatever_else_is_sent() throws IOException {
        String forged = bearer(Tokens.granting("orders:read").signedByStranger());
        for (String path : List.of("/api/orders", "/api/schemes/optional", "/api/orders/pair", "/api/caller")) {
            for (List<String> lines : List.of(
                    List.of(forged, key(Credentials.READER)),
                    List.of(basic("alice", "wrong"), key(Credentials.READER)),
                    List.of(alice(), key(Credentials.UNKNOWN)),
                    List.of(alice(), key(Credentials.REVOKED)),
                    List.of(bearer(Tokens.granting("orders:read").signed()), key(Credentials.EXPIRED)))) {
                assertThat(refusal(path, lines)).as("%s %s", path, lines).isEqualTo(401);
            }
        }
        // Where failures are ignored they make nobody of the caller, not the other credential's owner.
        assertThat(orders.admitted("/api/schemes/lenient", forged, key(Credentials.READER)))
                .isEqualTo("ran for nobody");
    }

    @Test
    void CHAIN_02_a_scheme_that_fails_is_never_passed_over() throws IOException {
        for (String good : List.of(
                alice(),
                key(Credentials.READER),
                bearer(Tokens.granting("orders:read").signed()))) {
            String path = "/api/schemes/optional";
            assertThat(refusal(path, List.of("X-Fragile: outage", good))).isEqualTo(503);
            assertThat(refusal(path, List.of("X-Fragile: full", good))).isEqualTo(503);
            assertThat(refusal(path, List.of("X-Fragile: claim", good))).isEqualTo(500);
            assertThat(refusal(path, List.of("X-Fragile: fault", good))).isEqualTo(500);
        }
        for (String malformed : List.of(
                "Authorization: Basic",
                "Authorization: Basic !!!",
                "Authorization: Basic " + "A".repeat(5000),
                "Authorization: Bearer",
                "Authorization: Bearer a b",
                "Authorization: Bearer \u00e4",
                "Authorization: Bearer a.b.c",
                "Authorization: ApiKey",
                "Authorization: ApiKey a b")) {
            assertThat(refusal("/api/orders", List.of(malformed, key(Credentials.READER))))
                    .as(malformed)
                    .isIn(400, 401);
        }
        for (String malformed : List.of("X-API-Key:", "X-API-Key: a b", "X-API-Key: \u00e4")) {
            boolean unread = malformed.endsWith("\u00e4") && Server.current().refusesFieldsBeyondAscii();
            assertThat(refusal("/api/orders", List.of(malformed, alice())))
                    .as(malformed)
                    .isEqualTo(unread ? 400 : 401);
        }
    }

    @Test
    void CHAIN_03_more_than_one_authorization_is_refused() throws IOException {
        String token = bearer(Tokens.granting("orders:read").signed());
        String basic = alice().substring("Authorization: ".length());
        for (List<String> lines : List.of(
                List.of(alice(), alice()),
                List.of(alice(), basic("alice", "wrong")),
                List.of(alice(), token),
                List.of(token, token),
                List.of(alice(), "Authorization:"),
                List.of("Authorization:", alice()),
                List.of(alice(), "authorization: Digest x=\"y\""),
                List.of("Authorization: " + basic + ", " + basic),
                List.of(token + ", " + basic),
                List.of("Authorization: " + basic + ","))) {
            for (String path : List.of("/api/orders", "/api/schemes/optional")) {
                assertThat(refusal(path, lines)).as("%s", lines).isIn(400, 401);
            }
        }
        // What an intermediary makes of an empty field and another one.
        for (String path : List.of("/api/orders", "/api/schemes/optional")) {
            assertThat(refusal(path, List.of("Authorization: , " + basic))).isEqualTo(400);
        }
    }

    @Test
    void CHAIN_04_KEY_06_credentials_of_two_tenants_get_nowhere_together() throws IOException {
        String alice = Configured.ALICE;
        String token = bearer(Tokens.granting("read").claim("aud", "loose").signed());
        assertThat(loose.get("/who", alice).text()).startsWith("alice ");
        assertThat(loose.get("/who", token).text()).startsWith("sue ");
        RawResponse mixed = loose.get("/pair", alice, token);
        assertThat(mixed.status()).isEqualTo(403);
        assertThat(mixed.header("WWW-Authenticate")).isEmpty();
        assertThat(Problem.of(mixed).code()).isEqualTo("tenant_mismatch");
        // Two people of one tenant are both seen.
        assertThat(loose.get("/one-tenant", "X-Imported: " + IMPORTED, token).text())
                .startsWith("old+sue ");
    }

    @Test
    void CHAIN_06_a_field_that_a_proxy_would_drop_is_not_dropped_here() throws IOException {
        for (String path : List.of("/api/orders", "/api/schemes/optional")) {
            for (String wrong : List.of(basic("alice", "wrong"), bearer("x"))) {
                RawResponse response = http.send(Orders.raw(
                        "GET",
                        http.context() + path,
                        "Host: " + http.host(),
                        "Connection: Authorization, X-API-Key",
                        wrong));
                assertThat(response.status()).as("%s", response).isEqualTo(401);
            }
            RawResponse key = http.send(Orders.raw(
                    "GET",
                    http.context() + path,
                    "Host: " + http.host(),
                    "Connection: X-API-Key",
                    key(Credentials.UNKNOWN)));
            assertThat(key.status()).isEqualTo(401);
        }
        // What a proxy has dropped is absent, which is nobody.
        RawResponse nothing = http.send(
                Orders.raw("GET", http.context() + "/api/orders", "Host: " + http.host(), "Connection: Authorization"));
        assertThat(nothing.status()).isEqualTo(401);
    }

    @Test
    void CHAIN_07_fields_that_name_a_user_make_nobody_one() throws IOException {
        for (String line : List.of(
                "X-Forwarded-User: admin",
                "X-Forwarded-Email: admin@example.com",
                "X-Forwarded-Groups: admin",
                "X-Forwarded-Preferred-Username: admin",
                "Remote-User: admin",
                "REMOTE_USER: admin",
                "X-Remote-User: admin",
                "X-Auth-Request-User: admin",
                "X-Authenticated-User: admin",
                "X-User: admin",
                "X-Scope: read",
                "X-Scopes: read write",
                "X-Roles: admin",
                "X-WEBAUTH-USER: admin",
                "X-Amzn-Oidc-Identity: admin",
                "Cf-Access-Authenticated-User-Email: a@b",
                "Cookie: user=admin",
                "From: admin@example.com",
                "Authorization-User: admin")) {
            RawResponse nobody = loose.get("/who", line);
            assertThat(nobody.status()).as(line).isEqualTo(401);
            assertThat(loose.get("/read", line, Configured.BOB).status())
                    .as(line)
                    .isEqualTo(403);
            assertThat(loose.get("/who", line, Configured.BOB).text()).isEqualTo("bob admin=false scopes=[]");
            assertThat(refusal("/api/orders", List.of(line))).as(line).isIn(401, 403);
            assertThat(http.get("/api/schemes/open", line).text()).isEqualTo("ran for nobody");
        }
    }

    @Test
    void CHAIN_08_every_refusal_has_challenges_that_can_be_read_where_they_belong() throws IOException {
        for (Refused refused : Refused.all()) {
            RawResponse response = refused.send(http);
            assertThat(response.status()).as("%s: %s", refused, response).isEqualTo(refused.status());
            List<Challenges> challenges = response.header("WWW-Authenticate").stream()
                    .map(Challenges::parse)
                    .toList();
            assertThat(challenges).allMatch(challenge -> challenge.parameters().containsKey("realm"));
            assertThat(challenges.stream().map(Challenges::scheme)).doesNotHaveDuplicates();
            if (refused.status() == 401) {
                assertThat(challenges).as("%s", refused).isNotEmpty();
            } else if (refused.status() == 403) {
                assertThat(challenges)
                        .allMatch(challenge -> "insufficient_scope"
                                .equals(challenge.parameters().get("error")));
            } else if (refused.status() >= 500) {
                assertThat(challenges).isEmpty();
            }
        }
    }

    @Test
    void CHAIN_09_a_realm_or_a_token_cannot_write_a_field_of_its_own() throws IOException {
        RawResponse response = loose.get("/who");
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.header("X-Injected")).isEmpty();
        assertThat(response.header("WWW-Authenticate")).hasSize(2);
        for (String line : response.header("WWW-Authenticate")) {
            assertThat(Challenges.parse(line).parameters()).containsEntry("realm", "or\"d\\er??X-Injected: yes");
        }
        for (String text : List.of("x\\r\\nX-Injected: yes", "x\\\", realm=\\\"evil", "<script>", "x\\u0000")) {
            for (Tokens token : List.of(
                    Tokens.granting("orders:read").kid(text),
                    Tokens.granting("orders:read").claim("iss", text),
                    Tokens.granting("orders:read").claim("aud", text),
                    Tokens.granting("orders:read").algorithm(text),
                    Tokens.granting(text).claim("sub", ""))) {
                RawResponse refused = http.get("/api/orders", bearer(token.signed()));
                assertThat(refused.status()).isEqualTo(401);
                assertThat(refused.header("WWW-Authenticate"))
                        .containsExactly(
                                Orders.BASIC,
                                Orders.bearer(
                                        "scope=\"orders:read\"",
                                        Orders.error("invalid_token", "The access token is invalid")),
                                Orders.API_KEY);
                assertThat(refused.toString()).doesNotContain("X-Injected").doesNotContain("evil");
            }
        }
    }

    @Test
    void CHAIN_10_no_refusal_leaves_a_secret_in_the_log() throws IOException {
        try (Logs logs = Logs.openAt(Level.ALL, ChainAttacksIT::isOfTheApplication)) {
            List<Refused> all = Refused.all();
            for (Refused refused : all) {
                refused.send(http);
            }
            http.get("/api/orders", "User-Agent: chain-10-is-over", alice());
            String log = logs.text("chain-10-is-over");
            assertThat(log).contains("auth.failure", "scope.violation", "credential.in_url", "chain-10-is-over");
            for (Refused refused : all) {
                for (String secret : refused.secrets()) {
                    assertThat(log).as("%s", refused).doesNotContain(secret);
                }
            }
            assertThat(log).doesNotContain(alice().substring("Authorization: Basic ".length()));
        }
    }

    @Test
    void CHAIN_11_nothing_that_is_sent_writes_a_line_of_the_log() throws IOException {
        try (Logs logs = Logs.open();
                ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String lookup = "${jndi:ldap://127.0.0.1:" + listening.getLocalPort() + "/x}";
            List<List<String>> attempts = new ArrayList<>();
            for (String text : List.of("a\r\nFORGED-LINE", "a\nFORGED-LINE", "a\u001b[2K\u001b[31mFORGED", lookup)) {
                attempts.add(List.of(basic(text, "x")));
                attempts.add(List.of(basic("alice", text)));
                String escaped = text.replace("\r", "\\r").replace("\n", "\\n").replace("\u001b", "\\u001b");
                attempts.add(List.of(bearer(Tokens.granting("").kid(escaped).signed())));
                attempts.add(
                        List.of(bearer(Tokens.granting("").claim("jti", escaped).signed())));
                attempts.add(
                        List.of(bearer(Tokens.granting("").claim("sub", escaped).signed())));
                attempts.add(
                        List.of(bearer(Tokens.granting("").claim("iss", escaped).signed())));
            }
            attempts.add(List.of(key("sk_test_" + lookup)));
            attempts.add(List.of("Authorization: ApiKey " + lookup));
            attempts.add(List.of("X-Forwarded-For: " + lookup, "X-Other: " + lookup));
            for (int i = 0; i < attempts.size(); i++) {
                List<String> lines = new ArrayList<>(attempts.get(i));
                lines.add("User-Agent: <chain-11-" + i + "> " + lookup);
                assertThat(http.get("/api/orders", lines.toArray(String[]::new)).status())
                        .as("%s", lines)
                        .isIn(401, 403);
            }
            http.get("/api/orders", "User-Agent: chain-11-is-over");
            String log = logs.text("chain-11-is-over");
            for (int i = 0; i < attempts.size(); i++) {
                String mark = "<chain-11-" + i + ">";
                assertThat(log.lines().filter(line -> line.contains(mark)))
                        .as("%s", attempts.get(i))
                        .hasSize(1);
            }
            assertThat(log.lines()).noneMatch(line -> line.startsWith("FORGED"));
            assertThat(log).doesNotContain("\u001b");
            listening.setSoTimeout(200);
            assertThatThrownBy(listening::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void CHAIN_12_an_answer_does_not_tell_which_part_was_wrong() throws IOException {
        String almost = Credentials.READER.substring(0, Credentials.READER.length() - 1);
        alike(
                key(Credentials.UNKNOWN),
                key(almost),
                key(almost + (Credentials.READER.endsWith("0") ? "1" : "0")),
                key(Credentials.REVOKED.substring(0, 20)),
                key(Credentials.EXPIRED + "x"),
                key("sk_test_"),
                key("nothing"));
        long now = Instant.now().getEpochSecond();
        alike(
                bearer(Tokens.granting("orders:read").signedByStranger()),
                bearer(Tokens.granting("orders:read").kid("unknown").signed()),
                bearer(Tokens.granting("orders:read").claim("aud", "other").signed()),
                bearer(Tokens.granting("orders:read")
                        .claim("iss", "https://evil.example")
                        .signed()),
                bearer(Tokens.granting("orders:read").number("nbf", now + 3600).signed()),
                // Expired, and not ours: that it expired is told of good tokens alone.
                bearer(Tokens.granting("orders:read").number("exp", now - 3600).signedByStranger()),
                bearer(Tokens.granting("orders:read").unsigned()),
                bearer("a.b.c"),
                bearer("nothing"));
        alike(
                basic("alice", "wrong"),
                basic("nobody", "wrong"),
                basic("dora", Credentials.PASSWORD),
                basic("louis", Credentials.PASSWORD),
                "Authorization: Basic !!!");
    }

    private void alike(String... lines) throws IOException {
        List<String> answers = new ArrayList<>();
        for (String line : lines) {
            RawResponse response = http.get("/api/orders", line);
            answers.add(response.status() + " "
                    + response.lines().stream()
                            .filter(field -> !field.startsWith("Date:"))
                            .toList()
                    + Problem.of(response).withoutInstance());
        }
        assertThat(answers).allMatch(answers.get(0)::equals);
    }

    @Test
    void CHAIN_13_no_refusal_shows_anything_of_the_inside() throws IOException {
        for (Refused refused : Refused.all()) {
            RawResponse response = refused.send(http);
            // Checks that it is the JSON of a problem and has no detail.
            Problem.of(response);
            assertThat(response.toString())
                    .as("%s", refused)
                    .doesNotContain("Exception")
                    .doesNotContain("java.")
                    .doesNotContain("jakarta")
                    .doesNotContain("dev.countersign")
                    .doesNotContain("\tat ")
                    .doesNotContain("WEB-INF")
                    .doesNotContain("<html");
            for (String secret : refused.secrets()) {
                assertThat(response.toString()).doesNotContain(secret);
            }
        }
    }

    @Test
    void CHAIN_14_no_refusal_may_be_kept() throws IOException {
        for (Refused refused : Refused.all()) {
            RawResponse response = refused.send(http);
            if (refused.status() != 500) {
                assertThat(response.header("Cache-Control")).as("%s", refused).containsExactly("no-store");
            }
            assertThat(response.header("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(response.header("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void CHAIN_15_large_and_many_fields_cost_a_bounded_answer() throws IOException {
        String large =
                Tokens.granting("orders:read").claim("x", "x".repeat(5000)).signedByStranger();
        assertThat(large).hasSizeGreaterThan(6500).hasSizeLessThan(7500);
        assertThat(refusal("/api/orders", List.of(bearer(large)))).isEqualTo(401);
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            many.add("X-Field-" + i + ": " + i);
        }
        many.add(basic("alice", "wrong"));
        assertThat(refusal("/api/orders", many)).isIn(400, 401, 431);
        String commas = ",".repeat(5000);
        for (String name : List.of(
                "Authorization",
                "X-API-Key",
                "X-Forwarded-For",
                "Forwarded",
                "Cookie",
                "Accept",
                "WWW-Authenticate",
                "Connection")) {
            assertThat(refusal("/api/orders", List.of(name + ": " + commas)))
                    .as(name)
                    .isIn(400, 401, 403, 431);
        }
        for (String scheme : List.of("Basic", "Bearer", "ApiKey", "Digest")) {
            assertThat(refusal("/api/orders", List.of("Authorization: " + scheme + " " + commas)))
                    .as(scheme)
                    .isIn(400, 401, 431);
        }
    }

    @Test
    void CHAIN_18_what_one_application_or_rule_accepted_is_judged_anew_by_another() throws IOException {
        String token = bearer(Tokens.granting("orders:read").signed());
        for (int i = 0; i < 3; i++) {
            assertThat(orders.admitted("/api/orders", token)).isEqualTo("orders of sue");
            // The same issuer and key, for another audience.
            assertThat(loose.get("/who", token).status()).isEqualTo(401);
            assertThat(refusal("/api/schemes/key", List.of(token))).isEqualTo(401);
            assertThat(refusal("/api/schemes/password", List.of(token))).isEqualTo(401);
            assertThat(refusal("/report", List.of(token))).isEqualTo(401);
        }
        assertThat(loose.get(
                                "/who",
                                bearer(Tokens.granting("read")
                                        .claim("aud", "loose")
                                        .signed()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void CHAIN_19_a_caller_who_was_let_in_easily_is_asked_for_more_elsewhere() throws IOException {
        for (String line : List.of(bearer(Tokens.granting("orders:read").signed()), key(Credentials.READER), alice())) {
            for (int i = 0; i < 3; i++) {
                assertThat(http.get("/api/orders", line).status()).isEqualTo(200);
                long before = orders.calls();
                assertThat(http.request("POST", "/api/orders", new byte[0], line)
                                .status())
                        .isEqualTo(403);
                assertThat(orders.calls()).isEqualTo(before);
            }
        }
        assertThat(refusal("/api/orders/clerk", List.of(key(Credentials.READER))))
                .isEqualTo(403);
    }

    @Test
    void CHAIN_21_each_option_does_what_it_says_both_ways() throws IOException {
        // require-https: true here, false there.
        assertThat(hosted(http, "/api/orders", "localhost", alice())).isEqualTo(200);
        assertThat(hosted(http, "/api/orders", "api.example.com", alice())).isEqualTo(403);
        assertThat(hosted(loose, "/who", "localhost", Configured.ALICE)).isEqualTo(200);
        assertThat(hosted(loose, "/who", "api.example.com", Configured.ALICE)).isEqualTo(200);
        assertThat(hosted(loose, "/who", "api.example.com", key(Credentials.UNKNOWN)))
                .isEqualTo(401);
        // bearer: false for one kind of key, true for the other.
        assertThat(orders.admitted("/api/schemes/robot", bearer(Credentials.ROBOT)))
                .isEqualTo("ran");
        assertThat(refusal("/api/schemes/robot", List.of(bearer(Credentials.ROBOT_EXPIRED))))
                .isEqualTo(401);
        assertThat(orders.admitted("/api/schemes/key", key(Credentials.READER))).isEqualTo("ran");
        assertThat(refusal("/api/schemes/key", List.of(bearer(Credentials.READER))))
                .isEqualTo(401);
        // checksum: true for one kind of key, false for the other.
        assertThat(loose.get("/keys", "X-Imported: " + IMPORTED).status()).isEqualTo(200);
        assertThat(loose.get("/keys", "X-Imported: " + IMPORTED + "x").status()).isEqualTo(401);
        assertThat(loose.get("/who", "X-API-Key: sk_it_old-key-of-another-system")
                        .status())
                .isEqualTo(401);
        // require-exp: true here, false there.
        assertThat(refusal(
                        "/api/orders",
                        List.of(bearer(
                                Tokens.granting("orders:read").without("exp").signed()))))
                .isEqualTo(401);
        Tokens endless = Tokens.granting("read").claim("aud", "loose").without("exp");
        assertThat(loose.get("/who", bearer(endless.signed())).status()).isEqualTo(200);
        assertThat(loose.get("/who", bearer(endless.signedByStranger())).status())
                .isEqualTo(401);
        long now = Instant.now().getEpochSecond();
        assertThat(loose.get(
                                "/who",
                                bearer(Tokens.granting("read")
                                        .claim("aud", "loose")
                                        .number("exp", now - 99)
                                        .signed()))
                        .status())
                .isEqualTo(401);
        // optional: one method asks, the other does not have to be told.
        assertThat(orders.admitted("/api/schemes/optional")).isEqualTo("ran for nobody");
        assertThat(refusal("/api/schemes/optional", List.of(key(Credentials.UNKNOWN))))
                .isEqualTo(401);
        assertThat(refusal("/api/schemes/key", List.of())).isEqualTo(401);
        assertThat(refusal("/api/schemes/key", List.of(key(Credentials.UNKNOWN))))
                .isEqualTo(401);
        // cidrs: the right key from a right and from a wrong address.
        assertThat(orders.admitted("/api/orders", key(Credentials.HERE))).isEqualTo("orders of here");
        assertThat(refusal("/api/orders", List.of(key(Credentials.ELSEWHERE)))).isEqualTo(403);
        // cache.protect: true here, false there.
        assertThat(http.get("/report", alice()).header("Cache-Control")).containsExactly("private");
        assertThat(loose.get("/who", Configured.ALICE).header("Cache-Control")).isEmpty();
        assertThat(loose.get("/who").header("Cache-Control")).containsExactly("no-store");
    }

    @Test
    void CHAIN_22_no_refused_request_runs_a_method_of_the_application() throws IOException {
        long before = orders.calls();
        for (Refused refused : Refused.all()) {
            assertThat(refused.send(http).status()).as("%s", refused).isEqualTo(refused.status());
        }
        assertThat(orders.calls()).isEqualTo(before);
    }

    @Test
    void AUD_01_each_refusal_is_written_down_once() throws IOException {
        try (Logs logs = Logs.open()) {
            List<Refused> all = Refused.all();
            for (int i = 0; i < all.size(); i++) {
                all.get(i).with("User-Agent: <aud-01-" + i + ">").send(http);
            }
            http.get("/api/orders", "User-Agent: aud-01-is-over");
            String log = logs.text("aud-01-is-over");
            for (int i = 0; i < all.size(); i++) {
                String mark = "<aud-01-" + i + ">";
                assertThat(log.lines()
                                .filter(line -> line.contains(mark))
                                .filter(line -> line.contains("\"auth.failure\"") || line.contains(".violation\"")))
                        .as("%s", all.get(i))
                        .hasSize(1);
            }
        }
    }

    /** The status of a GET that must run no method. */
    private int refusal(String path, List<String> lines) throws IOException {
        long before = orders.calls();
        RawResponse response = http.get(path, lines.toArray(String[]::new));
        assertThat(orders.calls()).as("%s %s: %s", path, lines, response).isEqualTo(before);
        return response.status();
    }

    private static int hosted(RawHttp to, String path, String host, String line) throws IOException {
        return to.send(Orders.raw("GET", to.context() + path, "Host: " + host, line))
                .status();
    }

    /** A server that is told to trace its connections shows what comes on them, with any application. */
    private static boolean isOfTheApplication(String logger) {
        return !logger.startsWith("org.apache.") && !logger.startsWith("org.eclipse.jetty.");
    }
}
