package dev.countersign.servlet.jaxrs;

import dev.countersign.AccessRule;
import dev.countersign.ConfigurationException;
import dev.countersign.servlet.Deployed;
import dev.countersign.servlet.config.ResourceMethods;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds the rule of each resource method to the method itself. JAX-RS runtimes find it as a service (Jakarta REST 4.1.5);
 * an application whose runtime does not lists it in {@code Application.getClasses()}. Being registered twice does no
 * harm: the rule is then judged twice, the second time without any look-up.
 *
 * <p>Jersey and RESTEasy never show a sub-resource locator here, and call it before any filter: its rule is judged together
 * with that of the sub-resource's method, before that method runs. A locator itself must therefore only find things. A
 * runtime that does show a locator, as CXF does, never shows the methods behind it: it is not started.
 */
@Provider
public final class CountersignFeature implements DynamicFeature {
    private static final Logger LOG = LoggerFactory.getLogger(CountersignFeature.class);

    private @Nullable ServletContext context;
    private @Nullable Deployed deployed;
    private @Nullable Deployed tellingOf;

    /** For JAX-RS runtimes. */
    public CountersignFeature() {}

    /**
     * Takes the application that the runtime runs in, and finds its Countersign at once: RESTEasy gives a proxy that knows
     * nothing when code registers a resource later.
     */
    @Context
    public void setServletContext(@Nullable ServletContext servletContext) {
        context = servletContext;
        find();
    }

    /** Takes the servlet that the runtime is; one that is a filter, or does not tell, gives nothing or a proxy. */
    @Context
    public void setServletConfig(@Nullable ServletConfig config) {
        if (config != null) {
            tell(config::getServletContext, found -> found.loadedByServlet(config.getServletName()));
        }
    }

    /** Takes the filter that the runtime is; one that is a servlet, or does not tell, gives nothing or a proxy. */
    @Context
    public void setFilterConfig(@Nullable FilterConfig config) {
        if (config != null) {
            tell(config::getServletContext, found -> found.loadedByFilter(config.getFilterName()));
        }
    }

    /** Tells an application which of its runtimes has loaded this feature, at once: proxies know nothing later. */
    private void tell(Supplier<ServletContext> context, Consumer<Deployed> loaded) {
        try {
            Deployed found = Deployed.started(context.get()).orElse(null);
            if (found != null) {
                loaded.accept(found);
                tellingOf = found;
            }
        } catch (ConfigurationException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.debug("The runtime does not tell its name now", e);
        }
    }

    private @Nullable Deployed find() {
        if (deployed == null) {
            try {
                deployed = Deployed.started(context).orElse(null);
            } catch (ConfigurationException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.debug("The runtime does not tell its application now", e);
            }
        }
        return deployed;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext features) {
        Class<?> type = resource.getResourceClass();
        Method method = resource.getResourceMethod();
        Deployed found = find();
        if (found == null && type != null) {
            found = deployed = Deployed.of(type.getClassLoader()).orElse(null);
        }
        if (found != null && found != tellingOf) {
            found.loadedUnnamed();
        }
        if (type == null || method == null) {
            // What cannot be named has no rule.
            features.register(new EnforcementFilter(found, null, AccessRule.denyAll(), ""), Priorities.AUTHENTICATION);
            return;
        }
        if (isRuntimesOwn(type)) {
            return;
        }
        if (ResourceMethods.isLocator(type, method)) {
            throw new ConfigurationException(List.of(Deployed.unguardedLocator(type, method)));
        }
        AccessRule rule = found == null
                ? AccessRule.denyAll()
                : found.configure(type, method).orElse(AccessRule.denyAll());
        String route = found == null ? "" : found.route(type, method);
        features.register(new EnforcementFilter(found, type, rule, route), Priorities.AUTHENTICATION);
    }

    /** The WADL and OPTIONS resources that a runtime adds: the servlet filter judges those answers (SPEC 2.7, R43). */
    private static boolean isRuntimesOwn(Class<?> type) {
        return type.getName().startsWith("org.glassfish.jersey.server.");
    }
}
