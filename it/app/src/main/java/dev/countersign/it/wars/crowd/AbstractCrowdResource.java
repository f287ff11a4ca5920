package dev.countersign.it.wars.crowd;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletionStage;

/** The ways to an answer, for whom its subclasses say. */
public abstract class AbstractCrowdResource {
    /** At once. */
    @GET
    @Path("now")
    public Response now(@Context SecurityContext security) {
        return Response.ok(Names.of(security.getUserPrincipal()))
                .header("X-Thread", Thread.currentThread())
                .build();
    }

    /** Not at all. */
    @GET
    @Path("exception")
    public String exception() {
        throw new IllegalStateException("thrown for a test");
    }

    /** Resumed elsewhere. */
    @GET
    @Path("async")
    public void async(@Suspended AsyncResponse response, @Context SecurityContext security) {
        Ways.later(response, security.getUserPrincipal());
    }

    /** Completed elsewhere. */
    @GET
    @Path("stage")
    public CompletionStage<String> stage(@Context SecurityContext security) {
        return Ways.stage(security.getUserPrincipal());
    }

    /** When the time is over. */
    @GET
    @Path("timeout")
    public void timeout(@Suspended AsyncResponse response, @Context SecurityContext security) {
        Ways.timeout(response, security.getUserPrincipal());
    }

    /** Two events, sent from elsewhere. */
    @GET
    @Path("events")
    @Produces("text/event-stream")
    public void events(
            @Context SseEventSink sink,
            @Context Sse sse,
            @Context HttpServletRequest request,
            @Context SecurityContext security) {
        Ways.events(sink, sse, request, security.getUserPrincipal());
    }

    /** When somebody wakes it. */
    @GET
    @Path("park")
    public void park(
            @Suspended AsyncResponse response, @QueryParam("at") String at, @Context SecurityContext security) {
        Ways.park(response, at, security.getUserPrincipal());
    }

    /** Wakes what is parked there. */
    @GET
    @Path("wake")
    public Response wake(@QueryParam("at") String at, @Context SecurityContext security) {
        return Ways.wake(at, security.getUserPrincipal());
    }
}
