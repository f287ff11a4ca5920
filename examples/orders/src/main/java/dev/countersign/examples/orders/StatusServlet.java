package dev.countersign.examples.orders;

import dev.countersign.annotation.Authenticated;
import dev.countersign.servlet.Countersign;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A plain servlet under the same annotations. */
@WebServlet("/status")
@Authenticated(schemes = {"api-key", "basic"})
public class StatusServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println("Hello " + Countersign.caller(request).getName());
    }
}
