package dev.countersign.it.wars.bypass;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Whatever path there is below an open one. */
@Path("/open{any: .*}")
public class OpenResource {

    /** Harmless. */
    @GET
    @PermitAll
    public String ok() {
        return "nothing secret";
    }
}
