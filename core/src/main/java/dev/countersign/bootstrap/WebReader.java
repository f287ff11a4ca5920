package dev.countersign.bootstrap;

import dev.countersign.AccessRule;
import dev.countersign.authorization.CompiledRule;
import dev.countersign.authorization.Problems;
import dev.countersign.authorization.RuleCompiler;
import dev.countersign.http.PathPolicy;
import dev.countersign.settings.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what an adapter of a web application needs to know. */
final class WebReader {
    private static final int MEBIBYTE = 1024 * 1024;

    private final Section root;
    private final RuleCompiler rules;
    private final Problems problems;
    private final List<AccessRule.Alternative> defaults;

    WebReader(Section root, RuleCompiler rules, Problems problems, List<AccessRule.Alternative> defaults) {
        this.root = root;
        this.rules = rules;
        this.problems = problems;
        this.defaults = defaults;
    }

    WebSettings read(PathPolicy general, String transport) {
        AccessRule authenticated =
                AccessRule.builder(AccessRule.Mode.REQUIRED, defaults).build();
        AccessRule permit = AccessRule.permitAll(defaults);
        return new WebSettings(
                paths(general),
                rule("paths.unmatched"),
                authenticated,
                permit,
                rule("options").orElse(authenticated),
                jaxrsFilters(),
                root.choice("jaxrs.wadl", Wadl.class, Wadl.DENY) == Wadl.PERMIT,
                root.flag("report.log", true),
                reportPath(),
                rule("report.require").orElse(AccessRule.denyAll()),
                Set.copyOf(root.list("cors.origins", List.of())),
                transport,
                root.flag("cache.protect", true),
                root.size("body.max", MEBIBYTE, 1, 1024 * MEBIBYTE),
                root.size("body.memory", MEBIBYTE, 0, 1024 * MEBIBYTE));
    }

    private Map<String, String> jaxrsFilters() {
        Map<String, String> filters = new LinkedHashMap<>();
        for (String name : root.list("jaxrs.filters", List.of())) {
            filters.put(name, root.shown("jaxrs.filters", name));
        }
        return filters;
    }

    private List<WebSettings.PathRule> paths(PathPolicy general) {
        List<WebSettings.PathRule> paths = new ArrayList<>();
        for (String name : root.names("paths")) {
            if (name.equals("policy") || name.equals("allow") || name.equals("unmatched")) {
                continue;
            }
            Section section = root.section("paths." + name);
            String pattern = section.requiredText("pattern", "a url-pattern such as /files/*");
            String require = section.requiredText("require", "schemes=…; scopes=…; roles=…, or permit, or deny");
            PathPolicy policy = section.text("allow").isPresent() ? GateReader.pathPolicy(section, "allow") : general;
            if (!pattern.isEmpty() && !isUrlPattern(pattern)) {
                section.problem(
                        "pattern",
                        section.shown("pattern", pattern) + " (expected: /exact, /prefix/*, *.extension or /)");
                continue;
            }
            for (WebSettings.PathRule other : paths) {
                if (other.pattern().equals(pattern)) {
                    section.problem("pattern", "is also that of " + root.key("paths." + other.name()));
                }
            }
            if (!pattern.isEmpty() && !require.isEmpty()) {
                rule(section, "require", require)
                        .ifPresent(rule -> paths.add(new WebSettings.PathRule(name, pattern, rule, policy)));
            }
        }
        return paths;
    }

    private Optional<AccessRule> rule(String name) {
        return root.text(name).flatMap(text -> rule(root, name, text));
    }

    private Optional<AccessRule> rule(Section section, String name, String text) {
        Problems found = new Problems();
        Optional<AccessRule> rule =
                rules.compileRequire(section.key(name), text, found).map(CompiledRule::rule);
        tell(section, name, found, problems);
        return rule;
    }

    /** Adds what was found wrong with a rule's text to all problems, without anything that a reference brought in. */
    static void tell(Section section, String name, Problems found, Problems all) {
        String reference = section.shown(name, "");
        if (reference.isEmpty()) {
            found.problems().forEach(all::problem);
            found.warnings().forEach(all::warning);
            return;
        }
        String start = section.key(name) + ": " + reference + " stands for a rule ";
        if (!found.isEmpty()) {
            all.problem(start + "that cannot be read (expected: one that can, written here to be told more)");
        } else if (!found.warnings().isEmpty()) {
            all.warning(start + "whose scopes cannot be meant so (written here, it tells more)");
        }
    }

    private Optional<String> reportPath() {
        Optional<String> path = root.text("report.path").filter(text -> !text.equals("off"));
        if (path.isPresent() && (!path.get().startsWith("/") || path.get().contains("*"))) {
            root.problem(
                    "report.path",
                    root.shown("report.path", path.get()) + " (expected: a path such as /countersign/map, or off)");
            return Optional.empty();
        }
        return path;
    }

    private static boolean isUrlPattern(String pattern) {
        if (pattern.startsWith("*.")) {
            return pattern.length() > 2 && pattern.indexOf('/') < 0 && pattern.indexOf('*', 1) < 0;
        }
        int star = pattern.indexOf('*');
        return pattern.startsWith("/") && (star < 0 || (star == pattern.length() - 1 && pattern.endsWith("/*")));
    }

    private enum Wadl {
        DENY,
        PERMIT
    }
}
