package dev.countersign.client;

import dev.countersign.http.Ascii;
import dev.countersign.http.FieldValue;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request that is about to be sent: what a {@link RequestSigner} signs. Immutable but for the bytes of its content, which
 * are neither copied nor changed; each method returns a changed copy. Safe for use by many threads.
 *
 * <pre>{@code
 * OutgoingRequest order = OutgoingRequest.of("POST", URI.create("https://api.example.com/orders"))
 *         .header("Content-Type", "application/json")
 *         .body(json);
 * }</pre>
 *
 * <p>The URI is kept in the form in which clients send it, so that what is signed is what arrives: scheme and host in lower
 * case, the default port left out, an empty path as {@code /}, no empty query, no fragment, and characters beyond ASCII
 * percent-encoded. Path and query are otherwise left as they are.
 */
public final class OutgoingRequest {
    private static final byte[] NOTHING = new byte[0];

    private final String method;
    private final URI uri;
    private final List<HeaderField> fields;
    private final byte[] body;

    private OutgoingRequest(String method, URI uri, List<HeaderField> fields, byte[] body) {
        this.method = method;
        this.uri = uri;
        this.fields = List.copyOf(fields);
        this.body = body;
    }

    /**
     * A request without fields and content.
     *
     * @param method case-sensitive, such as {@code POST}
     * @param uri absolute, {@code http} or {@code https}, with a host and without user info
     * @throws IllegalArgumentException if the method is no token, or the URI another one; its query is not told
     */
    public static OutgoingRequest of(String method, URI uri) {
        if (!FieldValue.isToken(method)) {
            throw new IllegalArgumentException("method of a request (expected: a token of RFC 9110)");
        }
        return new OutgoingRequest(method, sent(uri), List.of(), NOTHING);
    }

    /**
     * With one more field line, also if there is one of this name.
     *
     * @throws IllegalArgumentException as {@link HeaderField}; also for {@code Host}, which is made of the URI
     */
    public OutgoingRequest header(String name, String value) {
        List<HeaderField> more = new ArrayList<>(fields);
        more.add(field(name, value));
        return new OutgoingRequest(method, uri, more, body);
    }

    /** With one field line of this name in place of all that there are. Throws as {@link #header}. */
    public OutgoingRequest onlyHeader(String name, String value) {
        return withoutHeader(name).header(name, value);
    }

    /** Without the field lines of this name. */
    public OutgoingRequest withoutHeader(String name) {
        List<HeaderField> left = new ArrayList<>(fields);
        left.removeIf(field -> Ascii.equalsIgnoreCase(field.name(), name));
        return new OutgoingRequest(method, uri, left, body);
    }

    /** With this content, which nobody may change until the request was sent. */
    public OutgoingRequest body(byte[] bytes) {
        return new OutgoingRequest(method, uri, fields, bytes);
    }

    /** To another URI. Throws as {@link #of}. */
    public OutgoingRequest to(URI other) {
        return new OutgoingRequest(method, sent(other), fields, body);
    }

    /** The method, case-sensitive. */
    public String method() {
        return method;
    }

    /** Where it is sent to, in the form in which it is sent. */
    public URI uri() {
        return uri;
    }

    /** The value of {@code Host}: the host in lower case, and the port unless it is the scheme's own. */
    public String authority() {
        return uri.getRawAuthority();
    }

    /** The path of the request target, not decoded; at least {@code /}. */
    public String rawPath() {
        return uri.getRawPath();
    }

    /** The query without its question mark, not decoded; empty if there is none. */
    public Optional<String> rawQuery() {
        return Optional.ofNullable(uri.getRawQuery());
    }

    /** The field lines in order, without those that the client adds by itself, such as {@code Host}. */
    public List<HeaderField> fields() {
        return fields;
    }

    /** The values of the field lines of this name, in order; empty if there is none. */
    public List<String> headers(String name) {
        return fields.stream()
                .filter(field -> Ascii.equalsIgnoreCase(field.name(), name))
                .map(HeaderField::value)
                .toList();
    }

    /** The content, which must not be changed; empty if there is none. */
    public byte[] body() {
        return body;
    }

    /** Method, authority and path: query, fields and content may hold credentials. */
    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + authority() + rawPath();
    }

    private static HeaderField field(String name, String value) {
        if (Ascii.equalsIgnoreCase(name, "Host")) {
            throw new IllegalArgumentException("the field Host (expected: none, the authority of the URI is sent)");
        }
        return new HeaderField(name, value);
    }

    private static URI sent(URI uri) {
        String scheme = uri.getScheme() == null ? "" : Ascii.lowerCase(uri.getScheme());
        boolean tls = scheme.equals("https");
        if ((!tls && !scheme.equals("http")) || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "URI of a request (expected: absolute, http or https, with a host and without user info)");
        }
        StringBuilder sent = new StringBuilder(scheme).append("://").append(Ascii.lowerCase(uri.getHost()));
        if (uri.getPort() != -1 && uri.getPort() != (tls ? 443 : 80)) {
            sent.append(':').append(uri.getPort());
        }
        sent.append(uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
        if (uri.getRawQuery() != null && !uri.getRawQuery().isEmpty()) {
            sent.append('?').append(uri.getRawQuery());
        }
        return URI.create(URI.create(sent.toString()).toASCIIString());
    }
}
