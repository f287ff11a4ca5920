package dev.countersign.it.wars.annotated;

import dev.countersign.it.wars.counted.Calls;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jspecify.annotations.Nullable;

/** Takes entities, for one role. */
@Path("/body")
@RolesAllowed("admin")
public class BodyResource {
    /** Of a type with a reader of the application. */
    @POST
    @Consumes("application/json")
    public String order(Order order) {
        Calls.add();
        return order.text();
    }

    /** Bytes. */
    @POST
    @Path("/bytes")
    public String bytes(byte[] body) {
        Calls.add();
        return String.valueOf(body.length);
    }

    /** A form. */
    @POST
    @Path("/form")
    @Consumes("application/x-www-form-urlencoded")
    public String form(@FormParam("a") @Nullable String a) {
        Calls.add();
        return String.valueOf(a);
    }
}
