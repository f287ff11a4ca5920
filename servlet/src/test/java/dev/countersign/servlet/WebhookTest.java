package dev.countersign.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.Webhook;
import dev.countersign.servlet.TestServer.Kind;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** R31 and R31b on servers: how the Gate learns how an event was handled, and what is answered to the next delivery. */
class WebhookTest {
    private static final Map<String, AtomicInteger> CALLS = new ConcurrentHashMap<>();
    private static final Map<String, CountDownLatch> BEGUN = new ConcurrentHashMap<>();
    private static final Map<String, CountDownLatch> GOES_ON = new ConcurrentHashMap<>();
    private static final AtomicInteger EVENTS = new AtomicInteger();
    private static final int WAIT = 20;

    private final List<TestServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        for (TestServer server : servers) {
            server.close();
        }
    }

    /** Counts a call, and returns which one of its event it is. */
    private static int call(String event) {
        return CALLS.computeIfAbsent(event, ignored -> new AtomicInteger()).incrementAndGet();
    }

    private static int calls(String event) {
        AtomicInteger calls = CALLS.get(event);
        return calls == null ? 0 : calls.get();
    }

    /** The status of a call: the first of the list for the first one, and so on; the last for all further ones. */
    private static int status(String event, String statuses) {
        String[] all = statuses.split(",", -1);
        return Integer.parseInt(all[Math.min(call(event), all.length) - 1]);
    }

    /** Resources for the tests. */
    @Path("hooks")
    @Webhook("hook")
    public static final class Hooks {
        @POST
        @Path("now")
        public Response now(@HeaderParam("X-Hook") String event, @HeaderParam("X-Statuses") String statuses) {
            return Response.status(status(event, statuses)).entity("called").build();
        }

        @POST
        @Path("waits")
        public String waits(@HeaderParam("X-Hook") String event) throws InterruptedException {
            call(event);
            CountDownLatch begun = BEGUN.get(event);
            CountDownLatch goesOn = GOES_ON.get(event);
            if (begun != null && goesOn != null) {
                begun.countDown();
                assertThat(goesOn.await(WAIT, TimeUnit.SECONDS)).isTrue();
            }
            return "called";
        }

        @POST
        @Path("throws")
        public String fails(@HeaderParam("X-Hook") String event) {
            if (call(event) == 1) {
                throw new IllegalStateException("the first call fails");
            }
            return "called";
        }

        @POST
        @Path("later")
        public void later(
                @Suspended AsyncResponse response,
                @HeaderParam("X-Hook") String event,
                @HeaderParam("X-Statuses") String statuses) {
            int status = status(event, statuses);
            CompletableFuture<Void> running = CompletableFuture.runAsync(() ->
                    response.resume(Response.status(status).entity("called").build()));
            assertThat(running).isNotNull();
        }

        @POST
        @Path("at-once")
        public void atOnce(
                @Suspended AsyncResponse response,
                @HeaderParam("X-Hook") String event,
                @HeaderParam("X-Statuses") String statuses) {
            response.resume(
                    Response.status(status(event, statuses)).entity("called").build());
        }

        @POST
        @Path("too-late")
        public void tooLate(@Suspended AsyncResponse response, @HeaderParam("X-Hook") String event) {
            if (call(event) == 1) {
                response.setTimeout(1, TimeUnit.MILLISECONDS);
            } else {
                response.resume("called");
            }
        }

        @POST
        @Path("every-time")
        @Webhook(value = "hook", dedupe = false)
        public String everyTime(@HeaderParam("X-Hook") String event) {
            call(event);
            return "called";
        }

        @POST
        @Path("known")
        @Authenticated(schemes = "hook")
        public String known(@HeaderParam("X-Hook") String event) {
            call(event);
            return "called";
        }
    }

    /** A resource that names what is no webhook. */
    @Path("wrong")
    public static final class Wrong {
        @POST
        @Webhook("key")
        public String call() {
            return "";
        }
    }

    private interface Work {
        void answer(String event, HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException;
    }

    private static class Working extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient Work work;

        Working(Work work) {
            this.work = work;
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            String event = request.getHeader("X-Hook");
            work.answer(event == null ? "none" : event, request, response);
        }
    }

    @Webhook("hook")
    static final class HookServlet extends Working {
        private static final long serialVersionUID = 1L;

        HookServlet(Work work) {
            super(work);
        }
    }

    private static void add(ServletContext context, String name, HttpServlet servlet, String pattern) {
        var registration = context.addServlet(name, servlet);
        registration.setAsyncSupported(true);
        registration.addMapping(pattern);
    }

    private static int firstFails(String event) {
        return call(event) == 1 ? 500 : 200;
    }

    private TestServer start(Kind kind) throws Exception {
        TestServer server = TestServer.start(
                kind,
                context -> {
                    Countersign.builder()
                            .scheme(new HookScheme())
                            .scheme(new TestScheme("key", "x-key"))
                            .setting("countersign.default", "hook")
                            .build()
                            .install(context);
                    var jaxrs = context.addServlet("api", new ServletContainer(new ResourceConfig(Hooks.class)));
                    jaxrs.setAsyncSupported(true);
                    jaxrs.addMapping("/api/*");
                    servlets(context);
                },
                Hooks.class);
        servers.add(server);
        return server;
    }

    private static void servlets(ServletContext context) {
        add(context, "now", new HookServlet((event, q, a) -> a.setStatus(firstFails(event))), "/now");
        add(
                context,
                "error",
                new HookServlet((event, q, a) -> {
                    if (firstFails(event) == 500) {
                        a.sendError(500);
                    }
                }),
                "/error");
        add(
                context,
                "broken",
                new HookServlet((event, q, a) -> {
                    a.getWriter().write("begun");
                    a.flushBuffer();
                    if (firstFails(event) == 500) {
                        throw new ServletException("broken off");
                    }
                }),
                "/broken");
        add(
                context,
                "async",
                new HookServlet((event, q, a) -> {
                    AsyncContext async = q.startAsync();
                    async.start(() -> {
                        ((HttpServletResponse) async.getResponse()).setStatus(firstFails(event));
                        async.complete();
                    });
                }),
                "/async");
        add(
                context,
                "at-once",
                new HookServlet((event, q, a) -> {
                    AsyncContext async = q.startAsync();
                    a.setStatus(firstFails(event));
                    async.complete();
                }),
                "/at-once");
        add(
                context,
                "dispatched",
                new HookServlet((event, q, a) -> {
                    if (q.getDispatcherType() == DispatcherType.REQUEST) {
                        q.startAsync().dispatch();
                    } else {
                        a.setStatus(firstFails(event));
                    }
                }),
                "/dispatched");
        add(
                context,
                "twice",
                new HookServlet((event, q, a) -> {
                    AsyncContext async = q.startAsync();
                    if (q.getDispatcherType() == DispatcherType.REQUEST) {
                        async.dispatch();
                    } else {
                        a.setStatus(firstFails(event));
                        async.complete();
                    }
                }),
                "/twice");
        add(
                context,
                "timeout",
                new HookServlet((event, q, a) -> {
                    if (firstFails(event) == 500) {
                        AsyncContext async = q.startAsync();
                        // A timeout of 1 ms can come while Jetty still ends the dispatch, and is then never told.
                        async.setTimeout(100);
                        async.addListener(new Completing());
                    }
                }),
                "/timeout");
        add(
                context,
                "forward",
                new Working((event, q, a) ->
                        q.getRequestDispatcher(q.getHeader("X-To")).forward(q, a)),
                "/forward");
    }

    /** Completes after a timeout, with 503. */
    private static final class Completing implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) {
            ((HttpServletResponse) event.getAsyncContext().getResponse()).setStatus(503);
            event.getAsyncContext().complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {
            // Nothing is left to do.
        }

        @Override
        public void onError(AsyncEvent event) {
            // A timeout alone is expected.
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // It is started once.
        }
    }

    private static String event() {
        return "evt_" + EVENTS.incrementAndGet();
    }

    /** One delivery; until the end of one before it is noted, which is after its answer left, again. */
    private static RawHttp.Answer deliver(TestServer server, String path, String event, String... fields)
            throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT);
        RawHttp.Answer answer = once(server, path, event, fields);
        while (answer.status() == 409 && System.nanoTime() < end) {
            answer = once(server, path, event, fields);
        }
        return answer;
    }

    private static RawHttp.Answer once(TestServer server, String path, String event, String... fields)
            throws IOException {
        List<String> lines = new ArrayList<>(List.of("Content-Length: 0", "X-Hook: " + event));
        lines.addAll(List.of(fields));
        try {
            return server.send("POST", path, lines.toArray(String[]::new));
        } catch (IOException e) {
            throw new IOException(path + " " + event + " after " + calls(event) + " calls", e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void R31_WH_06_an_event_that_was_handled_is_200_and_not_handled_again(Kind kind) throws Exception {
        TestServer server = start(kind);
        for (String path : List.of("now", "later", "at-once")) {
            String event = event();
            assertThat(deliver(server, "/api/hooks/" + path, event, "X-Statuses: 202")
                            .status())
                    .isEqualTo(202);
            for (int i = 0; i < 2; i++) {
                RawHttp.Answer again = deliver(server, "/api/hooks/" + path, event, "X-Statuses: 202");
                assertThat(again.status()).as(path).isEqualTo(200);
                assertThat(again.body()).isEmpty();
                assertThat(again.values("Content-Length")).containsExactly("0");
                assertThat(again.values("Content-Type")).isEmpty();
                assertThat(again.values("Cache-Control")).containsExactly("no-store");
                assertThat(again.values("WWW-Authenticate")).isEmpty();
            }
            assertThat(calls(event)).as(path).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void R31_WH_06_an_event_is_handled_again_after_any_other_answer(Kind kind) throws Exception {
        TestServer server = start(kind);
        for (String path : List.of("now", "later", "at-once")) {
            for (int status : List.of(302, 404, 500, 503)) {
                String event = event();
                String statuses = "X-Statuses: " + status + ",200";
                String target = "/api/hooks/" + path;
                assertThat(deliver(server, target, event, statuses).status()).isEqualTo(status);
                assertThat(deliver(server, target, event, statuses).body())
                        .as("%s %s", path, status)
                        .isEqualTo("called");
                assertThat(deliver(server, target, event, statuses).body()).isEmpty();
                assertThat(calls(event)).isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void R31_WH_06_an_event_is_handled_again_after_a_call_that_threw_or_took_too_long(Kind kind) throws Exception {
        TestServer server = start(kind);
        for (String path : List.of("throws", "too-late")) {
            String event = event();
            assertThat(deliver(server, "/api/hooks/" + path, event).status()).isIn(500, 503);
            assertThat(deliver(server, "/api/hooks/" + path, event).body())
                    .as(path)
                    .isEqualTo("called");
            assertThat(deliver(server, "/api/hooks/" + path, event).body()).isEmpty();
            assertThat(calls(event)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void R31_WH_06_servlets_handle_an_event_until_they_have_answered_well(Kind kind) throws Exception {
        TestServer server = start(kind);
        for (String path :
                List.of("/now", "/error", "/broken", "/async", "/at-once", "/dispatched", "/twice", "/timeout")) {
            String event = event();
            for (int i = 0; i < 4; i++) {
                deliver(server, path, event);
            }
            assertThat(calls(event)).as(path).isEqualTo(2);
            assertThat(deliver(server, path, event).status()).as(path).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void R31b_WH_06_an_event_that_is_being_handled_is_409(Kind kind) throws Exception {
        TestServer server = start(kind);
        String event = event();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        BEGUN.put(event, begun);
        GOES_ON.put(event, goesOn);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<RawHttp.Answer> first = thread.submit(() -> once(server, "/api/hooks/waits", event));
            assertThat(begun.await(WAIT, TimeUnit.SECONDS)).isTrue();
            RawHttp.Answer second = once(server, "/api/hooks/waits", event);
            assertThat(second.status()).isEqualTo(409);
            assertThat(second.values("Retry-After")).containsExactly("1");
            assertThat(second.values("WWW-Authenticate")).isEmpty();
            assertThat(second.body()).contains("\"code\":\"webhook_in_progress\"");
            assertThat(once(server, "/api/hooks/now", event(), "X-Statuses: 200")
                            .status())
                    .isEqualTo(200);
            goesOn.countDown();
            assertThat(first.get().body()).isEqualTo("called");
            assertThat(deliver(server, "/api/hooks/waits", event).body()).isEmpty();
            assertThat(calls(event)).isEqualTo(1);
        } finally {
            goesOn.countDown();
            thread.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void WH_06_of_fifty_deliveries_at_once_one_is_handled(Kind kind) throws Exception {
        TestServer server = start(kind);
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try {
            for (String path : List.of("waits", "later")) {
                String event = event();
                List<Callable<RawHttp.Answer>> deliveries = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    deliveries.add(() -> once(server, "/api/hooks/" + path, event, "X-Statuses: 200"));
                }
                List<RawHttp.Answer> answers = new ArrayList<>();
                for (Future<RawHttp.Answer> answer : threads.invokeAll(deliveries)) {
                    answers.add(answer.get());
                }
                assertThat(answers).extracting(RawHttp.Answer::status).isSubsetOf(200, 409);
                assertThat(answers)
                        .filteredOn(answer -> answer.body().equals("called"))
                        .as(path)
                        .hasSize(1);
                assertThat(calls(event)).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void WH_06_without_dedupe_each_delivery_is_handled(Kind kind) throws Exception {
        TestServer server = start(kind);
        for (String path : List.of("every-time", "known")) {
            String event = event();
            for (int i = 0; i < 3; i++) {
                assertThat(once(server, "/api/hooks/" + path, event).body()).isEqualTo("called");
            }
            assertThat(calls(event)).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void WH_06_DISP_01_a_rule_that_is_judged_before_the_methods_own_does_not_hide_a_repeated_event(Kind kind)
            throws Exception {
        TestServer server = start(kind);
        String event = event();
        assertThat(deliver(server, "/api/hooks/now", event, "X-Statuses: 200").body())
                .isEqualTo("called");
        for (String field : List.of("Upgrade: x", "Upgrade: websocket", "Sec-WebSocket-Key: x")) {
            RawHttp.Answer again =
                    deliver(server, "/api/hooks/now", event, "X-Statuses: 200", "Connection: Upgrade", field);
            assertThat(again.body()).as(field).isEmpty();
        }
        for (String to : List.of("/api/hooks/now", "/now")) {
            String forwarded = event();
            RawHttp.Answer first = deliver(server, "/forward", forwarded, "X-To: " + to, "X-Statuses: 500,200");
            assertThat(first.status()).isEqualTo(500);
            assertThat(deliver(server, "/forward", forwarded, "X-To: " + to, "X-Statuses: 500,200")
                            .status())
                    .isEqualTo(200);
            assertThat(deliver(server, "/forward", forwarded, "X-To: " + to, "X-Statuses: 500,200")
                            .body())
                    .isEmpty();
            assertThat(deliver(server, to, forwarded, "X-Statuses: 500,200").body())
                    .isEmpty();
            assertThat(calls(forwarded)).as(to).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void R26_a_401_has_the_fields_of_its_scheme_and_keeps_ours(Kind kind) throws Exception {
        RawHttp.Answer answer = start(kind).send("POST", "/api/hooks/now", "Content-Length: 0");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.values("WWW-Authenticate")).containsExactly("Webhook realm=\"orders\"");
        assertThat(String.join(", ", answer.values("Accept-Signature"))).isEqualTo("sig1=();created, sig2=();created");
        assertThat(answer.values("Cache-Control")).containsExactly("no-store");
    }

    @ParameterizedTest
    @EnumSource
    void a_webhook_that_is_none_stops_the_deployment(Kind kind) {
        Throwable thrown = catchThrowable(() -> servers.add(TestServer.start(
                kind,
                context -> {
                    Countersign.builder()
                            .scheme(new HookScheme())
                            .scheme(new TestScheme("key", "x-key"))
                            .build()
                            .install(context);
                    var jaxrs = context.addServlet("api", new ServletContainer(new ResourceConfig(Wrong.class)));
                    jaxrs.addMapping("/api/*");
                },
                Wrong.class)));
        assertThat(thrown).isInstanceOf(TestServer.NotStarted.class);
    }
}
