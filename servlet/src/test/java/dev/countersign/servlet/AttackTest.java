package dev.countersign.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countersign.servlet.TestServer.Kind;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.servlets.DefaultServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.servlet.WebSocketUpgradeFilter;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ways around enforcement that need no valid credential, or one of low privilege. */
class AttackTest {
    private static final String USER = "X-Key: alice";
    private static final String ADMIN = "X-Key: root;admin";
    private static final AtomicInteger OPENED = new AtomicInteger();

    private final List<TestServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        for (TestServer server : servers) {
            server.close();
        }
    }

    /** A resource whose locators lead to itself, and to a model made by code. */
    @Path("self")
    public static final class Self {
        @GET
        @PermitAll
        public String here() {
            return "here";
        }

        @GET
        @Path("list")
        @PermitAll
        public String list() {
            return "list";
        }

        @GET
        @Path("later")
        @PermitAll
        public void later(@Suspended AsyncResponse response) {
            assertThat(CompletableFuture.runAsync(() -> response.resume("secret")))
                    .isNotNull();
        }

        /** A cookie, a trailer, and a body that is begun before it ends. */
        @GET
        @Path("fields")
        @PermitAll
        public Response fields(@Context HttpServletResponse response) {
            response.addCookie(new Cookie("cookie", "secret"));
            return body(response).build();
        }

        @GET
        @Path("fields-later")
        @PermitAll
        public void fieldsLater(@Context HttpServletResponse response, @Suspended AsyncResponse later) {
            Response answer = body(response)
                    .cookie(new NewCookie.Builder("cookie").value("secret").build())
                    .build();
            assertThat(CompletableFuture.runAsync(() -> later.resume(answer))).isNotNull();
        }

        private static Response.ResponseBuilder body(HttpServletResponse response) {
            response.setTrailerFields(() -> Map.of("X-Trailer", "secret"));
            StreamingOutput body = out -> {
                out.write("secret".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            };
            return Response.ok(body).header("X-Secret", "secret");
        }

        @GET
        @Path("upgrade")
        @PermitAll
        public void upgrade(@Context HttpServletRequest request) throws IOException, ServletException {
            request.upgrade(Socket.class);
        }

        @Path("locked")
        @RolesAllowed("admin")
        public Self locked() {
            return this;
        }

        @Path("made/{any}")
        @RolesAllowed("admin")
        public Resource made() {
            return Resource.from(Leaf.class);
        }

        @Path("{first}/{second}/{third}")
        public Leaf leaf(@PathParam("first") String first) {
            return new Leaf();
        }
    }

    /** Inherits a locator whose parameter is of a variable type. */
    public abstract static class Finding<T> {
        @Path("lent/{first}")
        @RolesAllowed("admin")
        public abstract Leaf find(@PathParam("first") T first);
    }

    /** Two locators that may lead to one class. */
    @Path("generic")
    public static final class Generic extends Finding<String> {
        @Override
        public Leaf find(String first) {
            return new Leaf();
        }

        @Path("{first}/{second}/{third}")
        public Leaf leaf(@PathParam("first") String first) {
            return new Leaf();
        }
    }

    /** A sub-resource that anybody may call. */
    public static final class Leaf {
        @GET
        @PermitAll
        public String get() {
            return "leaf";
        }
    }

    /** What a filter that speaks WebSocket hands the connection to. */
    public static final class Socket implements HttpUpgradeHandler {
        @Override
        public void init(WebConnection connection) {
            OPENED.incrementAndGet();
            try {
                connection.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void destroy() {}
    }

    @RolesAllowed("admin")
    static final class Downloads extends DefaultServlet {
        private static final long serialVersionUID = 1L;
    }

    static final class Shared extends DefaultServlet {
        private static final long serialVersionUID = 1L;
    }

    private TestServer started(TestServer server) {
        servers.add(server);
        return server;
    }

    private static void install(ServletContext context) throws Exception {
        Countersign.builder().scheme(new TestScheme("key", "x-key")).build().install(context);
    }

    private TestServer jersey(Kind kind, String pattern, Map<String, Object> properties, Filter behind)
            throws Exception {
        return started(TestServer.start(
                kind,
                context -> {
                    install(context);
                    var filter = context.addFilter("behind", behind);
                    filter.setAsyncSupported(true);
                    filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
                    ResourceConfig config = new ResourceConfig(Self.class, Generic.class);
                    var servlet = context.addServlet("api", new ServletContainer(config));
                    servlet.setAsyncSupported(true);
                    servlet.addMapping(pattern);
                    ResourceConfig unseen = new ResourceConfig(Self.class, Generic.class, Showless.class);
                    unseen.setProperties(properties);
                    var bare = context.addServlet("bare", new ServletContainer(unseen));
                    bare.setAsyncSupported(true);
                    bare.addMapping("/bare/*");
                },
                Self.class,
                Generic.class));
    }

    @ParameterizedTest
    @EnumSource
    void ANN_05_enforces_a_locator_that_returns_its_own_object(Kind kind) throws Exception {
        TestServer server = jersey(kind, "/api/*", Map.of(), (q, a, chain) -> chain.doFilter(q, a));
        assertThat(server.get("/api/self").body()).isEqualTo("here");
        assertThat(server.get("/api/self/list").body()).isEqualTo("list");
        assertThat(server.get("/api/self/locked").status()).isEqualTo(401);
        assertThat(server.get("/api/self/locked/list", USER).status()).isEqualTo(403);
        assertThat(server.get("/api/self/locked/list", ADMIN).body()).isEqualTo("list");
    }

    @ParameterizedTest
    @EnumSource
    void ANN_05_enforces_a_locator_that_returns_a_model(Kind kind) throws Exception {
        TestServer server = jersey(kind, "/api/*", Map.of(), (q, a, chain) -> chain.doFilter(q, a));
        assertThat(server.get("/api/self/one/two/three").body()).isEqualTo("leaf");
        assertThat(server.get("/api/self/made/one", USER).status()).isEqualTo(403);
        assertThat(server.get("/api/self/made/one", ADMIN).body()).isEqualTo("leaf");
    }

    @ParameterizedTest
    @EnumSource
    void ANN_05_enforces_a_locator_that_overrides_a_generic_one(Kind kind) throws Exception {
        TestServer server = jersey(kind, "/api/*", Map.of(), (q, a, chain) -> chain.doFilter(q, a));
        assertThat(server.get("/api/generic/one/two/three").body()).isEqualTo("leaf");
        assertThat(server.get("/api/generic/lent/one", USER).status()).isEqualTo(403);
        assertThat(server.get("/api/generic/lent/one", ADMIN).body()).isEqualTo("leaf");
    }

    @ParameterizedTest
    @EnumSource
    void DISP_08_refuses_an_upgrade_behind_the_patterns_of_JAX_RS(Kind kind) throws Exception {
        TestServer server = jersey(kind, "/*", Map.of(), (q, a, chain) -> {
            if (kind == Kind.TOMCAT && ((HttpServletRequest) q).getHeader("Upgrade") != null) {
                ((HttpServletResponse) a).setHeader("Upgrade", "websocket");
                ((HttpServletRequest) q).upgrade(Socket.class);
            } else {
                chain.doFilter(q, a);
            }
        });
        int before = OPENED.get();
        // Jetty itself answers 400 to an upgrade that it cannot make.
        assertThat(server.get("/ws", "Upgrade: websocket").status()).isIn(400, 401);
        assertThat(server.get("/ws", "Upgrade: h2c, websocket").status()).isIn(400, 401);
        assertThat(OPENED.get()).isEqualTo(before);
        if (kind == Kind.TOMCAT) {
            assertThat(server.get("/ws", "Upgrade: websocket", USER).status()).isEqualTo(101);
            assertThat(OPENED.get()).isEqualTo(before + 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void SPEC_2_7_takes_authenticate_for_no_mark(Kind kind) throws Exception {
        TestServer server = jersey(kind, "/api/*", Map.of("jakarta.ws.rs.loadServices", false), (q, a, chain) -> {
            assertThat(((HttpServletRequest) q).authenticate((HttpServletResponse) a))
                    .isTrue();
            chain.doFilter(q, a);
        });
        assertThat(server.get("/api/self/list", USER).body()).isEqualTo("list");
        assertThat(server.get("/bare/self/list", USER).status()).isEqualTo(500);
    }

    @ParameterizedTest
    @EnumSource
    void SPEC_2_7_withholds_what_comes_later_without_the_mark(Kind kind) throws Exception {
        TestServer server = jersey(
                kind, "/api/*", Map.of("jakarta.ws.rs.loadServices", false), (q, a, chain) -> chain.doFilter(q, a));
        assertThat(server.get("/api/self/later").body()).isEqualTo("secret");
        RawHttp.Answer answer = server.get("/bare/self/later");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource
    void SPEC_2_7_withholds_cookies_and_trailers_with_the_answer_they_came_with(Kind kind) throws Exception {
        TestServer server = jersey(
                kind, "/api/*", Map.of("jakarta.ws.rs.loadServices", false), (q, a, chain) -> chain.doFilter(q, a));
        for (String path : List.of("/self/fields", "/self/fields-later")) {
            RawHttp.Answer enforced = server.get("/api" + path);
            assertThat(enforced.body()).isEqualTo("secret");
            assertThat(enforced.values("Set-Cookie")).singleElement().asString().startsWith("cookie=secret");
            assertThat(enforced.values("X-Trailer")).containsExactly("secret");
            RawHttp.Answer withheld = server.get("/bare" + path);
            assertThat(withheld.status()).isEqualTo(500);
            assertThat(withheld.values("Set-Cookie")).isEmpty();
            assertThat(withheld.values("X-Trailer")).isEmpty();
            assertThat(withheld.toString()).doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @EnumSource
    void DISP_08_hands_no_connection_to_what_was_not_enforced(Kind kind) throws Exception {
        TestServer server = jersey(
                kind, "/api/*", Map.of("jakarta.ws.rs.loadServices", false), (q, a, chain) -> chain.doFilter(q, a));
        int before = OPENED.get();
        assertThat(server.get("/bare/self/upgrade", USER).status()).isEqualTo(500);
        assertThat(OPENED.get()).isEqualTo(before);
        if (kind == Kind.TOMCAT) {
            assertThat(server.get("/api/self/upgrade", USER).status()).isLessThan(300);
            assertThat(OPENED.get()).isEqualTo(before + 1);
        }
    }

    @Test
    void ANN_16_takes_a_servlet_that_extends_the_default_one_for_an_application_servlet() throws Exception {
        java.nio.file.Path base = Files.createTempDirectory("countersign");
        for (String folder : List.of("downloads", "shared")) {
            Files.createDirectories(base.resolve(folder));
            Files.writeString(base.resolve(folder).resolve("file.txt"), "a file");
        }
        TestServer server = started(TestServer.start(Kind.TOMCAT, base, context -> {
            install(context);
            context.addServlet("downloads", new Downloads()).addMapping("/downloads/*");
            context.addServlet("shared", new Shared()).addMapping("/shared/*");
        }));
        assertThat(server.get("/downloads/file.txt").status()).isEqualTo(401);
        assertThat(server.get("/downloads/file.txt", USER).status()).isEqualTo(403);
        assertThat(server.get("/downloads/file.txt", ADMIN).body()).isEqualTo("a file");
        assertThat(server.get("/shared/file.txt").status()).isEqualTo(401);
        assertThat(server.get("/shared/file.txt", USER).body()).isEqualTo("a file");
    }

    @ParameterizedTest
    @EnumSource
    void METH_04_permits_reading_static_files_but_not_writing_them(Kind kind) throws Exception {
        TestServer server = started(TestServer.start(kind, AttackTest::install));
        assertThat(server.get("/static.txt").body()).isEqualTo("a static file");
        assertThat(server.send("HEAD", "/static.txt").status()).isEqualTo(200);
        for (String method : List.of("PUT", "DELETE", "PATCH", "MKCOL")) {
            assertThat(server.send(method, "/static.txt").status()).as(method).isEqualTo(401);
        }
        assertThat(server.send("get", "/static.txt").status()).isEqualTo(405);
    }

    private static void ensureWebSocket(ServletContext context) {
        ServletContextHandler handler = ServletContextHandler.getServletContextHandler(context);
        WebSocketServerComponents.ensureWebSocketComponents(handler.getServer(), handler);
        WebSocketUpgradeFilter.ensureFilter(context);
    }

    @Test
    void DISP_08_does_not_start_where_the_filter_for_WebSocket_comes_in_front_later() {
        try (CapturedErrors errors = CapturedErrors.of("dev.countersign")) {
            assertThat(catchThrowable(() -> TestServer.start(Kind.JETTY, context -> {
                        install(context);
                        context.addListener(new ServletContextListener() {
                            @Override
                            public void contextInitialized(ServletContextEvent event) {
                                ensureWebSocket(event.getServletContext());
                            }
                        });
                    })))
                    .isInstanceOf(TestServer.NotStarted.class);
            assertThat(String.join("\n", errors.messages())).contains("filter for WebSocket", "(expected: ");
        }
    }

    @Test
    void DISP_08_starts_where_the_filter_for_WebSocket_was_there_before() throws Exception {
        TestServer server = started(TestServer.start(Kind.JETTY, context -> {
            ensureWebSocket(context);
            install(context);
        }));
        assertThat(server.get("/static.txt").status()).isEqualTo(200);
        assertThat(server.get("/static.txt", "Upgrade: websocket", "Connection: upgrade")
                        .status())
                .isEqualTo(401);
    }
}
