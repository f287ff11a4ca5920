package dev.countersign.it.wars.singletons;

import dev.countersign.it.wars.guarded.GuardedResource;
import dev.countersign.servlet.jaxrs.CountersignFeature;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Hands out an instance, as every runtime allows. */
@ApplicationPath("/api")
public class SingletonsApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(GuardedResource.class, CountersignFeature.class);
    }

    @Override
    @SuppressWarnings("deprecation")
    public Set<Object> getSingletons() {
        return Set.of(new InstanceResource("instance"));
    }
}
