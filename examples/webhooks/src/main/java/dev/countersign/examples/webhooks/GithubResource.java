package dev.countersign.examples.webhooks;

import dev.countersign.annotation.Webhook;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** GitHub signs the body in {@code X-Hub-Signature-256}. */
@Path("github")
@Webhook("github")
public class GithubResource {
    /** Works on one event: called once for each, however often it is delivered. */
    @POST
    @Produces(MediaType.TEXT_PLAIN)
    public String receive(String event) {
        return Deliveries.received("github", event);
    }
}
