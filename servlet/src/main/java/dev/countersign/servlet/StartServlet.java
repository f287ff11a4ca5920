package dev.countersign.servlet;

import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/**
 * Starts Countersign where the container leaves the filter alone until the first request, as Undertow does: a wrong
 * set-up stops the deployment there too. It is mapped to nothing. A listener could not do it: one that code added may not
 * look at what is registered (Jakarta Servlet 4.4).
 */
final class StartServlet extends GenericServlet {
    private static final long serialVersionUID = 1L;

    /** Before every servlet that says nothing else. */
    static final int LOAD_ON_STARTUP = 0;

    /** @throws dev.countersign.ConfigurationException which Undertow heeds; a ServletException it only logs */
    @Override
    public void init() {
        Start.early(getServletContext());
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) throws ServletException {
        throw new ServletException("Nothing is served here");
    }
}
