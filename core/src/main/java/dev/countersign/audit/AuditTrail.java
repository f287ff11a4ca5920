package dev.countersign.audit;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands events to every sink, and keeps a sink's failure away from the decision that it tells of. */
public final class AuditTrail {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

    private final List<AuditSink> sinks;
    private final boolean successes;

    /**
     * A trail to these sinks.
     *
     * @param successes whether plain admissions are told too ({@code countersign.audit.success})
     */
    public AuditTrail(List<AuditSink> sinks, boolean successes) {
        this.sinks = List.copyOf(sinks);
        this.successes = successes;
    }

    /** Whether anybody wants to know of plain admissions: where not, the event need not be made. */
    public boolean wantsSuccesses() {
        if (successes) {
            for (int i = 0; i < sinks.size(); i++) {
                if (wantsSuccesses(sinks.get(i))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean wantsSuccesses(AuditSink sink) {
        try {
            return sink.wantsSuccesses();
        } catch (RuntimeException e) {
            LOG.error("An audit sink failed ({})", e.getClass().getName());
            return true;
        }
    }

    /** Tells every sink. */
    public void record(AuditEvent event) {
        if (!successes
                && event instanceof AuditEvent.Decision decision
                && decision.outcome() == AuditEvent.Outcome.SUCCESS) {
            return;
        }
        for (AuditSink sink : sinks) {
            try {
                sink.accept(event);
            } catch (RuntimeException e) {
                LOG.error(
                        "An audit sink failed on {} ({})",
                        event.type(),
                        e.getClass().getName());
            }
        }
    }
}
