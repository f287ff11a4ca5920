package dev.countersign.servlet.jaxrs;

import dev.countersign.AccessRule;
import dev.countersign.servlet.Deployed;
import dev.countersign.servlet.config.ResourceMethods;
import dev.countersign.servlet.config.ResourceMethods.Served;
import jakarta.ws.rs.core.PathSegment;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds to a resource method's rule those of the sub-resource locators that led to it (SPEC 2.4).
 *
 * <p>JAX-RS tells which resource objects were matched, not by which locators. So every locator of the parent's class
 * counts whose return type fits and whose literal path segments are in the request's path; where several do, all of
 * their rules hold. A locator may also return its own object. Where no locator can be found at all, nobody gets in.
 */
final class LocatorRules {
    private static final Logger LOG = LoggerFactory.getLogger(LocatorRules.class);
    private static final int MAX_CACHED = 1_000;

    /** The locators that may have led to a method, told apart by class and name. */
    private record Way(List<Class<?>> types, List<Served> locators) {}

    private final AccessRule own;
    private final boolean root;
    private final Map<Way, AccessRule> known = new ConcurrentHashMap<>();

    /** @param root whether requests can reach the method's class without a locator */
    LocatorRules(AccessRule own, boolean root) {
        this.own = own;
        this.root = root;
    }

    /** The rule for a request that was matched to a method of {@code type}. */
    AccessRule with(Deployed deployed, Class<?> type, UriInfo uri) {
        List<Object> matched = uri.getMatchedResources();
        if (matched.size() < 2) {
            return root ? own : judge(deployed, anyLocator(deployed, type, uri));
        }
        List<Class<?>> types = new ArrayList<>();
        List<Served> locators = new ArrayList<>();
        for (int i = 0; i + 1 < matched.size(); i++) {
            Object child = matched.get(i);
            Object parent = matched.get(i + 1);
            Class<?> parentType = ResourceMethods.written(parent.getClass());
            List<Served> found = candidates(parentType, child.getClass(), uri);
            if (found.isEmpty()) {
                LOG.error("No locator of {} is known that leads to {}: refused", parentType, child.getClass());
                return AccessRule.denyAll();
            }
            for (Served locator : found) {
                types.add(parentType);
                locators.add(locator);
            }
        }
        return judge(deployed, new Way(types, locators));
    }

    private AccessRule judge(Deployed deployed, Way way) {
        AccessRule cached = known.get(way);
        if (cached != null) {
            return cached;
        }
        AccessRule all = own;
        for (int i = way.locators().size() - 1; i >= 0; i--) {
            Optional<AccessRule> rule = deployed.locatorRule(
                    way.types().get(i), way.locators().get(i).method());
            if (rule.isPresent()) {
                all = Conjunction.of(rule.get(), all);
            }
        }
        if (known.size() < MAX_CACHED) {
            known.put(way, all);
        }
        return all;
    }

    /** The runtime does not show the parent: every locator of the application that could lead here counts. */
    private static Way anyLocator(Deployed deployed, Class<?> type, UriInfo uri) {
        List<Class<?>> types = new ArrayList<>();
        List<Served> locators = new ArrayList<>();
        for (Class<?> parent : deployed.resources()) {
            for (Served locator : fitting(ResourceMethods.of(parent), type, uri)) {
                types.add(parent);
                locators.add(locator);
            }
        }
        return new Way(types, locators);
    }

    private static List<Served> candidates(Class<?> parent, Class<?> child, UriInfo uri) {
        List<Served> all = ResourceMethods.of(parent);
        List<Served> fitting = fitting(all, child, uri);
        return fitting.isEmpty() ? all.stream().filter(Served::isLocator).toList() : fitting;
    }

    private static List<Served> fitting(List<Served> served, Class<?> child, UriInfo uri) {
        Set<String> segments = new HashSet<>();
        for (PathSegment segment : uri.getPathSegments()) {
            segments.add(segment.getPath());
        }
        List<Served> fitting = new ArrayList<>();
        for (Served method : served) {
            if (method.isLocator()
                    && returns(method.method().getReturnType(), child)
                    && segments.containsAll(literals(method.path()))) {
                fitting.add(method);
            }
        }
        return fitting;
    }

    /** A type without resource methods of its own, such as a runtime's model of a resource, may stand for any other. */
    private static boolean returns(Class<?> declared, Class<?> child) {
        return declared.isAssignableFrom(child)
                || declared.isAssignableFrom(ResourceMethods.written(child))
                || ResourceMethods.of(declared).isEmpty();
    }

    /** The segments of a path template that have no variable and no encoded character. */
    static Collection<String> literals(String template) {
        List<String> literals = new ArrayList<>();
        int depth = 0;
        boolean variable = false;
        StringBuilder segment = new StringBuilder();
        for (int i = 0; i <= template.length(); i++) {
            char c = i < template.length() ? template.charAt(i) : '/';
            if (c == '/' && depth <= 0) {
                if (!variable && segment.length() > 0 && segment.indexOf("%") < 0) {
                    literals.add(segment.toString());
                }
                segment.setLength(0);
                variable = false;
                continue;
            }
            if (c == '{') {
                depth++;
                variable = true;
            } else if (c == '}') {
                depth--;
            }
            segment.append(c);
        }
        return literals;
    }
}
