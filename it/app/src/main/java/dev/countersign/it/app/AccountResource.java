package dev.countersign.it.app;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** Open to nobody but who proves a name: it has no rule of its own. */
@Path("/account")
public class AccountResource {

    /** The caller's name. */
    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public String name(@Context SecurityContext security) {
        return security.getUserPrincipal().getName();
    }
}
