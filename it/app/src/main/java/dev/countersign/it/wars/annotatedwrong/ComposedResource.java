package dev.countersign.it.wars.annotatedwrong;

import dev.countersign.it.wars.counted.Calls;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** An annotation of the application's own. */
@Path("/composed")
public class ComposedResource {
    /** The marker. */
    @GET
    @AdminOnly
    public String composed() {
        return Calls.marker();
    }
}
