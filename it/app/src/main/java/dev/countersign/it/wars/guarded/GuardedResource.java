package dev.countersign.it.wars.guarded;

import dev.countersign.annotation.RequireScope;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

/** One method for each kind of rule. */
@Path("guarded")
public class GuardedResource {
    /** No rule of its own. */
    @GET
    public String unannotated(@Context SecurityContext security) {
        Calls.add();
        return security.getUserPrincipal().getName();
    }

    /** For one scope. */
    @GET
    @Path("scope")
    @RequireScope("read")
    public String scope() {
        Calls.add();
        return "scope";
    }

    /** For one role. */
    @GET
    @Path("role")
    @RolesAllowed("admin")
    public String role() {
        Calls.add();
        return "role";
    }

    /** For nobody. */
    @GET
    @Path("nobody")
    @DenyAll
    public String nobody() {
        Calls.add();
        return "nobody";
    }

    /** For everybody. */
    @GET
    @Path("open")
    @PermitAll
    public String open() {
        Calls.add();
        return "open";
    }
}
