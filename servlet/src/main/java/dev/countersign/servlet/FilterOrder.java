package dev.countersign.servlet;

import dev.countersign.servlet.config.WebXml;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which filter of an application stands before which: the first of ours in front of everything, the last of ours behind
 * every JAX-RS runtime that is a filter. The servlet API tells no order, so what was there when the initializer ran is kept.
 */
final class FilterOrder {
    private static final String BEFORE_LAST = "dev.countersign.servlet.before-last";

    /** Jetty's filter for WebSocket, by class name: it puts itself in front of what {@code web.xml} declares. */
    private static final Set<String> UPGRADE_FILTERS = Set.of(
            "org.eclipse.jetty.ee10.websocket.servlet.WebSocketUpgradeFilter",
            "org.eclipse.jetty.ee11.websocket.servlet.WebSocketUpgradeFilter");

    private FilterOrder() {}

    /** Keeps which filters are mapped now, to which patterns, before the last filter is added. */
    static void remember(ServletContext context) {
        Map<String, Set<String>> mapped = new HashMap<>();
        context.getFilterRegistrations().forEach((name, filter) -> mapped.put(name, Set.copyOf(patterns(filter))));
        context.setAttribute(BEFORE_LAST, Map.copyOf(mapped));
    }

    /**
     * Whether a filter stands before the last one wherever it is mapped: by {@code web.xml}, or by code before the last one
     * was. What is mapped to a servlet's name stands behind all that is mapped to paths (Jakarta Servlet 6.2.4).
     */
    static boolean standsBeforeLast(ServletContext context, WebXml webXml, FilterRegistration filter) {
        if (!servlets(filter).isEmpty()
                || !(context.getAttribute(BEFORE_LAST) instanceof Map<?, ?> mapped)
                || !(mapped.get(filter.getName()) instanceof Set<?> patterns)) {
            return false;
        }
        // Jetty tells the patterns of web.xml only later.
        Set<String> declared = webXml.filterPatterns(filter.getName());
        return patterns(filter).stream().allMatch(pattern -> patterns.contains(pattern) || declared.contains(pattern));
    }

    /** Whether a filter was registered when the initializer ran; Jetty does not tell the patterns of its own then. */
    private static boolean wasThere(ServletContext context, FilterRegistration filter) {
        return context.getAttribute(BEFORE_LAST) instanceof Map<?, ?> mapped && mapped.containsKey(filter.getName());
    }

    /** The patterns that a filter is mapped to. Where it is mapped to none, Open Liberty tells null. */
    static Collection<String> patterns(FilterRegistration filter) {
        Collection<String> patterns = filter.getUrlPatternMappings();
        return patterns == null ? List.of() : patterns;
    }

    /** The names of the servlets that a filter is mapped to. Where it is mapped to none, Open Liberty tells null. */
    static Collection<String> servlets(FilterRegistration filter) {
        Collection<String> servlets = filter.getServletNameMappings();
        return servlets == null ? List.of() : servlets;
    }

    /** What is wrong with where our filters stand. */
    static List<String> problems(ServletContext context, WebXml webXml) {
        List<String> problems = new ArrayList<>();
        for (FilterRegistration filter : ours(context)) {
            problems.addAll(problems(filter, webXml));
        }
        upgradeFilter(context)
                .filter(filter -> !wasThere(context, filter))
                .ifPresent(
                        filter -> problems.add("filter " + filter.getName() + ": the container's filter for WebSocket"
                                + " stands in front of Countersign's (expected: it is there before this jar's initializer runs, which"
                                + " no absolute-ordering leaves out)"));
        return problems;
    }

    private static List<String> problems(FilterRegistration filter, WebXml webXml) {
        if (webXml.declaresFilter(filter.getName())) {
            return webXml.filterProblems(filter.getName());
        }
        return patterns(filter).contains("/*")
                ? List.of()
                : List.of("filter " + filter.getName() + ": mapped to " + String.join(", ", patterns(filter))
                        + " (expected: /*)");
    }

    /** Whether a filter of ours stands in front of everything; one that lacks something does not. */
    static boolean isGuarded(ServletContext context) {
        List<String> unreadable = new ArrayList<>();
        WebXml webXml = Start.webXml(context, unreadable);
        return unreadable.isEmpty()
                && ours(context).stream()
                        .anyMatch(filter -> problems(filter, webXml).isEmpty());
    }

    /** The registered filters that are ours. */
    static List<FilterRegistration> ours(ServletContext context) {
        List<FilterRegistration> ours = new ArrayList<>();
        for (FilterRegistration filter : context.getFilterRegistrations().values()) {
            if (CountersignFilter.class.getName().equals(filter.getClassName())) {
                ours.add(filter);
            }
        }
        return ours;
    }

    /** The container's filter that answers upgrades and does not keep to the order of filters. */
    static Optional<FilterRegistration> upgradeFilter(ServletContext context) {
        for (FilterRegistration filter : context.getFilterRegistrations().values()) {
            if (UPGRADE_FILTERS.contains(filter.getClassName())) {
                return Optional.of(filter);
            }
        }
        return Optional.empty();
    }
}
