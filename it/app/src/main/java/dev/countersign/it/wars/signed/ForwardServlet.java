package dev.countersign.it.wars.signed;

import dev.countersign.annotation.Authenticated;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Forwards to where {@code X-To} says, or goes there asynchronously where {@code X-Async} is sent. */
@WebServlet(urlPatterns = "/forward", asyncSupported = true)
@Authenticated(schemes = "digest")
public class ForwardServlet extends HttpServlet {
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String target = request.getHeader("X-To");
        if (request.getHeader("X-Async") == null) {
            request.getRequestDispatcher(target).forward(request, response);
        } else {
            request.startAsync().dispatch(target);
        }
    }
}
