package dev.countersign.it.signers.app;

import dev.countersign.annotation.Authenticated;
import jakarta.ws.rs.Path;

/** For requests that are signed as AWS does. */
@Path("/aws")
@Authenticated(schemes = "aws")
public class AwsResource extends Echo {}
