package dev.countersign.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countersign.annotation.Authenticated;
import dev.countersign.servlet.TestServer.Kind;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Resource methods on Jersey. */
@Isolated("it counts what is logged")
class JaxrsTest {
    private static final String USER = "X-Key: alice";
    private static final String ADMIN = "X-Key: root;admin";
    private static final AtomicInteger READ = new AtomicInteger();
    private static final AtomicInteger RAN = new AtomicInteger();

    private final List<TestServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        for (TestServer server : servers) {
            server.close();
        }
    }

    /** Resources for the tests. */
    @Path("orders")
    public static final class Orders {
        @GET
        public String unannotated(@Context SecurityContext security, @Context HttpServletRequest request) {
            return security.getUserPrincipal() + "|" + security.getAuthenticationScheme() + "|"
                    + security.isUserInRole("admin") + "|" + request.getRemoteUser();
        }

        @GET
        @Path("admin")
        @RolesAllowed("admin")
        public String admin() {
            RAN.incrementAndGet();
            return "admin";
        }

        @GET
        @Path("open")
        @PermitAll
        public String open(@Context SecurityContext security) {
            return "open to " + security.getUserPrincipal();
        }

        @GET
        @Path("nobody")
        @DenyAll
        public String nobody() {
            return "nobody";
        }

        @GET
        @Path("lost")
        @PermitAll
        public Response lost() {
            return Response.status(404).build();
        }

        @GET
        @Path("none")
        public Response none() {
            return Response.noContent().build();
        }

        @GET
        @Path("later")
        public void later(@Suspended AsyncResponse response, @Context HttpServletRequest request) {
            CompletableFuture<Void> running =
                    CompletableFuture.runAsync(() -> response.resume("later " + request.getRemoteUser()));
            assertThat(running).isNotNull();
        }

        @GET
        @Path("none-later")
        public void noneLater(@Suspended AsyncResponse response) {
            CompletableFuture<Void> running = CompletableFuture.runAsync(() -> response.resume(
                    Response.noContent().header("X-Secret", "told").build()));
            assertThat(running).isNotNull();
        }

        @GET
        @Path("stream")
        public StreamingOutput stream() {
            return out -> {
                out.write("one".getBytes(StandardCharsets.UTF_8));
                out.flush();
                out.write("two".getBytes(StandardCharsets.UTF_8));
            };
        }

        @POST
        @Consumes("text/plain")
        public String create(Body body) {
            return "created " + body.text();
        }

        @POST
        @Consumes("application/json")
        @RolesAllowed("admin")
        public String createAsAdmin(Body body) {
            return "created by admin " + body.text();
        }

        @OPTIONS
        @Path("own-options")
        @RolesAllowed("admin")
        public String ownOptions() {
            return "own options";
        }

        @Path("locked")
        @RolesAllowed("admin")
        public Items locked() {
            return new Items();
        }

        @Path("free")
        public Items free() {
            return new Items();
        }

        @Path("any")
        @RolesAllowed("admin")
        public Object any() {
            return new Items();
        }

        @Path("class")
        @RolesAllowed("admin")
        public Class<Items> asClass() {
            return Items.class;
        }
    }

    /** An entity whose reading is seen. */
    public record Body(String text) {}

    /** Reads a {@link Body}. */
    @jakarta.ws.rs.ext.Provider
    public static final class BodyReader implements jakarta.ws.rs.ext.MessageBodyReader<Body> {
        @Override
        public boolean isReadable(
                Class<?> type,
                java.lang.reflect.Type genericType,
                java.lang.annotation.Annotation[] annotations,
                jakarta.ws.rs.core.MediaType mediaType) {
            return type == Body.class;
        }

        @Override
        public Body readFrom(
                Class<Body> type,
                java.lang.reflect.Type genericType,
                java.lang.annotation.Annotation[] annotations,
                jakarta.ws.rs.core.MediaType mediaType,
                jakarta.ws.rs.core.MultivaluedMap<String, String> httpHeaders,
                java.io.InputStream entity)
                throws java.io.IOException {
            READ.incrementAndGet();
            return new Body(new String(entity.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** A sub-resource. */
    public static final class Items {
        @GET
        @PermitAll
        @Path("open")
        public String open() {
            return "open item";
        }

        @GET
        @RolesAllowed("admin")
        @Path("admin")
        public String admin() {
            return "admin item";
        }

        @Path("deeper")
        @Authenticated
        public Items deeper() {
            return new Items();
        }
    }

    /** A resource that names an unknown scheme. */
    @Path("misspelt")
    public static final class Misspelt {
        @GET
        @Authenticated(schemes = "jtw")
        public String get() {
            return "";
        }
    }

    /** A resource whose annotation no request meets. */
    @Path("hidden")
    public static final class Hidden {
        @GET
        public String get() {
            return secret();
        }

        @Authenticated
        private String secret() {
            return "";
        }
    }

    private TestServer start(Kind kind, Map<String, Object> properties, String... settings) throws Exception {
        TestServer server = TestServer.start(
                kind,
                context -> {
                    Countersign.Builder builder = Countersign.builder().scheme(new TestScheme("key", "x-key"));
                    for (int i = 0; i < settings.length; i += 2) {
                        builder.setting(settings[i], settings[i + 1]);
                    }
                    builder.build().install(context);
                    ResourceConfig config = new ResourceConfig(Orders.class, BodyReader.class);
                    config.setProperties(properties);
                    var servlet = context.addServlet("api", new ServletContainer(config));
                    servlet.setAsyncSupported(true);
                    servlet.addMapping("/api/*");
                },
                Orders.class,
                Items.class);
        servers.add(server);
        return server;
    }

    private TestServer start(Kind kind) throws Exception {
        return start(kind, Map.of());
    }

    @ParameterizedTest
    @EnumSource
    void R1_challenges_on_the_raw_response(Kind kind) throws Exception {
        TestServer server = start(kind);
        RawHttp.Answer answer = server.get("/api/orders");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.values("WWW-Authenticate")).containsExactly("KEY realm=\"orders\"");
        assertThat(answer.values("Cache-Control")).containsExactly("no-store");
        assertThat(answer.body()).contains("credentials_required");
        assertThat(server.get("/api/orders", "X-Key: bad").body()).contains("key_invalid");
    }

    @ParameterizedTest
    @EnumSource
    void tells_a_resource_who_calls(Kind kind) throws Exception {
        TestServer server = start(kind);
        assertThat(server.get("/api/orders", USER).body()).isEqualTo("Caller[alice]|key|false|alice");
        assertThat(server.get("/api/orders", ADMIN).body()).isEqualTo("Caller[root]|key|true|root");
        assertThat(server.get("/api/orders/open").body()).isEqualTo("open to null");
        assertThat(server.get("/api/orders/open", USER).body()).isEqualTo("open to Caller[alice]");
        assertThat(server.get("/api/orders/later", USER).body()).isEqualTo("later alice");
        assertThat(server.get("/api/orders/later").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void R14_and_R41_refuse_with_403(Kind kind) throws Exception {
        TestServer server = start(kind);
        assertThat(server.get("/api/orders/admin", USER).status()).isEqualTo(403);
        assertThat(server.get("/api/orders/admin", USER).values("WWW-Authenticate"))
                .isEmpty();
        assertThat(server.get("/api/orders/admin", ADMIN).body()).isEqualTo("admin");
        assertThat(server.get("/api/orders/nobody", ADMIN).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource
    void METH_01_HEAD_follows_GET(Kind kind) throws Exception {
        TestServer server = start(kind);
        RawHttp.Answer refused = server.send("HEAD", "/api/orders/admin");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).isEmpty();
        assertThat(server.send("HEAD", "/api/orders/admin", ADMIN).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void METH_02_and_R43_judge_OPTIONS(Kind kind) throws Exception {
        TestServer server = start(kind);
        String[] preflight = {"Origin: https://a.example", "Access-Control-Request-Method: GET"};
        RawHttp.Answer anonymous = server.send("OPTIONS", "/api/orders/admin");
        assertThat(anonymous.status()).isEqualTo(401);
        assertThat(anonymous.values("WWW-Authenticate")).containsExactly("KEY realm=\"orders\"");
        assertThat(anonymous.values("Allow")).isEmpty();
        assertThat(server.send("OPTIONS", "/api/orders/admin", "Accept: text/plain", USER)
                        .status())
                .isEqualTo(200);
        RawHttp.Answer passed = server.send("OPTIONS", "/api/orders/admin", preflight);
        assertThat(passed.status()).isIn(200, 204);
        assertThat(passed.body()).isEmpty();
        assertThat(server.send("OPTIONS", "/api/orders/own-options", preflight).status())
                .isEqualTo(401);
        assertThat(server.send("OPTIONS", "/api/orders/own-options", ADMIN).body())
                .isEqualTo("own options");
    }

    @ParameterizedTest
    @EnumSource
    void ANN_05_enforces_a_locator_and_its_sub_resource(Kind kind) throws Exception {
        TestServer server = start(kind);
        for (String locator : List.of("locked", "any", "class")) {
            String path = "/api/orders/" + locator;
            assertThat(server.get(path + "/open").status()).as(locator).isEqualTo(401);
            assertThat(server.get(path + "/open", USER).status()).as(locator).isEqualTo(403);
            assertThat(server.get(path + "/open", ADMIN).body()).as(locator).isEqualTo("open item");
        }
        assertThat(server.get("/api/orders/free/open").body()).isEqualTo("open item");
        assertThat(server.get("/api/orders/free/admin").status()).isEqualTo(401);
        assertThat(server.get("/api/orders/free/admin", USER).status()).isEqualTo(403);
        assertThat(server.get("/api/orders/free/deeper/open").status()).isEqualTo(401);
        assertThat(server.get("/api/orders/free/deeper/open", USER).body()).isEqualTo("open item");
        assertThat(server.get("/api/orders/locked/deeper/open", USER).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource
    void ANN_06_refuses_before_an_entity_is_read(Kind kind) throws Exception {
        TestServer server = start(kind);
        int before = READ.get();
        assertThat(server.send("POST", "/api/orders", "Content-Type: text/plain", "Content-Length: 10000000")
                        .status())
                .isEqualTo(401);
        assertThat(READ.get()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void ANN_15_judges_each_of_two_methods_of_one_path_by_its_own_rule(Kind kind) throws Exception {
        TestServer server = start(kind);
        assertThat(server.send("POST", "/api/orders", "Content-Type: text/plain", "Content-Length: 0", USER)
                        .status())
                .isEqualTo(200);
        assertThat(server.send("POST", "/api/orders", "Content-Type: application/json", "Content-Length: 0", USER)
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource
    void G8_and_DISP_05_protect_answers_that_leave_early_or_have_no_body(Kind kind) throws Exception {
        TestServer server = start(kind);
        for (String path : List.of("stream", "none", "later", "none-later")) {
            RawHttp.Answer answer = server.get("/api/orders/" + path, USER);
            assertThat(answer.status()).isIn(200, 204);
            assertThat(answer.values("Cache-Control")).as(path).containsExactly("private");
            assertThat(answer.values("X-Content-Type-Options")).as(path).containsExactly("nosniff");
        }
        assertThat(server.get("/api/orders/stream", USER).body()).isEqualTo("onetwo");
    }

    @ParameterizedTest
    @EnumSource
    void keeps_the_runtimes_own_errors(Kind kind) throws Exception {
        assertThat(start(kind).get("/api/unknown").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource
    void refuses_the_WADL_unless_it_is_permitted(Kind kind) throws Exception {
        TestServer server = start(kind);
        assertThat(server.get("/api/application.wadl", ADMIN).status()).isEqualTo(403);
        assertThat(server.get("/api/application.wadl/xsd0.xsd", ADMIN).status()).isEqualTo(403);
        assertThat(server.send("OPTIONS", "/api/orders", "Accept: application/vnd.sun.wadl+xml", ADMIN)
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource
    void SPEC_2_7_refuses_everything_where_the_feature_is_switched_off(Kind kind) throws Exception {
        try (CapturedErrors errors = CapturedErrors.of("dev.countersign")) {
            TestServer server = start(kind, Map.of("jakarta.ws.rs.loadServices", false));
            int before = RAN.get();
            assertThat(server.get("/api/orders/admin").status()).isEqualTo(500);
            assertThat(server.get("/api/orders/admin", ADMIN).status()).isEqualTo(500);
            assertThat(RAN.get()).isEqualTo(before);
            assertThat(errors.messages().stream().filter(m -> m.contains("CountersignFeature")))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void SPEC_2_7_refuses_a_second_runtime_without_the_feature_before_any_method_runs(Kind kind) throws Exception {
        try (CapturedErrors errors = CapturedErrors.of("dev.countersign")) {
            TestServer server = TestServer.start(kind, context -> {
                Countersign.builder()
                        .scheme(new TestScheme("key", "x-key"))
                        .build()
                        .install(context);
                ResourceConfig guarded = new ResourceConfig(Orders.class, BodyReader.class);
                ResourceConfig bare = new ResourceConfig(Orders.class, BodyReader.class);
                bare.setProperties(Map.of("jakarta.ws.rs.loadServices", false));
                context.addServlet("api", new ServletContainer(guarded)).addMapping("/api/*");
                context.addServlet("bare", new ServletContainer(bare)).addMapping("/bare/*");
            });
            servers.add(server);
            int before = RAN.get();
            assertThat(server.get("/bare/orders/admin", ADMIN).status()).isEqualTo(500);
            assertThat(server.get("/bare/orders/none", USER).status()).isEqualTo(500);
            assertThat(RAN.get()).isEqualTo(before);
            assertThat(server.get("/api/orders/admin", ADMIN).status()).isEqualTo(200);
            assertThat(RAN.get()).isEqualTo(before + 1);
            assertThat(errors.messages().stream().filter(m -> m.contains("CountersignFeature")))
                    .singleElement()
                    .asString()
                    .contains("servlet bare");
        }
    }

    @ParameterizedTest
    @EnumSource
    void SPEC_2_7_withholds_what_a_runtime_answers_without_the_mark(Kind kind) throws Exception {
        TestServer server = TestServer.start(kind, context -> {
            Countersign.builder().scheme(new TestScheme("key", "x-key")).build().install(context);
            ResourceConfig guarded = new ResourceConfig(Orders.class, BodyReader.class);
            ResourceConfig bare = new ResourceConfig(Orders.class, BodyReader.class, Showless.class);
            bare.setProperties(Map.of("jakarta.ws.rs.loadServices", false));
            context.addServlet("api", new ServletContainer(guarded)).addMapping("/api/*");
            var servlet = context.addServlet("bare", new ServletContainer(bare));
            servlet.setAsyncSupported(true);
            servlet.addMapping("/bare/*");
        });
        servers.add(server);
        assertThat(server.get("/api/orders", USER).status()).isEqualTo(200);
        RawHttp.Answer withheld = server.get("/bare/orders", USER);
        assertThat(withheld.status()).isEqualTo(500);
        assertThat(withheld.body()).contains("\"code\":\"internal\"").doesNotContain("alice");
        assertThat(server.get("/bare/orders/none", USER).status()).isEqualTo(500);
        assertThat(server.get("/bare/orders/stream", USER).body()).doesNotContain("one");
        RawHttp.Answer later = server.get("/bare/orders/none-later", USER);
        assertThat(later.status()).isEqualTo(500);
        assertThat(later.values("X-Secret")).isEmpty();
        assertThat(later.body()).contains("\"code\":\"internal\"");
        assertThat(server.get("/bare/unknown", USER).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource
    void SPEC_2_7_withholds_what_a_filter_answers_asynchronously_instead_of_the_method(Kind kind) throws Exception {
        TestServer server = TestServer.start(kind, context -> {
            Countersign.builder().scheme(new TestScheme("key", "x-key")).build().install(context);
            var filter = context.addFilter("later", (request, response, chain) -> {
                if (((HttpServletRequest) request).getHeader("X-Later") == null) {
                    chain.doFilter(request, response);
                    return;
                }
                AsyncContext later = request.startAsync();
                later.setTimeout(later.getTimeout());
                assertThat(request.getAsyncContext()).isSameAs(later);
                assertThat(later.hasOriginalRequestAndResponse()).isTrue();
                later.start(() -> {
                    try {
                        later.getResponse().getWriter().print("unguarded " + (later.getRequest() != null));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    later.complete();
                });
            });
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/api/*");
            var servlet =
                    context.addServlet("api", new ServletContainer(new ResourceConfig(Orders.class, BodyReader.class)));
            servlet.setAsyncSupported(true);
            servlet.addMapping("/api/*");
        });
        servers.add(server);
        assertThat(server.get("/api/orders", USER).status()).isEqualTo(200);
        RawHttp.Answer withheld = server.get("/api/orders", USER, "X-Later: yes");
        assertThat(withheld.status()).isEqualTo(500);
        assertThat(withheld.body()).contains("\"code\":\"internal\"").doesNotContain("unguarded");
    }

    @ParameterizedTest
    @EnumSource
    void ANN_03_and_ANN_10_do_not_start_with_wrong_annotations_and_tell_all(Kind kind) {
        try (CapturedErrors errors = CapturedErrors.of("dev.countersign")) {
            assertThat(catchThrowable(() -> TestServer.start(
                            kind,
                            context -> Countersign.builder()
                                    .scheme(new TestScheme("key", "x-key"))
                                    .build()
                                    .install(context),
                            Misspelt.class,
                            Hidden.class)))
                    .isInstanceOf(TestServer.NotStarted.class);
            assertThat(String.join("\n", errors.messages())).contains("jtw", "Hidden.secret");
        }
    }

    /** A servlet behind a runtime that is a filter. */
    public static final class Behind extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            RAN.incrementAndGet();
            response.getWriter().print("behind for " + request.getRemoteUser());
        }
    }

    @ParameterizedTest
    @EnumSource
    void judges_what_a_runtime_that_is_a_filter_passes_on_by_the_rule_of_its_own_target(Kind kind) throws Exception {
        java.nio.file.Path base = Files.createTempDirectory("countersign");
        Files.createDirectories(base.resolve("WEB-INF"));
        Files.writeString(base.resolve("static.txt"), "a static file");
        Files.writeString(
                base.resolve("WEB-INF/web.xml"),
                "<web-app><filter><filter-name>rest</filter-name></filter>"
                        + "<filter-mapping><filter-name>rest</filter-name><url-pattern>/*</url-pattern></filter-mapping>"
                        + "</web-app>");
        TestServer server = TestServer.start(kind, base, context -> {
            Countersign.builder().scheme(new TestScheme("key", "x-key")).build().install(context);
            var filter = context.addFilter(
                    "rest",
                    new ServletContainer(new ResourceConfig(Orders.class, BodyReader.class)
                            .property("jersey.config.servlet.filter.forwardOn404", true)));
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
            context.addServlet("behind", new Behind()).addMapping("/behind");
        });
        servers.add(server);
        assertThat(server.get("/orders", USER).status()).isEqualTo(200);
        assertThat(server.get("/orders/admin", USER).status()).isEqualTo(403);
        int before = RAN.get();
        assertThat(server.get("/behind").status()).isEqualTo(401);
        assertThat(RAN.get()).isEqualTo(before);
        assertThat(server.get("/behind", USER).body()).isEqualTo("behind for alice");
        assertThat(server.get("/static.txt").body()).isEqualTo("a static file");
    }

    private TestServer behindFilter(Kind kind, Consumer<FilterRegistration.Dynamic> mapping) throws Exception {
        TestServer server = TestServer.start(kind, context -> {
            Countersign.builder().scheme(new TestScheme("key", "x-key")).build().install(context);
            FilterRegistration.Dynamic filter = context.addFilter(
                    "rest",
                    new ServletContainer(new ResourceConfig(Orders.class, BodyReader.class)
                            .property("jersey.config.servlet.filter.forwardOn404", true)));
            filter.setAsyncSupported(true);
            mapping.accept(filter);
            context.addServlet("behind", new Behind()).addMapping("/behind", "/orders/lost");
            context.addServlet("open", new OpenBehind()).addMapping("/orders/admin");
        });
        servers.add(server);
        return server;
    }

    /** A servlet for everybody, behind a runtime that is a filter. */
    @PermitAll
    public static final class OpenBehind extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("open");
        }
    }

    @ParameterizedTest
    @EnumSource
    void never_runs_what_a_runtime_that_is_a_filter_of_code_passes_on_before_its_rule(Kind kind) throws Exception {
        TestServer server = behindFilter(
                kind, filter -> filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*"));
        int before = RAN.get();
        assertThat(server.get("/behind").status()).isEqualTo(401);
        assertThat(RAN.get()).isEqualTo(before);
        assertThat(server.get("/behind", USER).body()).isEqualTo("behind for alice");
        assertThat(server.get("/orders", USER).status()).isEqualTo(200);
        assertThat(server.get("/orders").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void judges_what_a_method_that_found_nothing_passes_on(Kind kind) throws Exception {
        TestServer server = behindFilter(
                kind, filter -> filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*"));
        int before = RAN.get();
        RawHttp.Answer refused = server.get("/orders/lost");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.values("WWW-Authenticate")).containsExactly("KEY realm=\"orders\"");
        assertThat(RAN.get()).isEqualTo(before);
        assertThat(server.get("/orders/lost", USER).body()).isEqualTo("behind for alice");
    }

    @ParameterizedTest
    @EnumSource
    void SPEC_9_does_not_start_with_a_runtime_that_is_a_filter_behind_the_last_one(Kind kind) {
        List<Consumer<FilterRegistration.Dynamic>> mappings = List.of(
                filter -> filter.addMappingForServletNames(EnumSet.of(DispatcherType.REQUEST), true, "open"),
                filter -> {
                    filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
                    filter.addMappingForServletNames(EnumSet.of(DispatcherType.REQUEST), true, "open");
                });
        for (Consumer<FilterRegistration.Dynamic> mapping : mappings) {
            try (CapturedErrors errors = CapturedErrors.of("dev.countersign")) {
                assertThat(catchThrowable(() -> behindFilter(kind, mapping))).isInstanceOf(TestServer.NotStarted.class);
                assertThat(String.join("\n", errors.messages())).contains("filter rest: ", "(expected: ");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void SPEC_9_does_not_start_with_a_runtime_that_is_mapped_after_the_last_filter(Kind kind) {
        try (CapturedErrors errors = CapturedErrors.of("dev.countersign")) {
            assertThat(catchThrowable(() -> TestServer.start(kind, context -> {
                        Countersign.builder()
                                .scheme(new TestScheme("key", "x-key"))
                                .build()
                                .install(context);
                        FilterRegistration.Dynamic filter = context.addFilter(
                                "rest", new ServletContainer(new ResourceConfig(Orders.class, BodyReader.class)));
                        context.addListener(new ServletContextListener() {
                            @Override
                            public void contextInitialized(ServletContextEvent event) {
                                filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
                            }
                        });
                    })))
                    .isInstanceOf(TestServer.NotStarted.class);
            assertThat(String.join("\n", errors.messages())).contains("filter rest: ", "(expected: ");
        }
    }
}
