package dev.countersign.servlet;

import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.RequireScope;
import dev.countersign.annotation.Webhook;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.HandlesTypes;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the filter in front of an application that has this jar: nothing else is to be written. It names no JAX-RS type,
 * because Tomcat and Jetty stop a deployment over a handled type that is not there, and an application of plain servlets
 * needs none; resource classes without an annotation of ours are found by {@code config.ClassScan}.
 */
@HandlesTypes({
    Authenticated.class,
    Webhook.class,
    RequireScope.class,
    RolesAllowed.class,
    PermitAll.class,
    DenyAll.class
})
public final class CountersignInitializer implements ServletContainerInitializer {
    /** The name that the filter gets here, and the servlet that starts it. */
    static final String NAME = "dev.countersign";

    /** The name that the filter gets where the other one is taken. */
    static final String OTHER_NAME = NAME + ".filter";

    private static final String LAST = NAME + ".last";

    /** For containers. */
    public CountersignInitializer() {}

    /**
     * Adds the filter, unless it is there already, and complete; it starts everything when it is initialised, or the servlet
     * that is added too does, whichever the container initialises first.
     *
     * @throws ServletException if another filter or servlet has taken the name
     */
    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) throws ServletException {
        if (!FilterOrder.isGuarded(context)) {
            // Beside a declaration with gaps, too: some servers serve what a filter that failed is not mapped to.
            addFilter(context, new CountersignFilter());
        } else if (FilterOrder.upgradeFilter(context).isPresent()) {
            // It stands before every filter of web.xml, and would answer an upgrade without asking. So the declared
            // filter gets a mapping in front of it, too; at its own mapping it then passes the request on.
            FilterOrder.ours(context).get(0).addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        }
        FilterOrder.remember(context);
        FilterRegistration.Dynamic last = context.addFilter(LAST, new PassedOnFilter());
        if (last == null) {
            throw new ServletException("A filter is named " + LAST + " already (expected: that name is free)");
        }
        last.setAsyncSupported(true);
        last.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, "/*");
        Start.remember(context, classes == null ? Set.of() : classes);
        context.addListener(new StopListener());
        ServletRegistration.Dynamic start = context.addServlet(NAME, new StartServlet());
        if (start == null) {
            throw new ServletException("A servlet is named " + NAME + " already (expected: that name is free)");
        }
        start.setLoadOnStartup(StartServlet.LOAD_ON_STARTUP);
        // Those that are there already: where servlets are initialised before filters it is too late when ours is.
        Targets.loadJaxrsOnStartup(context);
    }

    static void addFilter(ServletContext context, CountersignFilter filter) throws ServletException {
        FilterRegistration.Dynamic registration = context.addFilter(NAME, filter);
        if (registration == null) {
            // A server that goes on after an initializer failed must not go on without any filter.
            registration = context.addFilter(OTHER_NAME, filter);
        }
        if (registration == null) {
            throw new ServletException("Filters are named " + NAME + " and " + OTHER_NAME
                    + " already (expected: one of the names is free)");
        }
        registration.setAsyncSupported(true);
        // isMatchAfter=false: before every filter of web.xml, on every container (a fragment's filter would run last).
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }
}
