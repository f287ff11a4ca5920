package dev.countersign.it.signers.app;

import dev.countersign.annotation.Webhook;
import jakarta.ws.rs.Path;

/** For webhooks in the form of the provider svix. */
@Path("/hooks/svix")
@Webhook("svix")
public class SvixHook extends Echo {}
