package dev.countersign.servlet.jaxrs;

import dev.countersign.AccessRule;
import dev.countersign.AccessRule.Alternative;
import dev.countersign.AccessRule.Mode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One rule that asks for everything that two ask for. */
final class Conjunction {
    private Conjunction() {}

    static AccessRule of(AccessRule one, AccessRule other) {
        if (one.equals(other)) {
            return one;
        }
        if (one.mode() == Mode.DENY || other.mode() == Mode.DENY) {
            return AccessRule.denyAll();
        }
        boolean oneRequired = one.mode() == Mode.REQUIRED;
        boolean otherRequired = other.mode() == Mode.REQUIRED;
        AccessRule.Builder rule;
        if (oneRequired && otherRequired) {
            rule = AccessRule.builder(Mode.REQUIRED, both(one.alternatives(), other.alternatives()));
        } else if (oneRequired || otherRequired) {
            rule = AccessRule.builder(Mode.REQUIRED, (oneRequired ? one : other).alternatives());
        } else {
            boolean reject = one.mode() == Mode.OPTIONAL_REJECT || other.mode() == Mode.OPTIONAL_REJECT;
            List<Alternative> either = new ArrayList<>(one.alternatives());
            either.addAll(other.alternatives());
            rule = AccessRule.builder(reject ? Mode.OPTIONAL_REJECT : Mode.OPTIONAL_IGNORE, shortest(either));
        }
        for (AccessRule part : List.of(one, other)) {
            part.scopes().forEach(rule::scopes);
            part.roles().forEach(rule::anyRole);
            if (part.eventsOnce()) {
                rule.eventsOnce();
            }
        }
        return rule.build();
    }

    /** Each alternative of one together with each of the other. */
    private static List<Alternative> both(List<Alternative> one, List<Alternative> other) {
        List<Alternative> all = new ArrayList<>();
        for (Alternative first : one) {
            for (Alternative second : other) {
                Set<String> parts = new LinkedHashSet<>(first.parts());
                parts.addAll(second.parts());
                all.add(new Alternative(List.copyOf(parts)));
            }
        }
        return shortest(all);
    }

    /** Leaves out what asks for more than another alternative does: that one decides anyway. */
    private static List<Alternative> shortest(List<Alternative> all) {
        List<Alternative> kept = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Set<String> parts = Set.copyOf(all.get(i).parts());
            boolean needed = true;
            for (int j = 0; j < all.size(); j++) {
                Set<String> others = Set.copyOf(all.get(j).parts());
                if (j != i && parts.containsAll(others) && (others.size() < parts.size() || j < i)) {
                    needed = false;
                }
            }
            if (needed) {
                kept.add(all.get(i));
            }
        }
        return kept;
    }
}
