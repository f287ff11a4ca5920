package dev.countersign.it.wars.crowd;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Closed: its runtime scans for nothing. */
@ApplicationPath("/api")
public class CrowdApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(CrowdResource.class, OpenCrowdResource.class);
    }
}
