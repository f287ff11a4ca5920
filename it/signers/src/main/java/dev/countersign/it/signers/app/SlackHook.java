package dev.countersign.it.signers.app;

import dev.countersign.annotation.Webhook;
import jakarta.ws.rs.Path;

/** For webhooks in the form of the provider slack. */
@Path("/hooks/slack")
@Webhook("slack")
public class SlackHook extends Echo {}
