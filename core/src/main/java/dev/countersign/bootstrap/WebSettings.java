package dev.countersign.bootstrap;

import dev.countersign.AccessRule;
import dev.countersign.http.PathPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the settings say to an adapter of a web application.
 *
 * @param paths rules for servlets and static files, by url-pattern
 * @param unmatched what a servlet that no rule names needs; empty for the default: {@code authenticated} for the
 *     application's servlets, {@code permit} for the container's default servlet
 * @param authenticated the {@code default} expression as a rule
 * @param permit everybody, as {@code @PermitAll}
 * @param options what an OPTIONS request needs that is no preflight and meets no resource method
 * @param jaxrsFilters names of filters that are JAX-RS runtimes, each with what a message may show of it
 * @param wadlPermitted whether a runtime's WADL is served
 * @param reportLog whether the security map is logged at start
 * @param reportPath where the security map is served, relative to the application
 * @param report who may see the map there
 * @param corsOrigins whose browsers may read our refusals
 * @param transport what the security map says of plain HTTP
 * @param cacheProtected whether answers to callers are kept out of shared caches (SPEC G8)
 * @param bodyMax how many bytes of content are kept for signatures, at most
 * @param bodyMemory how many of them in memory; more go to a temporary file
 */
public record WebSettings(
        List<PathRule> paths,
        Optional<AccessRule> unmatched,
        AccessRule authenticated,
        AccessRule permit,
        AccessRule options,
        Map<String, String> jaxrsFilters,
        boolean wadlPermitted,
        boolean reportLog,
        Optional<String> reportPath,
        AccessRule report,
        Set<String> corsOrigins,
        String transport,
        boolean cacheProtected,
        int bodyMax,
        int bodyMemory) {

    /**
     * A rule for what a url-pattern matches.
     *
     * @param name the {@code <n>} of {@code countersign.paths.<n>}
     * @param pattern a servlet url-pattern: exact, {@code /x/*}, {@code *.ext} or {@code /}
     * @param rule what it needs
     * @param policy which paths are accepted there
     */
    public record PathRule(String name, String pattern, AccessRule rule, PathPolicy policy) {}

    /** Copies the lists. */
    public WebSettings {
        paths = List.copyOf(paths);
        jaxrsFilters = Map.copyOf(jaxrsFilters);
        corsOrigins = Set.copyOf(corsOrigins);
    }
}
