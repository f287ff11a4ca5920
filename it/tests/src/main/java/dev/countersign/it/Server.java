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
    WILDFLY(Jaxrs.RESTEASY),
    /** Tomcat in the JVM of the tests, with CXF in each WAR. */
    TOMCAT10_CXF(Jaxrs.CXF),
    /** Open Liberty in a JVM of its own. */
    OPENLIBERTY(Jaxrs.HIDDEN_RESTEASY),
    /** Payara Server in a JVM of its own. */
    PAYARA(Jaxrs.JERSEY);

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
                "registered"),
        /** RESTEasy inside of a server that shows none of its classes to applications; they can name a servlet of the server. */
        HIDDEN_RESTEASY(
                "com.ibm.websphere.jaxrs.server.IBMRestServlet",
                "org.jboss.resteasy.plugins.server.servlet.Filter30Dispatcher",
                "registered"),
        /** Apache CXF. */
        CXF(
                "org.apache.cxf.jaxrs.servlet.CXFNonSpringJaxrsServlet",
                "org.apache.cxf.jaxrs.servlet.CXFNonSpringJaxrsServlet",
                "singletons");

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
            return this == JERSEY || this == CXF;
        }

        /** Whether an application can name the filter, and use the runtime's own classes; else nothing of it is served. */
        public boolean isVisible() {
            return this != HIDDEN_RESTEASY;
        }

        /** Whether code can register a model of a resource, beside classes and instances. */
        public boolean hasModels() {
            return isVisible() && this != CXF;
        }

        /**
         * Whether an application is served whose path is {@code /}, and several of them in one WAR. The initializer of CXF maps
         * such a path to {@code //*}, and takes the first application that it meets.
         */
        public boolean servesEveryApplication() {
            return this != CXF;
        }

        /**
         * Whether an answer goes out before the body of its request came. CXF takes up to 16 MiB of it off first, so that what
         * refuses early there is a rule of the path.
         */
        public boolean answersBeforeTheBody() {
            return this != CXF;
        }

        /** Whether resources are beans where there is CDI. With its initializer CXF makes them itself. */
        public boolean makesBeans() {
            return this != CXF;
        }

        /** The package below {@code dev.countersign.it.wars} of an application that has no path of its own. */
        public String atTheRoot() {
            return servesEveryApplication() ? "bypassroot" : "bypassempty";
        }

        /** Whether a feature sees the methods that sub-resource locators lead to; else a locator stops the deployment. */
        public boolean showsSubResources() {
            return this != CXF;
        }

        /**
         * Whether a feature is told which servlet or filter loads it, so that a second application that does not load it is
         * refused before any method runs; else its answers are withheld.
         */
        public boolean tellsWhichRuntime() {
            return this != CXF;
        }

        /**
         * The packages below {@code dev.countersign.it.wars} of {@link #listedApplication()}, which lists its classes: CXF does
         * not find Countersign's feature then unless it is listed, too.
         */
        public String[] listed() {
            return this == CXF
                    ? new String[] {"guarded", "inherited", "later", "featured"}
                    : new String[] {"guarded", "inherited", "located", "later", "listed"};
        }

        /** The class of the application that lists its classes. */
        public String listedApplication() {
            return "dev.countersign.it.wars."
                    + (this == CXF ? "featured.FeaturedApplication" : "listed.ListedApplication");
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

    /**
     * Whether an application can rely on sending server-sent events from a thread of its own. RESTEasy on Tomcat stands
     * still if the thread of the request is still on its way back: the two wait for each other's locks.
     */
    public boolean sendsEventsFromElsewhere() {
        return this != TOMCAT11_RESTEASY;
    }

    /**
     * Whether the server fails with 500, before any filter, over a target that does not begin with a slash, and redirects
     * one that is empty. Undertow does.
     */
    public boolean failsOverTargetsWithoutSlash() {
        return this == WILDFLY;
    }

    /** Whether the server fails with 500, before any filter, over a percent sign without two hexadecimal digits behind it. */
    public boolean failsOverBrokenEncodings() {
        return this == OPENLIBERTY;
    }

    /** Whether a known method in another case, such as {@code get}, is that method; else it is refused with 405. */
    public boolean readsMethodsInAnyCase() {
        return this == OPENLIBERTY;
    }

    /** Whether tabs on both sides of a field's value are taken off; Payara leaves one in it. */
    public boolean stripsTabs() {
        return this != PAYARA;
    }

    /** Whether a tab inside of a field is a space when the application sees it, so that it separates like one. */
    public boolean replacesTabs() {
        return this == WILDFLY;
    }

    /** Whether white space behind a field's value is taken off, which is no part of it; Open Liberty leaves it there. */
    public boolean stripsTrailingSpace() {
        return this != OPENLIBERTY;
    }

    /** Whether a target that is a query alone is one for the root of the server; else it is refused. */
    public boolean readsQueryAloneAsRoot() {
        return this == OPENLIBERTY;
    }

    /**
     * Whether the server enforces the annotations of {@code jakarta.annotation.security} on resources by itself, too: it
     * knows nothing of Countersign's annotations, so that one of these on a method does not replace a {@code DenyAll} on its class.
     */
    public boolean enforcesDenyAll() {
        return this == OPENLIBERTY;
    }

    /** How a line of {@code dev.countersign} at the finest level looks in this server's log. */
    public String finest() {
        return switch (this) {
            case OPENLIBERTY -> "dev.countersign.it.wars.plain.WhoServlet                     3 ";
            case PAYARA -> "[FINEST] [] [dev.countersign";
            default -> "FINEST dev.countersign";
        };
    }

    /**
     * Whether a deployment that is refused stays, and answers 500 to everything. Open Liberty starts filters at the first
     * request, and only logs what an initializer throws.
     */
    public boolean keepsRefused() {
        return this == OPENLIBERTY;
    }

    /**
     * Whether the servlet that serves static files is known; else they need the rule of any other path. Open Liberty has
     * none.
     */
    public boolean hasStaticServlet() {
        return this != OPENLIBERTY;
    }

    /** Whether a connection stays open after a request was refused; Open Liberty closes it with a status of 400 or more. */
    public boolean keepsRefusedConnections() {
        return this != OPENLIBERTY;
    }

    /** Whether {@code ;jsessionid=} is still in the path when a filter sees it; Open Liberty and Payara take it off. */
    public boolean leavesSessionIds() {
        return this != OPENLIBERTY && this != PAYARA;
    }

    /**
     * Whether the JAX-RS runtime answers OPTIONS with a WADL, which is refused, unless text is asked for: Jersey does where
     * there is JAXB.
     */
    public boolean answersOptionsWithWadl() {
        return this == PAYARA;
    }

    /** Whether the server refuses fields with anything but ASCII in them before any filter. */
    public boolean refusesFieldsBeyondAscii() {
        return this == PAYARA;
    }

    /**
     * Whether the server gave this answer itself, before any filter, to a target or a Host that it cannot read, although
     * it is no error: nothing of the application ran. Payara sends 200 with nothing, or 301 to the folder in front of a
     * {@code ;}, or 505 over a tab.
     */
    public boolean isOwnAnswer(RawHttp.RawResponse response) {
        if (this != PAYARA || !response.header("X-Content-Type-Options").isEmpty()) {
            return false;
        }
        return switch (response.status()) {
            case 200 -> response.body().length == 0;
            case 301 ->
                response.header("Location").stream()
                        .allMatch(location -> location.endsWith("/") || location.contains("/%3b"));
            default -> response.status() == 505;
        };
    }

    /** Whether the server refuses content of more than 10 MiB with 400, before any filter. */
    public boolean refusesTenMebibytes() {
        return this == WILDFLY;
    }

    /**
     * Whether an application sees the fields behind a chunked body. Tomcat shows those that its connector allows by name,
     * Payara none.
     */
    public boolean showsTrailers() {
        return switch (this) {
            case TOMCAT10_JERSEY, TOMCAT11_RESTEASY, TOMCAT10_CXF, PAYARA -> false;
            case JETTY12_JERSEY, WILDFLY, OPENLIBERTY -> true;
        };
    }

    /** Whether nothing of a request with a chunked body is looked at before its first chunk is there. */
    public boolean waitsForFirstChunk() {
        return this == PAYARA;
    }

    /** Whether a connection stays open after CONNECT was refused, until the client ends its side of it. */
    public boolean waitsAfterConnect() {
        return this == PAYARA;
    }

    /**
     * What an asynchronous answer told. Payara now and then runs a dispatch twice, with or without a filter in front, if
     * another thread asks for it while that of the request is still on its way back: what is told twice there, and both
     * times the same, is given once.
     */
    public String toldOnce(String text) {
        String half = text.substring(0, text.length() / 2);
        return this == PAYARA && text.equals(half + half) ? half : text;
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
