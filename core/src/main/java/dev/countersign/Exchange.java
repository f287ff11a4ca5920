package dev.countersign;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the core may see of one HTTP request. An adapter opens one per request; it is used by one thread at a time.
 *
 * <p>Everything is as it came over the wire: nothing is decoded, trimmed or normalised, except that header names are
 * matched without regard to ASCII case (RFC 9110 section 5.1).
 */
public interface Exchange {
    /** The method, case-sensitive (RFC 9110 section 9.1). */
    String method();

    /** The raw path of the request target, with its context path, not decoded; {@code *} for {@code OPTIONS *}. */
    String rawPath();

    /**
     * The part of {@link #rawPath} that leads to the application, as it came and without a slash at its end; empty for an
     * application at the root.
     */
    default String contextPath() {
        return "";
    }

    /** The raw query without its question mark, or null if there is none. */
    @Nullable
    String rawQuery();

    /** The values of the field lines of this name, in order, one entry per line; empty if there is none. */
    List<String> headers(String name);

    /** The names of all field lines, in any case and order. */
    Iterable<String> headerNames();

    /** The address of the socket's other end. */
    InetAddress peer();

    /** The address of the client: the peer's, unless trusted proxies tell of another. */
    InetAddress client();

    /** Whether the client's connection is protected by TLS, as the socket, or a trusted proxy, says. */
    boolean secure();

    /** The {@code Host} that the client asked for, without port, or null if it sent none. Never used to build an answer. */
    @Nullable
    String host();

    /**
     * The authority that the client asked for, with its port if it named one, as it came: the one {@code Host} field line,
     * or {@code :authority} (RFC 9113 section 8.3.1); null if there is none, or more than one.
     */
    default @Nullable String authority() {
        List<String> hosts = headers("Host");
        return hosts.size() == 1 ? hosts.get(0) : null;
    }

    /** The content. An adapter that does not know it leaves every signature refused. */
    default Body body() {
        return Body.unreadable();
    }

    /**
     * The values of the trailer fields of this name (RFC 9110 section 6.5), in order; empty if there is none, or before the
     * body was read.
     */
    default List<String> trailers(String name) {
        return List.of();
    }

    /**
     * A random id for this request, a UUID in its text form: the {@code instance} of a problem body and what the log
     * carries. The same on each call.
     */
    String requestId();

    /** What the adapter knows of the route (a template or a servlet mapping), for the audit event; may be empty. */
    default String route() {
        return "";
    }
}
