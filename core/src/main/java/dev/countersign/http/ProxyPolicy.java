package dev.countersign.http;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which proxies are believed, and which of their header fields.
 *
 * <p>The walk starts at the peer. While the current address is a trusted proxy, the next entry from the right is the
 * next address; the walk ends at the first address that is not trusted, or before the first entry that cannot be read,
 * and after {@value #MAX_ENTRIES} entries. Only the field of the mode is read; there are no aliases. Names are never
 * looked up.
 *
 * <p>Whether the client used TLS is what the last trusted proxy of that walk says: in {@code Forwarded}, {@code proto}
 * of the entry at which the walk ended; in {@code X-Forwarded-Proto}, the value at the same place from the right, or the
 * only value. Where it says nothing, the connection to the peer counts; where it cannot be read, or says anything but
 * {@code https}, the client did not.
 *
 * @param trusted the addresses of the proxies
 * @param mode which field they set
 */
public record ProxyPolicy(CidrList trusted, Mode mode) {
    /** Which field tells of the client. */
    public enum Mode {
        /** None: the peer is the client. */
        NONE,
        /** {@code X-Forwarded-For} and {@code X-Forwarded-Proto}. */
        X_FORWARDED,
        /** {@code Forwarded} (RFC 7239). */
        FORWARDED
    }

    /** Nobody is believed: the peer is the client. */
    public static final ProxyPolicy NONE = new ProxyPolicy(CidrList.NONE, Mode.NONE);

    private static final int MAX_ENTRIES = 64;

    /**
     * Finds the client.
     *
     * @param peer the address of the socket's other end
     * @param secure whether the connection to the peer is protected by TLS
     * @param headers gives the values of the field lines of a name, in order, one entry per line; empty if there are
     *     none
     */
    public Origin resolve(InetAddress peer, boolean secure, Function<String, List<String>> headers) {
        InetAddress normalPeer = AddressLiteral.normalised(peer);
        if (mode == Mode.NONE || !trusted.contains(normalPeer)) {
            return new Origin(normalPeer, secure);
        }
        return mode == Mode.FORWARDED
                ? forwarded(normalPeer, secure, headers.apply("Forwarded"))
                : xForwarded(normalPeer, secure, headers.apply("X-Forwarded-For"), headers.apply("X-Forwarded-Proto"));
    }

    private Origin xForwarded(InetAddress peer, boolean secure, List<String> forLines, List<String> protoLines) {
        List<String> entries = ListElements.fromRight(forLines, false, MAX_ENTRIES);
        InetAddress client = peer;
        int last = 0;
        for (int i = 0; i < entries.size() && trusted.contains(client); i++) {
            last = i;
            InetAddress next = AddressLiteral.withPort(entries.get(i));
            if (next == null) {
                break;
            }
            client = next;
        }
        List<String> protos = ListElements.fromRight(protoLines, false, MAX_ENTRIES);
        if (protos.isEmpty()) {
            return new Origin(client, secure);
        }
        // A proxy either sets one value or adds one for each hop; with fewer values than hops nobody vouches for ours.
        int place = protos.size() == 1 ? 0 : last;
        return new Origin(client, place < protos.size() && isHttps(protos.get(place)));
    }

    private Origin forwarded(InetAddress peer, boolean secure, List<String> lines) {
        List<String> elements = ListElements.fromRight(lines, true, MAX_ENTRIES);
        InetAddress client = peer;
        boolean clientSecure = secure;
        for (int i = 0; i < elements.size() && trusted.contains(client); i++) {
            ForwardedElement element = ForwardedElement.parse(elements.get(i));
            if (element == null) {
                return new Origin(client, false);
            }
            clientSecure = element.proto() == null ? secure : isHttps(element.proto());
            InetAddress next = address(element.client());
            if (next == null) {
                break;
            }
            client = next;
        }
        return new Origin(client, clientSecure);
    }

    private static @Nullable InetAddress address(@Nullable String node) {
        return node == null ? null : AddressLiteral.node(node);
    }

    private static boolean isHttps(String proto) {
        return Ascii.equalsIgnoreCase(proto, "https");
    }
}
