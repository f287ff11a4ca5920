package dev.countersign.servlet;

import dev.countersign.AuthenticationScheme;
import dev.countersign.Caller;
import dev.countersign.audit.AuditSink;
import dev.countersign.bootstrap.Bootstrap;
import dev.countersign.bootstrap.Deployment;
import dev.countersign.servlet.config.WarResources;
import dev.countersign.settings.Settings;
import dev.countersign.token.Blocklist;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

    private final Map<String, String> settings;
    private final List<AuthenticationScheme> schemes;
    private final List<AuditSink> sinks;
    private final InstantSource clock;

    private Countersign(Builder builder) {
        this.settings = Map.copyOf(builder.settings);
        this.schemes = List.copyOf(builder.schemes);
        this.sinks = List.copyOf(builder.sinks);
        this.clock = builder.clock;
    }

    /** A set-up without anything of its own: what it is not told comes from the application's settings. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Where tokens of this web application are revoked; it takes effect with the next request.
     *
     * @throws IllegalStateException if Countersign is not running in it
     */
    public static Blocklist blocklist(ServletContext context) {
        return Deployed.of(context)
                .orElseThrow(() -> new IllegalStateException("Countersign is not running in this web application"))
                .setup()
                .blocklist();
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
        if (FilterOrder.ours(context).isEmpty()) {
            CountersignInitializer.addFilter(context, new CountersignFilter(this));
        }
    }

    /** What was installed, else what the settings of the application say. */
    static Countersign of(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof Countersign installed
                ? installed
                : builder().build();
    }

    /** Reads every setting; problems are thrown when the deployment is started. */
    Deployment open(ServletContext context, Map<String, String> initParams, Map<String, String> contextParams) {
        Bootstrap bootstrap = Bootstrap.builder()
                .sources(Settings.builder()
                        .application(new WarResources(context))
                        .parameters("code", settings)
                        .parameters("an init-param", initParams)
                        .parameters("a context-param", contextParams)
                        .clock(clock))
                .applicationName(name(context))
                .contextPath(context.getContextPath())
                .clock(clock);
        schemes.forEach(bootstrap::scheme);
        sinks.forEach(bootstrap::auditSink);
        return bootstrap.build();
    }

    /** The realm's default: {@code display-name}, else the context path without its slash, else {@code api}. */
    private static String name(ServletContext context) {
        String display = context.getServletContextName();
        String path = context.getContextPath();
        // Jetty calls an application without a name by its path.
        if (display != null && !display.isBlank() && !display.equals(path) && !display.equals("/")) {
            return display;
        }
        return path.length() > 1 ? path.substring(1) : "api";
    }

    /** Collects what code adds to the settings. */
    public static final class Builder {
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final List<AuthenticationScheme> schemes = new ArrayList<>();
        private final List<AuditSink> sinks = new ArrayList<>();
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /**
         * Sets a key, such as {@code countersign.schemes}. System properties, the environment and
         * {@code /WEB-INF/countersign.properties} come first, as they do before init-params.
         *
         * @param key with its prefix
         */
        public Builder setting(String key, String value) {
            settings.put(key, value);
            return this;
        }

        /** Adds a scheme that was made in code; it stands behind those of {@code countersign.schemes}. */
        public Builder scheme(AuthenticationScheme scheme) {
            schemes.add(scheme);
            return this;
        }

        /** Adds a listener to audit events. */
        public Builder auditSink(AuditSink sink) {
            sinks.add(sink);
            return this;
        }

        /** The only source of time; default: the system's clock. */
        public Builder clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        /** The set-up; what is wrong with it is told when the application starts. */
        public Countersign build() {
            return new Countersign(this);
        }
    }
}
