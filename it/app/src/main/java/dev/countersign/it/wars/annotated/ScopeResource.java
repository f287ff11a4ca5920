package dev.countersign.it.wars.annotated;

import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.RequireScope;
import dev.countersign.it.wars.counted.Calls;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** For one scope of a key or of a token. */
@Path("/scope")
@Authenticated(schemes = {"key", "jwt"})
public class ScopeResource {
    /** The marker. */
    @GET
    @RequireScope("read")
    public String get() {
        return Calls.marker();
    }
}
