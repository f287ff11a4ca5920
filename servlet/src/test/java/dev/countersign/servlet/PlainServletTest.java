package dev.countersign.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Caller;
import dev.countersign.annotation.Authenticated;
import dev.countersign.servlet.TestServer.Kind;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servlets, static files and dispatches, without JAX-RS. */
@Isolated("it counts what is logged")
class PlainServletTest {
    private static final String USER = "X-Key: alice";
    private static final String ADMIN = "X-Key: root;admin";
    private static final String CHALLENGE = "KEY realm=\"orders\"";

    private final TestScheme key = new TestScheme("key", "x-key");
    private final TestScheme password = new TestScheme("pw", "authorization");
    private final List<TestServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        for (TestServer server : servers) {
            server.close();
        }
    }

    private interface Body {
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    private static class Answering extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient Body body;

        Answering(Body body) {
            this.body = body;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            body.answer(request, response);
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            body.answer(request, response);
        }
    }

    @RolesAllowed("admin")
    static final class AdminServlet extends Answering {
        private static final long serialVersionUID = 1L;

        AdminServlet() {
            super((request, response) -> response.getWriter().write("admin of " + request.getRemoteUser()));
        }
    }

    @Authenticated(schemes = "jtw")
    static final class MisspeltServlet extends Answering {
        private static final long serialVersionUID = 1L;

        MisspeltServlet() {
            super((request, response) -> {});
        }
    }

    private static void add(ServletContext context, String name, HttpServlet servlet, String... patterns) {
        var registration = context.addServlet(name, servlet);
        registration.setAsyncSupported(true);
        registration.addMapping(patterns);
    }

    private static String who(HttpServletRequest request) {
        Caller caller = Countersign.caller(request);
        return request.getUserPrincipal() + "|" + request.getRemoteUser() + "|" + request.getAuthType() + "|"
                + caller.getName() + "|" + request.isUserInRole("admin") + "|" + request.isUserInRole("**") + "|"
                + request.isUserInRole("*") + "|" + caller.hasRole("admin");
    }

    private TestServer start(Kind kind, TestServer.App app, String... settings) throws Exception {
        TestServer server = TestServer.start(kind, context -> {
            Countersign.Builder builder = Countersign.builder().scheme(key).scheme(password);
            builder.setting("countersign.default", "key, pw");
            for (int i = 0; i < settings.length; i += 2) {
                builder.setting(settings[i], settings[i + 1]);
            }
            builder.build().install(context);
            app.register(context);
        });
        servers.add(server);
        return server;
    }

    private TestServer shop(Kind kind, String... settings) throws Exception {
        return start(
                kind,
                context -> {
                    add(context, "who", new Answering((q, a) -> a.getWriter().write(who(q))), "/who", "/open/*");
                    add(context, "admin", new AdminServlet(), "/admin");
                    add(
                            context,
                            "to",
                            new Answering((q, a) ->
                                    q.getRequestDispatcher(q.getParameter("to")).forward(q, a)),
                            "/open/forward");
                    add(
                            context,
                            "include",
                            new Answering((q, a) -> {
                                a.getWriter().write("[");
                                q.getRequestDispatcher(q.getParameter("to")).include(q, a);
                                a.getWriter().write("]" + q.getRemoteUser());
                            }),
                            "/open/include");
                    add(
                            context,
                            "async",
                            new Answering((q, a) -> {
                                AsyncContext async = q.startAsync(q, a);
                                async.start(() -> {
                                    try {
                                        a.getWriter().write(who(q));
                                    } catch (IOException e) {
                                        throw new IllegalStateException(e);
                                    } finally {
                                        async.complete();
                                    }
                                });
                            }),
                            "/async");
                    add(
                            context,
                            "dispatch",
                            new Answering((q, a) -> {
                                AsyncContext async = q.startAsync();
                                async.start(() -> async.dispatch(q.getParameter("to")));
                            }),
                            "/open/dispatch");
                    add(context, "error", new Answering((q, a) -> a.sendError(418, "no")), "/open/error");
                    add(
                            context,
                            "headers",
                            new Answering((q, a) -> {
                                for (String field : q.getParameterMap().keySet()) {
                                    a.setHeader(field, q.getParameter(field));
                                }
                                a.getWriter().write("x");
                                a.flushBuffer();
                            }),
                            "/headers");
                    add(
                            context,
                            "asks",
                            new Answering((q, a) -> {
                                if (q.authenticate(a)) {
                                    a.getWriter().write("known");
                                }
                            }),
                            "/open/asks");
                    add(
                            context,
                            "logout",
                            new Answering((q, a) -> {
                                q.logout();
                                a.getWriter().write(who(q));
                            }),
                            "/logout");
                    add(
                            context,
                            "login",
                            new Answering((q, a) -> {
                                try {
                                    q.login("a", "b");
                                    a.getWriter().write("logged in");
                                } catch (ServletException e) {
                                    a.getWriter().write("refused");
                                }
                            }),
                            "/open/login");
                },
                concat(
                        settings,
                        "countersign.paths.open.pattern",
                        "/open/*",
                        "countersign.paths.open.require",
                        "permit"));
    }

    private static String[] concat(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    @ParameterizedTest
    @EnumSource
    void R1_challenges_for_a_servlet_that_nothing_names(Kind kind) throws Exception {
        RawHttp.Answer answer = shop(kind).get("/who");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.values("WWW-Authenticate")).containsExactly(CHALLENGE, "PW realm=\"orders\"");
        assertThat(answer.values("Cache-Control")).containsExactly("no-store");
        assertThat(answer.values("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.values("Content-Type").get(0)).startsWith("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"credentials_required\"");
    }

    @ParameterizedTest
    @EnumSource
    void tells_a_servlet_who_calls(Kind kind) throws Exception {
        TestServer server = shop(kind);
        assertThat(server.get("/who", ADMIN).body()).isEqualTo("Caller[root]|root|key|root|true|true|false|true");
        assertThat(server.get("/who", "Authorization: bob").body())
                .isEqualTo("Caller[bob]|bob|BASIC|bob|false|true|false|false");
        assertThat(server.get("/open/who").body()).isEqualTo("null|null|null|anonymous|false|false|false|false");
    }

    @ParameterizedTest
    @EnumSource
    void ANN_16_enforces_the_annotations_of_a_servlet_class(Kind kind) throws Exception {
        TestServer server = shop(kind);
        assertThat(server.get("/admin").status()).isEqualTo(401);
        assertThat(server.get("/admin", USER).status()).isEqualTo(403);
        assertThat(server.get("/admin", ADMIN).body()).isEqualTo("admin of root");
    }

    @ParameterizedTest
    @EnumSource
    void permits_static_files_but_not_an_upgrade_there(Kind kind) throws Exception {
        TestServer server = shop(kind);
        assertThat(server.get("/static.txt").body()).isEqualTo("a static file");
        // Jetty itself answers 400 to an upgrade that it cannot make.
        assertThat(server.get("/ws", "Upgrade: websocket").status())
                .as("DISP-08")
                .isIn(400, 401);
    }

    @ParameterizedTest
    @EnumSource
    void METH_01_refuses_HEAD_without_a_body(Kind kind) throws Exception {
        RawHttp.Answer answer = shop(kind).send("HEAD", "/admin");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.values("WWW-Authenticate")).contains(CHALLENGE);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void METH_03_answers_TRACE_with_405_and_no_echo(Kind kind) throws Exception {
        RawHttp.Answer answer = shop(kind).send("TRACE", "/open/who", "X-Key: secret-key");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.values("Allow")).containsExactly("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    }

    @ParameterizedTest
    @EnumSource
    void METH_04_asks_whatever_the_method_is(Kind kind) throws Exception {
        TestServer server = shop(kind);
        for (String method : List.of("GETX", "get", "PROPFIND", "POST", "OPTIONS")) {
            assertThat(server.send(method, "/admin").status()).as(method).isIn(400, 401, 405, 501);
        }
    }

    @ParameterizedTest
    @EnumSource
    void METH_05_lets_the_real_method_decide(Kind kind) throws Exception {
        assertThat(shop(kind)
                        .send("POST", "/admin?_method=TRACE", "X-HTTP-Method-Override: OPTIONS")
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void R43_passes_a_preflight_to_servlets_that_do_not_answer_it_themselves(Kind kind) throws Exception {
        TestServer server = start(kind, context -> {
            add(context, "plain", new Answering((q, a) -> a.getWriter().write("data")), "/plain");
            add(
                    context,
                    "greedy",
                    new HttpServlet() {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected void service(HttpServletRequest request, HttpServletResponse response)
                                throws IOException {
                            response.getWriter().write("data");
                        }
                    },
                    "/greedy");
        });
        String[] preflight = {"Origin: https://a.example", "Access-Control-Request-Method: GET"};
        RawHttp.Answer answer = server.send("OPTIONS", "/plain", preflight);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("data");
        assertThat(server.send("OPTIONS", "/greedy", preflight).status()).isEqualTo(401);
        assertThat(server.send("OPTIONS", "/plain").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void R40_refuses_a_path_that_can_be_read_in_two_ways(Kind kind) throws Exception {
        TestServer server = shop(kind);
        assertThat(server.get("/open/a;x=1").status()).isEqualTo(400);
        assertThat(server.get("/open//a", USER).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource
    void R35_refuses_credentials_over_plain_http_from_elsewhere(Kind kind) throws Exception {
        TestServer server = shop(kind, "countersign.require-https", "always");
        assertThat(server.get("/open/who").status()).isEqualTo(200);
        assertThat(server.get("/open/who", USER).status()).isEqualTo(403);
        assertThat(server.get("/who").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource
    void DISP_01_refuses_a_forward_and_leaves_out_an_include(Kind kind) throws Exception {
        TestServer server = shop(kind);
        assertThat(server.get("/open/forward?to=/admin").status()).isEqualTo(401);
        assertThat(server.get("/open/forward?to=/admin", USER).status()).isEqualTo(403);
        assertThat(server.get("/open/forward?to=/admin", ADMIN).body()).isEqualTo("admin of root");
        assertThat(server.get("/open/include?to=/admin").body()).isEqualTo("[]null");
        assertThat(server.get("/open/include?to=/admin", USER).body()).isEqualTo("[]alice");
        assertThat(server.get("/open/include?to=/admin", ADMIN).body()).isEqualTo("[admin of root]root");
    }

    @ParameterizedTest
    @EnumSource
    void verifies_a_credential_once_for_all_dispatches(Kind kind) throws Exception {
        TestServer server = shop(kind);
        assertThat(server.get("/open/include?to=/admin", ADMIN).status()).isEqualTo(200);
        assertThat(key.verified.get()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void judges_the_target_of_an_async_dispatch(Kind kind) throws Exception {
        TestServer server = shop(kind);
        assertThat(server.get("/open/dispatch?to=/admin").status()).isEqualTo(401);
        assertThat(server.get("/open/dispatch?to=/admin", USER).status()).isEqualTo(403);
        assertThat(server.get("/open/dispatch?to=/admin", ADMIN).body()).isEqualTo("admin of root");
    }

    @ParameterizedTest
    @EnumSource
    void DISP_02_keeps_the_caller_of_each_of_many_async_requests(Kind kind) throws Exception {
        TestServer server = shop(kind);
        ConcurrentHashMap<String, String> wrong = new ConcurrentHashMap<>();
        ExecutorService clients = Executors.newFixedThreadPool(8);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String user = i % 2 == 0 ? "alice" : "bob";
            running.add(clients.submit(() -> {
                String body = server.get("/async", "X-Key: " + user).body();
                if (!body.equals("Caller[" + user + "]|" + user + "|key|" + user + "|false|true|false|false")) {
                    wrong.put(user, body);
                }
                return null;
            }));
        }
        for (Future<?> each : running) {
            each.get();
        }
        clients.shutdown();
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void DISP_04_leaves_no_caller_behind(Kind kind) throws Exception {
        TestServer server = shop(kind);
        for (int i = 0; i < 30; i++) {
            assertThat(server.get("/open/who", ADMIN).body()).startsWith("Caller[root]");
            assertThat(server.get("/open/who").body()).startsWith("null|null|null|anonymous");
        }
    }

    @ParameterizedTest
    @EnumSource
    void G8_keeps_answers_to_callers_out_of_shared_caches_however_early_they_leave(Kind kind) throws Exception {
        TestServer server = shop(kind);
        assertThat(server.get("/headers", USER).values("Cache-Control")).containsExactly("private");
        assertThat(server.get("/headers?Cache-Control=public,max-age=60", USER).values("Cache-Control"))
                .containsExactly("private, max-age=60");
        assertThat(server.get("/headers?Cache-Control=max-age=60", USER).values("Cache-Control"))
                .containsExactly("private, max-age=60");
        assertThat(server.get("/headers?Cache-Control=public", "Authorization: bob")
                        .values("Cache-Control"))
                .containsExactly("public");
        assertThat(server.get("/headers?Cache-Control=no-store", USER).values("Cache-Control"))
                .containsExactly("no-store");
        assertThat(server.get("/headers", USER).values("X-Content-Type-Options"))
                .containsExactly("nosniff");
        assertThat(server.get("/open/who").values("Cache-Control")).isEmpty();
        assertThat(server.get("/open/who").values("X-Content-Type-Options")).containsExactly("nosniff");
    }

    @ParameterizedTest
    @EnumSource
    void G9_exposes_the_fields_where_an_application_opens_an_answer(Kind kind) throws Exception {
        TestServer server = shop(kind, "countersign.cors.origins", "https://a.example");
        assertThat(server.get("/headers?Access-Control-Allow-Origin=*", USER).values("Access-Control-Expose-Headers"))
                .containsExactly("WWW-Authenticate, DPoP-Nonce, Retry-After, RateLimit, RateLimit-Policy");
        RawHttp.Answer refused = server.get("/who", "Origin: https://a.example");
        assertThat(refused.values("Access-Control-Allow-Origin")).containsExactly("https://a.example");
        assertThat(refused.values("Access-Control-Expose-Headers").get(0)).startsWith("WWW-Authenticate,");
        assertThat(server.get("/who", "Origin: https://b.example").values("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void answers_authenticate_login_and_logout_itself(Kind kind) throws Exception {
        TestServer server = shop(kind);
        assertThat(server.get("/open/asks").status()).isEqualTo(401);
        assertThat(server.get("/open/asks").values("WWW-Authenticate")).contains(CHALLENGE);
        assertThat(server.get("/open/asks", USER).body()).isEqualTo("known");
        assertThat(server.get("/logout", USER).body()).startsWith("null|null|null|anonymous");
        assertThat(server.get("/open/login").body()).isEqualTo("refused");
    }

    @ParameterizedTest
    @EnumSource
    void serves_the_security_map_to_whom_its_rule_admits(Kind kind) throws Exception {
        TestServer server = shop(kind, "countersign.report.path", "/map", "countersign.report.require", "roles=admin");
        assertThat(server.get("/map", USER).status()).isEqualTo(403);
        assertThat(server.get("/map", ADMIN).body()).contains("/admin", "AdminServlet", "/open/*");
    }

    @ParameterizedTest
    @EnumSource
    void does_not_start_with_a_wrong_setting_and_an_unknown_scheme_and_tells_both(Kind kind) {
        List<String> log;
        try (CapturedErrors errors = CapturedErrors.of("dev.countersign")) {
            log = errors.messages();
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> start(
                            kind,
                            context -> add(context, "misspelt", new MisspeltServlet(), "/x"),
                            "countersign.cache.protect",
                            "perhaps")))
                    .isInstanceOf(TestServer.NotStarted.class);
        }
        assertThat(String.join("\n", log)).contains("countersign.cache.protect", "jtw");
    }

    @ParameterizedTest
    @EnumSource
    void AUD_03_a_wrong_filter_name_shows_the_reference_and_not_what_it_brought_in(Kind kind) {
        System.setProperty("test.filter", "brought-in");
        List<String> log;
        try (CapturedErrors errors = CapturedErrors.of("dev.countersign")) {
            log = errors.messages();
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> start(kind, context -> {}, "countersign.jaxrs.filters", "${sys:test.filter}")))
                    .isInstanceOf(TestServer.NotStarted.class);
        } finally {
            System.clearProperty("test.filter");
        }
        assertThat(String.join("\n", log)).contains("${sys:test.filter}").doesNotContain("brought-in");
    }
}
