package dev.countersign.it.wars.plain;

import jakarta.annotation.security.PermitAll;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Open to everybody, and passes the request on. */
@PermitAll
@WebServlet("/relay/*")
public class RelayServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String way = request.getPathInfo();
        if (way.equals("/error")) {
            response.sendError(HttpServletResponse.SC_CONFLICT);
            return;
        }
        RequestDispatcher admin = request.getRequestDispatcher(way.endsWith("who") ? "/who" : "/admin");
        if (way.startsWith("/forward")) {
            admin.forward(request, response);
            return;
        }
        response.setContentType("text/plain");
        response.getWriter().print("[");
        admin.include(request, response);
        response.getWriter().print("]");
    }
}
