package dev.countersign.it.signers.app;

import dev.countersign.annotation.Webhook;
import jakarta.ws.rs.Path;

/** For webhooks in the form of the provider twilio. */
@Path("/hooks/twilio")
@Webhook("twilio")
public class TwilioHook extends Echo {}
