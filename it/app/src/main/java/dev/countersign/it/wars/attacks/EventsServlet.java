package dev.countersign.it.wars.attacks;

import dev.countersign.audit.AuditEvent;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Queue;

/**
 * Gives the audit events since it was asked last, its own left out, one a line: user agent, type, status, code, client
 * and peer between bars.
 */
@PermitAll
@WebServlet(urlPatterns = "/events", asyncSupported = true)
public class EventsServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        PrintWriter out = response.getWriter();
        Queue<?> events = (Queue<?>) getServletContext().getAttribute(AttackedInitializer.EVENTS);
        for (Object event = events.poll(); event != null; event = events.poll()) {
            if (event instanceof AuditEvent.Decision decision
                    && !decision.request().route().equals("/events")) {
                out.print(decision.request().userAgent() + "|" + decision.type() + "|" + decision.status() + "|"
                        + decision.code() + "|" + decision.request().client() + "|"
                        + decision.request().peer() + "\n");
            }
        }
    }
}
