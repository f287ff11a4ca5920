package dev.countersign.authorization;

import dev.countersign.AccessRule;
import java.util.List;

/**
 * A rule, and where each piece of it came from.
 *
 * @param rule the rule
 * @param sources for the security map, such as {@code scopes: dev.shop.OrderResource.create(Order)} or {@code schemes:
 *     countersign.default}
 */
public record CompiledRule(AccessRule rule, List<String> sources) {
    /** Copies the sources. */
    public CompiledRule {
        sources = List.copyOf(sources);
    }
}
