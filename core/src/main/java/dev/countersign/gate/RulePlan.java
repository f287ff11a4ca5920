package dev.countersign.gate;

import dev.countersign.AccessRule;
import dev.countersign.gate.Challenges.Lines;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An {@link AccessRule} with its scheme names resolved to positions, and what its refusals share, made once. */
final class RulePlan {
    private final AccessRule rule;
    private final String text;
    private final int[] schemes;
    private final int[][] alternatives;
    private final List<List<String>> accepted;
    private final List<String> requiredScopes;
    private volatile @Nullable Lines plainLines;
    private volatile @Nullable Lines plainLinesForScripts;

    /** @throws IllegalStateException if the rule names a scheme that is not configured */
    RulePlan(AccessRule rule, List<ConfiguredScheme> configured) {
        this.rule = rule;
        this.text = rule.toString();
        Set<Integer> mentioned = new LinkedHashSet<>();
        List<int[]> withExplicit = new ArrayList<>();
        List<int[]> ambientOnly = new ArrayList<>();
        for (AccessRule.Alternative alternative : rule.alternatives()) {
            int[] parts = new int[alternative.parts().size()];
            boolean explicit = false;
            for (int i = 0; i < parts.length; i++) {
                parts[i] = position(alternative.parts().get(i), configured);
                mentioned.add(parts[i]);
                explicit |= !configured.get(parts[i]).scheme().ambient();
            }
            (explicit ? withExplicit : ambientOnly).add(parts);
        }
        withExplicit.addAll(ambientOnly);
        this.alternatives = withExplicit.toArray(int[][]::new);
        this.schemes = mentioned.stream().mapToInt(Integer::intValue).toArray();
        this.accepted =
                rule.alternatives().stream().map(AccessRule.Alternative::parts).toList();
        this.requiredScopes = rule.scopes().stream()
                .flatMap(requirement -> requirement.values().stream())
                .distinct()
                .toList();
    }

    AccessRule rule() {
        return rule;
    }

    /** The rule's one-line text. */
    String text() {
        return text;
    }

    /** The positions of the schemes that the rule names, in the order in which it first names them. */
    int[] schemes() {
        return schemes;
    }

    /** The alternatives in the order in which they are tried: those with an explicit part first (SPEC section 3). */
    int[][] alternatives() {
        return alternatives;
    }

    /** What {@link Challenges#plainLines} made for this rule; made twice if two threads are the first. */
    Lines plainLines(boolean byScript, Supplier<Lines> made) {
        Lines known = byScript ? plainLinesForScripts : plainLines;
        if (known == null) {
            known = made.get();
            if (byScript) {
                plainLinesForScripts = known;
            } else {
                plainLines = known;
            }
        }
        return known;
    }

    List<List<String>> accepted() {
        return accepted;
    }

    List<String> requiredScopes() {
        return requiredScopes;
    }

    /** The scopes that a credential of this scheme should carry, in the rule's order. */
    List<String> scopesOf(String scheme) {
        Set<String> scopes = new LinkedHashSet<>();
        for (AccessRule.ScopeRequirement requirement : rule.scopes()) {
            if (requirement.from().isEmpty() || requirement.from().equals(scheme)) {
                scopes.addAll(requirement.values());
            }
        }
        return List.copyOf(scopes);
    }

    private static int position(String name, List<ConfiguredScheme> configured) {
        for (int i = 0; i < configured.size(); i++) {
            if (configured.get(i).scheme().name().equals(name)) {
                return i;
            }
        }
        throw new IllegalStateException("The rule names the scheme " + name + ", which is not configured");
    }
}
