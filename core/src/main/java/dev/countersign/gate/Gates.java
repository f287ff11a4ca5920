package dev.countersign.gate;

import dev.countersign.Gate;
import dev.countersign.audit.AuditTrail;
import dev.countersign.state.State;
import java.time.InstantSource;
import java.util.List;

/** Makes a {@link Gate} of its parts. */
public final class Gates {
    private Gates() {}

    /**
     * A gate over these schemes.
     *
     * @param schemes in the order of {@code countersign.schemes}; names are distinct
     * @param state where it is kept which events were handled
     */
    public static Gate of(
            List<ConfiguredScheme> schemes, GateSettings settings, AuditTrail audit, State state, InstantSource clock) {
        return new DecidingGate(schemes, settings, audit, state, clock);
    }
}
