package dev.countersign.it.wars.singletons;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Made by the application, not by the runtime. */
@Path("instance")
public class InstanceResource {
    private final String text;

    InstanceResource(String text) {
        this.text = text;
    }

    /** For one role. */
    @GET
    @RolesAllowed("admin")
    public String get() {
        return text;
    }
}
