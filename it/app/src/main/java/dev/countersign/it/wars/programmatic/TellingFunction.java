package dev.countersign.it.wars.programmatic;

import jakarta.ws.rs.container.ContainerRequestContext;
import org.glassfish.jersey.process.Inflector;

/** Answers without being a resource class. */
public class TellingFunction implements Inflector<ContainerRequestContext, String> {
    @Override
    public String apply(ContainerRequestContext request) {
        return "function for " + request.getSecurityContext().getUserPrincipal().getName();
    }
}
