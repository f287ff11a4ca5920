package dev.countersign.it.wars.pathsmapped;

import dev.countersign.it.wars.paths.OpenResource;
import dev.countersign.it.wars.paths.SecretResource;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** JAX-RS at {@code /api/*}. */
@ApplicationPath("/api")
public class FirstApi extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(OpenResource.class, SecretResource.class);
    }
}
