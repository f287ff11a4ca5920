package dev.countersign.gate;

import dev.countersign.Exchange;
import dev.countersign.http.AddressLiteral;
import dev.countersign.http.Ascii;
import dev.countersign.http.QueryCredentials;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a request came over a channel that credentials may travel on (R35). */
final class TransportCheck {
    private static final Logger LOG = LoggerFactory.getLogger(TransportCheck.class);

    private final GateSettings settings;
    private final Set<String> carriers;
    private final QueryCredentials queryCarriers;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * @param carriers fields that carry credentials, in lower case
     * @param queryCarriers parameters that do
     */
    TransportCheck(GateSettings settings, Set<String> carriers, Set<String> queryCarriers) {
        this.settings = settings;
        this.carriers = carriers;
        this.queryCarriers = QueryCredentials.of(queryCarriers, Set.of());
    }

    /** Whether credentials may be asked for and accepted on this channel. */
    boolean accepts(Exchange exchange) {
        if (exchange.secure() || settings.https() == GateSettings.Https.FALSE || settings.cleartextAllowed()) {
            return true;
        }
        return settings.https() == GateSettings.Https.TRUE && isLaptop(exchange);
    }

    /** Whether any field or parameter that carries credentials of a configured scheme is there. */
    boolean carriesCredential(Exchange exchange) {
        for (String carrier : carriers) {
            if (!exchange.headers(carrier).isEmpty()) {
                return true;
            }
        }
        return queryCarriers.presentIn(exchange.rawQuery());
    }

    /** The one exemption, so that a first try on a developer's machine works: both ends are here, and nothing between. */
    private boolean isLaptop(Exchange exchange) {
        if (settings.proxiesTrusted() || !exchange.peer().isLoopbackAddress() || !isLoopback(exchange.host())) {
            return false;
        }
        for (String name : exchange.headerNames()) {
            if (isProxyTrace(name)) {
                return false;
            }
        }
        if (warned.compareAndSet(false, true)) {
            LOG.warn("Plain HTTP is accepted from this machine to itself, because countersign.require-https is true and"
                    + " not always; any other request needs HTTPS");
        }
        return true;
    }

    private static boolean isProxyTrace(String name) {
        return name.regionMatches(true, 0, "X-Forwarded-", 0, "X-Forwarded-".length())
                || name.equalsIgnoreCase("Forwarded")
                || name.equalsIgnoreCase("X-Real-IP")
                || name.equalsIgnoreCase("Via");
    }

    /** Whether the host is {@code localhost} or a loopback literal; {@code 127.evil.example} is a name, not an address. */
    private static boolean isLoopback(@Nullable String host) {
        if (host == null) {
            return false;
        }
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return Ascii.equalsIgnoreCase(host, "localhost")
                || AddressLiteral.parse(bracketed ? host.substring(1, host.length() - 1) : host)
                        .filter(InetAddress::isLoopbackAddress)
                        .isPresent();
    }
}
