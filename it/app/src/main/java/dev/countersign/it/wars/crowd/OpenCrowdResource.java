package dev.countersign.it.wars.crowd;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** For everybody. */
@Path("open")
@PermitAll
@Produces("text/plain")
public class OpenCrowdResource extends AbstractCrowdResource {}
