package dev.countersign.it.wars.explicit;

import dev.countersign.it.wars.guarded.GuardedResource;
import dev.countersign.servlet.jaxrs.CountersignFeature;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** Does by hand what the services would do. */
@ApplicationPath("/api")
public class ExplicitApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(GuardedResource.class, CountersignFeature.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jakarta.ws.rs.loadServices", false);
    }
}
