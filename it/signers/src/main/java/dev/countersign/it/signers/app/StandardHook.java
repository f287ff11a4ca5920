package dev.countersign.it.signers.app;

import dev.countersign.annotation.Webhook;
import jakarta.ws.rs.Path;

/** For webhooks in the form of the provider standard. */
@Path("/hooks/standard")
@Webhook("standard")
public class StandardHook extends Echo {}
