package dev.countersign.it.wars.pathsmapped;

import dev.countersign.it.wars.paths.OpenResource;
import dev.countersign.it.wars.paths.SecretResource;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** JAX-RS at {@code /v2/*}. */
@ApplicationPath("/v2")
public class SecondApi extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(OpenResource.class, SecretResource.class);
    }
}
