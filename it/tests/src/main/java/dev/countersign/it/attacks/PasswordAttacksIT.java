package dev.countersign.it.attacks;

import static dev.countersign.it.Credentials.basic;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.Credentials;
import dev.countersign.it.Orders;
import dev.countersign.it.Problem;
import dev.countersign.it.RawHttp;
import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Refusal;
import dev.countersign.it.Server;
import dev.countersign.it.Vectors;
import dev.countersign.it.Wars;
import dev.countersign.it.wars.Configured;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Passwords that are guessed, cut, bent or too large, and files of users that must not be served from. */
@ExtendWith(ArquillianExtension.class)
public class PasswordAttacksIT {
    private static final String BASIC = """
            countersign.schemes = basic
            countersign.realm = orders
            countersign.scheme.basic.users = file:WEB-INF/users.properties
            """;

    /** A status of our own: the connection was closed without an answer. */
    private static final int CLOSED = 0;

    @ArquillianResource
    @OperateOnDeployment("main")
    @SuppressWarnings("NullAway.Init")
    private URL mainBase;

    @ArquillianResource
    @OperateOnDeployment("users")
    @SuppressWarnings("NullAway.Init")
    private URL usersBase;

    @SuppressWarnings("NullAway.Init")
    private Orders orders;

    @SuppressWarnings("NullAway.Init")
    private RawHttp users;

    @Deployment(name = "main", testable = false)
    static WebArchive main() {
        return Wars.main();
    }

    @Deployment(name = "users", testable = false)
    static WebArchive users() {
        return Configured.file(
                AttackedWars.with("users", BASIC),
                "users.properties",
                // Two vectors of password-hashes/policy.json: 72 times q, and 36 times \u00e9, which is 72 bytes too.
                "user.q.password = $2b$04$.mzQk9UduuJIRYji.G4/zOulwdn37lM27.62K2Qph45Sn3AvxZfIO\n"
                        + "user.e.password = $2b$04$eK3/IqiqTQ4SwPFgLH8At.Br/USBjSl4DiTX0it.IdwnDLTeAby4e\n"
                        // The users of http-auth/authorization.json.
                        + dev.countersign.it.wars.Credentials.userRecord("Aladdin", "open sesame")
                        + dev.countersign.it.wars.Credentials.userRecord("test", "123\u00a3")
                        + dev.countersign.it.wars.Credentials.userRecord("u", "a:b:c"));
    }

    @Deployment(name = "bombs", managed = false, testable = false)
    static WebArchive bombs() {
        return Configured.file(AttackedWars.with("bombs", BASIC), "users.properties", """
                user.one.password = $2a$31$WR9jW2OGMW30zkVgJbaHgeHr/fILP2liYVtJxjrF0hWTaqq2kipdO
                user.two.password = $argon2id$v=19$m=4194304,t=2,p=1$G4TVzl9ge75eI6iB40DtNw$knIq1BrTKUJIYNOXWmaQ+51LezUMoz8gCvzEDcOU9Eg
                user.three.password = {pbkdf2-sha256}2147483647$c2FsdHNhbHRzYWx0$c2FsdHNhbHRzYWx0c2FsdHNhbHRzYWx0c2FsdHNhbHQ=
                user.four.password = battery-staple
                user.five.password = {noop}battery-staple
                user.six.password = {MD5}5f4dcc3b5aa765d61d8327deb882cf99
                user.seven.status = active
                user.eight.password =
                """);
    }

    @BeforeEach
    void open() {
        orders = Orders.at(mainBase);
        users = RawHttp.to(usersBase);
    }

    @Test
    void PWD_02_what_bcrypt_would_not_look_at_is_not_accepted() throws IOException {
        String q = "q".repeat(72);
        String e = "\u00e9".repeat(36);
        assertThat(users.get("/who", basic("q", q)).status()).isEqualTo(200);
        assertThat(users.get("/who", basic("e", e)).status()).isEqualTo(200);
        for (String tail : List.of("q", "tail", "\u00e9", " ", "a".repeat(100))) {
            wrong(users, basic("q", q + tail));
            wrong(users, basic("e", e + tail));
        }
        wrong(users, basic("q", q.substring(1)));
        wrong(users, basic("e", e.substring(1) + "e"));
    }

    @Test
    void PWD_03_no_password_is_nobodys_password() throws IOException {
        for (String user : List.of("alice", "nobody", "null", "undefined", "", "admin", "root")) {
            for (String password : List.of("", "null", "undefined", "none", "nil", "0", "false", " ", "password")) {
                wrong(orders.http(), basic(user, password));
            }
        }
        for (String credentials : List.of("", ":", "alice", "::", ":null", "null:null")) {
            wrong(
                    orders.http(),
                    "Authorization: Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
        }
    }

    @Test
    void PWD_03_PWD_04_PWD_06_an_application_does_not_start_with_bombs_plain_text_or_users_without_a_password(
            @ArquillianResource Deployer deployer) throws IOException {
        String log = Refusal.of(deployer, "bombs", "user.one.password");
        for (String user : List.of("one", "two", "three", "four", "five", "six", "seven", "eight")) {
            assertThat(log).contains("user." + user);
        }
        assertThat(log).doesNotContain("battery-staple").doesNotContain("5f4dcc3b");
    }

    @Test
    void PWD_05_a_long_password_costs_no_hash() throws IOException {
        // That none is computed for them is shown where hashes can be counted, in BasicSchemeTest.
        for (int length : List.of(1025, 2000, 4000)) {
            wrong(orders.http(), basic("alice", Credentials.PASSWORD + "x".repeat(length)));
            wrong(orders.http(), basic("x".repeat(length), Credentials.PASSWORD));
        }
        for (int length : List.of(20_000, 1 << 20)) {
            int status;
            try {
                status = orders.http()
                        .get("/api/orders", basic("alice", "x".repeat(length)))
                        .status();
            } catch (EOFException | SocketException e) {
                status = CLOSED;
            }
            // Servers take no field of this length, and may not even read it.
            assertThat(status).isIn(CLOSED, 400, 401, 413, 431);
        }
    }

    @Test
    void PWD_08_every_published_authorization_field_is_answered_as_listed() throws IOException {
        List<Object> vectors = Vectors.list(Vectors.read("http-auth/authorization.json"));
        assertThat(vectors).hasSize(49);
        for (Object value : vectors) {
            Map<String, Object> vector = Vectors.object(value);
            String id = Vectors.text(vector, "id");
            List<String> lines = new ArrayList<>();
            for (Object line : Vectors.list(Vectors.member(vector, "field_lines"))) {
                lines.add("Authorization: " + new String(String.valueOf(line).getBytes(UTF_8), ISO_8859_1));
            }
            int status;
            try {
                status = users.get("/who", lines.toArray(String[]::new)).status();
            } catch (EOFException | SocketException e) {
                status = CLOSED;
            }
            boolean mended = id.equals("tab") && Server.current().replacesTabs();
            switch (mended ? "ok" : Vectors.text(vector, "outcome")) {
                case "ok" -> assertThat(status).as(id).isEqualTo(200);
                case "either" -> assertThat(status).as(id).isIn(CLOSED, 200, 400, 401);
                // Fields of 100 kB are the server's to refuse; a tab or a non-ASCII letter may be.
                default -> assertThat(status).as(id).isIn(CLOSED, 400, 401, 413, 431);
            }
        }
    }

    @Test
    void PWD_12_another_spelling_of_a_name_is_another_name() throws IOException {
        for (String name : List.of(
                "Alice",
                "ALICE",
                "alice ",
                " alice",
                "alice\u200b",
                "\u0430lice",
                "al\u0131ce",
                "al\u0130ce",
                "\uff41lice",
                "alice\u0301",
                "alic\u00e8",
                "alice%00",
                "alice@example.com",
                "alice\u00ad")) {
            wrong(orders.http(), basic(name, Credentials.PASSWORD));
        }
        // The same name in two normal forms: only the one that is in the file.
        assertThat(orders.http()
                        .get("/api/schemes/password", basic("j\u00f6rg", "p\u00e4ssword"))
                        .status())
                .isEqualTo(200);
        wrong(orders.http(), basic("jo\u0308rg", "p\u00e4ssword"));
    }

    @Test
    void PWD_14_a_name_is_no_query() throws IOException {
        for (String name : List.of(
                "*",
                "*)(uid=*",
                "alice)(&",
                "cn=alice,ou=people",
                "alice,dc=example",
                "a*",
                "' OR '1'='1",
                "alice'--",
                "alice\" or \"\"=\"",
                "{\"$gt\":\"\"}",
                "..",
                "alice.password",
                "../users",
                "${file:WEB-INF/users.properties}",
                "alice\\2a")) {
            wrong(orders.http(), basic(name, Credentials.PASSWORD));
            wrong(orders.http(), basic(name, "*"));
        }
    }

    /** Refused as a wrong password is, whatever is wrong about it. */
    private static void wrong(RawHttp http, String line) throws IOException {
        RawResponse response = http.get(http.context().endsWith("users") ? "/who" : "/api/schemes/password", line);
        assertThat(response.status()).as("%s: %s", line, response).isEqualTo(401);
        assertThat(response.header("WWW-Authenticate")).containsExactly(Orders.BASIC);
        assertThat(Problem.of(response).code()).isEqualTo("credentials_invalid");
    }
}
