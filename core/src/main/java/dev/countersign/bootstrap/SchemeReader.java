package dev.countersign.bootstrap;

import dev.countersign.AuthenticationScheme;
import dev.countersign.authorization.SchemeCatalog;
import dev.countersign.gate.ConfiguredScheme;
import dev.countersign.gate.ConfiguredScheme.ChallengeMode;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.scheme.SchemeFactory;
import dev.countersign.settings.Nearest;
import dev.countersign.settings.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/** Makes the rooms that the settings name, and refuses those of which two could claim one credential. */
final class SchemeReader {
    private final Section root;
    private final SchemeContext context;
    private final Map<String, SchemeFactory> factories = new LinkedHashMap<>();
    private final List<SchemeCatalog.Entry> entries = new ArrayList<>();

    SchemeReader(Section root, SchemeContext context) {
        this.root = root;
        this.context = context;
        // The library's own class loader: a WAR sees its own rooms and those in the same WEB-INF/lib.
        for (SchemeFactory factory : ServiceLoader.load(SchemeFactory.class, SchemeFactory.class.getClassLoader())) {
            factories.putIfAbsent(factory.type(), factory);
        }
    }

    /** Every scheme that could be made, in the order of {@code countersign.schemes}, then those made in code. */
    List<ConfiguredScheme> read(List<AuthenticationScheme> made) {
        List<String> names = root.list("schemes", List.of());
        if (names.isEmpty() && made.isEmpty()) {
            root.problem("schemes", "required (expected: names, comma-separated, such as api-key, jwt)");
        }
        Set<String> declared = root.names("scheme");
        List<ConfiguredScheme> schemes = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (String name : names) {
            if (seen.contains(name)) {
                root.problem("schemes", root.shown("schemes", name) + " stands twice (expected: each name once)");
                continue;
            }
            if (!Section.isName(name)) {
                root.problem(
                        "schemes",
                        root.shown("schemes", name)
                                + " (expected: a lower-case letter, then letters, digits and dashes)");
                continue;
            }
            seen.add(name);
            Optional<ConfiguredScheme> scheme = read(name);
            scheme.ifPresent(schemes::add);
            // What could not be made is taken for whatever rules take it for: it has its own problem already.
            entries.add(scheme.map(found -> SchemeCatalog.Entry.of(found.scheme()))
                    .orElseGet(() -> new SchemeCatalog.Entry(name, true, false, true)));
        }
        for (String name : declared) {
            if (!seen.contains(name)) {
                String near = Nearest.of(name, seen)
                        .map(found -> ", did you mean " + found + "?")
                        .orElse("");
                root.problem(
                        "scheme." + name,
                        "is not in use (expected: a name of " + root.key("schemes") + ": " + String.join(", ", seen)
                                + near + ")");
                root.section("scheme." + name).ignoreRest();
            }
        }
        for (AuthenticationScheme scheme : made) {
            if (seen.contains(scheme.name())) {
                root.problem("schemes", scheme.name() + " is also made in code (expected: one of the two)");
                continue;
            }
            seen.add(scheme.name());
            ConfiguredScheme configured = new ConfiguredScheme(scheme, Optional.empty(), ChallengeMode.ON);
            schemes.add(configured);
            entries.add(SchemeCatalog.Entry.of(scheme));
        }
        refuseSharedShapes(schemes);
        return schemes;
    }

    /** What rules must know of the schemes; also of those that could not be made, so that rules may name them. */
    SchemeCatalog catalog() {
        return SchemeCatalog.ofEntries(entries, Nearest::of);
    }

    private Optional<ConfiguredScheme> read(String name) {
        Section section = root.section("scheme." + name);
        String type = section.text("type", name);
        Optional<String> tenant = section.text("tenant");
        ChallengeMode challenge = section.choice("challenge", ChallengeMode.class, ChallengeMode.ON);
        SchemeFactory factory = factories.get(type);
        if (factory == null) {
            String near = Nearest.of(type, factories.keySet())
                    .map(found -> ", did you mean " + found + "?")
                    .orElse("");
            section.problem(
                    "type",
                    section.shown("type", type) + " (expected: one of " + String.join(", ", factories.keySet()) + near
                            + ")");
            section.ignoreRest();
            return Optional.empty();
        }
        return factory.create(name, section, context).map(scheme -> new ConfiguredScheme(scheme, tenant, challenge));
    }

    /** Two key rooms tell their credentials apart by prefix alone, so no prefix may begin with another. */
    private void refuseSharedShapes(List<ConfiguredScheme> schemes) {
        for (int i = 0; i < schemes.size(); i++) {
            for (int j = 0; j < i; j++) {
                AuthenticationScheme one = schemes.get(j).scheme();
                AuthenticationScheme other = schemes.get(i).scheme();
                sharedShape(one, other)
                        .ifPresent(shape -> root.problem(
                                "scheme." + other.name(),
                                "claims the same credentials as scheme." + one.name() + ": " + shape
                                        + " (expected: one scheme for each shape)"));
            }
        }
    }

    private static Optional<String> sharedShape(AuthenticationScheme one, AuthenticationScheme other) {
        for (String prefix : one.prefixes()) {
            for (String otherPrefix : other.prefixes()) {
                if (prefix.startsWith(otherPrefix) || otherPrefix.startsWith(prefix)) {
                    return Optional.of("the key prefixes " + prefix + " and " + otherPrefix);
                }
            }
        }
        if (one.type().equals(other.type())
                && (one.prefixes().isEmpty() != other.prefixes().isEmpty())) {
            return Optional.of("every value, where one of the two has no key prefix");
        }
        return one.shapes().stream().filter(other.shapes()::contains).findFirst();
    }
}
