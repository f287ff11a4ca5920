package dev.countersign.it.wars.installed;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;

/** Installs behind every initializer; declared in {@code web.xml}. */
public class InstallingListener implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
        try {
            Setup.install(event.getServletContext());
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
    }
}
