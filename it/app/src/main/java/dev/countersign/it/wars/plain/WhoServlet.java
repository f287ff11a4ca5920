package dev.countersign.it.wars.plain;

import dev.countersign.servlet.Countersign;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.logging.Logger;

/** Tells who calls, and in which kind of dispatch; it has no rule of its own. */
@WebServlet(
        urlPatterns = {"/who", "/exact", "/files/*", "*.do", "/error-page"},
        asyncSupported = true)
public class WhoServlet extends HttpServlet {
    private static final Logger LOG = Logger.getLogger(WhoServlet.class.getName());

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // Shows to a test that it hears the finest level.
        LOG.finest("who is asked");
        response.setContentType("text/plain");
        response.getWriter()
                .print(request.getDispatcherType() + " for "
                        + Countersign.caller(request).getName());
    }
}
