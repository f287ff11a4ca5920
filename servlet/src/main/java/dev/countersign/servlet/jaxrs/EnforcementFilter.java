package dev.countersign.servlet.jaxrs;

import dev.countersign.AccessRule;
import dev.countersign.servlet.Checkpoint;
import dev.countersign.servlet.Deployed;
import dev.countersign.servlet.config.ResourceMethods;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bound to one resource method: lets it run, or ends the request. It runs after matching and before the entity is read,
 * and never writes an answer: the servlet filter does.
 */
final class EnforcementFilter implements ContainerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(EnforcementFilter.class);

    private final @Nullable Deployed deployed;
    private final @Nullable Class<?> type;
    private final AccessRule rule;
    private final String route;
    private final LocatorRules locators;

    /**
     * @param deployed the application that the method belongs to, or null if it was not found
     * @param type the resource class, or null if the runtime does not tell
     * @param route the route of the method, for the audit event; empty if not known
     */
    EnforcementFilter(@Nullable Deployed deployed, @Nullable Class<?> type, AccessRule rule, String route) {
        this.deployed = deployed;
        this.type = type;
        this.rule = rule;
        this.route = route;
        this.locators = new LocatorRules(rule, type != null && ResourceMethods.isRoot(type));
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Checkpoint checkpoint =
                Checkpoint.of(request.getProperty(Checkpoint.ATTRIBUTE)).orElse(null);
        if (checkpoint == null || deployed == null || checkpoint.deployed() != deployed) {
            LOG.error(
                    "{} was reached without the filter of its application: answered 500 (expected: CountersignFilter in"
                            + " front of JAX-RS, added by this jar's initializer or declared in web.xml)",
                    type);
            request.abortWith(Response.serverError().build());
            return;
        }
        AccessRule effective = rule;
        if (type != null) {
            deployed.firstRequest(type);
            effective = locators.with(deployed, type, request.getUriInfo());
        }
        if (checkpoint.enforce(effective, route)) {
            request.setSecurityContext(new CallerSecurityContext(deployed, checkpoint.caller(), checkpoint.secure()));
        } else {
            request.abortWith(Response.status(checkpoint.refusedStatus()).build());
        }
    }
}
