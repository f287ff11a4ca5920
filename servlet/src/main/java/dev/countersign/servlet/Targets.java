package dev.countersign.servlet;

import dev.countersign.AccessRule;
import dev.countersign.authorization.CompiledRule;
import dev.countersign.authorization.Problems;
import dev.countersign.authorization.SecurityMap;
import dev.countersign.authorization.SecurityMap.Kind;
import dev.countersign.bootstrap.Deployment;
import dev.countersign.bootstrap.WebSettings;
import dev.countersign.bootstrap.WebSettings.PathRule;
import dev.countersign.servlet.config.ClassScan;
import dev.countersign.servlet.config.WebXml;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which servlets are JAX-RS, and the rules of the others, found once when everything is registered. What is not known
 * here is treated as an application's own servlet. Immutable.
 */
final class Targets {
    private static final Logger LOG = LoggerFactory.getLogger(Targets.class);

    /** Servlets and filters of JAX-RS runtimes, by class name; subclasses count. */
    private static final Set<String> JAXRS = Set.of(
            "org.glassfish.jersey.servlet.ServletContainer",
            "org.jboss.resteasy.plugins.server.servlet.HttpServletDispatcher",
            "org.jboss.resteasy.plugins.server.servlet.HttpServlet30Dispatcher",
            "org.jboss.resteasy.plugins.server.servlet.FilterDispatcher",
            "org.jboss.resteasy.plugins.server.servlet.Filter30Dispatcher",
            "org.apache.cxf.transport.servlet.AbstractHTTPServlet",
            "org.apache.cxf.transport.servlet.CXFNonSpringServlet",
            "org.apache.cxf.transport.servlet.CXFServlet",
            "org.apache.cxf.jaxrs.servlet.CXFNonSpringJaxrsServlet",
            "com.ibm.websphere.jaxrs.server.IBMRestServlet");

    private static final String APPLICATION = "jakarta.ws.rs.core.Application";
    private static final String APPLICATION_PARAM = "jakarta.ws.rs.Application";

    /** The servlets that serve a container's static files, by class name. A subclass is an application's own servlet. */
    private static final Set<String> STATIC = Set.of(
            "org.apache.catalina.servlets.DefaultServlet",
            "org.eclipse.jetty.ee10.servlet.DefaultServlet",
            "org.eclipse.jetty.ee10.servlet.ResourceServlet",
            "org.eclipse.jetty.ee11.servlet.DefaultServlet",
            "org.eclipse.jetty.ee11.servlet.ResourceServlet",
            "io.undertow.servlet.handlers.DefaultServlet");

    /** How the names of CXF's servlets begin: it shows a feature the locators, and no method of a sub-resource. */
    private static final String CXF = "org.apache.cxf.";

    /** A JAX-RS runtime as the container knows it: a servlet, or a filter. */
    record JaxrsRuntime(boolean isFilter, String name) {}

    private record JaxrsFilter(JaxrsRuntime runtime, Set<String> patterns, Set<String> servlets) {
        boolean takes(String servlet, String path) {
            if (servlets.contains(servlet)) {
                return true;
            }
            for (String pattern : patterns) {
                boolean matches = pattern.endsWith("/*")
                        ? PathTable.startsWith(path, pattern)
                        : pattern.startsWith("*.") ? path.endsWith(pattern.substring(1)) : path.equals(pattern);
                if (matches) {
                    return true;
                }
            }
            return false;
        }
    }

    private final Map<String, JaxrsRuntime> jaxrsServlets = new HashMap<>();
    private final Set<String> staticServlets = new HashSet<>();
    private final Set<String> plainOptions = new HashSet<>();
    private final List<JaxrsFilter> jaxrsFilters = new ArrayList<>();
    private final Map<String, AccessRule> annotated = new HashMap<>();
    private final List<SecurityMap.Entry> entries = new ArrayList<>();
    private boolean showsLocatorsOnly;
    private final PathTable<PathRule> paths;
    private final PathTable<String> servlets;
    private final AccessRule applicationRule;
    private final AccessRule staticRule;

    private Targets(WebSettings web, Map<String, String> servlets) {
        Map<String, PathRule> patterns = new HashMap<>();
        web.paths().forEach(path -> patterns.put(path.pattern(), path));
        this.paths = new PathTable<>(patterns);
        this.servlets = new PathTable<>(servlets);
        this.applicationRule = web.unmatched().orElse(web.authenticated());
        this.staticRule = web.unmatched().orElse(web.permit());
    }

    /** Looks at everything that is registered. */
    static Targets of(ServletContext context, Deployment setup, WebXml webXml) {
        Map<String, String> servlets = new HashMap<>();
        for (ServletRegistration servlet : context.getServletRegistrations().values()) {
            servlet.getMappings().forEach(pattern -> servlets.put(pattern, servlet.getName()));
        }
        for (ServletRegistration servlet : context.getServletRegistrations().values()) {
            // Undertow's own, which no pattern leads to, serves what no pattern leads to.
            if (servlet.getMappings().isEmpty() && isNamed(servlet.getClassName(), STATIC)) {
                servlets.putIfAbsent("/", servlet.getName());
            }
        }
        Targets targets = new Targets(setup.web(), servlets);
        for (ServletRegistration servlet : new TreeMap<>(context.getServletRegistrations()).values()) {
            targets.add(context, servlet, setup);
        }
        targets.addFilters(context, setup, webXml);
        for (PathRule path : setup.web().paths()) {
            targets.entries.add(new SecurityMap.Entry(
                    Kind.PATH, path.pattern(), "", path.rule(), List.of("countersign.paths." + path.name())));
        }
        targets.entries.add(new SecurityMap.Entry(
                Kind.UNMATCHED,
                "application servlets",
                "",
                targets.applicationRule,
                List.of("countersign.paths.unmatched")));
        targets.entries.add(new SecurityMap.Entry(
                Kind.UNMATCHED, "static files", "", targets.staticRule, List.of("countersign.paths.unmatched")));
        return targets;
    }

    private void add(ServletContext context, ServletRegistration servlet, Deployment setup) {
        Class<?> type = load(context, servlet.getClassName());
        if (isJaxrs(context, servlet)) {
            jaxrsServlets.put(servlet.getName(), new JaxrsRuntime(false, servlet.getName()));
            showsLocatorsOnly |= isCxf(servlet.getClassName(), type);
            return;
        }
        if (isNamed(servlet.getClassName(), STATIC)) {
            staticServlets.add(servlet.getName());
            return;
        }
        if (type == null) {
            // A page that the container compiles, or a class of its own that applications do not see.
            return;
        }
        if (answersOptionsItself(type)) {
            plainOptions.add(servlet.getName());
        }
        Problems problems = setup.problems();
        Optional<CompiledRule> rule = setup.rules().compileServlet(type, problems);
        rule.ifPresent(compiled -> {
            annotated.put(servlet.getName(), compiled.rule());
            entries.add(new SecurityMap.Entry(
                    Kind.SERVLET,
                    String.join(" ", sorted(servlet.getMappings())),
                    type.getName(),
                    compiled.rule(),
                    compiled.sources()));
        });
    }

    /**
     * Lets JAX-RS servlets be initialised before the first request: that would run before the runtime has shown us its
     * methods. Not for code that runs while servlets are initialised: Open Liberty goes through a list of them then, which
     * must not change.
     */
    static void loadJaxrsOnStartup(ServletContext context) {
        WebXml webXml = Start.webXml(context, new ArrayList<>());
        for (ServletRegistration servlet : context.getServletRegistrations().values()) {
            if (servlet instanceof ServletRegistration.Dynamic dynamic
                    && isJaxrs(context, servlet)
                    && !webXml.declaresLoadOnStartup(servlet.getName())) {
                try {
                    dynamic.setLoadOnStartup(1);
                } catch (IllegalStateException e) {
                    LOG.debug("{} keeps its own time of loading", servlet.getName(), e);
                }
            }
        }
    }

    private void addFilters(ServletContext context, Deployment setup, WebXml webXml) {
        Map<String, ? extends FilterRegistration> filters = context.getFilterRegistrations();
        setup.web().jaxrsFilters().forEach((name, shown) -> {
            if (!filters.containsKey(name)) {
                setup.problems()
                        .problem("countersign.jaxrs.filters: " + shown + " (expected: names of filters, here "
                                + String.join(", ", sorted(filters.keySet())) + ")");
            }
        });
        for (FilterRegistration filter : filters.values()) {
            if (setup.web().jaxrsFilters().containsKey(filter.getName())
                    || isJaxrs(filter.getClassName(), load(context, filter.getClassName()))) {
                showsLocatorsOnly |= isCxf(filter.getClassName(), load(context, filter.getClassName()));
                jaxrsFilters.add(new JaxrsFilter(
                        new JaxrsRuntime(true, filter.getName()),
                        Set.copyOf(FilterOrder.patterns(filter)),
                        Set.copyOf(FilterOrder.servlets(filter))));
                if (!FilterOrder.standsBeforeLast(context, webXml, filter)) {
                    // What it passed on would run before anybody judged it.
                    setup.problems()
                            .problem("filter " + filter.getName()
                                    + ": a JAX-RS runtime that may stand behind Countersign's"
                                    + " last filter (expected: mapped to url-patterns alone, in web.xml or before"
                                    + " Countersign's initializer runs)");
                }
            }
        }
    }

    /** Whether a JAX-RS runtime here never lets us see the methods behind a sub-resource locator. */
    boolean showsLocatorsOnly() {
        return showsLocatorsOnly;
    }

    /** Whether a servlet or filter is known as a JAX-RS runtime. */
    boolean isKnown(JaxrsRuntime runtime) {
        return jaxrsServlets.containsValue(runtime)
                || jaxrsFilters.stream().anyMatch(filter -> filter.runtime().equals(runtime));
    }

    /** Whether a request for this servlet and path is answered by JAX-RS. */
    boolean isJaxrs(String servlet, String path) {
        return !everyRuntime(servlet, () -> path, runtime -> false);
    }

    /**
     * Whether each JAX-RS runtime that a request for this servlet and path may meet passes a test.
     *
     * @param path asked only if there are runtimes that are filters
     */
    boolean everyRuntime(String servlet, Supplier<String> path, Predicate<JaxrsRuntime> test) {
        JaxrsRuntime answering = jaxrsServlets.get(servlet);
        if (answering != null && !test.test(answering)) {
            return false;
        }
        for (int i = 0; i < jaxrsFilters.size(); i++) {
            JaxrsFilter filter = jaxrsFilters.get(i);
            if (filter.takes(servlet, path.get()) && !test.test(filter.runtime())) {
                return false;
            }
        }
        return true;
    }

    /** Whether this servlet is itself a JAX-RS runtime. */
    boolean isJaxrsServlet(String servlet) {
        return jaxrsServlets.containsKey(servlet);
    }

    /** The name of the servlet that a path inside the application leads to; empty if none is registered for it. */
    String servletAt(String path) {
        return servlets.find(path).orElse("");
    }

    /** The {@code paths.<n>} that matches a path inside the application. */
    Optional<PathRule> path(String path) {
        return PathTable.oneReading(path).flatMap(paths::find);
    }

    /**
     * The rule of a target that is not JAX-RS. Nobody gets in by a path that can be read in two ways, unless the servlet
     * itself has a rule.
     *
     * @param reads whether the request is one that reads a file: neither one that writes, which a container may be
     *     configured to allow, nor one to leave HTTP, which no static file does
     */
    AccessRule rule(String servlet, String path, boolean reads) {
        AccessRule rule = annotated.get(servlet);
        if (rule != null) {
            return rule;
        }
        Optional<String> read = PathTable.oneReading(path);
        if (read.isEmpty()) {
            return AccessRule.denyAll();
        }
        Optional<PathRule> configured = paths.find(read.get());
        if (configured.isPresent()) {
            return configured.get().rule();
        }
        return staticServlets.contains(servlet) && reads ? staticRule : applicationRule;
    }

    /**
     * Whether a preflight may pass to this servlet without its rule: only where a container's own code answers it, because
     * an application's method would run unchecked otherwise.
     */
    boolean passesPreflight(String servlet) {
        return staticServlets.contains(servlet) || plainOptions.contains(servlet);
    }

    /** What the security map shows of servlets and paths. */
    List<SecurityMap.Entry> entries() {
        return entries;
    }

    private static boolean isJaxrs(ServletContext context, ServletRegistration servlet) {
        Class<?> type = load(context, servlet.getClassName());
        Class<?> named = type == null ? load(context, servlet.getName()) : type;
        return isJaxrs(servlet.getClassName(), type)
                || isSubclass(named, Set.of(APPLICATION))
                || servlet.getName().equals(APPLICATION)
                || servlet.getInitParameter(APPLICATION_PARAM) != null;
    }

    private static boolean isJaxrs(@Nullable String className, @Nullable Class<?> type) {
        return isNamed(className, JAXRS) || isSubclass(type, JAXRS);
    }

    private static boolean isCxf(@Nullable String className, @Nullable Class<?> type) {
        if (className != null && className.startsWith(CXF)) {
            return true;
        }
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            if (c.getName().startsWith(CXF)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamed(@Nullable String className, Set<String> names) {
        return className != null && names.contains(className);
    }

    private static boolean isSubclass(@Nullable Class<?> type, Set<String> names) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            if (names.contains(c.getName())) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Class<?> load(ServletContext context, @Nullable String className) {
        if (className == null || className.isEmpty()) {
            return null;
        }
        try {
            return Class.forName(className, false, ClassScan.loader(context));
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    private static boolean answersOptionsItself(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            if (c.getName().equals("jakarta.servlet.http.HttpServlet")) {
                return true;
            }
            try {
                for (Method method : c.getDeclaredMethods()) {
                    if (method.getName().equals("service") || method.getName().equals("doOptions")) {
                        return false;
                    }
                }
            } catch (LinkageError e) {
                return false;
            }
        }
        return false;
    }

    private static List<String> sorted(Collection<String> names) {
        return names.stream().sorted().toList();
    }
}
