package dev.countersign.servlet;

import dev.countersign.AccessRule;
import dev.countersign.AuthenticationScheme;
import dev.countersign.Caller;
import dev.countersign.Identity;
import dev.countersign.authorization.CompiledRule;
import dev.countersign.authorization.Problems;
import dev.countersign.authorization.SecurityMap;
import dev.countersign.authorization.SecurityMap.Kind;
import dev.countersign.bootstrap.Deployment;
import dev.countersign.servlet.Targets.JaxrsRuntime;
import dev.countersign.servlet.body.BodyLimits;
import dev.countersign.servlet.config.ClassScan;
import dev.countersign.servlet.config.ResourceMethods;
import dev.countersign.servlet.config.ResourceMethods.Served;
import dev.countersign.servlet.config.WebXml;
import dev.countersign.servlet.response.AnswerWriter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.File;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One web application under Countersign: its gate, its rules, and what JAX-RS has shown of it. Found through an attribute
 * of the {@link ServletContext}, so that two applications that share this jar never meet. Safe for use by many threads.
 */
public final class Deployed implements AutoCloseable {
    /** The attribute of the {@link ServletContext} that holds it. */
    static final String ATTRIBUTE = "dev.countersign.servlet.deployed";

    private static final Logger LOG = LoggerFactory.getLogger("dev.countersign");

    /** For runtimes that do not tell a feature its application; an application's own loader is nobody else's. */
    private static final Map<ClassLoader, WeakReference<Deployed>> BY_LOADER =
            Collections.synchronizedMap(new WeakHashMap<>());

    /** A resource method or locator, told apart from the same method inherited by another class. */
    private record Key(Class<?> type, String signature) {
        static Key of(Class<?> type, Method method) {
            StringBuilder signature = new StringBuilder(method.getName()).append('(');
            for (Class<?> parameter : method.getParameterTypes()) {
                signature.append(parameter.getName()).append(',');
            }
            return new Key(ResourceMethods.written(type), signature.toString());
        }
    }

    private final Deployment setup;
    private final AnswerWriter answers;
    private final Targets targets;
    private final Map<Key, String> inventory = new LinkedHashMap<>();
    private final Set<Class<?>> resources = new LinkedHashSet<>();
    private final Map<Key, SecurityMap.Entry> entries = new ConcurrentHashMap<>();
    private final Map<Key, Boolean> configured = new ConcurrentHashMap<>();
    private final Map<Class<?>, Boolean> seen = new ConcurrentHashMap<>();
    private final Map<String, AuthenticationScheme> schemes = new HashMap<>();
    private final Map<String, List<String>> otherCarriers = new HashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Set<JaxrsRuntime> featured = ConcurrentHashMap.newKeySet();
    private final Set<JaxrsRuntime> complained = ConcurrentHashMap.newKeySet();
    private final Predicate<JaxrsRuntime> active = this::isFeatureActive;
    private final boolean cipherKnown;
    private final boolean remembersEvents;
    private final @Nullable BodyLimits keeping;
    private volatile boolean featuredUnnamed;

    private Deployed(ServletContext context, Deployment setup, Targets targets) {
        this.cipherKnown = ServletExchange.believesAnybody(context);
        this.keeping = setup.schemes().stream().anyMatch(AuthenticationScheme::readsBody)
                ? new BodyLimits(setup.web().bodyMax(), setup.web().bodyMemory(), temporary(context))
                : null;
        this.setup = setup;
        this.targets = targets;
        this.answers = new AnswerWriter(setup.web().corsOrigins());
        this.remembersEvents = setup.schemes().stream()
                .anyMatch(scheme -> !scheme.remembersEvents().isZero());
        setup.schemes().forEach(scheme -> {
            schemes.put(scheme.name(), scheme);
            otherCarriers.put(
                    scheme.name(),
                    scheme.carriers().stream()
                            .filter(field -> !field.equals("authorization"))
                            .toList());
        });
    }

    /**
     * Compiles every rule that can be known, and starts.
     *
     * @param resourceClasses the classes that may be JAX-RS resources, as far as they were found
     * @param problems what was found wrong before
     * @throws dev.countersign.ConfigurationException with every problem
     */
    static Deployed start(
            ServletContext context,
            Deployment setup,
            WebXml webXml,
            Collection<Class<?>> resourceClasses,
            List<String> problems) {
        problems.forEach(setup.problems()::problem);
        Targets targets = Targets.of(context, setup, webXml);
        Deployed deployed = new Deployed(context, setup, targets);
        for (Class<?> type : resourceClasses) {
            deployed.take(type);
        }
        setup.start();
        if (setup.web().reportLog() && LOG.isInfoEnabled()) {
            LOG.info(
                    "The security map of {}:\n{}",
                    context.getContextPath(),
                    deployed.map().toText());
        }
        context.setAttribute(ATTRIBUTE, deployed);
        BY_LOADER.put(ClassScan.loader(context), new WeakReference<>(deployed));
        return deployed;
    }

    /**
     * The Countersign of the web application whose class loader this is. CXF shows a feature the {@link ServletContext}
     * only while it answers a request.
     */
    public static Optional<Deployed> of(@Nullable ClassLoader loader) {
        WeakReference<Deployed> found = loader == null ? null : BY_LOADER.get(loader);
        Deployed deployed = found == null ? null : found.get();
        return deployed == null || deployed.closed.get() ? Optional.empty() : Optional.of(deployed);
    }

    /** The Countersign of a web application; empty if it has none, or is not started. */
    public static Optional<Deployed> of(@Nullable ServletContext context) {
        Object attribute = context == null ? null : context.getAttribute(ATTRIBUTE);
        return attribute instanceof Deployed deployed ? Optional.of(deployed) : Optional.empty();
    }

    /**
     * The Countersign of a web application, started now if it is not yet. Empty if none of our filters is registered:
     * nothing would pass requests on, and nothing would ever end what was started.
     *
     * @throws dev.countersign.ConfigurationException with every problem
     */
    public static Optional<Deployed> started(@Nullable ServletContext context) {
        Optional<Deployed> running = of(context);
        if (running.isPresent() || context == null || FilterOrder.ours(context).isEmpty()) {
            return running;
        }
        return Optional.of(Start.ensure(context, null));
    }

    private void take(Class<?> type) {
        Problems problems = setup.problems();
        List<Served> served;
        try {
            served = ResourceMethods.of(type);
        } catch (LinkageError e) {
            LOG.warn("{} cannot be read, so its rules are not in the security map: {}", type.getName(), e.toString());
            return;
        }
        // Interfaces are no resources: their annotations count for the classes that implement them.
        if (served.isEmpty() || type.isInterface()) {
            return;
        }
        resources.add(type);
        setup.rules().checkResourceClass(type, problems);
        String root = ResourceMethods.pathOf(type).orElse("");
        for (Served method : served) {
            if (method.isLocator() && targets.showsLocatorsOnly()) {
                problems.problem(unguardedLocator(type, method.method()));
            }
            Optional<CompiledRule> rule = method.isLocator()
                    ? setup.rules().compileLocator(type, method.method(), problems)
                    : setup.rules().compile(type, method.method(), problems);
            if (!method.isLocator()) {
                inventory.put(
                        Key.of(type, method.method()),
                        type.getName() + "." + method.method().getName());
            }
            rule.ifPresent(compiled -> entries.put(
                    Key.of(type, method.method()),
                    new SecurityMap.Entry(
                            method.isLocator() ? Kind.LOCATOR : Kind.RESOURCE,
                            route(method, root),
                            name(type, method.method()),
                            compiled.rule(),
                            compiled.sources())));
        }
    }

    /**
     * The rule of a resource method, for which a JAX-RS runtime has just configured our feature.
     *
     * @return empty if the method's annotations are wrong; then nobody may call it
     */
    public Optional<AccessRule> configure(Class<?> resourceClass, Method method) {
        Class<?> type = ResourceMethods.written(resourceClass);
        Key key = Key.of(type, method);
        configured.put(key, true);
        Problems problems = new Problems();
        Optional<CompiledRule> rule = setup.rules().compile(type, method, problems);
        problems.problems().forEach(problem -> LOG.error("{}", problem));
        rule.ifPresent(compiled -> entries.putIfAbsent(
                key,
                new SecurityMap.Entry(Kind.RESOURCE, "", name(type, method), compiled.rule(), compiled.sources())));
        return rule.map(CompiledRule::rule);
    }

    /** The path template of a resource method, as far as its class tells it; empty if it was not found at start. */
    public String route(Class<?> resourceClass, Method method) {
        SecurityMap.Entry entry = entries.get(Key.of(ResourceMethods.written(resourceClass), method));
        if (entry == null) {
            return "";
        }
        return entry.route().substring(entry.route().indexOf(' ') + 1);
    }

    /** What a sub-resource locator asks for; empty if it asks for nothing. Wrong annotations let nobody pass. */
    public Optional<AccessRule> locatorRule(Class<?> resourceClass, Method locator) {
        Problems problems = new Problems();
        Optional<CompiledRule> rule =
                setup.rules().compileLocator(ResourceMethods.written(resourceClass), locator, problems);
        if (!problems.isEmpty()) {
            problems.problems().forEach(problem -> LOG.error("{}", problem));
            return Optional.of(AccessRule.denyAll());
        }
        return rule.map(CompiledRule::rule);
    }

    /** The resource classes that were found when the application was deployed; empty if nobody looked. */
    public Set<Class<?>> resources() {
        return Set.copyOf(resources);
    }

    /** Tells, once for each class, which of its methods the runtime never showed us (SPEC 2.7 iii). */
    public void firstRequest(Class<?> resourceClass) {
        Class<?> type = ResourceMethods.written(resourceClass);
        if (seen.containsKey(type) || seen.putIfAbsent(type, true) != null) {
            return;
        }
        inventory.forEach((key, name) -> {
            if (key.type() == type && !configured.containsKey(key)) {
                LOG.error(
                        "{} was never shown to Countersign by JAX-RS: it answers 500 (expected: CountersignFeature is"
                                + " active for every resource method)",
                        name);
            }
        });
    }

    /** Takes note that the JAX-RS runtime that is this servlet has loaded our feature. */
    public void loadedByServlet(String name) {
        loaded(new JaxrsRuntime(false, name));
    }

    /** Takes note that the JAX-RS runtime that is this filter has loaded our feature. */
    public void loadedByFilter(String name) {
        loaded(new JaxrsRuntime(true, name));
    }

    /** Takes note that a JAX-RS runtime has loaded our feature, and does not tell which servlet or filter it is. */
    public void loadedUnnamed() {
        featuredUnnamed = true;
    }

    private void loaded(JaxrsRuntime runtime) {
        if (targets.isKnown(runtime)) {
            featured.add(runtime);
        } else {
            // A servlet inside of a filter that the settings name, for example.
            featuredUnnamed = true;
        }
    }

    /**
     * Whether a request to JAX-RS can be let through to be enforced there (SPEC 2.7 i): each runtime that it may meet has
     * loaded our feature, as far as runtimes tell which one they are. Complains once for each that has not. Stricter than
     * asked: also where no annotated class was found, because what was not found may be there.
     */
    boolean isFeatureActive(String servlet, Supplier<String> path) {
        return targets.everyRuntime(servlet, path, active);
    }

    private boolean isFeatureActive(JaxrsRuntime runtime) {
        if (!configured.isEmpty() && (featuredUnnamed || featured.contains(runtime))) {
            return true;
        }
        if (complained.add(runtime)) {
            LOG.error(
                    "The JAX-RS runtime of the {} {} never used dev.countersign.servlet.jaxrs.CountersignFeature: every"
                            + " request to it is answered 500 (expected: list CountersignFeature.class in"
                            + " Application.getClasses(), do not set jakarta.ws.rs.loadServices=false, and give the servlet a"
                            + " load-on-startup)",
                    runtime.isFilter() ? "filter" : "servlet",
                    runtime.name());
        }
        return false;
    }

    /** The security map as it is known now. */
    SecurityMap map() {
        List<SecurityMap.Entry> all = new ArrayList<>(targets.entries());
        all.addAll(entries.values());
        return new SecurityMap(all, List.of(setup.web().transport()));
    }

    Deployment setup() {
        return setup;
    }

    /** Whether a connection counts as protected only where its cipher is known. */
    boolean cipherKnown() {
        return cipherKnown;
    }

    /** Whether the Gate may want to know how a request was answered. */
    boolean remembersEvents() {
        return remembersEvents;
    }

    /** How much content is kept for signatures, or null if no scheme reads any. */
    @Nullable
    BodyLimits keeping() {
        return keeping;
    }

    AnswerWriter answers() {
        return answers;
    }

    Targets targets() {
        return targets;
    }

    /** {@code BASIC} for a scheme of type basic, else the configured name of the first identity's scheme. */
    public Optional<String> authType(Caller caller) {
        if (caller.isAnonymous()) {
            return Optional.empty();
        }
        String name = caller.identities().get(0).scheme();
        AuthenticationScheme scheme = schemes.get(name);
        return Optional.of(scheme != null && scheme.type().equals("basic") ? HttpServletRequest.BASIC_AUTH : name);
    }

    /** Whether every credential of the caller came in the one field that shared caches know (RFC 9111 section 3.5). */
    boolean sentInAuthorization(Caller caller, ServletExchange exchange) {
        if (exchange.headers("Authorization").isEmpty()) {
            return false;
        }
        List<Identity> identities = caller.identities();
        for (int i = 0; i < identities.size(); i++) {
            List<String> fields = otherCarriers.get(identities.get(i).scheme());
            if (fields == null) {
                return false;
            }
            for (int j = 0; j < fields.size(); j++) {
                if (!exchange.headers(fields.get(j)).isEmpty()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Stops watching files and releases the state. Once is enough. */
    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            setup.close();
        }
    }

    /** The application's own directory for temporary files, which every container has to give (Jakarta Servlet 4.8.1). */
    private static Path temporary(ServletContext context) {
        return context.getAttribute(ServletContext.TEMPDIR) instanceof File directory && directory.isDirectory()
                ? directory.toPath()
                : Path.of(System.getProperty("java.io.tmpdir", "."));
    }

    private static String route(Served method, String root) {
        String path = ("/" + root + "/" + method.path()).replace("//", "/").replace("//", "/");
        String trimmed = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return method.isLocator() ? trimmed : method.verb() + " " + trimmed;
    }

    /** What is wrong with a sub-resource locator on a runtime that does not show the methods that it leads to. */
    public static String unguardedLocator(Class<?> type, Method locator) {
        return name(type, locator)
                + ": a sub-resource locator (expected: none on a JAX-RS runtime that shows no method behind one, as CXF)";
    }

    private static String name(Class<?> type, Method method) {
        StringBuilder name = new StringBuilder(type.getName())
                .append('.')
                .append(method.getName())
                .append('(');
        for (int i = 0; i < method.getParameterCount(); i++) {
            name.append(i > 0 ? ", " : "").append(method.getParameterTypes()[i].getSimpleName());
        }
        return name.append(')').toString();
    }
}
