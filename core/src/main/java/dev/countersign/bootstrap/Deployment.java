package dev.countersign.bootstrap;

import dev.countersign.AuthenticationScheme;
import dev.countersign.ConfigurationException;
import dev.countersign.Gate;
import dev.countersign.audit.AuditEvent;
import dev.countersign.audit.AuditTrail;
import dev.countersign.authorization.Problems;
import dev.countersign.authorization.RuleCompiler;
import dev.countersign.http.ProxyPolicy;
import dev.countersign.settings.Settings;
import dev.countersign.state.State;
import dev.countersign.token.Blocklist;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A Countersign that was built from its settings. The adapter compiles the rules of what it serves with {@link #rules},
 * then calls {@link #start}, which reports everything that is wrong with both at once.
 */
public final class Deployment implements AutoCloseable {
    private final Gate gate;
    private final RuleCompiler rules;
    private final Problems problems;
    private final ProxyPolicy proxies;
    private final WebSettings web;
    private final List<AuthenticationScheme> schemes;
    private final Settings settings;
    private final State state;
    private final AuditTrail audit;
    private final InstantSource clock;

    Deployment(
            Gate gate,
            RuleCompiler rules,
            Problems problems,
            ProxyPolicy proxies,
            WebSettings web,
            List<AuthenticationScheme> schemes,
            Settings settings,
            State state,
            AuditTrail audit,
            InstantSource clock) {
        this.gate = gate;
        this.rules = rules;
        this.problems = problems;
        this.proxies = proxies;
        this.web = web;
        this.schemes = List.copyOf(schemes);
        this.settings = settings;
        this.state = state;
        this.audit = audit;
        this.clock = clock;
    }

    /** What decides. */
    public Gate gate() {
        return gate;
    }

    /** Compiles annotations and path rules; what it finds wrong goes to {@link #problems}. */
    public RuleCompiler rules() {
        return rules;
    }

    /** What is wrong so far, and where an adapter adds what it finds itself. */
    public Problems problems() {
        return problems;
    }

    /** Which proxies are believed. */
    public ProxyPolicy proxies() {
        return proxies;
    }

    /** What the settings say to a web application's adapter. */
    public WebSettings web() {
        return web;
    }

    /** The configured schemes that could be made, in order. */
    public List<AuthenticationScheme> schemes() {
        return schemes;
    }

    /** Where tokens are revoked. */
    public Blocklist blocklist() {
        return new Blocklist(state);
    }

    /** Where events go, for signals that an adapter raises. */
    public AuditTrail audit() {
        return audit;
    }

    /**
     * Ends the set-up: stops the deployment if anything is wrong, else logs the warnings and starts to watch files.
     *
     * @throws ConfigurationException with every problem; everything is closed then
     */
    public void start() {
        problems.problems().forEach(settings::problem);
        problems.warnings().forEach(settings::warning);
        try {
            settings.finish().forEach(this::signal);
        } catch (ConfigurationException e) {
            close();
            throw e;
        }
    }

    private void signal(String warning) {
        audit.record(new AuditEvent.Signal(
                AuditEvent.SignalType.CONFIG_WARNING,
                clock.instant(),
                AuditEvent.RequestFacts.NONE,
                Optional.of(warning)));
    }

    /** Stops watching files and releases the state; no thread is left. */
    @Override
    public void close() {
        settings.close();
        state.close();
    }
}
