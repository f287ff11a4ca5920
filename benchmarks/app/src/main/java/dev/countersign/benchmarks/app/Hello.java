package dev.countersign.benchmarks.app;

import dev.countersign.annotation.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/**
 * A guarded method, whose schemes the settings of each variant name. Where Countersign is not there, its annotation means
 * nothing: Java leaves out annotations whose class is missing.
 */
@Path("/hello")
@Produces("text/plain")
public class Hello {
    /** As little as a method can do. */
    @GET
    @Authenticated
    public String hello() {
        return "hello";
    }
}
