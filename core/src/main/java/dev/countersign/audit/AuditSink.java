package dev.countersign.audit;

/**
 * Takes events. Called on the request's thread, by many threads at once: returns quickly and does not throw. What it
 * throws all the same is logged and changes no decision.
 */
@FunctionalInterface
public interface AuditSink {
    /** Takes one event. */
    void accept(AuditEvent event);

    /** The log: one JSON object per line, to the SLF4J logger {@code dev.countersign.audit}; HIGH events at WARN. */
    static AuditSink log() {
        return new LogSink();
    }
}
