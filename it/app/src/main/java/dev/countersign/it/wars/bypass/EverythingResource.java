package dev.countersign.it.wars.bypass;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Whatever path no other resource has: as secret. */
@Path("/{any: .*}")
public class EverythingResource {

    /** The marker. */
    @GET
    @RolesAllowed("admin")
    public String everything() {
        return "MARKER-OF-THE-SECRET";
    }
}
