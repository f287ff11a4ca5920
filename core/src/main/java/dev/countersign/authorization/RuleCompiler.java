package dev.countersign.authorization;

import dev.countersign.AccessRule;
import dev.countersign.AccessRule.Alternative;
import dev.countersign.AccessRule.Mode;
import dev.countersign.AccessRule.ScopeRequirement;
import dev.countersign.Scope;
import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.Match;
import dev.countersign.annotation.OnInvalid;
import dev.countersign.annotation.RequireScope;
import dev.countersign.annotation.Webhook;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rules of an application when it is deployed, from annotations and from settings. The table of what a class
 * and its method make together, and how supertypes count, is in {@code docs/annotations.md}.
 *
 * <p>Everything that is wrong is added to a {@link Problems}, and then there is no rule: a caller that goes on without
 * stopping must refuse. Immutable, and safe for use by many threads with a {@code Problems} each.
 */
public final class RuleCompiler {
    private static final String DEFAULT_KEY = "countersign.default";
    private static final String UNANNOTATED_KEY = "countersign.unannotated";

    private final SchemeCatalog catalog;
    private final List<Alternative> defaults;
    private final Unannotated unannotated;

    /**
     * A compiler.
     *
     * @param catalog the configured schemes
     * @param defaults the default expression, at least one alternative; {@link Expression} reads it
     * @param unannotated what a resource method without any annotation needs
     */
    public RuleCompiler(SchemeCatalog catalog, List<Alternative> defaults, Unannotated unannotated) {
        if (defaults.isEmpty()) {
            throw new IllegalArgumentException("The default expression needs an alternative");
        }
        this.catalog = catalog;
        this.defaults = List.copyOf(defaults);
        this.unannotated = unannotated;
    }

    /**
     * The rule of a JAX-RS resource method.
     *
     * @param resourceClass the matched resource class, or a proxy's subclass of it
     * @param method the resource method, on the class or on any of its supertypes
     * @return empty if a problem was added
     */
    public Optional<CompiledRule> compile(Class<?> resourceClass, Method method, Problems problems) {
        int before = problems.reported();
        String name = Names.of(resourceClass, method);
        List<AccessAnnotations> sources = sources(resourceClass, method, problems);
        Optional<CompiledRule> rule = sources.isEmpty() ? Optional.of(unannotated()) : resolve(name, sources, problems);
        return problems.reported() == before ? rule : Optional.empty();
    }

    /**
     * What a sub-resource locator asks for before the method of the sub-resource is asked for its own rule. The
     * annotations of the locator and of its class count, as for a resource method; without any, and where they permit
     * all, the locator asks for nothing and the sub-resource's method decides alone.
     *
     * @return empty if the locator asks for nothing, or if a problem was added
     */
    public Optional<CompiledRule> compileLocator(Class<?> resourceClass, Method locator, Problems problems) {
        int before = problems.reported();
        List<AccessAnnotations> sources = sources(resourceClass, locator, problems);
        Optional<CompiledRule> rule =
                sources.isEmpty() ? Optional.empty() : resolve(Names.of(resourceClass, locator), sources, problems);
        return problems.reported() == before
                ? rule.filter(r -> r.rule().mode() != Mode.OPTIONAL_IGNORE)
                : Optional.empty();
    }

    /**
     * The rule of a servlet that is not JAX-RS, from the annotations of its class and supertypes. Annotations on its
     * methods are problems, because no rule could be bound to them.
     *
     * @return empty if the class has no annotation, so that {@code countersign.paths} decides, or if a problem was added
     */
    public Optional<CompiledRule> compileServlet(Class<?> servletClass, Problems problems) {
        int before = problems.reported();
        List<AccessAnnotations> sources = new ArrayList<>();
        for (TypeHierarchy.Level level : new TypeHierarchy(servletClass).levels()) {
            add(sources, onType(level, problems));
            EffectCheck.servletMethods(level.type(), problems);
        }
        Optional<CompiledRule> rule =
                sources.isEmpty() ? Optional.empty() : resolve(servletClass.getName(), sources, problems);
        return problems.reported() == before ? rule : Optional.empty();
    }

    /**
     * Adds a problem for each access annotation on a method of this resource class that JAX-RS never calls (private,
     * static, not public, or neither a resource method nor a locator), and a warning where the annotation is one of
     * Jakarta's, which something else may honour.
     */
    public void checkResourceClass(Class<?> resourceClass, Problems problems) {
        EffectCheck.resourceMethods(resourceClass, problems);
    }

    /**
     * The rule of a setting such as {@code countersign.paths.reports.require}: {@code permit}, {@code deny}, {@code
     * authenticated} (the default expression), or {@code schemes=key+jwt,basic; scopes=a b; roles=x,y} with at least one
     * of the three. All the scopes and one of the roles are needed; without {@code schemes} the default expression
     * applies.
     *
     * @param key the key, for messages
     * @return empty if a problem was added
     */
    public Optional<CompiledRule> compileRequire(String key, String require, Problems problems) {
        return switch (require.strip()) {
            case "permit" -> Optional.of(new CompiledRule(AccessRule.permitAll(defaults), List.of("permit: " + key)));
            case "deny" -> Optional.of(new CompiledRule(AccessRule.denyAll(), List.of("deny: " + key)));
            case "authenticated" ->
                Optional.of(new CompiledRule(
                        AccessRule.builder(Mode.REQUIRED, defaults).build(),
                        List.of("authenticated: " + key, "schemes: " + DEFAULT_KEY)));
            default -> RequireText.parse(key, require, catalog, problems).flatMap(text -> compile(key, text, problems));
        };
    }

    /** The rule of a resource method without any annotation. */
    public CompiledRule unannotated() {
        AccessRule rule = switch (unannotated) {
            case AUTHENTICATED -> AccessRule.builder(Mode.REQUIRED, defaults).build();
            case DENY -> AccessRule.denyAll();
            case PERMIT -> AccessRule.permitAll(defaults);
        };
        List<String> sources = new ArrayList<>(List.of("unannotated: " + UNANNOTATED_KEY));
        if (unannotated == Unannotated.AUTHENTICATED) {
            sources.add("schemes: " + DEFAULT_KEY);
        }
        return new CompiledRule(rule, sources);
    }

    private Optional<CompiledRule> compile(String key, RequireText text, Problems problems) {
        int before = problems.reported();
        List<Alternative> alternatives = text.alternatives().orElse(defaults);
        List<String> sources = new ArrayList<>();
        sources.add("schemes: " + (text.alternatives().isPresent() ? key : DEFAULT_KEY));
        AccessRule.Builder rule = AccessRule.builder(Mode.REQUIRED, alternatives);
        if (!text.scopes().isEmpty()) {
            ScopeRequirement requirement = new ScopeRequirement(text.scopes(), false, "");
            checkCarriers(key, key, requirement, alternatives, problems);
            rule.scopes(requirement);
            sources.add("scopes: " + key);
        }
        if (!text.roles().isEmpty()) {
            rule.anyRole(text.roles());
            sources.add("roles: " + key);
        }
        return problems.reported() == before ? Optional.of(new CompiledRule(rule.build(), sources)) : Optional.empty();
    }

    /** What carries access annotations, nearest first; an empty list if nothing does. */
    private List<AccessAnnotations> sources(Class<?> resourceClass, Method method, Problems problems) {
        Class<?> declaring = method.getDeclaringClass();
        // A method of a proxy's subclass with the bean's class beside it: the subclass knows both.
        Class<?> root = resourceClass.isAssignableFrom(declaring) ? declaring : resourceClass;
        if (!declaring.isAssignableFrom(root)) {
            problems.problem(
                    Names.of(method),
                    "is no method of " + resourceClass.getName() + " (expected: one of it or of its supertypes)");
        }
        TypeHierarchy hierarchy = new TypeHierarchy(root);
        List<AccessAnnotations> sources = new ArrayList<>();
        for (TypeHierarchy.Level level : hierarchy.levels()) {
            for (Method found : hierarchy.overridden(method, level.type())) {
                add(
                        sources,
                        AccessAnnotations.read(found, Names.of(found), level.type(), level.distance(), true, problems));
            }
            add(sources, onType(level, problems));
        }
        return sources;
    }

    private static AccessAnnotations onType(TypeHierarchy.Level level, Problems problems) {
        Class<?> type = level.type();
        return AccessAnnotations.read(type, type.getName(), type, level.distance(), false, problems);
    }

    private static void add(List<AccessAnnotations> sources, AccessAnnotations source) {
        if (source.any()) {
            sources.add(source);
        }
    }

    private Optional<CompiledRule> resolve(String name, List<AccessAnnotations> sources, Problems problems) {
        int before = problems.reported();
        ElementCheck check = new ElementCheck(catalog, problems);
        sources.forEach(check::check);
        if (problems.reported() != before) {
            return Optional.empty();
        }
        Resolution resolution = new Resolution(name, sources, problems);
        AccessAnnotations permit = resolution.permitAll();
        if (permit != null) {
            return Optional.of(new CompiledRule(AccessRule.permitAll(defaults), List.of("permit: " + permit.name())));
        }
        AccessAnnotations deny = resolution.denyAll();
        if (deny != null) {
            return Optional.of(new CompiledRule(AccessRule.denyAll(), List.of("deny: " + deny.name())));
        }
        return restricted(name, resolution, problems);
    }

    private Optional<CompiledRule> restricted(String name, Resolution resolution, Problems problems) {
        int before = problems.reported();
        AccessAnnotations schemes = resolution.nearest(AccessAnnotations::credential);
        AccessAnnotations scopes = resolution.nearest(AccessAnnotations::requireScope);
        AccessAnnotations roles = resolution.nearest(AccessAnnotations::roles);
        Authenticated authenticated = schemes == null ? null : schemes.authenticated();
        Webhook webhook = schemes == null ? null : schemes.webhook();
        Mode mode = mode(authenticated);
        if (schemes != null && mode != Mode.REQUIRED && (scopes != null || roles != null)) {
            AccessAnnotations asks = scopes != null ? scopes : roles;
            problems.problem(
                    name,
                    "the optional @Authenticated of " + schemes.name() + " contradicts "
                            + (asks == null ? "" : asks.name())
                            + ", which asks for a scope or role that an anonymous caller never has"
                            + " (expected: one of them)");
        }
        List<String> sources = new ArrayList<>();
        List<Alternative> alternatives = defaults;
        if (schemes != null && webhook != null) {
            alternatives = List.of(new Alternative(List.of(webhook.value())));
            sources.add("schemes: " + schemes.name());
        } else if (schemes != null && authenticated != null && authenticated.schemes().length > 0) {
            alternatives = Expression.parse(schemes.name(), List.of(authenticated.schemes()), catalog, problems)
                    .orElse(defaults);
            sources.add("schemes: " + schemes.name());
        } else {
            if (schemes != null) {
                sources.add("authenticated: " + schemes.name());
            }
            sources.add("schemes: " + DEFAULT_KEY);
        }
        AccessRule.Builder rule = AccessRule.builder(mode, alternatives);
        if (webhook != null && webhook.dedupe()) {
            rule.eventsOnce();
        }
        RequireScope required = scopes == null ? null : scopes.requireScope();
        if (scopes != null && required != null) {
            ScopeRequirement requirement = new ScopeRequirement(
                    List.copyOf(new LinkedHashSet<>(List.of(required.value()))),
                    required.match() == Match.ANY,
                    required.from());
            checkCarriers(name, scopes.name(), requirement, alternatives, problems);
            rule.scopes(requirement);
            sources.add("scopes: " + scopes.name());
        }
        Set<String> allowed = roles == null ? null : roles.roles();
        if (roles != null && allowed != null) {
            rule.anyRole(allowed);
            sources.add("roles: " + roles.name());
        }
        return problems.reported() == before ? Optional.of(new CompiledRule(rule.build(), sources)) : Optional.empty();
    }

    private static Mode mode(@Nullable Authenticated authenticated) {
        if (authenticated == null || !authenticated.optional()) {
            return Mode.REQUIRED;
        }
        return authenticated.onInvalid() == OnInvalid.IGNORE ? Mode.OPTIONAL_IGNORE : Mode.OPTIONAL_REJECT;
    }

    /** Adds a problem where the scopes can never be granted, and a warning where only some alternatives can grant them. */
    private void checkCarriers(
            String name,
            String asker,
            ScopeRequirement requirement,
            List<Alternative> alternatives,
            Problems problems) {
        String from = requirement.from();
        if (!from.isEmpty()) {
            for (Alternative alternative : alternatives) {
                if (!alternative.parts().contains(from)) {
                    problems.problem(
                            name,
                            "the @RequireScope of " + asker + " has from = " + Expression.quoted(from)
                                    + ", which is no part of \"" + String.join("+", alternative.parts())
                                    + "\" (expected: a part of every alternative)");
                    return;
                }
            }
        }
        boolean some = false;
        List<String> never = new ArrayList<>();
        for (Alternative alternative : alternatives) {
            boolean carries = from.isEmpty()
                    ? alternative.parts().stream().anyMatch(catalog::carriesScopes)
                    : catalog.carriesScopes(from);
            some |= carries;
            if (!carries) {
                never.add(String.join("+", alternative.parts()));
            }
        }
        if (!some) {
            problems.problem(
                    name,
                    "asks for the scopes " + String.join(" ", requirement.values())
                            + ", but no accepted scheme can carry scopes (expected: a scheme that can)");
        } else if (!never.isEmpty()) {
            problems.warning(name + ": asks for scopes, which callers by " + String.join(", ", never) + " never have");
        }
    }

    /** What is wrong with one element by itself. */
    private record ElementCheck(SchemeCatalog catalog, Problems problems) {
        void check(AccessAnnotations element) {
            String name = element.name();
            int exclusive =
                    (element.permitAll() ? 1 : 0) + (element.denyAll() ? 1 : 0) + (element.roles() != null ? 1 : 0);
            if (exclusive > 1) {
                problems.problem(
                        name, "carries more than one of @PermitAll, @DenyAll, @RolesAllowed (expected: one of them)");
            } else if ((element.permitAll() || element.denyAll()) && element.restricts()) {
                problems.problem(
                        name,
                        "carries " + (element.permitAll() ? "@PermitAll" : "@DenyAll")
                                + " together with a requirement (expected: one of them)");
            }
            Authenticated authenticated = element.authenticated();
            if (authenticated != null) {
                if (authenticated.schemes().length > 0) {
                    Expression.parse(name, List.of(authenticated.schemes()), catalog, problems);
                }
                if (authenticated.onInvalid() == OnInvalid.IGNORE && !authenticated.optional()) {
                    problems.problem(name, "onInvalid = IGNORE (expected: only together with optional = true)");
                }
            }
            Webhook webhook = element.webhook();
            if (webhook != null) {
                checkWebhook(name, webhook.value());
                if (authenticated != null) {
                    problems.problem(name, "carries @Webhook together with @Authenticated (expected: one of them)");
                }
            }
            RequireScope scope = element.requireScope();
            if (scope != null) {
                checkScopes(name, scope);
            }
            Set<String> roles = element.roles();
            if (roles != null && (roles.isEmpty() || roles.stream().anyMatch(String::isBlank))) {
                problems.problem(
                        name,
                        "@RolesAllowed without a role, or with an empty one (expected: at least one role;"
                                + " @DenyAll for nobody)");
            }
        }

        private void checkWebhook(String name, String scheme) {
            List<String> webhooks = catalog.webhooks();
            if (!webhooks.contains(scheme)) {
                problems.problem(
                        name,
                        "@Webhook(" + Expression.quoted(scheme) + ") is no configured webhook"
                                + catalog.suggestion(scheme, webhooks) + " (expected: "
                                + (webhooks.isEmpty()
                                        ? "a scheme of type webhook, and there is none"
                                        : "one of " + String.join(", ", webhooks))
                                + ")");
            }
        }

        private void checkScopes(String name, RequireScope scope) {
            if (scope.value().length == 0) {
                problems.problem(name, "@RequireScope({}) (expected: at least one scope)");
            }
            for (String value : scope.value()) {
                if (!Scope.isToken(value)) {
                    problems.problem(
                            name,
                            "@RequireScope(" + Expression.quoted(value) + ") (expected: one scope a string, without"
                                    + " spaces, as in RFC 6749 section 3.3)");
                }
            }
            if (!scope.from().isEmpty() && !catalog.knows(scope.from())) {
                problems.problem(
                        name,
                        "from = " + Expression.quoted(scope.from()) + " is not a configured scheme"
                                + catalog.suggestion(scope.from(), catalog.names()) + " (expected: one of "
                                + String.join(", ", catalog.names()) + ")");
            }
        }
    }
}
