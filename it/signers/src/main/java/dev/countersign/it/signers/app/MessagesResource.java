package dev.countersign.it.signers.app;

import dev.countersign.annotation.Authenticated;
import jakarta.ws.rs.Path;

/** For requests that are signed by RFC 9421. */
@Path("/messages")
@Authenticated(schemes = "messages")
public class MessagesResource extends Echo {}
