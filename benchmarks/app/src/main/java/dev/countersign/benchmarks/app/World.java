package dev.countersign.benchmarks.app;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** The same as {@link Hello}, open to everybody, at a path of the same length. */
@Path("/world")
@Produces("text/plain")
public class World {
    /** As little as a method can do. */
    @GET
    @PermitAll
    public String world() {
        return "world";
    }
}
