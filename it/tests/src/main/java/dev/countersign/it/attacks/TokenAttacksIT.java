package dev.countersign.it.attacks;

import static dev.countersign.it.Credentials.bearer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.it.Orders;
import dev.countersign.it.Problem;
import dev.countersign.it.RawHttp;
import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Tokens;
import dev.countersign.it.Vectors;
import dev.countersign.it.Wars;
import dev.countersign.it.wars.Configured;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every token of {@code vectors/jose/attack-tokens.json}, sent to a WAR with the configuration of that file and its clock,
 * each by the test of the attack that it belongs to; and fresh tokens for the main WAR, where a vector would stop at the
 * server. What is longer than servers let a field be is refused by them, by closing the connection in some cases.
 */
@ExtendWith(ArquillianExtension.class)
public class TokenAttacksIT {
    private static final String VECTORS = "jose/attack-tokens.json";
    private static final String ISSUER = "https://issuer.test/";

    /** A status of our own: the connection was closed without an answer. */
    private static final int CLOSED = 0;

    /** Longer field lines may be refused by the server instead of us. */
    private static final int SERVERS_LIMIT = 7000;

    /** The tokens of each attack; what only looks odd, and is accepted, is here too. */
    private static final Map<String, List<String>> TOKENS = new LinkedHashMap<>();

    static {
        attack("JWT-01", "alg-none alg-None alg-NONE alg-nOnE alg-none-with-kid-and-sig alg-missing alg-null");
        attack("JWT-01", "alg-number alg-array alg-lower empty-sig");
        attack("JWT-02", "hs256-with-public-pem hs256-with-public-pem-trimmed hs256-with-public-pem-no-newlines");
        attack("JWT-02", "hs256-with-public-pkcs1 hs256-with-public-der hs256-with-public-jwk hs256-with-public-n");
        attack("JWT-02", "hs256-with-public-n-text hs256-with-public-empty hs256-with-public-kid hs256-with-ec-x");
        attack("JWT-03", "es256-zero es256-der es256-sig-65 sig-other-token payload-swapped");
        attack("JWT-04", "jwk-embedded jwk-embedded-known-kid x5c-garbage signed-by-stranger-known-kid");
        attack("JWT-05", "jku jku-prefix-trick x5u kid-url");
        attack(
                "JWT-06",
                "kid-unknown kid-missing-many-keys kid-traversal kid-sql kid-number kid-object kid-crlf kid-10k");
        attack(
                "JWT-07",
                "aud-array aud-missing aud-other aud-substring aud-prefix aud-case aud-empty-array aud-number");
        attack("JWT-07", "aud-comma-list aud-null-in-array");
        attack("JWT-08", "iss-missing iss-other iss-slash iss-case iss-array iss-prefix");
        attack("JWT-09", "second-issuer other-issuers-key other-issuers-key-kid-collision");
        attack("JWT-10", "typ-upper typ-full typ-dpop typ-logout typ-secevent id-token-as-access-token typ-missing");
        attack("JWT-10", "cty-jwt-nested");
        attack("JWT-11", "crit-unknown crit-empty crit-absent-name crit-string crit-registered b64-false");
        attack("JWT-11", "unknown-header-ignored");
        attack("JWT-12", "dup-alg dup-alg-2 dup-sub dup-exp dup-escaped-sub");
        attack("JWT-13", "payload-deep header-deep");
        attack(
                "JWT-14",
                "zip-def-not-compressed zip-def-compressed zip-def-bomb zip-def-zlib-wrapped zip-gzip-compressed");
        attack(
                "JWT-16",
                "claims-100k many-members huge-number dots one-word two-parts four-parts five-parts-jwe-shape");
        attack("JWT-17", "exp-float exp-string exp-null exp-1e400 exp-huge exp-negative exp-object nbf-string");
        attack("JWT-18", "exp-missing exp-milliseconds lifetime-too-long no-iat no-jti");
        attack("JWT-19", "exp-inside-leeway nbf-inside-leeway expired expired-long nbf-future iat-future");
        attack("JWT-20", "header-whitespace padding std-alphabet space-inside newline-end unused-bits bearer-bearer");
        attack("JWT-21", "payload-array payload-null payload-string payload-empty payload-trailing payload-comment");
        attack("JWT-21", "payload-single-quotes payload-nan payload-bad-utf8 payload-utf16 payload-bom");
        attack("JWT-22", "rs256-key-as-ps256 alg-not-allowed-rs384 eddsa-on-es-key use-enc-key weak-1024");
        attack("JWT-23", "cnf-jkt-as-bearer cnf-x5t-no-cert cnf-unknown");
        attack("JWT-24", "revoked-jti revoked-subject-before revoked-subject-after");
        attack("JWT-28", "json-serialisation");
        attack("JWT-30", "unknown-claims scope-missing scope-substring scope-comma scope-array scope-case scope-tab");
        attack("JWT-31", "sub-missing sub-empty sub-number sub-control-characters");
        attack("JWT-32", "ok-RS256 ok-PS256 ok-ES256 ok-EdDSA");
    }

    /** The servlet whose scope each of these must not grant. */
    private static final Map<String, String> NOT_GRANTED = Map.of(
            "scope-missing", "/read",
            "scope-substring", "/read",
            "scope-comma", "/read",
            "scope-case", "/read",
            "scope-tab", "/admin");

    @ArquillianResource
    @OperateOnDeployment("tokens")
    @SuppressWarnings("NullAway.Init")
    private URL tokensBase;

    @ArquillianResource
    @OperateOnDeployment("main")
    @SuppressWarnings("NullAway.Init")
    private URL mainBase;

    @SuppressWarnings("NullAway.Init")
    private RawHttp http;

    @SuppressWarnings("NullAway.Init")
    private Orders orders;

    @SuppressWarnings("NullAway.Init")
    private Map<String, Map<String, Object>> vectors;

    private static void attack(String row, String ids) {
        TOKENS.merge(
                row,
                List.of(ids.split(" ", -1)),
                (before, more) -> Stream.of(before, more).flatMap(List::stream).toList());
    }

    @Deployment(name = "main", testable = false)
    static WebArchive main() {
        return Wars.main();
    }

    @Deployment(name = "tokens", testable = false)
    static WebArchive tokens() throws IOException {
        Map<String, Object> config = Vectors.object(Vectors.member(Vectors.object(Vectors.read(VECTORS)), "config"));
        StringBuilder settings = new StringBuilder("""
                countersign.schemes = issuer, other
                countersign.default = issuer, other
                countersign.realm = orders
                """);
        WebArchive war = AttackedWars.with("tokens", "");
        Map<String, Object> issuers = Vectors.object(Vectors.member(config, "issuers"));
        for (Map.Entry<String, Object> issuer : issuers.entrySet()) {
            String name = issuer.getKey().equals(ISSUER) ? "issuer" : "other";
            settings.append("""
                    countersign.scheme.%1$s.type = jwt
                    countersign.scheme.%1$s.issuer = %2$s
                    countersign.scheme.%1$s.audience = %3$s
                    countersign.scheme.%1$s.algorithms = %4$s
                    countersign.scheme.%1$s.clock-skew = PT%5$sS
                    countersign.scheme.%1$s.typ = %6$s
                    countersign.scheme.%1$s.max-lifetime = PT%7$sS
                    countersign.scheme.%1$s.keys = ${file:WEB-INF/%1$s.json}
                    """.formatted(
                            name,
                            issuer.getKey(),
                            Vectors.text(config, "audience"),
                            String.join(", ", texts(Vectors.member(config, "allowed_algorithms"))),
                            Vectors.member(config, "leeway_seconds"),
                            Vectors.text(config, "required_typ"),
                            Vectors.member(config, "max_lifetime_seconds")));
            Configured.file(war, name + ".json", Vectors.format(issuer.getValue()));
        }
        Configured.settings(war, settings.toString());
        return Configured.webXml(war, """
                <context-param>
                  <param-name>attacks.now</param-name>
                  <param-value>%s</param-value>
                </context-param>
                """.formatted(Vectors.member(config, "now")));
    }

    private static List<String> texts(Object list) {
        return Vectors.list(list).stream().map(String::valueOf).toList();
    }

    @BeforeEach
    void open() throws IOException {
        http = RawHttp.to(tokensBase);
        orders = Orders.at(mainBase);
        vectors = new LinkedHashMap<>();
        for (Object value : Vectors.list(Vectors.member(Vectors.object(Vectors.read(VECTORS)), "tokens"))) {
            vectors.put(Vectors.text(Vectors.object(value), "id"), Vectors.object(value));
        }
    }

    @Test
    void every_token_of_the_vectors_belongs_to_a_test() {
        List<String> sent = TOKENS.values().stream().flatMap(List::stream).toList();
        assertThat(vectors).hasSize(161);
        assertThat(sent).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(vectors.keySet());
    }

    @Test
    void JWT_01_no_token_without_a_signature_gets_in() throws IOException {
        sendAll("JWT-01");
        for (String alg : List.of("none", "None", "nOnE", "")) {
            invalid(Tokens.granting("orders:read").algorithm(alg).signed());
        }
        String plain = Tokens.granting("orders:read").unsigned();
        invalid(plain);
        invalid(plain + "x");
        // An encrypted token around an unsigned one: five parts, and no key decrypts.
        invalid(plain.substring(0, plain.indexOf('.')) + "." + plain + ".x.y");
    }

    @Test
    void JWT_02_no_public_key_is_a_secret() throws IOException {
        sendAll("JWT-02");
    }

    @Test
    void JWT_03_no_empty_or_foreign_signature_is_good() throws IOException {
        sendAll("JWT-03");
        String good = Tokens.granting("orders:read").signed();
        String content = good.substring(0, good.lastIndexOf('.') + 1);
        for (int zeros : List.of(0, 1, 63, 64, 65, 72, 132)) {
            invalid(content + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[zeros]));
        }
    }

    @Test
    void JWT_04_no_key_is_taken_from_the_token() throws IOException {
        sendAll("JWT-04");
        // The key that signs here, in the token.
        invalid(Tokens.granting("orders:read")
                .header(
                        "jwk",
                        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"htQOEpqiGxs3YyuMXIdVCalmxAbcgJ2igemYZPCT860\","
                                + "\"y\":\"_WH7fDlIItpqHQjRn7xZP2h0lE55MwqwSGr5BAKeU1k\"}")
                .signedByStranger());
    }

    @Test
    void JWT_05_no_address_in_a_token_is_asked() throws IOException {
        sendAll("JWT-05");
        try (ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "\"http://127.0.0.1:" + listening.getLocalPort() + "/keys.json\"";
            for (String parameter : List.of("jku", "x5u", "kid", "iss", "x5t", "url")) {
                invalid(Tokens.granting("orders:read").header(parameter, url).signedByStranger());
                // With a signature that is good such a parameter says nothing.
                Tokens known = Tokens.granting("orders:read").header("jku", url).header("x5u", url);
                assertThat(orders.admitted("/api/orders", bearer(known.signed())))
                        .isEqualTo("orders of sue");
            }
            invalid(Tokens.granting("orders:read")
                    .kid(url.replace("\"", ""))
                    .header("jku", url)
                    .signedByStranger());
            invalid(Tokens.granting("orders:read").json("iss", url).signed());
            listening.setSoTimeout(200);
            assertThatThrownBy(listening::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void JWT_06_a_key_id_is_a_name_and_nothing_else() throws IOException {
        sendAll("JWT-06");
        for (String kid : List.of(
                "../../../../etc/passwd",
                "/dev/null",
                "file:///etc/passwd",
                "' OR '1'='1",
                "*",
                "it-1\\u0000",
                "",
                "it-1/../it-1",
                "IT-1",
                "it-1 ",
                "${jndi:ldap://127.0.0.1:1/x}",
                "a\\r\\nb",
                "x".repeat(3000))) {
            invalid(Tokens.granting("orders:read").kid(kid).signed());
        }
    }

    @Test
    void JWT_07_a_token_for_another_audience_is_refused() throws IOException {
        sendAll("JWT-07");
    }

    @Test
    void JWT_08_a_token_of_another_issuer_is_refused() throws IOException {
        sendAll("JWT-08");
    }

    @Test
    void JWT_09_each_issuer_has_its_own_keys() throws IOException {
        sendAll("JWT-09");
        invalid(Tokens.ofPartner().claim("iss", Tokens.ISSUER).signed());
        invalid(Tokens.ofPartner().claim("iss", Tokens.ISSUER).kid("it-1").signed());
    }

    @Test
    void JWT_10_a_token_of_another_kind_is_refused() throws IOException {
        sendAll("JWT-10");
        for (String type : List.of("dpop+jwt", "logout+jwt", "secevent+jwt", "JWE", "application/dpop+jwt", "at")) {
            invalid(Tokens.granting("orders:read")
                    .header("typ", '"' + type + '"')
                    .signed());
        }
    }

    @Test
    void JWT_11_what_must_be_understood_and_is_not_refuses_the_token() throws IOException {
        sendAll("JWT-11");
        for (String crit : List.of("[]", "[\"exp\"]", "[\"b64\"]", "\"b64\"", "null", "{}")) {
            invalid(Tokens.granting("orders:read").header("crit", crit).signed());
        }
    }

    @Test
    void JWT_12_a_member_that_stands_twice_refuses_the_token() throws IOException {
        sendAll("JWT-12");
        invalid(Tokens.granting("orders:read").header("alg", "\"ES256\"").signed());
        invalid(Tokens.granting("orders:read").json("s\\u0075b", "\"root\"").signed());
    }

    @Test
    void JWT_13_deep_nesting_is_refused_before_it_hurts() throws IOException {
        sendAll("JWT-13");
        for (int depth : List.of(40, 500, 2000)) {
            String nested = "[".repeat(depth) + "]".repeat(depth);
            invalid(Tokens.granting("orders:read").json("deep", nested).signed());
            invalid(Tokens.granting("orders:read").header("deep", nested).signed());
            invalid(Tokens.granting("orders:read")
                    .json("open", "[".repeat(depth))
                    .signed());
        }
        assertThat(orders.admitted(
                        "/api/orders",
                        bearer(Tokens.granting("orders:read")
                                .json("deep", "[[[[]]]]")
                                .signed())))
                .isEqualTo("orders of sue");
    }

    @Test
    void JWT_14_a_compressed_token_is_refused_without_inflating_it() throws IOException {
        sendAll("JWT-14");
        for (String zip : List.of("\"DEF\"", "\"GZIP\"", "null", "[]")) {
            invalid(Tokens.granting("orders:read").header("zip", zip).signed());
        }
    }

    @Test
    void JWT_15_a_password_based_key_is_never_derived() throws IOException {
        for (String alg : List.of("PBES2-HS256+A128KW", "PBES2-HS512+A256KW", "dir", "A128KW", "ECDH-ES", "RSA1_5")) {
            Tokens token = Tokens.granting("orders:read")
                    .algorithm(alg)
                    .header("enc", "\"A128GCM\"")
                    .header("p2c", "2147483647")
                    .header("p2s", "\"AAAAAAAAAAAAAAAAAAAAAA\"");
            invalid(token.signed());
            // The five parts of an encrypted token.
            String header = token.signed();
            invalid(header.substring(0, header.indexOf('.')) + ".AAAA.AAAA.AAAA.AAAA");
        }
    }

    @Test
    void JWT_16_oversized_tokens_and_thousands_of_dots_are_refused() throws IOException {
        sendAll("JWT-16");
        for (int dots : List.of(3, 4, 5, 100, 6000)) {
            assertThat(status("/api/orders", orders.http(), ".".repeat(dots))).isIn(400, 401);
            assertThat(status("/api/orders", orders.http(), "e30" + ".e30".repeat(Math.min(dots, 1500))))
                    .isIn(400, 401);
        }
        assertThat(status("/api/orders", orders.http(), ".".repeat(1 << 20))).isIn(CLOSED, 400, 401, 413, 431);
        assertThat(status("/api/orders", orders.http(), "A".repeat(100_000))).isIn(CLOSED, 400, 401, 413, 431);
    }

    @Test
    void JWT_17_times_are_numbers_and_nothing_else() throws IOException {
        sendAll("JWT-17");
        for (String time :
                List.of("\"9999999999\"", "null", "{}", "[]", "true", "1e400", "99999999999999999999", "-1")) {
            invalid(Tokens.granting("orders:read").json("exp", time).signed());
        }
    }

    @Test
    void JWT_18_a_token_that_never_ends_is_refused() throws IOException {
        sendAll("JWT-18");
    }

    @Test
    void JWT_19_expiry_and_start_have_a_leeway_and_no_more() throws IOException {
        sendAll("JWT-19");
        long now = Instant.now().getEpochSecond();
        // The main WAR has thirty seconds; these leave a request ten of them.
        assertThat(statusOf(Tokens.granting("orders:read").number("exp", now - 15)))
                .isEqualTo(200);
        assertThat(statusOf(Tokens.granting("orders:read").number("exp", now - 31)))
                .isEqualTo(401);
        assertThat(statusOf(Tokens.granting("orders:read").number("nbf", now + 15)))
                .isEqualTo(200);
        assertThat(statusOf(Tokens.granting("orders:read").number("nbf", now + 50)))
                .isEqualTo(401);
    }

    @Test
    void JWT_20_a_token_has_one_spelling() throws IOException {
        sendAll("JWT-20");
        String good = Tokens.granting("orders:read").signed();
        for (String other : List.of(good + "=", good + "==", good + ".", "." + good, good.replace(".", ". "))) {
            assertThat(status("/api/orders", orders.http(), other)).as(other).isIn(400, 401);
        }
    }

    @Test
    void JWT_21_claims_are_one_object_of_json_in_utf_8() throws IOException {
        sendAll("JWT-21");
    }

    @Test
    void JWT_22_a_key_is_used_for_what_it_was_published_for() throws IOException {
        sendAll("JWT-22");
        for (String alg : List.of("ES384", "ES512", "HS256", "RS256", "PS256", "EdDSA", "es256")) {
            invalid(Tokens.granting("orders:read").algorithm(alg).signed());
        }
    }

    @Test
    void JWT_23_a_token_bound_to_a_key_is_no_bearer_token() throws IOException {
        sendAll("JWT-23");
        for (String confirmation : List.of("{\"jkt\":\"x\"}", "{\"x5t#S256\":\"x\"}", "{}", "null", "\"x\"")) {
            assertThat(statusOf(Tokens.granting("orders:read").json("cnf", confirmation)))
                    .as(confirmation)
                    .isEqualTo(401);
        }
    }

    @Test
    void JWT_24_a_revoked_token_is_refused_at_once() throws IOException {
        String issuer = "issuer=" + URLEncoder.encode(ISSUER, UTF_8);
        assertThat(send("revoked-jti").status()).isEqualTo(200);
        assertThat(http.get("/revoke?" + issuer + "&jti=another-token").text()).isEqualTo("revoked");
        assertThat(send("revoked-jti").status()).isEqualTo(200);
        Map<String, Object> policy = Vectors.object(Vectors.member(vector("revoked-jti"), "policy"));
        for (String id : texts(Vectors.member(policy, "revoked_jti"))) {
            assertThat(http.get("/revoke?" + issuer + "&jti=" + id).text()).isEqualTo("revoked");
        }
        assertThat(send("revoked-jti").status()).isEqualTo(401);

        assertThat(send("revoked-subject-before").status()).isEqualTo(200);
        Map<String, Object> subjects = Vectors.object(Vectors.member(
                Vectors.object(Vectors.member(vector("revoked-subject-before"), "policy")), "revoked_subjects"));
        for (Map.Entry<String, Object> subject : subjects.entrySet()) {
            http.get("/revoke?" + issuer + "&subject=" + subject.getKey() + "&before=" + subject.getValue());
        }
        sendAll("JWT-24");
    }

    @Test
    void JWT_28_the_json_forms_of_a_signature_are_no_token() throws IOException {
        sendAll("JWT-28");
        String good = Tokens.granting("orders:read").signed();
        String[] parts = good.split("\\.", -1);
        String general = "{\"payload\":\"" + parts[1] + "\",\"signatures\":[{\"protected\":\"" + parts[0]
                + "\",\"signature\":\"" + parts[2] + "\"}]}";
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(general.getBytes(UTF_8));
        assertThat(status("/api/orders", orders.http(), general)).isEqualTo(400);
        assertThat(status("/api/orders", orders.http(), encoded)).isEqualTo(401);
    }

    @Test
    void JWT_30_claims_that_nobody_mapped_grant_nothing() throws IOException {
        sendAll("JWT-30");
        assertThat(send("unknown-claims").text()).contains("admin=false");
        Tokens boasting = Tokens.granting("orders:read")
                .json("groups", "[\"clerk\",\"admin\"]")
                .json("role", "\"clerk\"")
                .json("realm_access", "{\"roles\":[\"clerk\"]}")
                .json("authorities", "[\"clerk\"]")
                .json("permissions", "[\"orders:write\"]")
                .json("is_admin", "\"true\"");
        String token = boasting.signed();
        assertThat(orders.admitted("/api/caller", bearer(token)))
                .contains("clerk=false admin=false scopes=[orders:read]");
        assertThat(orders.refused(403, List.of(), "/api/orders/clerk", bearer(token))
                        .code())
                .isEqualTo("insufficient_role");
    }

    @Test
    void JWT_31_a_subject_names_somebody() throws IOException {
        sendAll("JWT-31");
        for (String subject : List.of("\"\"", "7", "null", "[]", "[\"alice\"]", "{}", "true")) {
            invalid(Tokens.granting("orders:read").json("sub", subject).signed());
        }
        RawResponse odd = orders.http()
                .get(
                        "/api/orders",
                        bearer(Tokens.granting("orders:read")
                                .json("sub", "\"a\\r\\nX-Injected: yes\\u001b[31m\"")
                                .signed()));
        assertThat(odd.status()).isIn(200, 401);
        assertThat(odd.header("X-Injected")).isEmpty();
    }

    @Test
    void JWT_32_each_algorithm_accepts_its_own_signature_alone() throws IOException {
        sendAll("JWT-32");
        for (String id : TOKENS.getOrDefault("JWT-32", List.of())) {
            String token = Vectors.text(vector(id), "token");
            int dot = token.lastIndexOf('.');
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
            for (byte[] other : List.of(
                    Arrays.copyOf(signature, signature.length - 1),
                    Arrays.copyOf(signature, signature.length + 1),
                    flipped(signature, 0),
                    flipped(signature, signature.length - 1),
                    new byte[signature.length])) {
                String changed = token.substring(0, dot + 1)
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(other);
                assertThat(status("/who", http, changed)).as(id).isEqualTo(401);
            }
        }
    }

    private static byte[] flipped(byte[] bytes, int index) {
        byte[] copy = bytes.clone();
        copy[index] ^= 1;
        return copy;
    }

    /** Sends each token of an attack twice: what is remembered of the first time must not change the answer. */
    private void sendAll(String attack) throws IOException {
        for (String id : TOKENS.getOrDefault(attack, List.of())) {
            for (int i = 0; i < 2; i++) {
                judge(id);
            }
        }
    }

    private void judge(String id) throws IOException {
        String expect = Vectors.text(vector(id), "expect");
        String token = Vectors.text(vector(id), "token");
        if (token.length() > SERVERS_LIMIT) {
            assertThat(status("/who", http, token))
                    .as(id)
                    .isIn(
                            expect.equals("either")
                                    ? List.of(CLOSED, 200, 400, 401, 413, 431)
                                    : List.of(CLOSED, 400, 401, 413, 431));
            return;
        }
        RawResponse response = send(id);
        if (expect.equals("accept") || response.status() == 200) {
            assertThat(expect).as(id).isIn("accept", "either");
            assertThat(response.status()).as("%s: %s", id, response).isEqualTo(200);
            String ungranted = NOT_GRANTED.get(id);
            int scoped = status(ungranted == null ? "/read" : ungranted, http, token);
            assertThat(scoped).as(id).isEqualTo(ungranted == null ? 200 : 403);
            return;
        }
        assertThat(expect).as(id).isIn("reject", "either");
        assertThat(response.status()).as("%s: %s", id, response).isIn(400, 401);
        assertThat(response.toString()).doesNotContain("Exception").doesNotContain("dev.countersign");
        if (response.status() == 401) {
            String description = id.startsWith("expired") ? "The access token expired" : "The access token is invalid";
            assertThat(response.header("WWW-Authenticate"))
                    .as(id)
                    .containsExactly("Bearer realm=\"orders\", " + Orders.error("invalid_token", description));
            assertThat(Problem.of(response).code())
                    .isEqualTo(id.startsWith("expired") ? "token_expired" : "token_invalid");
        }
    }

    private Map<String, Object> vector(String id) {
        return Vectors.object(Vectors.member(new LinkedHashMap<>(vectors), id));
    }

    private RawResponse send(String id) throws IOException {
        return http.get("/who", bearer(Vectors.text(vector(id), "token")));
    }

    /** A token for the main WAR, refused as every bad one is. */
    private void invalid(String token) throws IOException {
        List<String> challenges = new ArrayList<>(Orders.ALL_READ);
        challenges.set(
                1,
                Orders.bearer("scope=\"orders:read\"", Orders.error("invalid_token", "The access token is invalid")));
        assertThat(orders.refused(401, challenges, "/api/orders", bearer(token)).code())
                .isEqualTo("token_invalid");
    }

    private int statusOf(Tokens token) throws IOException {
        return status("/api/orders", orders.http(), token.signed());
    }

    private static int status(String path, RawHttp to, String token) throws IOException {
        try {
            return to.get(path, bearer(token)).status();
        } catch (EOFException | SocketException e) {
            return CLOSED;
        }
    }
}
