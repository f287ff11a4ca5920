package dev.countersign.authorization;

import dev.countersign.AuthenticationScheme;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What rules must know of the configured schemes. Immutable. */
public final class SchemeCatalog {
    /**
     * One configured scheme.
     *
     * @param name its configured name
     * @param carriesScopes whether its identities can carry scopes
     * @param onlyInAuthorization whether {@code Authorization} is the only field that carries its credentials, so that a
     *     request can hold one such credential and not two
     * @param webhook whether its credentials tell of events, which can be handled once
     */
    public record Entry(String name, boolean carriesScopes, boolean onlyInAuthorization, boolean webhook) {
        /** A scheme whose credentials tell of no events. */
        public Entry(String name, boolean carriesScopes, boolean onlyInAuthorization) {
            this(name, carriesScopes, onlyInAuthorization, false);
        }

        /** What rules must know of this scheme. */
        public static Entry of(AuthenticationScheme scheme) {
            return new Entry(
                    scheme.name(),
                    scheme.carriesScopes(),
                    scheme.carriers().equals(Set.of("authorization")),
                    !scheme.remembersEvents().isZero());
        }
    }

    private final Map<String, Entry> entries;
    private final BiFunction<String, Collection<String>, Optional<String>> nearest;

    private SchemeCatalog(Collection<Entry> entries, BiFunction<String, Collection<String>, Optional<String>> nearest) {
        this.entries = new LinkedHashMap<>();
        for (Entry entry : entries) {
            this.entries.put(entry.name(), entry);
        }
        this.nearest = nearest;
    }

    /**
     * A catalog of these entries.
     *
     * @param entries in the order of {@code countersign.schemes}
     * @param nearest finds, for a name that is not among the given ones, the one that was probably meant
     */
    public static SchemeCatalog ofEntries(
            Collection<Entry> entries, BiFunction<String, Collection<String>, Optional<String>> nearest) {
        return new SchemeCatalog(entries, nearest);
    }

    /**
     * A catalog of these schemes.
     *
     * @param schemes in the order of {@code countersign.schemes}
     * @param nearest finds, for a name that is not among the given ones, the one that was probably meant
     */
    public static SchemeCatalog of(
            Collection<? extends AuthenticationScheme> schemes,
            BiFunction<String, Collection<String>, Optional<String>> nearest) {
        List<Entry> entries = new ArrayList<>();
        for (AuthenticationScheme scheme : schemes) {
            entries.add(Entry.of(scheme));
        }
        return new SchemeCatalog(entries, nearest);
    }

    /** The names, in the order of {@code countersign.schemes}. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** Whether a scheme of this name is configured. */
    public boolean knows(String name) {
        return entries.containsKey(name);
    }

    /** Whether identities of this scheme can carry scopes; false for an unknown name. */
    public boolean carriesScopes(String name) {
        Entry entry = entries.get(name);
        return entry != null && entry.carriesScopes();
    }

    /** The names of the schemes whose credentials tell of events, in the order of {@code countersign.schemes}. */
    public List<String> webhooks() {
        return entries.values().stream().filter(Entry::webhook).map(Entry::name).toList();
    }

    /** Whether this scheme's credentials come in {@code Authorization} alone; false for an unknown name. */
    public boolean onlyInAuthorization(String name) {
        Entry entry = entries.get(name);
        return entry != null && entry.onlyInAuthorization();
    }

    /** What an unknown word could have been, as a piece of a message; empty if nothing is near. */
    String suggestion(String word, Collection<String> known) {
        @Nullable String near = nearest.apply(word, known).orElse(null);
        return near == null ? "" : ", did you mean " + near + "?";
    }
}
