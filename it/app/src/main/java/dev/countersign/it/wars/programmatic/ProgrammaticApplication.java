package dev.countersign.it.wars.programmatic;

import dev.countersign.it.wars.guarded.GuardedResource;
import jakarta.ws.rs.ApplicationPath;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.model.Resource;

/** Registers an instance, a class, the model of a class, and a resource that is code alone. */
@ApplicationPath("/api")
public class ProgrammaticApplication extends ResourceConfig {
    /** For the runtime. */
    public ProgrammaticApplication() {
        register(new InstanceResource("instance"));
        registerResources(
                Resource.builder(GuardedResource.class).build(),
                Resource.builder(GuardedResource.class).path("moved/guarded").build(),
                function());
    }

    private static Resource function() {
        Resource.Builder resource = Resource.builder("function");
        resource.addMethod("GET").produces("text/plain").handledBy(new TellingFunction());
        return resource.build();
    }
}
