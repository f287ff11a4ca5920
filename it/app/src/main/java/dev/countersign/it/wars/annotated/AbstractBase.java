package dev.countersign.it.wars.annotated;

import dev.countersign.annotation.RequireScope;
import dev.countersign.it.wars.counted.Calls;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/**
 * Resource methods that others inherit.
 *
 * @param <T> what is sent
 */
public abstract class AbstractBase<T> {
    /** Without a rule. */
    @GET
    @Path("/bare")
    public String bare() {
        return Calls.marker();
    }

    /** For one role. */
    @GET
    @Path("/role")
    @RolesAllowed("admin")
    public String role() {
        return Calls.marker();
    }

    /** For one scope. */
    @GET
    @Path("/write")
    @RequireScope("write")
    public String write() {
        return Calls.marker();
    }

    /** For one role, where it is implemented. */
    @POST
    @Path("/generic")
    @RolesAllowed("admin")
    public abstract String generic(T value);
}
