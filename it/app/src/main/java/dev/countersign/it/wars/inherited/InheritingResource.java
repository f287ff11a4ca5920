package dev.countersign.it.wars.inherited;

import jakarta.ws.rs.Path;

/** Has no rule and no method designator of its own. */
@Path("inherited")
public class InheritingResource extends AbstractResource<String> implements GenericApi<String> {
    @Override
    public String role() {
        return "role";
    }

    @Override
    public String create(String value) {
        return "created " + value;
    }

    @Override
    public String change(String value) {
        return "changed " + value;
    }
}
