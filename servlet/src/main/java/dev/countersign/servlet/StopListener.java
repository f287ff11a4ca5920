package dev.countersign.servlet;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Ends the Countersign of an application with the application. */
final class StopListener implements ServletContextListener {
    @Override
    public void contextDestroyed(ServletContextEvent event) {
        Deployed.of(event.getServletContext()).ifPresent(Deployed::close);
        event.getServletContext().removeAttribute(Deployed.ATTRIBUTE);
    }
}
