package dev.countersign.it.wars.annotated;

import dev.countersign.annotation.RequireScope;
import dev.countersign.it.wars.counted.Calls;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A scope on the class: nearer than the same annotation on an inherited method, and added to any other. */
@Path("/narrow")
@RequireScope("read")
public class NarrowResource extends AbstractBase<String> {
    @Override
    public String generic(String value) {
        return Calls.marker();
    }

    /** Adds a role. */
    @GET
    @Path("/both")
    @RolesAllowed("admin")
    public String both() {
        return Calls.marker();
    }

    /** Replaces the scope. */
    @GET
    @Path("/other")
    @RequireScope("write")
    public String other() {
        return Calls.marker();
    }
}
