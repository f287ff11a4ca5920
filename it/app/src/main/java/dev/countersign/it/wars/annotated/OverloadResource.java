package dev.countersign.it.wars.annotated;

import dev.countersign.annotation.RequireScope;
import dev.countersign.it.wars.counted.Calls;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** Methods of one path and verb, told apart by media types. */
@Path("/overload")
public class OverloadResource {
    /** For one scope. */
    @POST
    @Consumes("text/plain")
    @RequireScope("read")
    public String take(String text) {
        return Calls.marker();
    }

    /** For one role. */
    @POST
    @Consumes("application/octet-stream")
    @RolesAllowed("admin")
    public String take(byte[] bytes) {
        return Calls.marker();
    }

    /** For everybody. */
    @GET
    @Produces("text/plain")
    @PermitAll
    public String plain() {
        return "nothing secret";
    }

    /** For one role. */
    @GET
    @Produces("text/html")
    @RolesAllowed("admin")
    public String page() {
        return Calls.marker();
    }
}
