package dev.countersign.it.signers.app;

import dev.countersign.annotation.Webhook;
import jakarta.ws.rs.Path;

/** For webhooks in the form of the provider github. */
@Path("/hooks/github")
@Webhook("github")
public class GithubHook extends Echo {}
