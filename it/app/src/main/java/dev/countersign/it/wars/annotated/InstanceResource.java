package dev.countersign.it.wars.annotated;

import dev.countersign.it.wars.counted.Calls;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Registered as an object; no runtime could make one. */
@Path("/instance")
public class InstanceResource {
    private final int number;

    InstanceResource(int number) {
        this.number = number;
    }

    /** For one role. */
    @GET
    @RolesAllowed("admin")
    public String get() {
        return number == 7 ? Calls.marker() : "another object";
    }
}
