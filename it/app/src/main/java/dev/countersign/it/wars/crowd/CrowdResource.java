package dev.countersign.it.wars.crowd;

import dev.countersign.annotation.Authenticated;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** For whoever proves a name. */
@Path("guarded")
@Authenticated
@Produces("text/plain")
public class CrowdResource extends AbstractCrowdResource {}
