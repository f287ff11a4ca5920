package dev.countersign.it.wars.bypass;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** What anybody may see. */
@Path("/public")
public class PublicResource {

    /** Harmless. */
    @GET
    @Path("/ok")
    @PermitAll
    public String ok() {
        return "nothing secret";
    }
}
