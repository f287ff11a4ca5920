package dev.countersign.it.wars.paths;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** What anybody may see. */
@Path("/public")
public class OpenResource {
    /** Harmless. */
    @GET
    @Path("/ok")
    @PermitAll
    public String ok() {
        return "nothing secret";
    }
}
