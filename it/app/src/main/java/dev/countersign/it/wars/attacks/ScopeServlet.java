package dev.countersign.it.wars.attacks;

import dev.countersign.annotation.RequireScope;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** For callers who may read. */
@RequireScope("read")
@WebServlet(urlPatterns = "/read", asyncSupported = true)
public class ScopeServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("read");
    }
}
