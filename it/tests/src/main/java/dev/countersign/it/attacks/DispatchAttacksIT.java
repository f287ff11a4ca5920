package dev.countersign.it.attacks;

import static dev.countersign.it.wars.Configured.ADMIN;
import static dev.countersign.it.wars.Configured.ALICE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Server;
import dev.countersign.it.Wars;
import dev.countersign.it.wars.Configured;
import dev.countersign.it.wars.Credentials;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** DISP-01 to DISP-10 but for identity under load: no dispatch, upgrade or framing gets around a rule. */
@ExtendWith(ArquillianExtension.class)
public class DispatchAttacksIT {
    /** A resource, a servlet by prefix and by extension, and a file. */
    private static final List<String> PROTECTED = List.of("/api/admin/x", "/shut/a", "/y.x", "/note.txt");

    private static final String METADATA = "https://api.example.com/.well-known/oauth-protected-resource/dispatched";

    private static final List<String> CHALLENGES = List.of(
            "Bearer realm=\"dispatched\", resource_metadata=\"" + METADATA + "\"",
            "ApiKey realm=\"dispatched\", in=\"header\", name=\"X-API-Key\"");

    @ArquillianResource
    @OperateOnDeployment("dispatched")
    @SuppressWarnings("NullAway.Init")
    private URL base;

    /** The code's own audit sink, and all other settings from the file. */
    @Deployment(name = "dispatched", testable = false)
    static WebArchive dispatched() {
        WebArchive war = Configured.settings(
                Wars.with("dispatched", "counted", "paths", "dispatched", "installed", "sockets"),
                """
                countersign.schemes = key, jwt
                countersign.default = key, jwt
                countersign.scheme.key.type = api-key
                countersign.scheme.key.prefixes = sk_it_
                countersign.scheme.key.store = file:WEB-INF/keys.properties
                countersign.scheme.jwt.issuer = %s
                countersign.scheme.jwt.audience = %s
                countersign.scheme.jwt.algorithms = HS256
                countersign.scheme.jwt.keys = %s
                countersign.resource-id = https://api.example.com/dispatched
                countersign.resource-metadata-url = %s
                countersign.require-https = false
                countersign.cors.origins = https://app.example.com
                countersign.paths.shut.pattern = /shut/*
                countersign.paths.shut.require = roles=admin
                countersign.paths.x.pattern = *.x
                countersign.paths.x.require = roles=admin
                countersign.paths.note.pattern = /note.txt
                countersign.paths.note.require = roles=admin
                """.formatted(Credentials.ISSUER, Credentials.AUDIENCE, Credentials.TOKEN_KEY, METADATA));
        return Configured.webXml(Configured.withKeys(war), Wars.listed("dev.countersign.it.wars.dispatched.Api") + """
                        <error-page><error-code>404</error-code><location>/shut/error</location></error-page>
                        <error-page><error-code>409</error-code><location>/api/admin/x</location></error-page>
                        <error-page><error-code>410</error-code><location>/note.txt</location></error-page>
                        <error-page>
                          <exception-type>jakarta.servlet.ServletException</exception-type>
                          <location>/shut/error</location>
                        </error-page>
                        """)
                .addAsWebResource(new StringAsset(Attacker.MARKER), "note.txt")
                .addAsServiceProvider(
                        "jakarta.servlet.ServletContainerInitializer",
                        "dev.countersign.it.wars.installed.InstallingInitializer");
    }

    /** The filter declared by hand: other filters of the container may come before it. */
    @Deployment(name = "dispatchdeclared", testable = false)
    static WebArchive declared() {
        return Configured.webXml(Configured.keys(Wars.plain("dispatchdeclared", "counted", "sockets")), """
                <filter>
                  <filter-name>gate</filter-name>
                  <filter-class>dev.countersign.servlet.CountersignFilter</filter-class>
                  <async-supported>true</async-supported>
                </filter>
                <filter-mapping>
                  <filter-name>gate</filter-name>
                  <url-pattern>/*</url-pattern>
                  <dispatcher>REQUEST</dispatcher>
                  <dispatcher>FORWARD</dispatcher>
                  <dispatcher>INCLUDE</dispatcher>
                  <dispatcher>ERROR</dispatcher>
                  <dispatcher>ASYNC</dispatcher>
                </filter-mapping>
                """);
    }

    private Attacker attacker() {
        return Attacker.at(base);
    }

    private static String relay(String way, String to) {
        return "/dispatched/relay?way=" + way + "&to=" + to;
    }

    @Test
    void DISP_01_a_dispatch_from_what_is_open_is_judged_by_its_target() throws IOException {
        for (String path : PROTECTED) {
            for (String way : List.of("forward", "async", "wrapped")) {
                attacker().refusedWith(401, "GET", relay(way, path));
                attacker().refusedWith(403, "GET", relay(way, path), ALICE);
                attacker().refused("POST", relay(way, path));
                attacker().refused("HEAD", relay(way, path));
            }
            attacker().reached(relay("forward", path), ADMIN);
            attacker().reached(relay("async", path), ADMIN);
            long before = attacker().calls();
            for (String credential : List.of("X-Nothing: sent", ALICE)) {
                RawResponse included =
                        Objects.requireNonNull(attacker().send("GET", relay("include", path), credential));
                assertThat(included.text()).as(path).isEqualTo("[]");
            }
            assertThat(attacker().calls()).isEqualTo(before);
        }
        assertThat(Objects.requireNonNull(attacker().send("GET", relay("include", "/shut/a"), ADMIN))
                        .text())
                .isEqualTo("[" + Attacker.MARKER + "]");
    }

    @Test
    void DISP_01_no_spelling_of_a_dispatched_path_gets_around_the_rule() throws IOException {
        long before = attacker().calls();
        for (String path : PROTECTED) {
            for (String to : List.of(
                    "/public/.." + path,
                    "/." + path,
                    "/" + path,
                    path + ";a=1",
                    "/public/..;" + path,
                    "/;" + path,
                    path + "/",
                    path + "?x=/api/public/ok",
                    "/api/public/../.." + path,
                    "/%252e%252e/dispatched" + path,
                    path + "%2500")) {
                for (String way : List.of("forward", "include", "async")) {
                    RawResponse response = attacker().send("GET", relay(way, to));
                    if (response != null) {
                        assertThat(response.toString())
                                .as("%s %s", way, to)
                                .doesNotContain(Attacker.MARKER.substring(0, 6));
                    }
                }
            }
        }
        assertThat(attacker().calls()).isEqualTo(before);
    }

    @Test
    void DISP_01_a_named_dispatch_to_a_runtime_of_JAX_RS_is_enforced() throws IOException {
        long before = attacker().calls();
        Attacker.tellsNothing(attacker().send("GET", relay("named", "dev.countersign.it.wars.dispatched.Api")));
        assertThat(attacker().calls()).isEqualTo(before);
    }

    @Test
    void DISP_03_an_error_page_shows_nothing_to_whom_its_rule_refuses_and_is_told_once() throws IOException {
        for (String error : List.of(relay("error", "404"), relay("error", "409"), relay("error", "410"))) {
            int status = Integer.parseInt(error.substring(error.length() - 3));
            for (String credential : List.of("X-Nothing: sent", ALICE)) {
                long before = attacker().calls();
                long events = events();
                RawResponse response = Objects.requireNonNull(attacker().send("GET", error, credential));
                assertThat(response.status()).as("%s", response).isEqualTo(status);
                assertThat(response.text()).isEmpty();
                // One of the request, one of the question, and one of the refused page.
                assertThat(events() - events)
                        .as(attacker().http().get("/events", ADMIN).text())
                        .isLessThanOrEqualTo(3);
                assertThat(attacker().calls()).isEqualTo(before);
            }
        }
        assertThat(Objects.requireNonNull(attacker().send("GET", relay("throw", "/x")))
                        .text())
                .isEmpty();
        for (String target : List.of("/dispatched/unknown", "/dispatched/open/unknown.txt")) {
            RawResponse response = Objects.requireNonNull(attacker().send("GET", target));
            if (Server.current().hasStaticServlet()) {
                assertThat(response.text()).as(target).isEmpty();
            } else {
                assertThat(response.status()).as(target).isEqualTo(401);
            }
        }
        RawResponse admitted = Objects.requireNonNull(attacker().send("GET", relay("error", "404"), ADMIN));
        assertThat(admitted.status()).isEqualTo(404);
        assertThat(admitted.text()).isEqualTo(Attacker.MARKER);
    }

    /** How many audit events there were, that of this question included. */
    private long events() throws IOException {
        String text = attacker().http().get("/events", ADMIN).text();
        return text.chars().filter(c -> c == ',').count() + 1;
    }

    @Test
    void DISP_05_answers_that_leave_early_have_every_field() throws IOException {
        for (String path : List.of("/api/early/stream", "/early/x", "/api/early/empty", "/early/empty")) {
            RawResponse answer = Objects.requireNonNull(attacker().send("GET", "/dispatched" + path, ALICE));
            assertThat(answer.status()).as(path).isEqualTo(path.endsWith("empty") ? 204 : 200);
            assertThat(answer.text()).isEqualTo(path.endsWith("empty") ? "" : "abc");
            assertThat(answer.header("Cache-Control")).as(path).containsExactly("private");
            assertThat(answer.header("X-Content-Type-Options")).containsExactly("nosniff");
        }
        RawResponse shared = Objects.requireNonNull(attacker().send("GET", "/dispatched/api/early/shared", ALICE));
        assertThat(shared.text()).isEqualTo("abc");
        assertThat(shared.header("Cache-Control")).singleElement().asString().contains("private", "max-age=60");
        assertThat(shared.header("Cache-Control").toString()).doesNotContain("public");
        for (String path : List.of(
                "/api/early/stream",
                "/api/early/shared",
                "/api/early/empty",
                "/api/early/events",
                "/early/x",
                "/shut/a")) {
            for (String method : List.of("GET", "HEAD")) {
                RawResponse refused =
                        attacker().refusedWith(401, method, "/dispatched" + path, "Origin: https://app.example.com");
                assertThat(refused.header("WWW-Authenticate")).containsExactlyElementsOf(CHALLENGES);
                assertThat(refused.header("Cache-Control")).containsExactly("no-store");
                assertThat(refused.header("Vary")).containsExactly("Origin");
                assertThat(refused.header("X-Content-Type-Options")).containsExactly("nosniff");
            }
        }
    }

    @Test
    void DISP_08_an_upgrade_is_refused_before_it_is_answered() throws IOException {
        long before = attacker().calls();
        for (String path : List.of(
                "/socket", "/api/admin/x", "/api/public/ok", "/api/unknown", "/shut/a", "/note.txt", "/unknown", "/")) {
            for (String protocols :
                    List.of("websocket", "WebSocket", "h2c, websocket", "h2c\r\nUpgrade: websocket", "h2c")) {
                for (String credential : List.of("X-Nothing: sent")) {
                    String answer = attacker().first(upgrade(attacker(), "/dispatched" + path, protocols, credential));
                    assertThat(answer).as(path + " " + protocols).startsWith("HTTP/1.1 4");
                    assertThat(answer).doesNotContain(Attacker.MARKER.substring(0, 6));
                }
            }
        }
        assertThat(attacker().calls()).isEqualTo(before);
    }

    @Test
    void DISP_08_an_upgrade_that_looks_like_a_preflight_is_refused_too() throws IOException {
        long before = attacker().calls();
        for (String path : List.of("/socket", "/note.txt", "/unknown", "/")) {
            String answer = attacker()
                    .first(attacker()
                            .raw(
                                    "OPTIONS",
                                    "/dispatched" + path,
                                    "Origin: https://evil.example.com",
                                    "Access-Control-Request-Method: GET",
                                    "Connection: Upgrade",
                                    "Upgrade: websocket",
                                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                                    "Sec-WebSocket-Version: 13"));
            assertThat(answer).as(path).startsWith("HTTP/1.1 4");
            assertThat(answer).doesNotContain(Attacker.MARKER.substring(0, 6));
        }
        assertThat(attacker().calls()).isEqualTo(before);
    }

    @Test
    void DISP_08_an_endpoint_is_open_to_who_has_a_credential() throws IOException {
        answers(attacker(), "/dispatched/socket");
    }

    @Test
    void DISP_08_a_stream_of_events_is_refused_before_it_begins() throws IOException {
        RawResponse refused =
                attacker().refusedWith(401, "GET", "/dispatched/api/early/events", "Accept: text/event-stream");
        assertThat(refused.header("Content-Type")).containsExactly("application/problem+json");
        assertThat(attacker()
                        .http()
                        .get("/api/early/events", "Accept: text/event-stream", ALICE)
                        .text())
                .isEqualTo("data: " + Attacker.MARKER + "\n\n");
    }

    @Test
    void DISP_08_an_upgrade_is_refused_where_the_filter_is_declared_by_hand(
            @ArquillianResource @OperateOnDeployment("dispatchdeclared") URL declared) throws IOException {
        Attacker attacker = Attacker.at(declared);
        for (String path : List.of("/dispatchdeclared/socket", "/dispatchdeclared/unknown")) {
            String answer = attacker.first(upgrade(attacker, path, "websocket", "X-Nothing: sent"));
            assertThat(answer).as(path).startsWith("HTTP/1.1 401").doesNotContain("MARKER");
        }
        assertThat(attacker.calls()).isZero();
        answers(attacker, "/dispatchdeclared/socket");
    }

    /** Where the server of a module brings no WebSocket there is nothing to reach. */
    private static void answers(Attacker attacker, String target) throws IOException {
        String answer = attacker.first(upgrade(attacker, target, "websocket", ALICE));
        if (answer.startsWith("HTTP/1.1 404")) {
            assertThat(Server.current()).isNotIn(Server.TOMCAT10_JERSEY, Server.JETTY12_JERSEY);
        } else {
            assertThat(answer).startsWith("HTTP/1.1 101").contains(Attacker.MARKER);
        }
    }

    private static byte[] upgrade(Attacker attacker, String target, String protocols, String credential) {
        return attacker.raw(
                "GET",
                target,
                "Connection: Upgrade",
                "Upgrade: " + protocols,
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13",
                credential);
    }

    @Test
    void DISP_09_an_upgrade_to_the_next_HTTP_needs_the_credential_too() throws IOException {
        for (String path : PROTECTED) {
            byte[] request = attacker()
                    .raw(
                            "GET",
                            "/dispatched" + path,
                            "Connection: Upgrade, HTTP2-Settings",
                            "Upgrade: h2c",
                            "HTTP2-Settings: AAMAAABkAAQAAP__");
            // Undertow goes over to HTTP/2, and the refusal is the answer there.
            assertThat(attacker().first(request))
                    .satisfiesAnyOf(
                            answer -> assertThat(answer).startsWith("HTTP/1.1 401"),
                            answer -> assertThat(answer)
                                    .startsWith("HTTP/1.1 101")
                                    .contains("\"code\":\"credentials_required\""))
                    .doesNotContain("MARKER");
        }
    }

    @Test
    void DISP_09_each_of_several_requests_on_one_connection_is_judged_by_itself() throws IOException {
        for (String path : PROTECTED) {
            String with = request("GET", "/dispatched" + path, ADMIN);
            String without = request("GET", "/dispatched" + path, "X-Nothing: sent");
            statuses(List.of(200, 401), with + close(without));
            statuses(List.of(401, 200), without + close(with));
            statuses(List.of(200, 401, 200, 401), with + without + with + close(without));
            statuses(List.of(401, 401), without + close(without));
        }
    }

    @Test
    void DISP_09_a_request_with_two_lengths_brings_no_other_one_in() throws IOException {
        String inner = request("GET", "/dispatched/api/admin/x", "X-Nothing: sent");
        String behind = "0\r\n\r\n" + close(inner);
        for (String path : List.of("/api/public/ok", "/api/admin/x", "/relay", "/shut/a")) {
            for (String framing : List.of(
                    "Content-Length: " + behind.length() + "\r\nTransfer-Encoding: chunked",
                    "Content-Length: 4\r\nTransfer-Encoding: chunked",
                    "Transfer-Encoding: chunked\r\nContent-Length: 0",
                    "Content-Length: 0\r\nContent-Length: " + behind.length(),
                    "Content-Length: 0, " + behind.length(),
                    "Transfer-Encoding: chunked, identity",
                    "Transfer-Encoding: xchunked\r\nContent-Length: 3",
                    "Transfer-Encoding : chunked\r\nContent-Length: " + behind.length(),
                    "Content-Length: +5",
                    "Content-Length: -1")) {
                long before = attacker().calls();
                List<RawResponse> answers = all(request("POST", "/dispatched" + path, framing) + behind);
                for (RawResponse answer : answers) {
                    assertThat(answer.toString()).as("%s %s", path, framing).doesNotContain("MARKER");
                    assertThat(answer.status()).as("%s %s", path, framing).isNotEqualTo(500);
                }
                assertThat(attacker().calls()).isEqualTo(before);
            }
        }
    }

    @Test
    void DISP_09_the_body_of_a_refused_request_is_no_request() throws IOException {
        String inner = request("GET", "/dispatched/api/admin/x", ADMIN);
        String outer = request("POST", "/dispatched/api/admin/x", "Content-Length: " + inner.length());
        long before = attacker().calls();
        List<RawResponse> answers =
                all(outer + inner + close(request("GET", "/dispatched/api/public/ok", "X-Nothing: sent")));
        assertThat(answers).isNotEmpty();
        assertThat(Attacker.problem(answers.get(0))).isEmpty();
        assertThat(answers).hasSizeLessThanOrEqualTo(2);
        assertThat(answers.toString()).doesNotContain("MARKER");
        assertThat(attacker().calls()).isEqualTo(before);
    }

    @Test
    void DISP_10_a_host_field_gets_into_no_answer() throws IOException {
        for (String host : List.of(
                "Host: evil.example",
                "Host: evil.example:99999",
                "Host: a evil",
                "Host: evil\"quoted",
                "Host: evil,evil",
                "Host: evil@evil",
                "Host: [evil",
                "Host: evil/dispatched/api/public/ok",
                "Host: ",
                "Host: localhost\r\nHost: evil.example",
                "Host: localhost\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: evil",
                "Host: localhost\r\nForwarded: host=evil.example;proto=evil")) {
            for (String path : PROTECTED) {
                RawResponse response = attacker().refused("GET", "/dispatched" + path, host);
                if (response != null && response.status() == 401) {
                    assertThat(response.header("WWW-Authenticate")).containsExactlyElementsOf(CHALLENGES);
                    assertThat(response.toString()).as(host).doesNotContain("evil");
                    assertThat(response.header("Location")).isEmpty();
                }
            }
        }
        // No Host at all, and HTTP/1.0.
        for (String line : List.of("HTTP/1.1\r\nConnection: close", "HTTP/1.0")) {
            String request = "GET /dispatched/api/admin/x " + line + "\r\n\r\n";
            assertThat(attacker().first(request.getBytes(ISO_8859_1)))
                    .matches(answer -> answer.startsWith("HTTP/1.1 4") || answer.startsWith("HTTP/1.0 4"))
                    .doesNotContain("MARKER");
        }
    }

    private void statuses(List<Integer> expected, String requests) throws IOException {
        List<RawResponse> answers = all(requests);
        assertThat(answers.stream().map(RawResponse::status).toList()).isEqualTo(expected);
        for (RawResponse answer : answers) {
            assertThat(answer.toString().contains("MARKER")).isEqualTo(answer.status() == 200);
        }
    }

    /** What was answered before the connection ended, which a server may do at any moment after the first. */
    private List<RawResponse> all(String requests) throws IOException {
        try {
            return attacker().http().sendAll(requests.getBytes(ISO_8859_1));
        } catch (EOFException | SocketException e) {
            return List.of();
        }
    }

    private String request(String method, String target, String line) {
        return method + " " + target + " HTTP/1.1\r\nHost: " + attacker().http().host() + "\r\n" + line + "\r\n\r\n";
    }

    private static String close(String request) {
        return request.substring(0, request.length() - 2) + "Connection: close\r\n\r\n";
    }
}
