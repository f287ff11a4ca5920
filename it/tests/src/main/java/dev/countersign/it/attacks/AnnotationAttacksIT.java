package dev.countersign.it.attacks;

import static dev.countersign.it.wars.Configured.ADMIN;
import static dev.countersign.it.wars.Configured.ALICE;
import static dev.countersign.it.wars.Configured.BOB;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp;
import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Refusal;
import dev.countersign.it.Server;
import dev.countersign.it.Wars;
import dev.countersign.it.wars.Configured;
import dev.countersign.it.wars.Credentials;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** ANN-01 to ANN-18: an annotation is enforced wherever it stands, or the application does not start. */
@ExtendWith(ArquillianExtension.class)
public class AnnotationAttacksIT {
    private static final String NOBODY = "X-Nothing: sent";
    private static final int MEBIBYTE = 1024 * 1024;

    /** What was told of the application that must not start; every test asks for a part of it. */
    private static final AtomicReference<@Nullable String> REFUSAL = new AtomicReference<>();

    @ArquillianResource
    @OperateOnDeployment("annotated")
    @SuppressWarnings("NullAway.Init")
    private URL annotated;

    @Deployment(name = "annotated", testable = false)
    static WebArchive annotated() {
        return configured("annotated", "authenticated");
    }

    @Deployment(name = "annotated-deny", testable = false)
    static WebArchive denying() {
        return configured("annotated-deny", "deny");
    }

    private static WebArchive configured(String name, String unannotated) {
        WebArchive war = Configured.settings(
                Wars.listing(Wars.with(name, "counted", "annotated"), "dev.countersign.it.wars.annotated.Api"),
                """
                countersign.schemes = key, jwt
                countersign.default = key
                countersign.unannotated = %s
                countersign.scheme.key.type = api-key
                countersign.scheme.key.prefixes = sk_it_
                countersign.scheme.key.store = file:WEB-INF/keys.properties
                countersign.scheme.jwt.issuer = %s
                countersign.scheme.jwt.audience = %s
                countersign.scheme.jwt.algorithms = HS256
                countersign.scheme.jwt.keys = %s
                countersign.paths.early.pattern = /early
                countersign.paths.early.require = roles=admin
                """.formatted(unannotated, Credentials.ISSUER, Credentials.AUDIENCE, Credentials.TOKEN_KEY));
        return Configured.file(
                war,
                "keys.properties",
                Credentials.keyRecord("alice", "read", "")
                        + Credentials.keyRecord("bob", "", "")
                        + Credentials.keyRecord("root", "read write", "admin")
                        + Credentials.keyRecord("near", "readonly reader read:all Read READ rea bread", "")
                        + Credentials.keyRecord("shouting", "read", "ADMIN, administrator, adm"));
    }

    @Deployment(name = "annotated-wrong", managed = false, testable = false)
    static WebArchive wrong() {
        return Configured.keys(Wars.with("annotated-wrong", "counted", "annotatedwrong", "bypassroot"));
    }

    private Attacker annotatedWar() {
        return Attacker.at(annotated);
    }

    @Test
    void ANN_01_rules_of_superclasses_and_interfaces_are_enforced() throws IOException {
        only("GET", "/api/inheriting/role", "", ADMIN, ALICE);
        only("GET", "/api/inheriting/write", "", ADMIN, ALICE);
        only("GET", "/api/inheriting/default", "", ADMIN, ALICE);
        only("GET", "/api/inheriting/declared", "", ADMIN, ALICE);
    }

    @Test
    void ANN_02_a_rule_of_a_generic_supertype_is_enforced() throws IOException {
        only("POST", "/api/inheriting/generic", "text/plain", ADMIN, ALICE);
        only("POST", "/api/narrow/generic", "text/plain", ADMIN, BOB);
    }

    @Test
    void ANN_03_a_rule_on_what_is_never_called_stops_the_deployment(@ArquillianResource Deployer deployer)
            throws IOException {
        assertThat(refusal(deployer)).contains("HiddenResource.inside", "HiddenResource.neighbours");
        assertThat(refusal(deployer)).contains("HiddenResource.shared", "HiddenResource.helper");
    }

    @Test
    void ANN_04_what_is_inherited_without_a_rule_is_denied_where_that_is_the_default(
            @ArquillianResource @OperateOnDeployment("annotated-deny") URL deny) throws IOException {
        Attacker denying = Attacker.at(deny);
        for (String path : List.of("/api/inheriting/bare", "/api/on-nothing/nothing")) {
            for (String credential : List.of(NOBODY, ALICE, ADMIN)) {
                denying.refusedWith(403, "GET", denying.context() + path, credential);
                denying.refused("HEAD", denying.context() + path, credential);
            }
        }
        // A scope on the class is a rule, for inherited methods too.
        denying.refusedWith(403, "GET", denying.context() + "/api/narrow/bare", BOB);
        denying.reached(denying.context() + "/api/narrow/bare", ALICE);
        annotatedWar().refusedWith(401, "GET", "/annotated/api/inheriting/bare");
        annotatedWar().reached("/annotated/api/inheriting/bare", BOB);
    }

    @Test
    void ANN_06_a_malformed_entity_is_refused_unread() throws IOException {
        RawHttp http = annotatedWar().http();
        long before = annotatedWar().calls();
        for (String body : List.of("{", "no order", "", "\u0000")) {
            byte[] bytes = body.getBytes(UTF_8);
            refusedAs(401, http.request("POST", "/api/body", bytes, "Content-Type: application/json"));
            refusedAs(403, http.request("POST", "/api/body", bytes, "Content-Type: application/json", ALICE));
            refusedAs(401, http.request("POST", "/api/body/form", bytes, form()));
            refusedAs(401, http.request("POST", "/api/body/bytes", bytes, "Content-Encoding: gzip"));
        }
        assertThat(annotatedWar().calls()).isEqualTo(before);
        assertThat(http.request("POST", "/api/body", bytes("no order"), "Content-Type: application/json", ADMIN)
                        .status())
                .isEqualTo(400);
        assertThat(http.request("POST", "/api/body", bytes("{}"), "Content-Type: application/json", ADMIN)
                        .text())
                .isEqualTo("{}");
        assertThat(annotatedWar().calls()).isEqualTo(before + 3);
    }

    @Test
    void ANN_06_ten_megabytes_are_refused_before_they_are_sent() throws IOException {
        long before = annotatedWar().calls();
        RawHttp http = annotatedWar().http();
        List<String> early = Server.current().jaxrs().answersBeforeTheBody()
                ? List.of("/early", "/api/body", "/api/body/form", "/api/body/bytes")
                : List.of("/early");
        for (String path : early) {
            String type = path.endsWith("form") ? form() : "Content-Type: application/json";
            for (String framing : List.of(
                    "Content-Length: " + 10 * MEBIBYTE,
                    "Content-Length: " + 10 * MEBIBYTE + "\r\nExpect: 100-continue",
                    "Transfer-Encoding: chunked")) {
                // Nothing of the body comes, and the answer is there all the same. Jersey asks whether a form is empty
                // before it looks for a method: that takes one byte.
                boolean chunked = framing.startsWith("Transfer");
                boolean begins =
                        path.endsWith("form") || (chunked && Server.current().waitsForFirstChunk());
                String first = !begins ? "" : chunked ? "1\r\na\r\n" : "a";
                for (int status : List.of(401, 403)) {
                    String credential = status == 401 ? NOBODY : ALICE;
                    byte[] head = annotatedWar().raw("POST", "/annotated" + path, type, framing, credential);
                    byte[] sent = Arrays.copyOf(head, head.length + first.length());
                    System.arraycopy(bytes(first), 0, sent, head.length, first.length());
                    refusedAs(status, http.send(sent));
                }
            }
        }
        byte[] head = annotatedWar()
                .raw("POST", "/annotated/api/body", "Content-Type: application/json", "Content-Length: 10485760");
        byte[] whole = Arrays.copyOf(head, head.length + 10 * MEBIBYTE);
        try {
            refusedAs(401, http.send(whole));
        } catch (EOFException | SocketException e) {
            // A server may end the connection while the rest is still being sent.
            assertThat(e).isNotNull();
        }
        assertThat(annotatedWar().calls()).isEqualTo(before);
    }

    /** SPEC 2.2 and docs/annotations.md: what is asked for, by class and by method. */
    @Test
    void ANN_07_each_of_sixteen_combinations_is_as_the_table_says() throws IOException {
        Map<String, List<String>> table = Map.of(
                "nothing", List.of("caller", "open", "write", "nobody"),
                "permit", List.of("open", "open", "write", "nobody"),
                "require", List.of("read", "open", "write", "nobody"),
                "deny", List.of("nobody", "open", "write", "nobody"));
        List<String> methods = List.of("nothing", "permit", "require", "deny");
        Attacker attacker = annotatedWar();
        for (Map.Entry<String, List<String>> row : table.entrySet()) {
            for (int i = 0; i < methods.size(); i++) {
                String target = "/annotated/api/on-" + row.getKey() + "/" + methods.get(i);
                // The server knows no annotation of ours on a method, and so heeds that of its class.
                boolean isDenied = row.getKey().equals("deny")
                        && methods.get(i).equals("require")
                        && Server.current().enforcesDenyAll();
                String rule = isDenied ? "server" : row.getValue().get(i);
                List<Integer> expected = switch (rule) {
                    case "open" -> List.of(200, 200, 200, 200);
                    case "caller" -> List.of(401, 200, 200, 200);
                    case "read" -> List.of(401, 403, 200, 200);
                    case "write" -> List.of(401, 403, 403, 200);
                    case "server" -> List.of(401, 403, 403, 403);
                    default -> List.of(403, 403, 403, 403);
                };
                List<Integer> found = new ArrayList<>();
                for (String credential : List.of(NOBODY, BOB, ALICE, ADMIN)) {
                    if (expected.get(found.size()) == 200) {
                        attacker.reached(target, credential);
                        found.add(200);
                    } else {
                        found.add(attacker.refusedWith(expected.get(found.size()), "GET", target, credential)
                                .status());
                    }
                }
                assertThat(found).as(target).isEqualTo(expected);
            }
        }
    }

    @Test
    void ANN_08_the_nearest_of_one_type_counts_and_other_types_add_up() throws IOException {
        // The class asks for read, the inherited method for write or a role.
        only("GET", "/api/narrow/write", "", ALICE, BOB);
        only("GET", "/api/narrow/role", "", ADMIN, ALICE);
        only("GET", "/api/narrow/both", "", ADMIN, ALICE);
        only("GET", "/api/narrow/other", "", ADMIN, ALICE);
        only("GET", "/api/narrow/bare", "", ALICE, BOB);
    }

    @Test
    void ANN_09_a_requirement_that_requires_nothing_stops_the_deployment(@ArquillianResource Deployer deployer)
            throws IOException {
        for (String method : List.of("noScope", "emptyScope", "emptyScheme", "emptyPart", "noRole")) {
            assertThat(refusal(deployer)).contains("EmptyResource." + method);
        }
    }

    @Test
    void ANN_10_an_unknown_scheme_stops_the_deployment(@ArquillianResource Deployer deployer) throws IOException {
        for (String method : List.of("swapped", "upper", "second")) {
            assertThat(refusal(deployer)).contains("MisspeltResource." + method);
        }
        assertThat(refusal(deployer)).contains("kye", "KEY", "jtw");
    }

    @Test
    void ANN_11_nobody_has_any_role_or_scope() throws IOException {
        RawHttp http = annotatedWar().http();
        assertThat(http.get("/api/helpers").text()).isEqualTo("yes:");
        assertThat(http.get("/api/helpers", Credentials.keyField("unknown")).text())
                .isEqualTo("yes:");
        assertThat(http.get("/api/helpers", BOB).text()).doesNotContain("admin", "read", "null", "role.* ");
        assertThat(http.get("/api/helpers", Credentials.keyField("shouting")).text())
                .contains("caller.scope.read")
                .doesNotContain("admin", "null");
        assertThat(http.get("/api/helpers", ADMIN).text())
                .contains("security.role.admin", "request.role.admin", "caller.role.admin", "caller.scope.read");
    }

    @Test
    void ANN_13_an_object_that_the_application_registers_is_enforced() throws IOException {
        only("GET", "/api/instance", "", ADMIN, ALICE);
    }

    @Test
    void ANN_14_an_annotation_of_the_applications_own_stops_the_deployment(@ArquillianResource Deployer deployer)
            throws IOException {
        assertThat(refusal(deployer)).contains("AdminOnly", "ComposedResource");
    }

    @Test
    void ANN_15_each_of_several_methods_of_one_path_has_its_own_rule() throws IOException {
        only("POST", "/api/overload", "text/plain", ALICE, BOB);
        only("POST", "/api/overload", "application/octet-stream", ADMIN, ALICE);
        Attacker attacker = annotatedWar();
        assertThat(attacker.http().get("/api/overload", "Accept: text/plain").text())
                .isEqualTo("nothing secret");
        attacker.refusedWith(401, "GET", "/annotated/api/overload", "Accept: text/html");
        attacker.refusedWith(403, "GET", "/annotated/api/overload", "Accept: text/html", ALICE);
        attacker.reached("/annotated/api/overload", "Accept: text/html", ADMIN);
        for (String type : List.of(
                "text/plain;x=application/octet-stream",
                "TEXT/PLAIN",
                "application/octet-stream;a=text/plain",
                "Application/Octet-Stream",
                "text/html",
                "text/plain, application/octet-stream",
                "*/*",
                "x")) {
            long before = attacker.calls();
            RawResponse response =
                    attacker.http().request("POST", "/api/overload", bytes("x"), "Content-Type: " + type);
            assertThat(Attacker.problem(response)).as(type).isEmpty();
            assertThat(attacker.calls()).isEqualTo(before);
        }
        RawResponse untyped = attacker.http().request("POST", "/api/overload", bytes("x"));
        assertThat(Attacker.problem(untyped)).isEmpty();
    }

    @Test
    void ANN_17_a_scope_that_only_begins_or_ends_alike_is_another_scope() throws IOException {
        Attacker attacker = annotatedWar();
        attacker.reached("/annotated/api/scope", token("\"scope\":\"read\""));
        attacker.reached("/annotated/api/scope", token("\"scope\":\"write read\""));
        attacker.reached("/annotated/api/scope", token("\"scope\":[\"write\",\"read\"]"));
        for (String scope : List.of("readonly", "read:all", "rea", "bread", "reader", "re ad", "read.", "*", "read*")) {
            lacks("\"scope\":\"" + scope + "\"");
            lacks("\"scope\":[\"" + scope.replace(" ", "\",\"") + "\"]");
        }
        attacker.refusedWith(403, "GET", "/annotated/api/scope", Credentials.keyField("near"));
        // Roles are compared as scopes are.
        attacker.refusedWith(403, "GET", "/annotated/api/inheriting/role", Credentials.keyField("shouting"));
    }

    @Test
    void ANN_18_a_scope_with_odd_white_space_or_in_another_case_is_another_scope() throws IOException {
        for (String scope : List.of(
                "read,write",
                "read;write",
                "read\\twrite",
                "read\\n",
                "\\u00a0read",
                "read\\u00a0write",
                "read\\u2003",
                "read\\u0000",
                "READ",
                "Read",
                "\\\"read\\\"",
                "read%20write",
                "\\uff52ead",
                "",
                " ")) {
            lacks("\"scope\":\"" + scope + "\"");
            lacks("\"scp\":\"" + scope + "\"");
        }
        for (String claim : List.of(
                "\"scope\":true",
                "\"scope\":null",
                "\"scope\":1",
                "\"scope\":{\"read\":true}",
                "\"scope\":[[\"read\"]]",
                "\"scope\":[null]",
                "\"SCOPE\":\"read\"",
                "\"scopes\":\"read\"",
                "\"scope\":\"write\",\"scp\":\"read\"",
                "\"scope\":\"write\",\"scope\":\"read\"")) {
            RawResponse response = annotatedWar().refused("GET", "/annotated/api/scope", token(claim));
            assertThat(response).as(claim).isNotNull();
        }
    }

    /** A token with this claim is good, but not good enough. */
    private void lacks(String claim) throws IOException {
        RawResponse response = annotatedWar().refused("GET", "/annotated/api/scope", token(claim));
        assertThat(response).as(claim).isNotNull();
        if (response != null) {
            assertThat(response.status()).as(claim).isIn(401, 403);
            assertThat(response.header("WWW-Authenticate").toString())
                    .as(claim)
                    .contains("error=\"" + (response.status() == 403 ? "insufficient_scope" : "invalid_token") + "\"");
        }
    }

    private static String token(String claim) {
        return "Authorization: Bearer " + Credentials.tokenWith("alice", claim);
    }

    /** Nobody is challenged, one caller is refused, and the other reaches what is protected. */
    private void only(String method, String path, String type, String admitted, String refused) throws IOException {
        Attacker attacker = annotatedWar();
        byte[] body = method.equals("GET") ? null : bytes("x");
        String line = type.isEmpty() ? NOBODY : "Content-Type: " + type;
        long before = attacker.calls();
        refusedAs(401, attacker.http().request(method, path, body, line));
        refusedAs(403, attacker.http().request(method, path, body, line, refused));
        assertThat(attacker.calls()).isEqualTo(before);
        RawResponse response = attacker.http().request(method, path, body, line, admitted);
        assertThat(response.text()).as("%s", response).isEqualTo(Attacker.MARKER);
    }

    private static void refusedAs(int status, RawResponse response) {
        assertThat(response.status()).as("%s", response).isEqualTo(status);
        assertThat(Attacker.problem(response)).isEmpty();
    }

    private static String refusal(Deployer deployer) throws IOException {
        String told = REFUSAL.get();
        if (told == null) {
            told = Refusal.of(deployer, "annotated-wrong", "AdminOnly", "HiddenResource.inside", "jtw");
            REFUSAL.set(told);
        }
        return told;
    }

    private static String form() {
        return "Content-Type: application/x-www-form-urlencoded";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
