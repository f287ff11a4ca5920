package dev.countersign.it.wars.redirecting;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Redirects for ever, with a text. */
@WebServlet("/redirects")
public class RedirectingServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        try {
            response.getWriter().print("kept text");
            HttpServletResponse.class
                    .getMethod("sendRedirect", String.class, int.class, boolean.class)
                    .invoke(response, request.getContextPath() + "/calls", 308, false);
        } catch (ReflectiveOperationException e) {
            throw new ServletException(e);
        }
    }
}
