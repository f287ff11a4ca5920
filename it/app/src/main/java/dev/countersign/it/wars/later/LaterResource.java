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

    /** Two events, both sent from elsewhere. */
    @GET
    @Path("events")
    @Produces("text/event-stream")
    public void events(@Context SseEventSink sink, @Context Sse sse, @Context SecurityContext security) {
        String before = name(security.getUserPrincipal());
        elsewhere(() -> {
            try (sink) {
                sink.send(sse.newEvent(before)).toCompletableFuture().join();
                sink.send(sse.newEvent(name(security.getUserPrincipal())))
                        .toCompletableFuture()
                        .join();
            }
        });
    }

    private static void answer(AsyncResponse response, SecurityContext security, HttpServletRequest request) {
        String before = name(security.getUserPrincipal());
        elsewhere(() -> response.resume(before + " " + name(security.getUserPrincipal()) + " "
                + Countersign.caller(request).getName()));
    }

    private static void elsewhere(Runnable work) {
        new Thread(work, "later").start();
    }

    private static String name(@Nullable Principal principal) {
        return principal == null ? "nobody" : principal.getName();
    }
}
