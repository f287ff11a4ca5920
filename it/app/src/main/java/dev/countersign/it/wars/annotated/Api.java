package dev.countersign.it.wars.annotated;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Lists its classes, and brings one object. */
@ApplicationPath("/api")
@SuppressWarnings("deprecation")
public class Api extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                InheritingResource.class,
                NarrowResource.class,
                BodyResource.class,
                OrderReader.class,
                HelperResource.class,
                OverloadResource.class,
                ScopeResource.class,
                MatrixResource.OnNothing.class,
                MatrixResource.OnPermit.class,
                MatrixResource.OnRequire.class,
                MatrixResource.OnDeny.class);
    }

    @Override
    public Set<Object> getSingletons() {
        return Set.of(new InstanceResource(7));
    }
}
