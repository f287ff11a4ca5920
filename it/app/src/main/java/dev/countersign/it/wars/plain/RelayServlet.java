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
        String path = way.substring("/forward".length());
        RequestDispatcher target = request.getRequestDispatcher(path.isEmpty() ? "/admin" : path);
        if (way.startsWith("/forward")) {
            target.forward(request, response);
            return;
        }
        response.setContentType("text/plain");
        response.getWriter().print("[");
        target.include(request, response);
        response.getWriter().print("]");
    }
}
