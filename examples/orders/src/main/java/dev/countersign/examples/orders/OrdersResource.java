package dev.countersign.examples.orders;

import dev.countersign.Caller;
import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.RequireScope;
import jakarta.annotation.security.RolesAllowed;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/** Orders: any of the three schemes to read, a token with the right scope to write, key and token together to delete. */
@Path("orders")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated(schemes = {"api-key", "jwt", "basic"})
public class OrdersResource {
    /** Who may read orders sees all of them. */
    @GET
    @RequireScope("orders:read")
    public String list() {
        JsonArrayBuilder orders = Json.createArrayBuilder();
        Orders.all().forEach(order -> orders.add(order.toJson()));
        return orders.build().toString();
    }

    /** A new order in the caller's name. */
    @POST
    @Consumes(MediaType.TEXT_PLAIN)
    @RequireScope("orders:write")
    public Response create(String item, @Context SecurityContext security) {
        Order order = Orders.add(security.getUserPrincipal().getName(), item);
        return Response.status(Response.Status.CREATED)
                .entity(order.toJson().toString())
                .build();
    }

    /** Deleting takes two credentials in one request: the service's key and the user's token. */
    @DELETE
    @Path("{id}")
    @Authenticated(schemes = "api-key+jwt")
    public String cancel(@PathParam("id") int id, @Context SecurityContext security) {
        Caller caller = (Caller) security.getUserPrincipal();
        JsonArrayBuilder by = Json.createArrayBuilder();
        caller.identities().forEach(identity -> by.add(identity.scheme() + ":" + identity.subject()));
        return Json.createObjectBuilder()
                .add("cancelled", id)
                .add("by", by)
                .build()
                .toString();
    }

    /** Only for people with the role. */
    @GET
    @Path("audit")
    @RolesAllowed("auditor")
    public String audit() {
        return Json.createObjectBuilder()
                .add("orders", Orders.all().size())
                .build()
                .toString();
    }

    /** The items of one order are a resource of their own. */
    @Path("{id}/items")
    public ItemsResource items(@PathParam("id") int id) {
        return new ItemsResource(Orders.find(id).orElseThrow(NotFoundException::new));
    }
}
