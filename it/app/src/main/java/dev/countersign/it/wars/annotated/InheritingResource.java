package dev.countersign.it.wars.annotated;

import dev.countersign.it.wars.counted.Calls;
import jakarta.ws.rs.Path;

/** Inherits every rule and every method designator. */
@Path("/inheriting")
public class InheritingResource extends AbstractBase<String> implements DefaultApi {
    @Override
    public String declared() {
        return Calls.marker();
    }

    @Override
    public String generic(String value) {
        return Calls.marker();
    }
}
