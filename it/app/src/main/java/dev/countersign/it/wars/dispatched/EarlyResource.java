package dev.countersign.it.wars.dispatched;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.it.wars.counted.Calls;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** Answers that leave before the method is done, and answers without a body; for callers. */
@Path("/early")
public class EarlyResource {
    /** Flushes its first byte, then goes on. */
    @GET
    @Path("/stream")
    @Produces("text/plain")
    public StreamingOutput stream() {
        Calls.add();
        return out -> {
            out.write('a');
            out.flush();
            out.write("bc".getBytes(UTF_8));
        };
    }

    /** As {@link #stream}, and says that everybody may keep it. */
    @GET
    @Path("/shared")
    @Produces("text/plain")
    public Response shared() {
        return Response.ok(stream())
                .header("Cache-Control", "public, max-age=60")
                .build();
    }

    /** Has no body. */
    @GET
    @Path("/empty")
    public void empty() {
        Calls.add();
    }

    /** Events, as a browser asks for them. */
    @GET
    @Path("/events")
    @Produces("text/event-stream")
    public StreamingOutput events() {
        Calls.add();
        return out -> {
            out.write("data: MARKER-OF-THE-SECRET\n\n".getBytes(UTF_8));
            out.flush();
        };
    }
}
