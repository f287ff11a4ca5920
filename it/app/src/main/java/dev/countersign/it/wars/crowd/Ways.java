package dev.countersign.it.wars.crowd;

import dev.countersign.it.wars.later.ReturnedFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.security.Principal;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The ways of a resource method to an answer. A runtime's proxies of what it injects end with its thread, so that only the
 * principal itself is taken to another one.
 */
final class Ways {
    private static final Map<String, Parked> PARKED = new ConcurrentHashMap<>();
    private static final long SHORT_MILLIS = 50;

    private record Parked(AsyncResponse response, @Nullable Principal caller) {}

    private Ways() {}

    static void later(AsyncResponse response, @Nullable Principal caller) {
        elsewhere(() -> response.resume(Names.of(caller)));
    }

    static CompletionStage<String> stage(@Nullable Principal caller) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        elsewhere(() -> answer.complete(Names.of(caller)));
        return answer;
    }

    static void timeout(AsyncResponse response, @Nullable Principal caller) {
        response.setTimeoutHandler(late -> late.resume(Names.of(caller)));
        response.setTimeout(SHORT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Not before the call ended: RESTEasy on Tomcat stands still if an event is sent meanwhile. */
    static void events(SseEventSink sink, Sse sse, HttpServletRequest request, @Nullable Principal caller) {
        CountDownLatch returned = (CountDownLatch) request.getAttribute(ReturnedFilter.RETURNED);
        elsewhere(() -> {
            try (sink) {
                returned.await();
                sink.send(sse.newEvent(Names.of(caller))).toCompletableFuture().join();
                sink.send(sse.newEvent(Names.of(caller))).toCompletableFuture().join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    static void park(AsyncResponse response, String at, @Nullable Principal caller) {
        PARKED.put(at, new Parked(response, caller));
    }

    /** Answers the one that waits there, on this thread; 404 if nobody does. */
    static Response wake(String at, @Nullable Principal caller) {
        Parked parked = PARKED.remove(at);
        if (parked == null) {
            return Response.status(Response.Status.NOT_FOUND).build();
        }
        parked.response().resume(Names.of(parked.caller()));
        return Response.ok(Names.of(caller)).build();
    }

    private static void elsewhere(Runnable work) {
        new Thread(work, "later").start();
    }
}
