package dev.countersign.it.wars.shop;

import dev.countersign.annotation.Authenticated;
import jakarta.annotation.security.DenyAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** For settings that the large WAR has otherwise. */
@Path("/shop")
public class ShopResource {

    /** The default expression. */
    @GET
    @Authenticated
    public String secured() {
        return "secured";
    }

    /** Nothing is said. */
    @GET
    @Path("/unannotated")
    public String unannotated() {
        return "unannotated";
    }

    /** Nobody. */
    @GET
    @Path("/closed")
    @DenyAll
    public String closed() {
        return "closed";
    }
}
