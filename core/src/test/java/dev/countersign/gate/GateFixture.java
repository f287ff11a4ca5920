package dev.countersign.gate;

import dev.countersign.AccessRule;
import dev.countersign.AccessRule.Alternative;
import dev.countersign.AuthenticationScheme;
import dev.countersign.Gate;
import dev.countersign.audit.AuditEvent;
import dev.countersign.audit.AuditTrail;
import dev.countersign.http.PathPolicy;
import dev.countersign.state.State;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gate with its settings and the events that it made. */
final class GateFixture {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    static final GateSettings SETTINGS = new GateSettings(
            GateSettings.Https.TRUE,
            false,
            false,
            PathPolicy.STRICT,
            Set.of("api_key", "access_token"),
            GateSettings.ChallengeOrder.COMPAT,
            GateSettings.ChallengeScope.ALWAYS,
            Optional.empty(),
            true,
            Optional.empty(),
            false);

    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    private final Gate gate;

    GateFixture(GateSettings settings, AuthenticationScheme... schemes) {
        this(
                settings,
                List.of(schemes).stream()
                        .map(scheme ->
                                new ConfiguredScheme(scheme, Optional.empty(), ConfiguredScheme.ChallengeMode.ON))
                        .toList());
    }

    GateFixture(GateSettings settings, List<ConfiguredScheme> schemes) {
        this(settings, State.inMemory(1_000, InstantSource.fixed(NOW)), schemes);
    }

    GateFixture(GateSettings settings, State state, List<ConfiguredScheme> schemes) {
        gate = Gates.of(schemes, settings, new AuditTrail(List.of(events::add), true), state, InstantSource.fixed(NOW));
    }

    Gate gate() {
        return gate;
    }

    List<AuditEvent> events() {
        return events;
    }

    List<AuditEvent.Decision> decisions() {
        return events.stream()
                .filter(AuditEvent.Decision.class::isInstance)
                .map(AuditEvent.Decision.class::cast)
                .toList();
    }

    /** A rule over an expression such as {@code a+b, c}. */
    static AccessRule.Builder rule(AccessRule.Mode mode, String expression) {
        return AccessRule.builder(mode, alternatives(expression));
    }

    static AccessRule required(String expression) {
        return rule(AccessRule.Mode.REQUIRED, expression).build();
    }

    static List<Alternative> alternatives(String expression) {
        List<Alternative> alternatives = new ArrayList<>();
        for (String entry : expression.split(",", -1)) {
            alternatives.add(new Alternative(List.of(entry.strip().split("\\+", -1))));
        }
        return alternatives;
    }
}
