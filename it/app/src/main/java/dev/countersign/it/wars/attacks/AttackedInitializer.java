package dev.countersign.it.wars.attacks;

import dev.countersign.audit.AuditEvent;
import dev.countersign.servlet.Countersign;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Adds to the settings of the WAR what only code can: a listener to audit events, and a clock that stands still. */
public class AttackedInitializer implements ServletContainerInitializer {
    /** The attribute that holds the events. */
    static final String EVENTS = "attacks.events";

    /** The context-param that tells the clock's time in seconds; without it the clock is the system's. */
    private static final String NOW = "attacks.now";

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) throws ServletException {
        Queue<AuditEvent> events = new ConcurrentLinkedQueue<>();
        context.setAttribute(EVENTS, events);
        String now = context.getInitParameter(NOW);
        Countersign.builder()
                .auditSink(events::add)
                .clock(
                        now == null
                                ? InstantSource.system()
                                : InstantSource.fixed(Instant.ofEpochSecond(Long.parseLong(now))))
                .build()
                .install(context);
    }
}
