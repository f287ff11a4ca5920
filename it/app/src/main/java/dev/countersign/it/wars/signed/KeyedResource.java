package dev.countersign.it.wars.signed;

import dev.countersign.annotation.Authenticated;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;

/** What needs a key, and no digest. */
@Path("keyed")
@Authenticated(schemes = "key")
public class KeyedResource {
    /** How long the content is. */
    @POST
    @Path("count")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.TEXT_PLAIN)
    public String count(InputStream content) throws IOException {
        return Long.toString(UploadServlet.count(content));
    }
}
