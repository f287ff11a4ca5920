package dev.countersign.it.wars.annotatedwrong;

import dev.countersign.annotation.RequireScope;
import dev.countersign.it.wars.counted.Calls;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Rules on what JAX-RS never calls. */
@Path("/hidden")
public class HiddenResource {
    /** The marker. */
    @GET
    public String get() {
        return helper() + inside() + shared() + Calls.marker();
    }

    @RequireScope("read")
    private String inside() {
        return "";
    }

    @RequireScope("read")
    String neighbours() {
        return "";
    }

    /** Of the class. */
    @RequireScope("read")
    public static String shared() {
        return "";
    }

    /** No resource method. */
    @RequireScope("read")
    public final String helper() {
        return neighbours();
    }
}
