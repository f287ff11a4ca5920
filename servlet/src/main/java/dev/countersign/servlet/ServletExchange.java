package dev.countersign.servlet;

import dev.countersign.Body;
import dev.countersign.Exchange;
import dev.countersign.http.AddressLiteral;
import dev.countersign.http.Origin;
import dev.countersign.http.ProxyPolicy;
import dev.countersign.servlet.body.BodyLimits;
import dev.countersign.servlet.body.RequestBody;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A servlet request as the core sees it: the request line as it came, whatever later dispatches change. */
final class ServletExchange implements Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(ServletExchange.class);
    private static final InetAddress UNKNOWN = unknown();
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private static final String AUTHORIZATION = "Authorization";
    private static final String CIPHER_SUITE = "jakarta.servlet.request.cipher_suite";

    private final HttpServletRequest request;
    private final String method;
    private final String rawPath;
    private final @Nullable String rawQuery;
    private final ProxyPolicy proxies;
    private final boolean secureSocket;
    private String route;
    private @Nullable InetAddress peer;
    private @Nullable Origin origin;
    private @Nullable List<String> authorization;
    private @Nullable String requestId;
    private final @Nullable BodyLimits keeping;
    private @Nullable RequestBody body;
    private boolean judged;

    /**
     * @param cipherKnown whether a connection counts as protected only where its cipher is known
     * @param keeping how much content is kept for signatures, or null if no scheme reads any
     */
    ServletExchange(
            HttpServletRequest request,
            ProxyPolicy proxies,
            boolean cipherKnown,
            String route,
            @Nullable BodyLimits keeping) {
        this.request = request;
        this.method = request.getMethod();
        this.rawPath = request.getRequestURI();
        this.rawQuery = request.getQueryString();
        this.proxies = proxies;
        this.secureSocket = request.isSecure() && (!cipherKnown || request.getAttribute(CIPHER_SUITE) != null);
        this.route = route;
        this.keeping = keeping;
    }

    /**
     * Whether a server takes somebody's word for TLS. Open Liberty says {@code isSecure} of every request with {@code
     * X-Forwarded-Proto: https}, whoever sent it; there, the cipher must be known too (Jakarta Servlet 3.10).
     */
    static boolean believesAnybody(ServletContext context) {
        String server = context.getServerInfo();
        return server != null && server.contains("Liberty");
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String rawPath() {
        return rawPath;
    }

    @Override
    public String contextPath() {
        return request.getContextPath();
    }

    @Override
    public @Nullable String rawQuery() {
        return rawQuery;
    }

    @Override
    public List<String> headers(String name) {
        if (!name.equalsIgnoreCase(AUTHORIZATION)) {
            return lines(name);
        }
        // Every scheme asks for it.
        List<String> known = authorization;
        if (known == null) {
            known = lines(AUTHORIZATION);
            authorization = known;
        }
        return known;
    }

    private List<String> lines(String name) {
        Enumeration<String> values = request.getHeaders(name);
        if (values == null || !values.hasMoreElements()) {
            return List.of();
        }
        String first = values.nextElement();
        if (!values.hasMoreElements()) {
            return List.of(first);
        }
        List<String> all = Collections.list(values);
        all.add(0, first);
        return all;
    }

    @Override
    public Iterable<String> headerNames() {
        Enumeration<String> names = request.getHeaderNames();
        return names == null ? List.of() : Collections.list(names);
    }

    @Override
    public InetAddress peer() {
        InetAddress known = peer;
        if (known == null) {
            known = AddressLiteral.parse(withoutZone(request.getRemoteAddr())).orElse(UNKNOWN);
            peer = known;
        }
        return known;
    }

    private Origin origin() {
        Origin known = origin;
        if (known == null) {
            known = proxies.resolve(peer(), secureSocket, this::lines);
            origin = known;
        }
        return known;
    }

    @Override
    public InetAddress client() {
        return origin().client();
    }

    @Override
    public boolean secure() {
        return proxies.mode() == ProxyPolicy.Mode.NONE ? secureSocket : origin().secure();
    }

    @Override
    public @Nullable String host() {
        String field = request.getHeader("Host");
        if (field == null) {
            // HTTP/2 sends :authority instead, which containers show as the server's name.
            return request.getProtocol().startsWith("HTTP/1") ? null : request.getServerName();
        }
        int end = field.startsWith("[") ? field.indexOf(']') + 1 : field.indexOf(':');
        return end <= 0 ? field : field.substring(0, end);
    }

    /** HTTP/2 without {@code Host} names it as {@code :authority}, which containers show as the server's name and port. */
    @Override
    public @Nullable String authority() {
        List<String> fields = lines("Host");
        if (!fields.isEmpty() || request.getProtocol().startsWith("HTTP/1")) {
            return fields.size() == 1 ? fields.get(0) : null;
        }
        String name = request.getServerName();
        String shown = name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
        int port = request.getServerPort();
        int usual = request.getScheme().equals("https") ? HTTPS : HTTP;
        return port == usual ? shown : shown + ":" + port;
    }

    @Override
    public Body body() {
        RequestBody known = body;
        if (known != null) {
            return known;
        }
        if (keeping == null) {
            LOG.error("A scheme reads content without saying so (expected: AuthenticationScheme.readsBody() is true)");
            return Body.unreadable();
        }
        known = new RequestBody(request, keeping);
        body = known;
        return known;
    }

    /** The content, while it may be asked for, or if it was; null where it is the container's alone. */
    @Nullable
    RequestBody kept() {
        RequestBody known = body;
        if (known == null && keeping != null && !judged) {
            known = new RequestBody(request, keeping);
            body = known;
        }
        return known;
    }

    /** The content, if anybody asked for it. */
    @Nullable
    RequestBody asked() {
        return body;
    }

    /** The credentials of this request were judged: content that nobody asked for is not kept. */
    void judged() {
        judged = true;
        if (body != null) {
            body.judged();
        }
    }

    @Override
    public List<String> trailers(String name) {
        if (!request.isTrailerFieldsReady()) {
            return List.of();
        }
        Map<String, String> fields = request.getTrailerFields();
        if (fields == null) {
            return List.of();
        }
        for (Map.Entry<String, String> field : fields.entrySet()) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return List.of(field.getValue());
            }
        }
        return List.of();
    }

    @Override
    public String requestId() {
        String id = requestId;
        if (id == null) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            // RFC 9562 section 5.4: version 4, variant 10. It names a request and guards nothing.
            long high = (random.nextLong() & ~0xF000L) | 0x4000L;
            long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            id = new UUID(high, low).toString();
            requestId = id;
        }
        return id;
    }

    @Override
    public String route() {
        return route;
    }

    /** The route is known better now: JAX-RS has matched a method. */
    void routed(String better) {
        if (!better.isEmpty()) {
            route = better;
        }
    }

    private static String withoutZone(@Nullable String address) {
        if (address == null) {
            return "";
        }
        String bare =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        int zone = bare.indexOf('%');
        return zone < 0 ? bare : bare.substring(0, zone);
    }

    /** Stands for a peer without an IP address, such as a local socket: it is no loopback and no trusted proxy. */
    private static InetAddress unknown() {
        try {
            return InetAddress.getByAddress(new byte[4]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }
}
