package dev.countersign.it.wars.injected;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A proxied bean, whose methods are intercepted in a generated subclass. */
@RequestScoped
@Marked
@Path("greetings")
public class GreetingResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    Greeter greeter;

    /** For containers. */
    public GreetingResource() {}

    /** For whoever proves a name. */
    @GET
    public String greet() {
        return greeter.greet();
    }

    /** For one role. */
    @GET
    @Path("admin")
    @RolesAllowed("admin")
    public String admin() {
        return "admin " + greeter.greet();
    }
}
