package dev.countersign.it.wars.dispatched;

import dev.countersign.it.wars.counted.Calls;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Commits its answer first; for callers. */
@WebServlet("/early/*")
public class EarlyServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Calls.add();
        if ("/empty".equals(request.getPathInfo())) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            response.flushBuffer();
            return;
        }
        response.setContentType("text/plain");
        response.flushBuffer();
        response.setHeader("Cache-Control", "public");
        response.getWriter().print("abc");
    }
}
