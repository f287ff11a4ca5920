package dev.countersign.it.wars.hooks;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** JAX-RS at {@code /api/*}. */
@ApplicationPath("/api")
public class Api extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(HooksResource.class);
    }
}
