package dev.countersign;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request for tests. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * Exchange exchange = TestExchange.get("/orders").header("Authorization", "Basic dTpw");
 * }</pre>
 */
public record TestExchange(
        String method,
        String rawPath,
        @Nullable String rawQuery,
        List<Field> fields,
        InetAddress peer,
        InetAddress client,
        boolean secure,
        @Nullable String host,
        String requestId,
        String route,
        Body body)
        implements Exchange {

    /** One field line. */
    public record Field(String name, String value) {}

    /** Copies the fields. */
    public TestExchange {
        fields = List.copyOf(fields);
    }

    /** A GET over TLS from 192.0.2.1 to {@code api.example.com}. */
    public static TestExchange get(String target) {
        return of("GET", target);
    }

    /** A request over TLS from 192.0.2.1 to {@code api.example.com}. */
    public static TestExchange of(String method, String target) {
        int query = target.indexOf('?');
        InetAddress address = address("192.0.2.1");
        return new TestExchange(
                method,
                query < 0 ? target : target.substring(0, query),
                query < 0 ? null : target.substring(query + 1),
                List.of(),
                address,
                address,
                true,
                "api.example.com",
                UUID.nameUUIDFromBytes(new byte[] {1}).toString(),
                "",
                Body.of(new byte[0]));
    }

    /** Adds a field line, also if there is one of this name. */
    public TestExchange header(String name, String value) {
        List<Field> changed = new ArrayList<>(fields);
        changed.add(new Field(name, value));
        return withFields(changed);
    }

    /** Replaces every field line of this name by this one. */
    public TestExchange onlyHeader(String name, String value) {
        List<Field> changed = new ArrayList<>(fields);
        changed.removeIf(field -> field.name().equalsIgnoreCase(name));
        changed.add(new Field(name, value));
        return withFields(changed);
    }

    /** The socket's other end and, with it, the client. */
    public TestExchange from(String address) {
        InetAddress from = address(address);
        return new TestExchange(method, rawPath, rawQuery, fields, from, from, secure, host, requestId, route, body);
    }

    /** The client behind a trusted proxy; the peer stays. */
    public TestExchange client(String address) {
        return new TestExchange(
                method, rawPath, rawQuery, fields, peer, address(address), secure, host, requestId, route, body);
    }

    /** The same request without TLS. */
    public TestExchange cleartext() {
        return new TestExchange(method, rawPath, rawQuery, fields, peer, client, false, host, requestId, route, body);
    }

    /** Another {@code Host}, or none. */
    public TestExchange host(@Nullable String changed) {
        return new TestExchange(
                method, rawPath, rawQuery, fields, peer, client, secure, changed, requestId, route, body);
    }

    /** What the adapter knows of the route. */
    public TestExchange route(String changed) {
        return new TestExchange(
                method, rawPath, rawQuery, fields, peer, client, secure, host, requestId, changed, body);
    }

    /** With this content. */
    public TestExchange content(byte[] bytes) {
        return content(Body.of(bytes));
    }

    /** With this content. */
    public TestExchange content(Body changed) {
        return new TestExchange(
                method, rawPath, rawQuery, fields, peer, client, secure, host, requestId, route, changed);
    }

    /** The {@code Host} field, or what {@link #host(String)} says. */
    @Override
    public @Nullable String authority() {
        List<String> hosts = headers("Host");
        return hosts.isEmpty() ? host : hosts.size() == 1 ? hosts.get(0) : null;
    }

    @Override
    public Iterable<String> headerNames() {
        return fields.stream().map(Field::name).toList();
    }

    @Override
    public List<String> headers(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    private TestExchange withFields(List<Field> changed) {
        return new TestExchange(method, rawPath, rawQuery, changed, peer, client, secure, host, requestId, route, body);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
