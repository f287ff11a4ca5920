package dev.countersign.it.wars.hooks;

import dev.countersign.annotation.Webhook;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Response;

/** Handles events. */
@Path("hooks")
@Webhook("hook")
@Produces("text/plain")
public class HooksResource {
    /** Answers at once. */
    @POST
    @Path("now")
    public Response now(@HeaderParam("X-Hook") String event, @HeaderParam("X-First") String first) {
        return answer(event, first);
    }

    /** Answers from another thread. */
    @POST
    @Path("later")
    public void later(
            @Suspended AsyncResponse response,
            @HeaderParam("X-Hook") String event,
            @HeaderParam("X-First") String first) {
        new Thread(() -> response.resume(answer(event, first)), "later").start();
    }

    /** Throws instead of an answer that is none. */
    @POST
    @Path("throws")
    public Response fails(@HeaderParam("X-Hook") String event, @HeaderParam("X-First") String first) {
        Response answer = answer(event, first);
        if (answer.getStatus() >= 500) {
            throw new IllegalStateException("the first call fails");
        }
        return answer;
    }

    /** Tells the content, which is the event. */
    @POST
    @Path("content")
    public Response content(@HeaderParam("X-First") String first, String content) {
        return Response.status(Deliveries.status(content, first))
                .entity("called with " + content)
                .build();
    }

    /** How often an event was handled. */
    @GET
    @Path("calls")
    @PermitAll
    public String calls(@QueryParam("event") String event) {
        return Integer.toString(Deliveries.calls(event));
    }

    private static Response answer(String event, String first) {
        return Response.status(Deliveries.status(event, first)).entity("called").build();
    }
}
