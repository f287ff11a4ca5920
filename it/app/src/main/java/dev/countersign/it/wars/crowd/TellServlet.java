package dev.countersign.it.wars.crowd;

import jakarta.annotation.security.PermitAll;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells who calls, whatever kind of dispatch leads here. */
@PermitAll
@WebServlet(urlPatterns = "/tell", asyncSupported = true)
public class TellServlet extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(Names.of(request));
    }
}
