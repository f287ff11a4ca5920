package dev.countersign.examples.orders;

import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.RequireScope;
import jakarta.json.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The items of one order: a sub-resource, reached through {@link OrdersResource#items}. */
@Produces(MediaType.APPLICATION_JSON)
@Authenticated(schemes = {"api-key", "jwt", "basic"})
public class ItemsResource {
    private final Order order;

    ItemsResource(Order order) {
        this.order = order;
    }

    /** What was ordered. */
    @GET
    @RequireScope("orders:read")
    public String list() {
        return Json.createArrayBuilder().add(order.item()).build().toString();
    }
}
