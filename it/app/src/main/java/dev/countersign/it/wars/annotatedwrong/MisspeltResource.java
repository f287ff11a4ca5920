package dev.countersign.it.wars.annotatedwrong;

import dev.countersign.annotation.Authenticated;
import dev.countersign.it.wars.counted.Calls;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Schemes that are none. */
@Path("/misspelt")
public class MisspeltResource {
    /** Letters swapped. */
    @GET
    @Path("/swapped")
    @Authenticated(schemes = "kye")
    public String swapped() {
        return Calls.marker();
    }

    /** Another case. */
    @GET
    @Path("/case")
    @Authenticated(schemes = "KEY")
    public String upper() {
        return Calls.marker();
    }

    /** One that is right, and one that is not. */
    @GET
    @Path("/second")
    @Authenticated(schemes = {"key", "jtw"})
    public String second() {
        return Calls.marker();
    }
}
