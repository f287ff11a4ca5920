package dev.countersign.it.wars.annotated;

import dev.countersign.it.wars.counted.Calls;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Rules of an interface. */
public interface DefaultApi {
    /** For one role, and implemented here. */
    @GET
    @Path("/default")
    @RolesAllowed("admin")
    default String byDefault() {
        return Calls.marker();
    }

    /** For one role, and implemented elsewhere. */
    @GET
    @Path("/declared")
    @RolesAllowed("admin")
    String declared();
}
