package dev.countersign.it.wars.annotatedwrong;

import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.RequireScope;
import dev.countersign.it.wars.counted.Calls;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Requirements that require nothing. */
@Path("/empty")
public class EmptyResource {
    /** No scope. */
    @GET
    @Path("/scopes")
    @RequireScope({})
    public String noScope() {
        return Calls.marker();
    }

    /** An empty scope. */
    @GET
    @Path("/scope")
    @RequireScope("")
    public String emptyScope() {
        return Calls.marker();
    }

    /** An empty alternative. */
    @GET
    @Path("/schemes")
    @Authenticated(schemes = "")
    public String emptyScheme() {
        return Calls.marker();
    }

    /** An empty part. */
    @GET
    @Path("/part")
    @Authenticated(schemes = "key+")
    public String emptyPart() {
        return Calls.marker();
    }

    /** No role. */
    @GET
    @Path("/roles")
    @RolesAllowed({})
    public String noRole() {
        return Calls.marker();
    }
}
