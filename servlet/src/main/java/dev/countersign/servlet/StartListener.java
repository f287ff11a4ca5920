package dev.countersign.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Collection;
import java.util.List;

/**
 * Starts after every other initializer has registered its servlets and before any filter or servlet is initialised, and
 * ends with the application. A problem is thrown, which every container takes as a failed deployment.
 */
final class StartListener implements ServletContextListener {
    private final List<Class<?>> annotated;

    StartListener(Collection<Class<?>> annotated) {
        this.annotated = List.copyOf(annotated);
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Start.early(event.getServletContext(), annotated);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        Deployed.of(context).ifPresent(Deployed::close);
        context.removeAttribute(Deployed.ATTRIBUTE);
    }
}
