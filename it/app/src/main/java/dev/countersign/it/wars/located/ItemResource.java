package dev.countersign.it.wars.located;

import dev.countersign.annotation.RequireScope;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Reached by locators alone. */
public class ItemResource {
    /** For everybody, unless the locator says otherwise. */
    @GET
    @Path("open")
    @PermitAll
    public String open() {
        return "open item";
    }

    /** For one scope. */
    @GET
    @Path("scope")
    @RequireScope("read")
    public String scope() {
        return "item";
    }
}
