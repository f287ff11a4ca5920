package dev.countersign.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AccessRule;
import dev.countersign.AccessRule.Alternative;
import dev.countersign.settings.Nearest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the tests of this package compile with: the schemes key, basic, jwt, mtls, and jwt as the default expression. */
final class Compiling {
    static final SchemeCatalog CATALOG = SchemeCatalog.ofEntries(
            List.of(
                    new SchemeCatalog.Entry("key", true, false),
                    new SchemeCatalog.Entry("basic", true, true),
                    new SchemeCatalog.Entry("jwt", true, true),
                    new SchemeCatalog.Entry("mtls", false, false)),
            Nearest::of);

    static final List<Alternative> DEFAULT = List.of(new Alternative(List.of("jwt")));

    private Compiling() {}

    static RuleCompiler compiler() {
        return compiler(Unannotated.AUTHENTICATED);
    }

    static RuleCompiler compiler(Unannotated unannotated) {
        return new RuleCompiler(CATALOG, DEFAULT, unannotated);
    }

    /** The rule of the public method of this name, which must compile. */
    static AccessRule rule(Class<?> resource, String method) {
        return rule(resource, method(resource, method));
    }

    static AccessRule rule(Class<?> resource, Method method) {
        Problems problems = new Problems();
        Optional<CompiledRule> compiled = compiler().compile(resource, method, problems);
        assertThat(problems.problems()).isEmpty();
        return compiled.orElseThrow().rule();
    }

    /** The problems of the public method of this name, which must not compile. */
    static List<String> problems(Class<?> resource, String method) {
        Problems problems = new Problems();
        assertThat(compiler().compile(resource, method(resource, method), problems))
                .isEmpty();
        assertThat(problems.problems()).isNotEmpty();
        return problems.problems();
    }

    /** The public method of this name; a bridge only if there is no other. */
    static Method method(Class<?> resource, String name) {
        List<Method> found = new ArrayList<>();
        for (Method method : resource.getMethods()) {
            if (method.getName().equals(name)) {
                found.add(method.isBridge() ? found.size() : 0, method);
            }
        }
        assertThat(found).as(resource + "." + name).isNotEmpty();
        return found.get(0);
    }
}
