package dev.countersign.it.wars.featured;

import dev.countersign.it.wars.guarded.GuardedResource;
import dev.countersign.it.wars.inherited.InheritingResource;
import dev.countersign.it.wars.later.LaterResource;
import dev.countersign.servlet.jaxrs.CountersignFeature;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Closed, and complete for runtimes that look for no services. */
@ApplicationPath("/api")
public class FeaturedApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(GuardedResource.class, InheritingResource.class, LaterResource.class, CountersignFeature.class);
    }
}
