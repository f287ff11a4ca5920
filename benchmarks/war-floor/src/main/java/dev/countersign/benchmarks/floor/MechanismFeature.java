package dev.countersign.benchmarks.floor;

import jakarta.servlet.ServletContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/**
 * With the floor {@code mechanism}: a filter bound to the method that sets a security context and asks nothing. Together with
 * the servlet filter's wrapped request and response it is what deciding at the matched method costs before anything is
 * decided.
 */
@Provider
public final class MechanismFeature implements DynamicFeature {
    @Context
    private @Nullable ServletContext context;

    @Override
    public void configure(ResourceInfo resource, FeatureContext features) {
        if (context != null && "mechanism".equals(context.getInitParameter("floor"))) {
            features.register((ContainerRequestFilter) request -> {
                SecurityContext before = request.getSecurityContext();
                request.setSecurityContext(before);
            });
        }
    }
}
