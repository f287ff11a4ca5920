package dev.countersign.examples.orders;

import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.RequireScope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** A report that is made on another thread, and a ticker of server-sent events. */
@Path("reports")
@Authenticated(schemes = {"jwt", "basic"})
@RequireScope("orders:read")
public class ReportResource {
    /** The report, when it is ready. The caller is read before the thread changes. */
    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public void report(@Suspended AsyncResponse response, @Context SecurityContext security) {
        String caller = security.getUserPrincipal().getName();
        new Thread(() -> response.resume(Orders.all().size() + " orders, asked by " + caller), "report").start();
    }

    /** One event for each order. */
    @GET
    @Path("ticker")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void ticker(@Context SseEventSink sink, @Context Sse sse) {
        try (sink) {
            for (Order order : Orders.all()) {
                sink.send(sse.newEvent("order", order.toJson().toString()));
            }
        }
    }
}
