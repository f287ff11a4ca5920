package dev.countersign.it.wars.noservices;

import dev.countersign.it.wars.guarded.GuardedResource;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** Its runtime never meets Countersign. */
@ApplicationPath("/api")
public class NoServicesApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(GuardedResource.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jakarta.ws.rs.loadServices", false);
    }
}
