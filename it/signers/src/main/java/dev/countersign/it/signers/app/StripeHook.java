package dev.countersign.it.signers.app;

import dev.countersign.annotation.Webhook;
import jakarta.ws.rs.Path;

/** For webhooks in the form of the provider stripe. */
@Path("/hooks/stripe")
@Webhook("stripe")
public class StripeHook extends Echo {}
