package dev.countersign.bootstrap;

import dev.countersign.AccessRule;
import dev.countersign.authorization.CompiledRule;
import dev.countersign.authorization.Problems;
import dev.countersign.authorization.RuleCompiler;
import dev.countersign.http.PathPolicy;
import dev.countersign.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what an adapter of a web application needs to know. */
final class WebReader {
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
                Set.copyOf(root.list("jaxrs.filters", List.of())),
                root.choice("jaxrs.wadl", Wadl.class, Wadl.DENY) == Wadl.PERMIT,
                root.flag("report.log", true),
                reportPath(),
                rule("report.require").orElse(AccessRule.denyAll()),
                Set.copyOf(root.list("cors.origins", List.of())),
                transport,
                root.flag("cache.protect", true));
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
                section.problem("pattern", pattern + " (expected: /exact, /prefix/*, *.extension or /)");
                continue;
            }
            for (WebSettings.PathRule other : paths) {
                if (other.pattern().equals(pattern)) {
                    section.problem("pattern", "is also that of " + root.key("paths." + other.name()));
                }
            }
            if (!pattern.isEmpty() && !require.isEmpty()) {
                rules.compileRequire(section.key("require"), require, problems)
                        .map(CompiledRule::rule)
                        .ifPresent(rule -> paths.add(new WebSettings.PathRule(name, pattern, rule, policy)));
            }
        }
        return paths;
    }

    private Optional<AccessRule> rule(String name) {
        return root.text(name)
                .flatMap(text -> rules.compileRequire(root.key(name), text, problems))
                .map(CompiledRule::rule);
    }

    private Optional<String> reportPath() {
        Optional<String> path = root.text("report.path").filter(text -> !text.equals("off"));
        if (path.isPresent() && (!path.get().startsWith("/") || path.get().contains("*"))) {
            root.problem("report.path", path.get() + " (expected: a path such as /countersign/map, or off)");
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
