package dev.countersign.signature;

import dev.countersign.Exchange;
import dev.countersign.http.Ascii;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request, as signatures see it: everything as it goes over the wire, nothing decoded.
 *
 * @param method the method, case-sensitive
 * @param scheme the scheme of the target URI, {@code http} or {@code https}
 * @param authority host and, if one is named, port; null if the request tells none, or more than one
 * @param path the raw path, empty or beginning with a slash; null if the request target has none ({@code *})
 * @param query the raw query without its question mark; null if there is none
 * @param requestTarget the request target as it stands in the request line (RFC 9112 section 3.2)
 * @param headers its header fields
 * @param trailers its trailer fields
 */
public record RequestParts(
        String method,
        String scheme,
        @Nullable String authority,
        @Nullable String path,
        @Nullable String query,
        String requestTarget,
        Fields headers,
        Fields trailers)
        implements MessageParts {

    private static final String SCHEME_END = "://";

    /** With the scheme in lower case (RFC 9110 section 4.2.3). */
    public RequestParts {
        scheme = Ascii.lowerCase(scheme);
    }

    /**
     * A request that came in.
     *
     * @param baseUrl the external address of the application, whose scheme and authority then are those of the target
     *     URI, whatever the request says; without it they are the connection's, and the authority that the request
     *     names. Fields such as {@code X-Forwarded-Host} never count: anybody can send them.
     */
    public static RequestParts of(Exchange exchange, Optional<String> baseUrl) {
        String path = exchange.rawPath();
        String query = exchange.rawQuery();
        String scheme = exchange.secure() ? "https" : "http";
        String authority = exchange.authority();
        if (baseUrl.isPresent()) {
            String base = baseUrl.get();
            int schemeEnd = base.indexOf(SCHEME_END);
            int start = schemeEnd + SCHEME_END.length();
            int slash = base.indexOf('/', start);
            scheme = base.substring(0, schemeEnd);
            authority = base.substring(start, slash < 0 ? base.length() : slash);
        }
        return new RequestParts(
                exchange.method(),
                scheme,
                authority,
                path.equals("*") ? null : path,
                query,
                originForm(path, query),
                exchange::headers,
                exchange::trailers);
    }

    /**
     * A request that goes out, in origin form.
     *
     * @param uri the absolute target URI, with nothing in it that is not ASCII
     * @param headers the fields that will be sent
     * @throws IllegalArgumentException if the URI has no scheme or authority
     */
    public static RequestParts of(String method, URI uri, Fields headers) {
        if (uri.getScheme() == null || uri.getRawAuthority() == null) {
            throw new IllegalArgumentException(
                    "a request without a scheme or an authority (expected: an absolute URI)");
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new RequestParts(
                method,
                uri.getScheme(),
                uri.getRawAuthority(),
                path,
                uri.getRawQuery(),
                originForm(path, uri.getRawQuery()),
                headers,
                Fields.NONE);
    }

    private static String originForm(String path, @Nullable String query) {
        return query == null ? path : path + "?" + query;
    }
}
