package dev.countersign.it.attacks;

import static dev.countersign.it.wars.Configured.ADMIN;
import static dev.countersign.it.wars.Configured.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Refusal;
import dev.countersign.it.Server;
import dev.countersign.it.Wars;
import dev.countersign.it.wars.Configured;
import dev.countersign.it.wars.Credentials;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** METH-01 to METH-07: a rule holds whatever the method of the request is. */
@ExtendWith(ArquillianExtension.class)
public class MethodAttacksIT {
    /** A resource, a servlet by prefix and by extension, a servlet without a pattern, and a file. */
    private static final List<String> PROTECTED =
            List.of("/api/admin/x", "/shut/a", "/y.x", "/options", "/", "/note.txt");

    /** Else Jersey would describe itself where it can, which is refused to everybody. */
    private static final String TEXT = "Accept: text/plain";

    private static final String ORIGIN = "Origin: https://app.example.com";

    @ArquillianResource
    @OperateOnDeployment("methods")
    @SuppressWarnings("NullAway.Init")
    private URL base;

    @Deployment(name = "methods", testable = false)
    static WebArchive methods() {
        return war("methods");
    }

    @Deployment(name = "methods-fresh", managed = false, testable = false)
    static WebArchive fresh() {
        return war("methods-fresh");
    }

    @Deployment(name = "methods-twice", managed = false, testable = false)
    static WebArchive twice() {
        return Configured.keys(
                Wars.plain("methods-twice", "counted"),
                "countersign.paths.one.pattern = *.x",
                "countersign.paths.one.require = roles=admin",
                "countersign.paths.two.pattern = *.x",
                "countersign.paths.two.require = permit");
    }

    private static WebArchive war(String name) {
        return Configured.keys(
                        Wars.listing(
                                Wars.with(name, "counted", "paths", "dispatched"),
                                "dev.countersign.it.wars.dispatched.Api"),
                        "countersign.paths.shut.pattern = /shut/*",
                        "countersign.paths.shut.require = roles=admin",
                        "countersign.paths.x.pattern = *.x",
                        "countersign.paths.x.require = roles=admin",
                        "countersign.paths.note.pattern = /note.txt",
                        "countersign.paths.note.require = roles=admin")
                .addAsWebResource(new StringAsset(Attacker.MARKER), "note.txt");
    }

    private Attacker attacker() {
        return Attacker.at(base);
    }

    @Test
    void METH_01_head_needs_what_get_needs_and_tells_no_length() throws IOException {
        for (String path : PROTECTED) {
            for (String credential : List.of("X-Nothing: sent", Credentials.keyField("unknown"))) {
                RawResponse refused = attacker().refusedWith(401, "HEAD", "/methods" + path, credential);
                assertThat(refused.body()).isEmpty();
                assertThat(refused.header("Content-Length")).doesNotContain(String.valueOf(Attacker.MARKER.length()));
                assertThat(refused.header("ETag")).isEmpty();
                assertThat(refused.header("Last-Modified")).isEmpty();
            }
            long before = attacker().calls();
            RawResponse admitted = attacker().send("HEAD", "/methods" + path, ADMIN);
            assertThat(admitted).isNotNull();
            if (admitted != null) {
                assertThat(admitted.status()).as(path).isEqualTo(200);
                assertThat(admitted.body()).isEmpty();
            }
            assertThat(attacker().calls()).isGreaterThanOrEqualTo(before);
        }
    }

    @Test
    void METH_02_options_is_refused_unless_it_is_a_preflight_that_runs_nothing() throws IOException {
        for (String path : PROTECTED) {
            attacker().refusedWith(401, "OPTIONS", "/methods" + path, TEXT);
            attacker().refusedWith(401, "OPTIONS", "/methods" + path, TEXT, ORIGIN);
            attacker().refusedWith(401, "OPTIONS", "/methods" + path, TEXT, "Access-Control-Request-Method: GET");
            RawResponse allowed = attacker().refused("OPTIONS", "/methods" + path);
            assertThat(allowed).isNotNull();
            if (allowed != null) {
                assertThat(allowed.header("Allow")).isEmpty();
            }
            long before = attacker().calls();
            RawResponse preflight =
                    attacker().send("OPTIONS", "/methods" + path, ORIGIN, "Access-Control-Request-Method: GET");
            Attacker.tellsNothing(preflight);
            assertThat(attacker().calls()).as(path).isEqualTo(before);
        }
        // What answers OPTIONS with a method of the application is judged, preflight or not.
        for (String path : List.of("/options", "/shut/a", "/y.x", "/")) {
            attacker().refusedWith(401, "OPTIONS", "/methods" + path, ORIGIN, "Access-Control-Request-Method: GET");
        }
        Attacker.tellsNothing(attacker().send("OPTIONS", "*"));
    }

    @Test
    void METH_03_trace_is_refused_and_echoes_nothing_whatever_is_asked_for() throws IOException {
        for (String path : List.of("/api/admin/x", "/api/public/ok", "/shut/a", "/note.txt", "/relay", "/unknown")) {
            for (String line : List.of(ADMIN, "Authorization: Basic c2VjcmV0OnNlY3JldA==", "Cookie: a=secret")) {
                RawResponse response = attacker().refused("TRACE", "/methods" + path, line);
                assertThat(response).isNotNull();
                if (response != null) {
                    // Ours is 405; a server may refuse it before any filter, Jetty with 403.
                    assertThat(response.status())
                            .as("%s %s %s", path, line, response)
                            .isIn(403, 405);
                    assertThat(response.toString()).doesNotContain(line.substring(line.indexOf(':') + 2));
                }
            }
        }
    }

    @Test
    void METH_04_an_odd_method_has_the_rule_of_its_path() throws IOException {
        long before = attacker().calls();
        for (String path : PROTECTED) {
            for (String method : List.of(
                    "GETX",
                    "get",
                    "Get",
                    "gET",
                    "PROPFIND",
                    "G",
                    "GET2",
                    "QUERY",
                    "LOCK",
                    "DEBUG",
                    "PATCH",
                    "PUT",
                    "DELETE",
                    "POST",
                    "HEADER",
                    "options",
                    "trace",
                    "Post")) {
                for (String credential : List.of("X-Nothing: sent", ALICE)) {
                    RawResponse response = attacker().send(method, "/methods" + path, credential);
                    if (response == null || response.status() == 501) {
                        continue;
                    }
                    // A caller without the role may be told that there is no such method, or get what callers get.
                    boolean forCallers = credential.equals(ALICE)
                            && (List.of("/options", "/").contains(path) || isOptions(method));
                    if (!forCallers) {
                        assertThat(Attacker.problem(response))
                                .as("%s %s", method, path)
                                .isEmpty();
                    }
                }
                if (!List.of("/options", "/").contains(path)) {
                    assertThat(attacker().calls()).as("%s %s", method, path).isEqualTo(before);
                }
                before = attacker().calls();
            }
        }
        Attacker.tellsNothing(attacker().send("CONNECT", "/methods/api/admin/x"));
        Attacker.tellsNothing(attacker().send("CONNECT", attacker().http().host()));
    }

    /** Whether the server tells the application of OPTIONS, which callers may ask of every path. */
    private static boolean isOptions(String method) {
        return method.equals("options") && Server.current().readsMethodsInAnyCase();
    }

    @Test
    void METH_05_the_real_method_decides_whatever_a_field_or_a_parameter_says() throws IOException {
        for (String line : List.of(
                "X-HTTP-Method-Override: GET",
                "X-HTTP-Method: GET",
                "X-Method-Override: GET",
                "X-HTTP-Method-Override: OPTIONS",
                "X-HTTP-Method-Override: TRACE",
                "_method: GET")) {
            for (String query : List.of("", "?_method=GET", "?_method=OPTIONS&method=GET")) {
                for (String path : List.of("/api/admin/x", "/shut/a", "/note.txt", "/y.x")) {
                    for (String method : List.of("POST", "PUT", "GET", "OPTIONS")) {
                        attacker().refused(method, "/methods" + path + query, line);
                    }
                }
                // There is no POST: it does not become a GET for an administrator either.
                attacker().refusedWith(405, "POST", "/methods/api/admin/x" + query, line, ADMIN);
            }
        }
    }

    @Test
    void METH_06_a_pattern_has_its_rule_for_each_method() throws IOException {
        for (String method : List.of("GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            for (String path : List.of("/y.x", "/any/where/y.x", "/shut/y.x", "/shut")) {
                attacker().refusedWith(401, method, "/methods" + path);
                attacker().refusedWith(403, method, "/methods" + path, ALICE);
            }
        }
    }

    @Test
    void METH_06_two_rules_for_one_pattern_stop_the_deployment(@ArquillianResource Deployer deployer)
            throws IOException {
        String reason = "is also that of countersign.paths.one";
        assertThat(Refusal.of(deployer, "methods-twice", reason)).contains(reason);
    }

    @Test
    void METH_07_the_first_request_of_all_meets_the_rule(@ArquillianResource Deployer deployer) throws IOException {
        deployer.deploy("methods-fresh");
        try {
            Attacker fresh = Attacker.at(Configured.base("methods-fresh"));
            for (String path : List.of("/api/admin/a/b/c", "/shut/a/b/c", "/")) {
                RawResponse first = Objects.requireNonNull(fresh.send("GET", "/methods-fresh" + path), "no answer");
                assertThat(first.status()).as("%s", first).isEqualTo(401);
                assertThat(Attacker.problem(first)).isEmpty();
            }
            assertThat(fresh.calls()).isZero();
        } finally {
            deployer.undeploy("methods-fresh");
        }
    }
}
