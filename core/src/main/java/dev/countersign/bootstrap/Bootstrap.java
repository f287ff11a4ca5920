package dev.countersign.bootstrap;

import dev.countersign.AccessRule;
import dev.countersign.AuthenticationScheme;
import dev.countersign.Gate;
import dev.countersign.WorkLimit;
import dev.countersign.audit.AuditEvent;
import dev.countersign.audit.AuditSink;
import dev.countersign.audit.AuditTrail;
import dev.countersign.authorization.Expression;
import dev.countersign.authorization.Problems;
import dev.countersign.authorization.RuleCompiler;
import dev.countersign.authorization.SchemeCatalog;
import dev.countersign.authorization.Unannotated;
import dev.countersign.gate.ConfiguredScheme;
import dev.countersign.gate.GateSettings;
import dev.countersign.gate.Gates;
import dev.countersign.http.ProxyPolicy;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.settings.Section;
import dev.countersign.settings.Settings;
import dev.countersign.state.State;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds a {@link Deployment} from settings, and from what code adds to them.
 *
 * <pre>{@code
 * Deployment deployment = Bootstrap.builder()
 *         .sources(Settings.builder().parameters("code", Map.of(
 *                 "countersign.schemes", "basic",
 *                 "countersign.scheme.basic.users", "file:users.properties")))
 *         .build();
 * deployment.start();
 * Decision decision = deployment.gate().decide(exchange, rule);
 * }</pre>
 */
public final class Bootstrap {
    private static final int KIBIBYTE = 1024;

    /** More passwords than these are not hashed within the longest wait: one takes a good part of a second. */
    private static final int WAITING_PER_SLOT = 32;

    /**
     * After a start every client's token has to be verified at once, also where there is one slot. Not more: whoever waits
     * holds a thread of the server, and those who send forgeries wait too.
     */
    private static final int LEAST_SIGNATURES_WAITING = 64;

    private Settings.Builder sources = Settings.builder();
    private String applicationName = "api";
    private String contextPath = "";
    private final List<AuthenticationScheme> ownSchemes = new ArrayList<>();
    private final List<AuditSink> ownSinks = new ArrayList<>();
    private InstantSource clock = Clock.systemUTC();

    private Bootstrap() {}

    /** A builder without any source of settings; an adapter adds its own. */
    public static Bootstrap builder() {
        return new Bootstrap();
    }

    /** Where settings come from. */
    public Bootstrap sources(Settings.Builder sources) {
        this.sources = sources;
        return this;
    }

    /**
     * The application's name, which is the realm unless {@code countersign.realm} says otherwise; default {@code api}.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public Bootstrap applicationName(String applicationName) {
        if (applicationName.isEmpty()) {
            throw new IllegalArgumentException("applicationName: empty (expected: a name)");
        }
        this.applicationName = applicationName;
        return this;
    }

    /** The path that the application is deployed at, empty (the default) for the root. */
    public Bootstrap contextPath(String contextPath) {
        this.contextPath = contextPath;
        return this;
    }

    /** Adds a scheme that was made in code; it stands behind those of {@code countersign.schemes}. */
    public Bootstrap scheme(AuthenticationScheme scheme) {
        ownSchemes.add(scheme);
        return this;
    }

    /** Adds a listener to audit events. */
    public Bootstrap auditSink(AuditSink sink) {
        ownSinks.add(sink);
        return this;
    }

    /** The only source of time; default: the system's clock. */
    public Bootstrap clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    /**
     * Reads every setting and builds every part. Problems are collected, not thrown: {@link Deployment#start} throws
     * them together with those that the adapter finds.
     */
    public Deployment build() {
        Settings settings = sources.open();
        Section root = settings.root();
        GateReader reader = new GateReader(root, contextPath);

        String realm = root.text("realm", applicationName);
        int cores = Runtime.getRuntime().availableProcessors();
        int hashing = root.number("hash.concurrency", Math.max(1, cores / 2), 1, 1024);
        int verifying = root.number("verify.concurrency", Math.max(1, cores - 1), 1, 1024);
        root.choice("state", StateKind.class, StateKind.MEMORY);
        State state = State.inMemory(root.number("state.memory.max-entries", 200_000, 1, 100_000_000), clock);
        SchemeContext context = new SchemeContext(
                clock,
                state,
                realm,
                reader.baseUrl(),
                root.size("headers.max", 8 * KIBIBYTE, 256, 64 * KIBIBYTE),
                root.size("token.max", 8 * KIBIBYTE, 256, 64 * KIBIBYTE),
                root.number("json.max-depth", 32, 2, 256),
                new WorkLimit("password hashing", hashing, hashing * WAITING_PER_SLOT),
                new WorkLimit(
                        "signature verification",
                        verifying,
                        Math.max(LEAST_SIGNATURES_WAITING, verifying * WAITING_PER_SLOT)));

        SchemeReader schemeReader = new SchemeReader(root, context);
        List<ConfiguredScheme> schemes = schemeReader.read(ownSchemes);
        SchemeCatalog catalog = schemeReader.catalog();

        Problems problems = new Problems();
        Problems found = new Problems();
        List<AccessRule.Alternative> defaults = root.text("default")
                .flatMap(text -> Expression.parse(root.key("default"), text, catalog, found))
                .orElseGet(() -> List.of(new AccessRule.Alternative(List.of(first(catalog.names())))));
        WebReader.tell(root, "default", found, problems);
        RuleCompiler rules = new RuleCompiler(
                catalog, defaults, root.choice("unannotated", Unannotated.class, Unannotated.AUTHENTICATED));
        ProxyPolicy proxies = reader.proxies();
        boolean tokens = schemes.stream()
                .anyMatch(configured -> configured.scheme().challengeTemplate().showsScope());
        GateSettings gateSettings = reader.settings(proxies, tokens);
        WebSettings web =
                new WebReader(root, rules, problems, defaults).read(reader.paths(), GateReader.transport(gateSettings));
        root.choice("audit.sink", AuditKind.class, AuditKind.LOG);
        List<AuditSink> sinks = new ArrayList<>(ownSinks);
        sinks.add(AuditSink.log());
        AuditTrail audit = new AuditTrail(sinks, root.flag("audit.success", true));
        Gate gate = Gates.of(schemes, gateSettings, audit, state, clock);

        settings.onReload(key -> audit.record(new AuditEvent.Signal(
                AuditEvent.SignalType.SECRET_RELOADED,
                clock.instant(),
                AuditEvent.RequestFacts.NONE,
                Optional.of(key))));
        List<AuthenticationScheme> made =
                schemes.stream().map(ConfiguredScheme::scheme).toList();
        return new Deployment(gate, rules, problems, proxies, web, made, settings, state, audit, clock);
    }

    /** Without any scheme the deployment stops; until then a name that no scheme can have stands in. */
    private static String first(List<String> names) {
        return names.isEmpty() ? "-" : names.get(0);
    }

    /** Where shared state lives. */
    private enum StateKind {
        MEMORY
    }

    /** Where audit events go. */
    private enum AuditKind {
        LOG
    }
}
