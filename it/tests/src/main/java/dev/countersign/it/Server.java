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
    /** Jetty in the JVM of the tests, with Jersey in each WAR. */
    JETTY12_JERSEY(Jaxrs.JERSEY),
    /** WildFly in a JVM of its own. */
    WILDFLY(Jaxrs.RESTEASY);

    /** The JAX-RS implementation. */
    public enum Jaxrs {
        /** Eclipse Jersey. */
        JERSEY,
        /** RESTEasy. */
        RESTEASY
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

    /** How a line of {@code dev.countersign} at the finest level looks in this server's log. */
    public String finest() {
        return this == WILDFLY ? "TRACE dev.countersign" : "FINEST dev.countersign";
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
