package dev.countersign.it.wars.wrong;

import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.OnInvalid;
import dev.countersign.annotation.RequireScope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Asks for things that cannot be meant. */
@Path("lax")
public class LaxResource {
    /** Ignores what is wrong, but asks for something that is right. */
    @GET
    @Authenticated(onInvalid = OnInvalid.IGNORE)
    public String lax() {
        return "lax";
    }

    /** Asks for no scope. */
    @GET
    @Path("empty")
    @RequireScope({})
    public String empty() {
        return "empty";
    }

    /** Half an expression. */
    @GET
    @Path("half")
    @Authenticated(schemes = "basic+")
    public String half() {
        return "half";
    }
}
