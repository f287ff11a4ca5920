package dev.countersign.audit;

import dev.countersign.json.JsonText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each event as one line of JSON, in which control characters cannot survive. */
final class LogSink implements AuditSink {
    private final Logger log = LoggerFactory.getLogger("dev.countersign.audit");

    @Override
    public void accept(AuditEvent event) {
        if (event.level() == AuditEvent.Level.HIGH) {
            if (log.isWarnEnabled()) {
                log.warn("{}", format(event));
            }
        } else if (log.isInfoEnabled()) {
            log.info("{}", format(event));
        }
    }

    /** Whether the logger would write them. */
    @Override
    public boolean wantsSuccesses() {
        return log.isInfoEnabled();
    }

    static String format(AuditEvent event) {
        JsonText line = JsonText.object()
                .member("time", event.time().toString())
                .member("event", event.type())
                .member("level", event.level().name());
        AuditEvent.RequestFacts request = event.request();
        text(line, "request_id", request.requestId());
        text(line, "client", request.client());
        text(line, "peer", request.peer());
        text(line, "method", request.method());
        text(line, "route", request.route());
        text(line, "user_agent", request.userAgent());
        if (event instanceof AuditEvent.Decision decision) {
            if (!decision.schemes().isEmpty()) {
                line.member("schemes", decision.schemes()).member("hints", decision.hints());
            }
            text(line, "caller", decision.caller());
            if (decision.status() != 0) {
                line.member("status", decision.status());
            }
            text(line, "code", decision.code());
            text(line, "detail", decision.detail());
            text(line, "rule", decision.rule());
        } else if (event instanceof AuditEvent.Signal signal) {
            signal.subject().ifPresent(subject -> text(line, "subject", subject));
        }
        return line.toString();
    }

    private static void text(JsonText line, String name, String value) {
        if (!value.isEmpty()) {
            line.member(name, value);
        }
    }
}
