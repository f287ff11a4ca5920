package dev.countersign.gate;

import dev.countersign.Exchange;
import dev.countersign.audit.AuditEvent;
import java.net.InetAddress;
import java.util.List;

/** Reads from a request what audit events tell of it. */
final class Events {
    private static final int MAX_USER_AGENT = 200;

    private Events() {}

    static AuditEvent.RequestFacts facts(Exchange exchange) {
        return new AuditEvent.RequestFacts(
                exchange.requestId(),
                text(exchange.client()),
                text(exchange.peer()),
                userAgent(exchange),
                exchange.method(),
                exchange.route());
    }

    private static String text(InetAddress address) {
        return address.getHostAddress();
    }

    private static String userAgent(Exchange exchange) {
        List<String> values = exchange.headers("User-Agent");
        if (values.isEmpty()) {
            return "";
        }
        String value = values.get(0);
        return value.length() <= MAX_USER_AGENT ? value : value.substring(0, MAX_USER_AGENT);
    }
}
