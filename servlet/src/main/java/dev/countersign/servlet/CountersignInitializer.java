package dev.countersign.servlet;

import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.RequireScope;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HandlesTypes;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the filter in front of an application that has this jar: nothing else is to be written. It names no JAX-RS type,
 * because Tomcat and Jetty stop a deployment over a handled type that is not there, and an application of plain servlets
 * needs none; resource classes without an annotation of ours are found by {@code config.ClassScan}.
 */
@HandlesTypes({Authenticated.class, RequireScope.class, RolesAllowed.class, PermitAll.class, DenyAll.class})
public final class CountersignInitializer implements ServletContainerInitializer {
    /** The name that the filter gets here. */
    static final String FILTER_NAME = "dev.countersign";

    /** For containers. */
    public CountersignInitializer() {}

    /**
     * Adds the filter, unless it is there already; the filter starts everything when it is initialised.
     *
     * @throws ServletException if another filter has taken the name
     */
    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) throws ServletException {
        if (Start.filters(context).isEmpty()) {
            addFilter(context, new CountersignFilter());
        }
        Start.remember(context, classes == null ? Set.of() : classes);
        context.addListener(new StopListener());
    }

    static void addFilter(ServletContext context, CountersignFilter filter) throws ServletException {
        FilterRegistration.Dynamic registration = context.addFilter(FILTER_NAME, filter);
        if (registration == null) {
            throw new ServletException("A filter is named " + FILTER_NAME + " already (expected: that name is free)");
        }
        registration.setAsyncSupported(true);
        // isMatchAfter=false: before every filter of web.xml, on every container (a fragment's filter would run last).
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }
}
