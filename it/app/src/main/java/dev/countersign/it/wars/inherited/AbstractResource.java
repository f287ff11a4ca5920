package dev.countersign.it.wars.inherited;

import dev.countersign.annotation.RequireScope;
import jakarta.annotation.security.DenyAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

/**
 * Rules on methods of a superclass.
 *
 * @param <T> what is changed
 */
public abstract class AbstractResource<T> {
    /** Overridden without any annotation. */
    @PUT
    @Path("change")
    @RequireScope("write")
    public abstract String change(T value);

    /** Not overridden. */
    @GET
    @Path("nobody")
    @DenyAll
    public String nobody() {
        return "nobody";
    }
}
