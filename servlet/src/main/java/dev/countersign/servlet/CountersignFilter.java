package dev.countersign.servlet;

import dev.countersign.AccessRule;
import dev.countersign.Decision;
import dev.countersign.bootstrap.WebSettings.PathRule;
import dev.countersign.http.PathPolicy;
import dev.countersign.servlet.body.RequestBody;
import dev.countersign.servlet.response.GuardedResponse;
import dev.countersign.servlet.response.GuardedResponse.Release;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.util.Enumeration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first filter of an application: it opens the request for the Gate, carries the Gate's decision out, and lets JAX-RS
 * requests pass to be decided where the method is known. It decides nothing itself.
 *
 * <p>{@link CountersignInitializer} adds it. Declared in {@code web.xml} instead, it must be async-supported and have the
 * first mapping, to {@code /*}, with the dispatchers REQUEST, FORWARD, INCLUDE, ERROR and ASYNC; init-params are
 * settings. A named dispatch ({@code ServletContext.getNamedDispatcher}) has no path, so containers do not bring it here:
 * it is the application's own call. Its JAX-RS methods are enforced all the same.
 */
public final class CountersignFilter implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger(CountersignFilter.class);
    private static final String WADL = "/application.wadl";

    private final @Nullable Countersign countersign;
    private @Nullable Deployed deployed;

    /** For containers: takes the Countersign of the application, or builds one from its settings. */
    public CountersignFilter() {
        this.countersign = null;
    }

    /** For code: takes this one. The mapping is the caller's to make, as {@link Countersign#install} does. */
    public CountersignFilter(Countersign countersign) {
        this.countersign = countersign;
    }

    /**
     * Starts Countersign, unless it is running. On Payara and GlassFish, which would serve without a filter that failed, it
     * stays and refuses everything.
     *
     * @throws ServletException if the settings are wrong, with every problem in the message
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        ServletContext context = config.getServletContext();
        try {
            Deployed started = Start.ensure(context, countersign);
            Targets.loadJaxrsOnStartup(context);
            deployed = started;
        } catch (RuntimeException e) {
            if (!GlassFish.is(context)) {
                throw new ServletException(e.getMessage(), e);
            }
            LOG.error("Countersign did not start, so every request to the filter {} is 500", config.getFilterName());
        }
    }

    @Override
    public void destroy() {
        Deployed ending = deployed;
        if (ending != null) {
            ending.close();
        }
        deployed = null;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Deployed current = deployed;
        if (current == null
                || !(request instanceof HttpServletRequest http)
                || !(response instanceof HttpServletResponse answer)) {
            throw new ServletException("Countersign is not running, so nothing is served");
        }
        Checkpoint known = Checkpoint.of(request).orElse(null);
        DispatcherType type = request.getDispatcherType();
        if (known == null || known.deployed() != current) {
            if (type == DispatcherType.ERROR) {
                // The container failed before any filter ran: nobody is known, and nothing is verified for an error
                // page.
                Checkpoint checkpoint = open(current, http, answer);
                checkpoint.verifyNothing();
                new Dispatch(current, checkpoint, http, answer, chain).again(type);
                return;
            }
            Checkpoint opened = open(current, http, answer);
            try {
                new Dispatch(current, opened, http, answer, chain).first(type);
            } finally {
                left(opened);
            }
        } else if (type == DispatcherType.REQUEST) {
            // A second mapping of this filter in one chain: everything is decided already.
            chain.doFilter(request, response);
        } else if (type == DispatcherType.ASYNC || type == DispatcherType.ERROR) {
            RequestBody body = known.exchange().asked();
            if (body != null) {
                body.entered();
            }
            try {
                new Dispatch(current, known, http, answer, chain).again(type);
            } finally {
                left(known);
            }
        } else {
            new Dispatch(current, known, http, answer, chain).again(type);
        }
    }

    /** The container's own dispatch ended, and with it what was kept of the content, unless an answer comes later. */
    private static void left(Checkpoint checkpoint) {
        RequestBody body = checkpoint.exchange().asked();
        if (body != null) {
            body.left();
        }
    }

    private static Checkpoint open(Deployed deployed, HttpServletRequest request, HttpServletResponse response) {
        HttpServletMapping mapping = request.getHttpServletMapping();
        String route = mapping == null ? "" : String.valueOf(mapping.getPattern());
        Checkpoint checkpoint = new Checkpoint(
                deployed,
                new ServletExchange(
                        request, deployed.setup().proxies(), deployed.cipherKnown(), route, deployed.keeping()),
                response);
        request.setAttribute(Checkpoint.ATTRIBUTE, checkpoint);
        return checkpoint;
    }

    /** One pass through the filter. */
    private static final class Dispatch {
        private final Deployed deployed;
        private final Checkpoint checkpoint;
        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private final FilterChain chain;

        Dispatch(
                Deployed deployed,
                Checkpoint checkpoint,
                HttpServletRequest request,
                HttpServletResponse response,
                FilterChain chain) {
            this.deployed = deployed;
            this.checkpoint = checkpoint;
            this.request = request;
            this.response = response;
            this.chain = chain;
        }

        /** A request from outside. */
        void first(DispatcherType type) throws IOException, ServletException {
            boolean whole = false;
            try {
                begin(type);
                whole = true;
            } finally {
                checkpoint.left(request, whole);
            }
        }

        private void begin(DispatcherType type) throws IOException, ServletException {
            Target target = Target.of(request, type, deployed.targets());
            PathPolicy policy = target.isJaxrs()
                    ? null
                    : deployed.targets()
                            .path(target.path())
                            .map(PathRule::policy)
                            .orElse(null);
            Optional<Decision.Refused> screened = policy == null
                    ? deployed.setup().gate().screen(checkpoint.exchange())
                    : deployed.setup().gate().screen(checkpoint.exchange(), policy);
            if (screened.isPresent()) {
                deployed.answers().write(request, response, screened.get().answer());
                return;
            }
            if (isReport(target)) {
                report(type);
                return;
            }
            serve(target, type);
        }

        /** A further dispatch of a request that is open already. */
        void again(DispatcherType type) throws IOException, ServletException {
            if (type == DispatcherType.ERROR) {
                checkpoint.verifyNothing();
            }
            serve(Target.of(request, type, deployed.targets()), type);
        }

        private void serve(Target target, DispatcherType type) throws IOException, ServletException {
            Leg previous = checkpoint.leg();
            try {
                if (target.isJaxrs()) {
                    jaxrs(target, type);
                } else {
                    plain(target, type);
                }
            } finally {
                checkpoint.leave(previous);
            }
        }

        private void plain(Target target, DispatcherType type) throws IOException, ServletException {
            Leg leg = new Leg(checkpoint, false, false);
            GuardedResponse guarded = new GuardedResponse(response, Release.OPEN);
            leg.guards(guarded);
            checkpoint.enter(leg);
            if (!isPreflight() || isUpgrade() || !deployed.targets().passesPreflight(target.servlet())) {
                leg.decided(
                        checkpoint.judge(deployed.targets().rule(target.servlet(), target.path(), isReading(type))));
            }
            Decision.Answer refusal = leg.refusal();
            if (refusal != null) {
                refuse(refusal, type);
                return;
            }
            chain.doFilter(new CallerRequest(request, response, checkpoint, leg), guarded);
        }

        private void jaxrs(Target target, DispatcherType type) throws IOException, ServletException {
            boolean wadl = isWadl(target);
            if (wadl && !deployed.setup().web().wadlPermitted()) {
                refuse(Answers.of(checkpoint.judge(AccessRule.denyAll())), type);
                return;
            }
            if (!deployed.isFeatureActive(target.servlet(), target::path)) {
                refuse(checkpoint.fault("feature_inactive"), type);
                return;
            }
            Leg leg = new Leg(checkpoint, isPreflight(), wadl);
            if (!deployed.targets().isJaxrsServlet(target.servlet())) {
                leg.standsBehind(deployed.targets().rule(target.servlet(), target.path(), isReading(type)));
            }
            GuardedResponse guarded = new GuardedResponse(response, leg);
            leg.guards(guarded);
            checkpoint.enter(leg);
            if (isUpgrade()) {
                // A filter of the container answers it, such as that of WebSocket, and JAX-RS never sees it.
                leg.upgrades(checkpoint.judge(deployed.targets().rule(target.servlet(), target.path(), false)));
                Decision.Answer refusal = leg.refusal();
                if (refusal != null) {
                    refuse(refusal, type);
                    return;
                }
            }
            try {
                chain.doFilter(new CallerRequest(request, response, checkpoint, leg), guarded);
            } catch (IOException | ServletException | RuntimeException e) {
                if (leg.refusal() == null) {
                    throw e;
                }
                LOG.debug("The runtime failed behind a refusal", e);
            }
            boolean later = request.isAsyncStarted() && leg.refusal() == null;
            if (!later && guarded.isWithheldAtEnd() && leg.answersOnce()) {
                Decision.Answer answer = leg.refusal();
                refuse(answer == null ? checkpoint.fault("not_enforced") : answer, type);
            }
        }

        /** SPEC 2.10: an include contributes nothing, an error page is left empty, everything else gets the refusal. */
        private void refuse(Decision.Answer answer, DispatcherType type) throws IOException {
            if (type == DispatcherType.INCLUDE) {
                return;
            }
            if (type == DispatcherType.ERROR) {
                if (!response.isCommitted()) {
                    response.resetBuffer();
                    response.setContentLength(0);
                    response.flushBuffer();
                }
                return;
            }
            deployed.answers().write(request, response, answer);
            if (request.isAsyncStarted()) {
                request.getAsyncContext().complete();
            }
        }

        private boolean isPreflight() {
            return request.getMethod().equals("OPTIONS")
                    && request.getHeader("Origin") != null
                    && request.getHeader("Access-Control-Request-Method") != null;
        }

        /**
         * Whether the client may leave HTTP for something else than its next version (RFC 9110 section 7.8): by {@code
         * Upgrade}, by CONNECT (RFC 8441 section 4), or by the fields of a WebSocket alone, which is enough for Undertow.
         */
        private boolean isUpgrade() {
            if (request.getMethod().equalsIgnoreCase("CONNECT") || hasWebSocketField()) {
                return true;
            }
            if (request.getHeader("Upgrade") == null) {
                return false;
            }
            Enumeration<String> protocols = request.getHeaders("Upgrade");
            while (protocols != null && protocols.hasMoreElements()) {
                if (!protocols.nextElement().strip().equalsIgnoreCase("h2c")) {
                    return true;
                }
            }
            return false;
        }

        private boolean hasWebSocketField() {
            // The first is of RFC 6455 and the drafts before it, the second of the oldest of them.
            return request.getHeader("Sec-WebSocket-Key") != null || request.getHeader("Sec-WebSocket-Key1") != null;
        }

        /** Whether the request writes no file and stays HTTP; containers answer POST to a file as GET. */
        private boolean isReading(DispatcherType type) {
            if (isUpgrade()) {
                return false;
            }
            return type != DispatcherType.REQUEST
                    || switch (request.getMethod()) {
                        case "GET", "HEAD", "OPTIONS", "POST" -> true;
                        default -> false;
                    };
        }

        private static boolean isWadl(Target target) {
            String info = target.pathInfo();
            return info.endsWith(WADL)
                    || info.startsWith(WADL + "/")
                    // A path that ends so has an end of that length, wherever it is split.
                    || (WADL.endsWith(info) && target.path().endsWith(WADL));
        }

        private boolean isReport(Target target) {
            Optional<String> path = deployed.setup().web().reportPath();
            return path.isPresent() && path.get().equals(target.path());
        }

        private void report(DispatcherType type) throws IOException {
            deployed.setup().web().reportPath().ifPresent(checkpoint.exchange()::routed);
            Decision decision = checkpoint.judge(deployed.setup().web().report());
            if (!(decision instanceof Decision.Admitted)) {
                refuse(Answers.of(decision), type);
                return;
            }
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setContentType("text/plain;charset=UTF-8");
            if (!request.getMethod().equals("HEAD")) {
                response.getWriter().write(deployed.map().toText());
            }
        }
    }

    /** What a dispatch is for, as the container matched it. */
    private static final class Target {
        private final String servlet;
        private final String servletPath;
        private final String pathInfo;
        private final boolean jaxrs;
        private @Nullable String path;

        private Target(String servlet, String servletPath, String pathInfo, Targets targets) {
            this.servlet = servlet;
            this.servletPath = servletPath;
            this.pathInfo = pathInfo;
            this.jaxrs = targets.isJaxrsServlet(servlet) || targets.isJaxrs(servlet, path());
        }

        /** The name of the servlet, empty if there is none. */
        String servlet() {
            return servlet;
        }

        /** The decoded path inside the application. */
        String path() {
            String known = path;
            if (known == null) {
                known = pathInfo.isEmpty() ? servletPath : servletPath + pathInfo;
                path = known;
            }
            return known;
        }

        /** The part of the path behind the servlet's mapping, empty if there is none. */
        String pathInfo() {
            return pathInfo;
        }

        /** Whether JAX-RS answers it. */
        boolean isJaxrs() {
            return jaxrs;
        }

        static Target of(HttpServletRequest request, DispatcherType type, Targets targets) {
            if (type == DispatcherType.INCLUDE) {
                return included(request, targets);
            }
            HttpServletMapping mapping = request.getHttpServletMapping();
            String servlet = mapping == null ? "" : text(mapping.getServletName());
            return new Target(servlet, text(request.getServletPath()), text(request.getPathInfo()), targets);
        }

        private static Target included(HttpServletRequest request, Targets targets) {
            String pathInfo = text(request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO));
            String servletPath = text(request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH));
            String path = servletPath + pathInfo;
            Object mapping = request.getAttribute(RequestDispatcher.INCLUDE_MAPPING);
            // Undertow tells how it found the servlet that includes, not the one that is included.
            String servlet = mapping instanceof HttpServletMapping m && leadsTo(m, path)
                    ? text(m.getServletName())
                    : targets.servletAt(path);
            return new Target(servlet, servletPath, pathInfo, targets);
        }

        /** Whether a mapping has found this very path; a default servlet's mapping does not tell. */
        private static boolean leadsTo(HttpServletMapping mapping, String path) {
            MappingMatch match = mapping.getMappingMatch();
            String pattern = text(mapping.getPattern());
            String value = text(mapping.getMatchValue());
            if (match == MappingMatch.EXACT) {
                return path.equals(pattern);
            }
            if (match == MappingMatch.PATH && pattern.endsWith("/*")) {
                String prefix = pattern.substring(0, pattern.length() - 2);
                return path.equals(prefix + "/" + value) || (value.isEmpty() && path.equals(prefix));
            }
            return match == MappingMatch.EXTENSION
                    && pattern.startsWith("*.")
                    && path.equals("/" + value + pattern.substring(1));
        }

        private static String text(@Nullable Object value) {
            return value instanceof String text ? text : "";
        }
    }
}
