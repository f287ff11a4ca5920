package dev.countersign.it.wars.signed;

import dev.countersign.annotation.Authenticated;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Gives back what it reads; everything needs a digest. */
@Path("signed")
@Authenticated(schemes = "digest")
public class SignedResource {
    /** The content as text. */
    @POST
    @Path("text")
    @Consumes(MediaType.TEXT_PLAIN)
    @Produces("text/plain;charset=UTF-8")
    public String text(String content) {
        return content;
    }

    /** The content as bytes. */
    @POST
    @Path("bytes")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public byte[] bytes(byte[] content) {
        return content;
    }

    /** The content as bytes, of another method. */
    @PUT
    @Path("bytes")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public byte[] put(byte[] content) {
        return content;
    }

    /** No content. */
    @GET
    @Path("nothing")
    @Produces(MediaType.TEXT_PLAIN)
    public String nothing() {
        return "nothing";
    }

    /** The content as a stream. */
    @POST
    @Path("stream")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public byte[] stream(InputStream content) throws IOException {
        return content.readAllBytes();
    }

    /** The fields of a form. */
    @POST
    @Path("map")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces("text/plain;charset=UTF-8")
    public String map(MultivaluedMap<String, String> form) {
        return Shown.of(form);
    }

    /** Two fields of a form. */
    @POST
    @Path("form")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces("text/plain;charset=UTF-8")
    public String form(@FormParam("a") List<String> a, @FormParam("b") String b) {
        return String.join("|", a) + "\n" + b;
    }

    /** The parts, as the servlet API has them. */
    @POST
    @Path("parts")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Produces("text/plain;charset=UTF-8")
    public String parts(@Context HttpServletRequest request) throws IOException, ServletException {
        StringBuilder shown = new StringBuilder();
        for (Part part : request.getParts()) {
            shown.append(PartsServlet.shown(part)).append('\n');
        }
        return shown.toString();
    }

    /** The content, from another thread. */
    @POST
    @Path("later")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public void later(@Suspended AsyncResponse response, byte[] content) {
        new Thread(() -> response.resume(content), "later").start();
    }

    /** How many files of content are open now. */
    @POST
    @Path("files")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.TEXT_PLAIN)
    public String files(InputStream content, @Context HttpServletRequest request) throws IOException {
        return FilesServlet.count(request.getServletContext());
    }

    /** Fails. */
    @POST
    @Path("failing")
    @Consumes(MediaType.WILDCARD)
    public String failing(InputStream content) {
        throw new IllegalStateException("failing on purpose");
    }
}
