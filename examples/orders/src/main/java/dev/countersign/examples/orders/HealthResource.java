package dev.countersign.examples.orders;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Open to everybody, and written down as such. */
@Path("health")
@PermitAll
public class HealthResource {
    /** Whether the application runs. */
    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public String health() {
        return "up";
    }
}
