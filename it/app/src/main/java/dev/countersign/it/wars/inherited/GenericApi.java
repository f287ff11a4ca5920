package dev.countersign.it.wars.inherited;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/**
 * Rules on methods whose erased signature differs from the one that is implemented.
 *
 * @param <T> what is created
 */
public interface GenericApi<T> {
    /** Its rule is for the implementation, too. */
    @GET
    @Path("role")
    @RolesAllowed("admin")
    String role();

    /** The implementation has a bridge method. */
    @POST
    @Path("create")
    @RolesAllowed("admin")
    String create(T value);
}
