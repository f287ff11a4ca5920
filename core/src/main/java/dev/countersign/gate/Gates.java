package dev.countersign.gate;

import dev.countersign.Gate;
import dev.countersign.audit.AuditTrail;
import java.time.InstantSource;
import java.util.List;

/** Makes a {@link Gate} of its parts. */
public final class Gates {
    private Gates() {}

    /**
     * A gate over these schemes.
     *
     * @param schemes in the order of {@code countersign.schemes}; names are distinct
     */
    public static Gate of(
            List<ConfiguredScheme> schemes, GateSettings settings, AuditTrail audit, InstantSource clock) {
        return new DecidingGate(schemes, settings, audit, clock);
    }
}
