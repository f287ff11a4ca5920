package dev.countersign.it.wars.attacks;

import dev.countersign.servlet.Countersign;
import dev.countersign.token.Blocklist;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Revokes the token {@code jti}, or what {@code subject} was issued before {@code before}, of an {@code issuer}. */
@PermitAll
@WebServlet(urlPatterns = "/revoke", asyncSupported = true)
public class RevokeServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Blocklist blocklist = Countersign.blocklist(getServletContext());
        String issuer = request.getParameter("issuer");
        if (request.getParameter("jti") != null) {
            blocklist.revokeToken(issuer, request.getParameter("jti"), Duration.ofDays(1));
        } else {
            blocklist.revokeSubject(
                    issuer,
                    request.getParameter("subject"),
                    Instant.ofEpochSecond(Long.parseLong(request.getParameter("before"))),
                    Duration.ofDays(1));
        }
        response.getWriter().print("revoked");
    }
}
