package dev.countersign.it.app;

import dev.countersign.Caller;
import dev.countersign.Identity;
import dev.countersign.annotation.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Tells who calls, and sets fields for caches. */
@Path("/caller")
@Authenticated(schemes = {"jwt+api-key", "basic", "jwt", "api-key", "robot"})
@Produces(MediaType.TEXT_PLAIN)
public class CallerResource {

    /** All that a resource sees of its caller. */
    @GET
    public String caller(@Context SecurityContext security) {
        Calls.count();
        Caller caller = (Caller) security.getUserPrincipal();
        return "name=" + caller.getName() + " scheme=" + security.getAuthenticationScheme() + " clerk="
                + security.isUserInRole("clerk") + " admin=" + security.isUserInRole("admin") + " scopes="
                + new TreeSet<>(caller.scopes()) + " identities="
                + caller.identities().stream().map(CallerResource::describe).collect(Collectors.joining(","));
    }

    /** Says that everybody may keep the answer. */
    @GET
    @Path("/public")
    public Response shared() {
        Calls.count();
        return Response.ok("shared")
                .header("Cache-Control", "public, max-age=60")
                .build();
    }

    /** Says that nobody may keep the answer. */
    @GET
    @Path("/no-store")
    public Response unkept() {
        Calls.count();
        return Response.ok("unkept").header("Cache-Control", "no-store").build();
    }

    /** Lets scripts of another origin read the answer. */
    @GET
    @Path("/cross-origin")
    public Response crossOrigin() {
        Calls.count();
        return Response.ok("shared")
                .header("Access-Control-Allow-Origin", "https://app.example.com")
                .header("Access-Control-Expose-Headers", "X-Total")
                .build();
    }

    private static String describe(Identity identity) {
        return identity.scheme() + ":" + identity.subject() + ":" + identity.kind();
    }
}
