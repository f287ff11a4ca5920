package dev.countersign.examples.webhooks;

import dev.countersign.annotation.Webhook;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Stripe signs time and body in {@code Stripe-Signature}. */
@Path("stripe")
@Webhook("stripe")
public class StripeResource {
    /** Works on one event: called once for each, however often it is delivered. */
    @POST
    @Produces(MediaType.TEXT_PLAIN)
    public String receive(String event) {
        return Deliveries.received("stripe", event);
    }
}
