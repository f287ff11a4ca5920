package dev.countersign.it.wars.bypass;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** What nobody may see without a role. */
@Path("/admin")
public class SecretResource {

    /** The marker. */
    @GET
    @Path("/secret")
    @RolesAllowed("admin")
    public String secret() {
        return "MARKER-OF-THE-SECRET";
    }
}
