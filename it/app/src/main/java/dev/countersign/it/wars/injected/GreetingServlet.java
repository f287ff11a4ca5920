package dev.countersign.it.wars.injected;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;

/** Asks the bean. Not every container injects into servlets, so it looks the bean up. */
@PermitAll
@WebServlet({"/greet", "/meet"})
public class GreetingServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Greeter greeter = CDI.current().select(Greeter.class).get();
        response.setContentType("text/plain");
        try {
            response.getWriter().print(request.getServletPath().equals("/meet") ? greeter.meet() : greeter.greet());
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new ServletException(e);
        }
    }
}
