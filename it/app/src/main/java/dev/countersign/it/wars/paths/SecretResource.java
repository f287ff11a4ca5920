package dev.countersign.it.wars.paths;

import dev.countersign.it.wars.counted.Calls;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** What nobody may see without a role. */
@Path("/admin")
@RolesAllowed("admin")
public class SecretResource {
    /** The marker. */
    @GET
    @Path("/x")
    public String x() {
        return Calls.marker();
    }

    /** The marker, deeper. */
    @GET
    @Path("/a/b/c")
    public String deep() {
        return Calls.marker();
    }
}
