package dev.countersign.it.wars.later;

import dev.countersign.servlet.Countersign;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.security.Principal;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers from another thread with what is then known of the caller. */
@Path("later")
public class LaterResource {
    /** Resumed elsewhere. */
    @GET
    @Path("async")
    public void async(
            @Suspended AsyncResponse response, @Context SecurityContext security, @Context HttpServletRequest request) {
        answer(response, security, request);
    }

    /** Resumed elsewhere, for everybody. */
    @GET
    @Path("open")
    @PermitAll
    public void open(
            @Suspended AsyncResponse response, @Context SecurityContext security, @Context HttpServletRequest request) {
        answer(response, security, request);
    }

    /**
     * Two events, both sent from elsewhere when this thread is done: RESTEasy on Tomcat stands still if one is sent while
     * it still ends the call, each of the two threads waiting for what the other one holds.
     */
    @GET
    @Path("events")
    @Produces("text/event-stream")
    public void events(
            @Context SseEventSink sink,
            @Context Sse sse,
            @Context SecurityContext security,
            @Context HttpServletRequest request) {
        String before = name(security.getUserPrincipal());
        CountDownLatch returned = (CountDownLatch) request.getAttribute(ReturnedFilter.RETURNED);
        elsewhere(() -> {
            try (sink) {
                returned.await();
                sink.send(sse.newEvent(before)).toCompletableFuture().join();
                sink.send(sse.newEvent(later(() -> name(security.getUserPrincipal()))))
                        .toCompletableFuture()
                        .join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void answer(AsyncResponse response, SecurityContext security, HttpServletRequest request) {
        String before = name(security.getUserPrincipal());
        elsewhere(() -> response.resume(before + " " + later(() -> name(security.getUserPrincipal())) + " "
                + later(() -> Countersign.caller(request).getName())));
    }

    /** Some runtimes inject what fails outside of their own threads. */
    private static String later(Supplier<String> who) {
        try {
            return who.get();
        } catch (RuntimeException e) {
            return "untold";
        }
    }

    private static void elsewhere(Runnable work) {
        new Thread(work, "later").start();
    }

    private static String name(@Nullable Principal principal) {
        return principal == null ? "nobody" : principal.getName();
    }
}
