package dev.countersign.servlet;

import dev.countersign.bootstrap.Deployment;
import dev.countersign.servlet.config.ClassScan;
import dev.countersign.servlet.config.Parameters;
import dev.countersign.servlet.config.ResourceMethods;
import dev.countersign.servlet.config.WebXml;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the Countersign of a web application, once everything in it is registered. */
final class Start {
    private static final Logger LOG = LoggerFactory.getLogger("dev.countersign");

    private Start() {}

    /**
     * Starts with what the initializer found.
     *
     * @throws dev.countersign.ConfigurationException with every problem
     */
    static Deployed early(ServletContext context, Collection<Class<?>> annotated) {
        return start(context, Countersign.of(context), annotated);
    }

    /**
     * Starts when the filter is initialised, in a container that called no initializer.
     *
     * @throws dev.countersign.ConfigurationException with every problem
     */
    static Deployed late(FilterConfig config, @Nullable Countersign countersign) {
        ServletContext context = config.getServletContext();
        return start(context, countersign == null ? Countersign.of(context) : countersign, List.of());
    }

    private static Deployed start(ServletContext context, Countersign countersign, Collection<Class<?>> annotated) {
        List<String> problems = new ArrayList<>();
        WebXml webXml = webXml(context, problems);
        List<FilterRegistration> filters = filters(context);
        for (FilterRegistration filter : filters) {
            if (webXml.declaresFilter(filter.getName())) {
                problems.addAll(webXml.filterProblems(filter.getName()));
            } else if (!filter.getUrlPatternMappings().contains("/*")) {
                problems.add("filter " + filter.getName() + ": mapped to "
                        + String.join(", ", filter.getUrlPatternMappings()) + " (expected: /*)");
            }
        }
        Set<Class<?>> resources = new LinkedHashSet<>(annotated);
        for (Class<?> type : ClassScan.resourceClasses(context)) {
            if (isResource(type)) {
                resources.add(type);
            }
        }
        Deployment setup = countersign.open(context, Parameters.ofFilters(filters), Parameters.ofContext(context));
        try {
            return Deployed.start(context, setup, webXml, resources, problems);
        } catch (RuntimeException e) {
            setup.close();
            LOG.error("{}", e.getMessage());
            throw e;
        }
    }

    /** The registered filters that are ours. */
    static List<FilterRegistration> filters(ServletContext context) {
        List<FilterRegistration> ours = new ArrayList<>();
        for (FilterRegistration filter : context.getFilterRegistrations().values()) {
            if (CountersignFilter.class.getName().equals(filter.getClassName())) {
                ours.add(filter);
            }
        }
        return ours;
    }

    private static WebXml webXml(ServletContext context, List<String> problems) {
        try (InputStream file = context.getResourceAsStream("/WEB-INF/web.xml")) {
            return file == null ? WebXml.none() : WebXml.read(file);
        } catch (IOException e) {
            problems.add("WEB-INF/web.xml: cannot be read, so the filter's mapping is not known");
            return WebXml.none();
        }
    }

    private static boolean isResource(Class<?> type) {
        try {
            return ResourceMethods.isRoot(type) || !ResourceMethods.of(type).isEmpty();
        } catch (LinkageError e) {
            LOG.warn("{} cannot be read, so its rules are not in the security map: {}", type.getName(), e.toString());
            return false;
        }
    }
}
