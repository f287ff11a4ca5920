package dev.countersign.servlet;

import dev.countersign.bootstrap.Deployment;
import dev.countersign.servlet.config.ClassScan;
import dev.countersign.servlet.config.Parameters;
import dev.countersign.servlet.config.ResourceMethods;
import dev.countersign.servlet.config.WebXml;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the Countersign of a web application, once everything in it is registered. */
final class Start {
    private static final Logger LOG = LoggerFactory.getLogger("dev.countersign");
    private static final String ANNOTATED = "dev.countersign.servlet.annotated";
    private static final String FAILED = "dev.countersign.servlet.failed";
    private static final Object LOCK = new Object();

    private Start() {}

    /** Keeps what the container found for the initializer. */
    static void remember(ServletContext context, Collection<Class<?>> annotated) {
        context.setAttribute(ANNOTATED, List.copyOf(annotated));
    }

    /**
     * The Countersign of an application, started now if it is not yet. The filter does that when it is initialised: a
     * listener that code added may not look at what is registered (Jakarta Servlet 4.4), and where a container initialises
     * servlets before filters, the JAX-RS feature comes first.
     *
     * @param countersign what to start; null for what was installed, or what the settings of the application say
     * @throws dev.countersign.ConfigurationException with every problem
     */
    static Deployed ensure(ServletContext context, @Nullable Countersign countersign) {
        synchronized (LOCK) {
            Optional<Deployed> running = Deployed.of(context);
            if (running.isPresent()) {
                return running.get();
            }
            // Whoever asks again hears the same; the log has it once.
            if (context.getAttribute(FAILED) instanceof RuntimeException failed) {
                throw failed;
            }
            List<Class<?>> annotated = new ArrayList<>();
            if (context.getAttribute(ANNOTATED) instanceof List<?> found) {
                for (Object type : found) {
                    annotated.add((Class<?>) type);
                }
            }
            try {
                return start(context, countersign == null ? Countersign.of(context) : countersign, annotated);
            } catch (RuntimeException e) {
                context.setAttribute(FAILED, e);
                LOG.error("{}", e.getMessage());
                throw e;
            } catch (LinkageError | ServiceConfigurationError e) {
                IllegalStateException failed = new IllegalStateException("Countersign cannot start: " + e, e);
                context.setAttribute(FAILED, failed);
                LOG.error("{}", failed.getMessage());
                throw failed;
            }
        }
    }

    /**
     * Starts the Countersign of an application before its filter is initialised. Does nothing where code has registered
     * a filter of ours by itself: only that filter knows its Countersign.
     *
     * @throws dev.countersign.ConfigurationException with every problem
     */
    static void early(ServletContext context) {
        if (context.getAttribute(FAILED) instanceof RuntimeException failed) {
            // Payara goes on after a filter has failed; not after a servlet has.
            throw failed;
        }
        List<FilterRegistration> filters = FilterOrder.ours(context);
        WebXml webXml = webXml(context, new ArrayList<>());
        for (FilterRegistration filter : filters) {
            String name = filter.getName();
            if (!name.equals(CountersignInitializer.NAME)
                    && !name.equals(CountersignInitializer.OTHER_NAME)
                    && !webXml.declaresFilter(name)) {
                return;
            }
        }
        if (!filters.isEmpty()) {
            ensure(context, null);
        }
    }

    private static Deployed start(ServletContext context, Countersign countersign, Collection<Class<?>> annotated) {
        List<String> problems = new ArrayList<>();
        WebXml webXml = webXml(context, problems);
        problems.addAll(FilterOrder.problems(context, webXml));
        Set<Class<?>> resources = new LinkedHashSet<>(annotated);
        for (Class<?> type : ClassScan.resourceClasses(context)) {
            if (isResource(type)) {
                resources.add(type);
            }
        }
        if (!resources.isEmpty()) {
            GlassFish.closesResources(context).ifPresent(LOG::warn);
        }
        Deployment setup = countersign.open(
                context, Parameters.ofFilters(FilterOrder.ours(context)), Parameters.ofContext(context));
        try {
            return Deployed.start(context, setup, webXml, resources, problems);
        } catch (RuntimeException | Error e) {
            setup.close();
            throw e;
        }
    }

    /** Reads {@code web.xml}; that it cannot be read is added to the problems. */
    static WebXml webXml(ServletContext context, List<String> problems) {
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
