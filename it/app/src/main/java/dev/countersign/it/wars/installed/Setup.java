package dev.countersign.it.wars.installed;

import dev.countersign.audit.AuditEvent;
import dev.countersign.servlet.Countersign;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One set-up, whoever installs it. */
final class Setup {
    private static final String EVENTS = "events";

    private Setup() {}

    static void install(ServletContext context) throws ServletException {
        Queue<String> events = new ConcurrentLinkedQueue<>();
        context.setAttribute(EVENTS, events);
        Countersign.builder()
                .setting("countersign.schemes", "key")
                .setting("countersign.scheme.key.type", "api-key")
                .setting("countersign.scheme.key.prefixes", "sk_it_")
                .setting("countersign.scheme.key.store", "file:WEB-INF/keys.properties")
                .auditSink((AuditEvent event) -> events.add(event.type()))
                .build()
                .install(context);
    }

    static String events(ServletContext context) {
        return String.valueOf(context.getAttribute(EVENTS));
    }
}
