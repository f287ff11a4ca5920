package dev.countersign.examples.webhooks;

import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.RequireScope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** An API whose requests are signed with AWS Signature Version 4: any SDK of AWS, and curl, can call it. */
@Path("orders")
@Authenticated(schemes = "orders-api")
@Produces(MediaType.TEXT_PLAIN)
public class OrdersResource {
    /** Who calls. */
    @GET
    @RequireScope("orders:read")
    public String list(@Context SecurityContext security) {
        return "Orders of " + security.getUserPrincipal().getName() + "\n";
    }

    /** The body was signed, too. */
    @POST
    @RequireScope("orders:write")
    public String create(String order) {
        return "Ordered: " + order + "\n";
    }
}
