package dev.countersign.it.wars.listed;

import dev.countersign.it.wars.guarded.GuardedResource;
import dev.countersign.it.wars.inherited.InheritingResource;
import dev.countersign.it.wars.later.LaterResource;
import dev.countersign.it.wars.located.LocatorResource;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Closed: its runtime scans for nothing. */
@ApplicationPath("/api")
public class ListedApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(GuardedResource.class, InheritingResource.class, LaterResource.class, LocatorResource.class);
    }
}
