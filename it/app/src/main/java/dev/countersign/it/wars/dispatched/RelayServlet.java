package dev.countersign.it.wars.dispatched;

import jakarta.annotation.security.PermitAll;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Open to everybody: passes the request on by {@code way} to {@code to}. */
@PermitAll
@WebServlet(urlPatterns = "/relay/*", asyncSupported = true)
public class RelayServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String way = String.valueOf(request.getParameter("way"));
        String to = String.valueOf(request.getParameter("to"));
        RequestDispatcher target =
                way.equals("named") ? getServletContext().getNamedDispatcher(to) : request.getRequestDispatcher(to);
        if (target == null) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        switch (way) {
            case "forward", "named" -> target.forward(request, response);
            case "include" -> include(target, request, response);
            case "async" -> {
                AsyncContext later = request.startAsync();
                later.start(() -> later.dispatch(to));
            }
            case "wrapped" -> {
                AsyncContext later = request.startAsync(request, response);
                later.dispatch(to);
            }
            case "error" -> response.sendError(Integer.parseInt(to));
            case "throw" -> throw new ServletException("for the error page");
            default -> response.getWriter().print("nothing secret");
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        doGet(request, response);
    }

    private static void include(RequestDispatcher to, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setContentType("text/plain");
        response.getWriter().print("[");
        to.include(request, response);
        response.getWriter().print("]");
    }
}
