package dev.countersign.servlet;

import dev.countersign.Caller;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;

/**
 * Countersign in an application's own code: who calls, and a set-up that is made without files.
 *
 * <pre>{@code
 * Caller caller = Countersign.caller(request);
 * }</pre>
 */
public final class Countersign {
    private static final String ATTRIBUTE = "dev.countersign.servlet.countersign";

    /** Builds the parts when the application is known. */
    @FunctionalInterface
    interface Recipe {
        Setup open(ServletContext context, Map<String, String> parameters);
    }

    private final Recipe recipe;

    Countersign(Recipe recipe) {
        this.recipe = recipe;
    }

    /**
     * Who calls, for a servlet, a filter behind ours or a JAX-RS method: {@link Caller#ANONYMOUS} if nobody was
     * authenticated, or if the request did not pass Countersign. Never null.
     */
    public static Caller caller(HttpServletRequest request) {
        ServletRequest current = request;
        while (current instanceof ServletRequestWrapper wrapper) {
            if (wrapper instanceof CallerRequest known) {
                return known.caller();
            }
            current = wrapper.getRequest();
        }
        return Checkpoint.of(request).map(Checkpoint::caller).orElse(Caller.ANONYMOUS);
    }

    /**
     * Puts this set-up in front of an application, before its context is initialised: from a
     * {@code ServletContextListener} of {@code web.xml}, an initializer, or the code that embeds a server. Where the jar's
     * own initializer ran before, its filter uses this set-up instead of the settings of the application.
     *
     * @throws ServletException if another filter has taken our name
     */
    public void install(ServletContext context) throws ServletException {
        context.setAttribute(ATTRIBUTE, this);
        if (Start.filters(context).isEmpty()) {
            CountersignInitializer.addFilter(context, new CountersignFilter(this));
        }
    }

    /** What was installed, else what the settings of the application say. */
    static Countersign of(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof Countersign installed
                ? installed
                : new Countersign(Countersign::fromSettings);
    }

    Setup open(ServletContext context, Map<String, String> parameters) {
        return recipe.open(context, parameters);
    }

    private static Setup fromSettings(ServletContext context, Map<String, String> parameters) {
        throw new IllegalStateException("No settings are read for " + context.getContextPath() + " " + parameters.size());
    }
}
