package dev.countersign.audit;

/**
 * Takes events. Called on the request's thread, by many threads at once: returns quickly and does not throw. What it
 * throws all the same is logged and changes no decision.
 */
@FunctionalInterface
public interface AuditSink {
    /** Takes one event. */
    void accept(AuditEvent event);

    /**
     * Whether events of plain admissions, by far the most frequent ones, are of any use now. Asked for each admission; where
     * no sink wants them, they are not made.
     */
    default boolean wantsSuccesses() {
        return true;
    }

    /** The log: one JSON object per line, to the SLF4J logger {@code dev.countersign.audit}; HIGH events at WARN. */
    static AuditSink log() {
        return new LogSink();
    }
}
