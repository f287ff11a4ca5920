package dev.countersign.it.app;

import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.OnInvalid;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/** One method for each way of asking. */
@Path("/schemes")
@Produces(MediaType.TEXT_PLAIN)
public class SchemesResource {

    /** Nothing is said: the default expression. */
    @GET
    public String unannotated() {
        return ran();
    }

    /** A token of the first issuer. */
    @GET
    @Path("/token")
    @Authenticated(schemes = "jwt")
    public String token() {
        return ran();
    }

    /** A key. */
    @GET
    @Path("/key")
    @Authenticated(schemes = "api-key")
    public String key() {
        return ran();
    }

    /** A password. */
    @GET
    @Path("/password")
    @Authenticated(schemes = "basic")
    public String password() {
        return ran();
    }

    /** A key that may come as a bearer token. */
    @GET
    @Path("/robot")
    @Authenticated(schemes = "robot")
    public String robot() {
        return ran();
    }

    /** A scheme that fails as it is told. */
    @GET
    @Path("/fragile")
    @Authenticated(schemes = "fragile")
    public String fragile() {
        return ran();
    }

    /** Nothing, or something good. */
    @GET
    @Path("/optional")
    @Authenticated(
            schemes = {"basic", "jwt", "api-key", "fragile"},
            optional = true)
    public String optional(@Context SecurityContext security) {
        return ran() + " for " + name(security);
    }

    /** Nothing, or anything. */
    @GET
    @Path("/lenient")
    @Authenticated(
            schemes = {"basic", "jwt", "api-key", "fragile"},
            optional = true,
            onInvalid = OnInvalid.IGNORE)
    public String lenient(@Context SecurityContext security) {
        return ran() + " for " + name(security);
    }

    /** Anybody. */
    @GET
    @Path("/open")
    @PermitAll
    public String open(@Context SecurityContext security) {
        return ran() + " for " + name(security);
    }

    /** Nobody. */
    @GET
    @Path("/closed")
    @DenyAll
    public String closed() {
        return ran();
    }

    /** The application's own answer to OPTIONS. */
    @OPTIONS
    @Path("/options")
    @Authenticated(schemes = "basic")
    public Response options() {
        return Response.ok(ran()).header("Allow", "OPTIONS").build();
    }

    private static String ran() {
        Calls.count();
        return "ran";
    }

    private static String name(SecurityContext security) {
        return security.getUserPrincipal() == null
                ? "nobody"
                : security.getUserPrincipal().getName();
    }
}
