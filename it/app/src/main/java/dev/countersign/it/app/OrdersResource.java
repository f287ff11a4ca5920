package dev.countersign.it.app;

import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.RequireScope;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** What an application offers to callers with a user name, a token or a key. */
@Path("/orders")
@Authenticated(schemes = {"basic", "jwt", "api-key"})
@RequireScope("orders:read")
@Produces(MediaType.TEXT_PLAIN)
public class OrdersResource {

    /** Asks for a scope. */
    @GET
    public String list(@Context SecurityContext security) {
        Calls.count();
        return "orders of " + security.getUserPrincipal().getName();
    }

    /** Asks for another scope. */
    @POST
    @RequireScope("orders:write")
    public String add() {
        Calls.count();
        return "added";
    }

    /** Asks for a role as well. */
    @GET
    @Path("/clerk")
    @RolesAllowed("clerk")
    public String clerk() {
        Calls.count();
        return "for clerks";
    }

    /** Asks for both at once, or for a password. */
    @GET
    @Path("/pair")
    @Authenticated(schemes = {"api-key+jwt", "basic"})
    public String pair() {
        Calls.count();
        return "for pairs";
    }

    /** Asks for a scope that the token itself must grant. */
    @GET
    @Path("/pair-write")
    @Authenticated(schemes = "api-key+jwt")
    @RequireScope(value = "orders:write", from = "jwt")
    public String pairWrite() {
        Calls.count();
        return "written";
    }

    /** Answers from another thread. */
    @GET
    @Path("/async")
    public void async(@Suspended AsyncResponse response, @Context SecurityContext security) {
        Calls.count();
        String name = security.getUserPrincipal().getName();
        Thread answering = new Thread(() -> response.resume("later for " + name));
        answering.start();
    }

    /** Sends two events. */
    @GET
    @Path("/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void events(@Context SseEventSink sink, @Context Sse sse) {
        Calls.count();
        try (sink) {
            sink.send(sse.newEvent("one"));
            sink.send(sse.newEvent("two"));
        }
    }
}
