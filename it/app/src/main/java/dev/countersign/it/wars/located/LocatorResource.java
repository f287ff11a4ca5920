package dev.countersign.it.wars.located;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;

/** Locators with and without a rule; the declared type of one tells nothing. */
@Path("located")
public class LocatorResource {
    /** The sub-resource alone decides. */
    @Path("free")
    public ItemResource free() {
        return new ItemResource();
    }

    /** Adds its role to whatever the sub-resource asks for. */
    @Path("locked")
    @RolesAllowed("admin")
    public ItemResource locked() {
        return new ItemResource();
    }

    /** As {@link #locked}. */
    @Path("untyped")
    @RolesAllowed("admin")
    public Object untyped() {
        return new ItemResource();
    }
}
