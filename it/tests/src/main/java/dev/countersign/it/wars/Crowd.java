package dev.countersign.it.wars;

import static dev.countersign.it.wars.Configured.ALICE;
import static dev.countersign.it.wars.Configured.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp;
import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Server;
import dev.countersign.it.Wars;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * Many callers of one WAR, which answers in every way there is and tells each time who called. What is asserted holds on
 * every server and with every pool of threads, so a test chooses those and calls these.
 */
public final class Crowd {
    private static final int REQUESTS = 210;
    private static final String NOTHING = "X-Nothing: sent";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The ways of a plain servlet and what each tells of a caller, {@code *} standing for the name. */
    private static final List<Way> SERVLET = List.of(
            new Way("/now", 200, "*"),
            new Way("/forward", 200, "*"),
            new Way("/include", 200, "* * *"),
            new Way("/error", 409, "*"),
            new Way("/exception", 500, "*"),
            new Way("/dispatch", 200, "* *"),
            new Way("/dispatch-away", 200, "*"),
            new Way("/complete", 200, "*"));

    /**
     * The way that ends with the container's own timeout. Jetty 12.0.31 loses an answer now and then if many of them run
     * out at a time, whether or not there is a filter in front, so that this one is no part of every crowd.
     */
    private static final Way TIMEOUT = new Way("/timeout", 200, "* *");

    private static final List<Way> RESOURCE = List.of(
            new Way("/now", 200, "*"),
            new Way("/async", 200, "*"),
            new Way("/stage", 200, "*"),
            new Way("/timeout", 200, "*"));

    private static final Way EVENTS = new Way("/events", 200, "* *");

    private Crowd() {}

    /** The ways of a resource method. */
    private static List<Way> resource() {
        List<Way> ways = new ArrayList<>(RESOURCE);
        if (Server.current().sendsEventsFromElsewhere()) {
            ways.add(EVENTS);
        }
        return ways;
    }

    private record Way(String path, int status, String text) {
        String answer(String name) {
            return status + " " + text.replace("*", name);
        }
    }

    /** A request, by whom, and the answer that it must get. */
    private record Call(String path, String credential, String answer) {}

    /** The WAR for everything but {@link #beans}; its name is the context path. */
    public static WebArchive war(String name) {
        return Configured.webXml(
                Configured.keys(Wars.with(name, "crowd", "later")),
                Wars.listed("dev.countersign.it.wars.crowd.CrowdApplication") + """
                <error-page>
                  <error-code>409</error-code>
                  <location>/tell</location>
                </error-page>
                <error-page>
                  <exception-type>java.lang.IllegalStateException</exception-type>
                  <location>/tell</location>
                </error-page>
                """);
    }

    /** The WAR for {@link #beans}; its name is the context path. */
    public static WebArchive beanWar(String name) {
        return Configured.keys(Wars.withCdi(name, "injected"));
    }

    /** More than 200 requests of two users and of nobody, in every way, all at the same time. */
    public static void allAtATime(RawHttp http) throws Exception {
        List<Call> calls = new ArrayList<>();
        while (calls.size() < REQUESTS) {
            SERVLET.forEach(way -> addAll(calls, "", way));
            resource().forEach(way -> addAll(calls, "/api", way));
        }
        atATime(http, calls);
    }

    /** More than 200 requests that end with the container's own timeout, all at the same time. */
    public static void timeoutsAtATime(RawHttp http) throws Exception {
        List<Call> calls = new ArrayList<>();
        while (calls.size() < REQUESTS) {
            addAll(calls, "", TIMEOUT);
        }
        atATime(http, calls);
    }

    /** One application-scoped bean, which is told the caller, serves more than 200 requests at the same time. */
    public static void beans(RawHttp http) throws Exception {
        List<Call> calls = new ArrayList<>();
        while (calls.size() < REQUESTS) {
            for (String[] user : new String[][] {{"alice", ALICE}, {"bob", BOB}}) {
                calls.add(new Call("/greet", user[1], "200 " + user[0]));
                if (Server.current().jaxrs().makesBeans()) {
                    calls.add(new Call("/api/greetings", user[1], "200 marked " + user[0]));
                }
            }
            calls.add(new Call("/greet", NOTHING, "200 nobody"));
            calls.add(new Call("/api/greetings", NOTHING, "401"));
        }
        atATime(http, calls);
    }

    /**
     * In every way a user, then nobody, then another user; and each time somebody comes after an exception.
     *
     * @return the threads that served, each once
     */
    public static List<String> oneAfterTheOther(RawHttp http) throws IOException {
        List<Call> calls = new ArrayList<>();
        for (String root : List.of("", "/api")) {
            for (Way way : root.isEmpty() ? SERVLET : resource()) {
                addAll(calls, root, way);
            }
            for (String thrower : List.of("/exception", "/api/open/exception", "/api/guarded/exception")) {
                calls.add(new Call(thrower.startsWith("/api") ? thrower : "/open" + thrower, ALICE, "500"));
                calls.add(new Call(root + "/open/now", NOTHING, "200 nobody"));
                calls.add(new Call(root + "/open/now", BOB, "200 bob"));
                calls.add(new Call(root + "/guarded/now", NOTHING, "401"));
            }
        }
        addAll(calls, "", TIMEOUT);
        List<String> threads = new ArrayList<>();
        for (Call call : calls) {
            RawResponse response = http.get(call.path(), call.credential());
            assertThat(told(response)).as(call.path()).startsWith(call.answer());
            threads.addAll(response.header("X-Thread"));
        }
        assertThat(threads).hasSizeGreaterThan(REQUESTS / 10);
        return threads.stream().distinct().toList();
    }

    /** A user waits; another one, or nobody, makes the answer go on, on the thread of their own request. */
    public static void wokenByAnother(RawHttp http) throws Exception {
        for (String root : List.of("", "/api")) {
            String waiting = root.isEmpty() ? "200 alice alice" : "200 alice";
            woken(http, root, ALICE, waiting, BOB, "200 bob");
            woken(http, root, ALICE, waiting, NOTHING, "200 nobody");
            woken(http, root, NOTHING, waiting.replace("alice", "nobody"), ALICE, "200 alice");
        }
    }

    private static void woken(RawHttp http, String root, String waiter, String waiting, String waker, String waking)
            throws Exception {
        String at = "?at=" + waiter.hashCode() + "-" + waker.hashCode();
        ExecutorService client = Executors.newSingleThreadExecutor();
        try {
            Future<RawResponse> parked = client.submit(() -> http.get(root + "/open/park" + at, waiter));
            long start = System.nanoTime();
            RawResponse woke = http.get(root + "/open/wake" + at, waker);
            while (woke.status() == 404 && System.nanoTime() - start < PATIENCE.toNanos()) {
                woke = http.get(root + "/open/wake" + at, waker);
            }
            assertThat(told(woke)).isEqualTo(waking);
            assertThat(told(parked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))).isEqualTo(waiting);
        } finally {
            client.shutdownNow();
        }
    }

    private static void addAll(List<Call> calls, String root, Way way) {
        for (String[] user : new String[][] {{"alice", ALICE}, {"nobody", NOTHING}, {"bob", BOB}}) {
            calls.add(new Call(root + "/open" + way.path(), user[1], way.answer(user[0])));
        }
        calls.add(new Call(root + "/guarded" + way.path(), ALICE, way.answer("alice")));
        calls.add(new Call(root + "/guarded" + way.path(), NOTHING, "401"));
        calls.add(new Call(root + "/guarded" + way.path(), BOB, way.answer("bob")));
    }

    private static void atATime(RawHttp http, List<Call> calls) throws Exception {
        CyclicBarrier start = new CyclicBarrier(calls.size());
        List<Callable<String>> tasks = new ArrayList<>();
        for (Call call : calls) {
            tasks.add(() -> {
                start.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                return call + " " + answer(http, call);
            });
        }
        ExecutorService clients = Executors.newFixedThreadPool(calls.size());
        List<String> answers = new ArrayList<>();
        try {
            for (Future<String> answer : clients.invokeAll(tasks)) {
                answers.add(answer.get());
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(answers)
                .containsExactlyElementsOf(
                        calls.stream().map(call -> call + " " + call.answer()).toList());
    }

    /** An answer that does not come says which one it is. */
    private static String answer(RawHttp http, Call call) {
        try {
            return told(http.get(call.path(), call.credential()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The status, and what was told unless it is a refusal; the data alone of events. */
    private static String told(RawResponse response) {
        if (response.status() == 401) {
            return "401";
        }
        String text = response.text();
        if (response.header("Content-Type").stream().anyMatch(type -> type.startsWith("text/event-stream"))) {
            List<String> data = text.lines()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> line.substring("data:".length()).strip())
                    .toList();
            text = String.join(" ", data);
        }
        return response.status() + " " + Server.current().toldOnce(text);
    }
}
