package dev.countersign.it.wars.dispatched;

import dev.countersign.it.wars.counted.Calls;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The marker, whatever the method is, for whom the settings say. */
@WebServlet(urlPatterns = {"/shut/*", "*.x", ""})
public class ShutServlet extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String marker = Calls.marker();
        response.setContentType("text/plain");
        response.setContentLength(marker.length());
        response.getWriter().print(marker);
    }
}
