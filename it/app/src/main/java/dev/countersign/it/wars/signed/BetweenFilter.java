package dev.countersign.it.wars.signed;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Takes content in the way that {@code X-Between} says: behind Countersign, and before JAX-RS has found the method. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class BetweenFilter implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        switch (String.valueOf(((HttpServletRequest) request).getHeader("X-Between"))) {
            case "parameter" -> request.getParameter("a");
            case "three" -> request.getInputStream().readNBytes(3);
            case "stream" -> request.getInputStream().readAllBytes();
            default -> {
                // Leaves it alone.
            }
        }
        chain.doFilter(request, response);
    }
}
