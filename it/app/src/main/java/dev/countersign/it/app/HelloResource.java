package dev.countersign.it.app;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Shows that the stack in the WAR answers. */
@Path("/hello")
public class HelloResource {

    /** A fixed greeting. */
    @GET
    @PermitAll
    @Produces(MediaType.TEXT_PLAIN)
    public String hello() {
        return "hello from a resource";
    }
}
