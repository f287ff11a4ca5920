package dev.countersign.it.wars.redirecting;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

/**
 * Redirects, where a header asks for it: instead of JAX-RS, or when JAX-RS has answered. By reflection, because the API
 * that this is compiled against has one way alone.
 */
@WebFilter(urlPatterns = "/api/*", asyncSupported = true)
public class RedirectingFilter implements Filter {
    private static final String LOCATION = "/secret-place";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        if (http.getHeader("X-Afterwards") != null) {
            chain.doFilter(request, response);
        }
        String how = http.getHeader("X-Redirect");
        if (how == null) {
            chain.doFilter(request, response);
            return;
        }
        try {
            redirect((HttpServletResponse) response, how);
        } catch (InvocationTargetException e) {
            throw new ServletException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new ServletException(e);
        }
    }

    private static void redirect(HttpServletResponse response, String how)
            throws IOException, ReflectiveOperationException {
        Class<?> type = HttpServletResponse.class;
        switch (how) {
            case "plain" -> response.sendRedirect(LOCATION);
            case "keep" ->
                type.getMethod("sendRedirect", String.class, boolean.class).invoke(response, LOCATION, false);
            case "status" ->
                type.getMethod("sendRedirect", String.class, int.class).invoke(response, LOCATION, 303);
            default -> {
                response.getWriter().print("kept text");
                type.getMethod("sendRedirect", String.class, int.class, boolean.class)
                        .invoke(response, LOCATION, 308, false);
            }
        }
    }
}
