package dev.countersign.it;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The server that the tests run on, named by the system property {@code it.server}, and everything in which it rightly
 * differs from the others: a test asks here, and has no list of servers of its own. What a user would care about stands
 * in {@code docs/servers.md} too.
 *
 * <p>Where its log is to be read is not said here but by the module of the server, see {@link Logs}.
 */
public enum Server {
    /** Tomcat in the JVM of the tests, with Jersey in each WAR. */
    TOMCAT10_JERSEY(Jaxrs.JERSEY),
    /** Tomcat of Servlet 6.1 in the JVM of the tests, with RESTEasy in each WAR. */
    TOMCAT11_RESTEASY(Jaxrs.RESTEASY),
    /** Jetty in the JVM of the tests, with Jersey in each WAR. */
    JETTY12_JERSEY(Jaxrs.JERSEY),
    /** WildFly in a JVM of its own. */
    WILDFLY(Jaxrs.RESTEASY);

    /** The JAX-RS implementation. */
    public enum Jaxrs {
        /** Eclipse Jersey. */
        JERSEY(
                "org.glassfish.jersey.servlet.ServletContainer",
                "org.glassfish.jersey.servlet.ServletContainer",
                "programmatic"),
        /** RESTEasy. */
        RESTEASY(
                "org.jboss.resteasy.plugins.server.servlet.HttpServlet30Dispatcher",
                "org.jboss.resteasy.plugins.server.servlet.Filter30Dispatcher",
                "registered");

        private final String servlet;
        private final String filter;
        private final String programmatic;

        Jaxrs(String servlet, String filter, String programmatic) {
            this.servlet = servlet;
            this.filter = filter;
            this.programmatic = programmatic;
        }

        /** The class of the servlet that an application declares. */
        public String servlet() {
            return servlet;
        }

        /** The class of the filter that an application may declare instead. */
        public String filter() {
            return filter;
        }

        /** The package below {@code dev.countersign.it.wars} that registers resources in the way of this implementation. */
        public String programmatic() {
            return programmatic;
        }

        /**
         * Whether a thread of the application is told who called by the {@code SecurityContext} and the request that were
         * injected. RESTEasy injects proxies that know nothing outside of its own threads.
         */
        public boolean tellsOtherThreads() {
            return this == JERSEY;
        }
    }

    private static final String MODULES = "countersign-it-";

    private final Jaxrs jaxrs;

    Server(Jaxrs jaxrs) {
        this.jaxrs = jaxrs;
    }

    /** The server of this run: its constant is the name of its module in capitals. */
    public static Server current() {
        String module = Objects.requireNonNull(System.getProperty("it.server"), "it.server");
        for (Server server : values()) {
            if (module.equalsIgnoreCase(MODULES + server.name().replace('_', '-'))) {
                return server;
            }
        }
        throw new IllegalStateException("it.server: " + module + " (expected: a module that is named in Server)");
    }

    /** The JAX-RS implementation, whoever brings it. */
    public Jaxrs jaxrs() {
        return jaxrs;
    }

    /** Whether a tab inside of a field is a space when the application sees it, so that it separates like one. */
    public boolean replacesTabs() {
        return this == WILDFLY;
    }

    /** How a line of {@code dev.countersign} at the finest level looks in this server's log. */
    public String finest() {
        return "FINEST dev.countersign";
    }

    /**
     * What a module has set in this system property.
     *
     * @return null if it is not set, or {@code none}
     */
    static @Nullable String property(String name) {
        String value = System.getProperty(name);
        return value == null || value.isBlank() || value.equals("none") ? null : value;
    }
}
