package dev.countersign.it.signers.app;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Answers any method below its path with the caller, and with the SHA-256 of the content that came to it. */
@Produces(MediaType.TEXT_PLAIN)
public abstract class Echo {
    private static final String ANY = "{path: .*}";

    /** Answers GET. */
    @GET
    @Path(ANY)
    public String get(@Context SecurityContext security) {
        return told(new byte[0], security);
    }

    /** Answers POST. */
    @POST
    @Path(ANY)
    public String post(byte[] body, @Context SecurityContext security) {
        return told(body, security);
    }

    /** Answers PUT. */
    @PUT
    @Path(ANY)
    public String put(byte[] body, @Context SecurityContext security) {
        return told(body, security);
    }

    /** Answers PATCH. */
    @PATCH
    @Path(ANY)
    public String patch(byte[] body, @Context SecurityContext security) {
        return told(body, security);
    }

    /** Answers DELETE. */
    @DELETE
    @Path(ANY)
    public String delete(byte[] body, @Context SecurityContext security) {
        return told(body, security);
    }

    private static String told(byte[] body, SecurityContext security) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return security.getUserPrincipal().getName() + " " + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
