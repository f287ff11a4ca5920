package dev.countersign.it.wars.attacks;

import dev.countersign.annotation.RequireScope;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** For callers with the scope of administrators. */
@RequireScope("admin")
@WebServlet(urlPatterns = "/admin", asyncSupported = true)
public class AdminScopeServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("administered");
    }
}
