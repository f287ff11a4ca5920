package dev.countersign.it.wars.beside;

import dev.countersign.it.wars.guarded.GuardedResource;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** Stands beside another application; its own runtime never meets Countersign. */
@ApplicationPath("/bare")
public class BesideApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(GuardedResource.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jakarta.ws.rs.loadServices", false);
    }
}
