package dev.countersign.gate;

import dev.countersign.Exchange;
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
    private final AtomicBoolean warned = new AtomicBoolean();

    TransportCheck(GateSettings settings, Set<String> carriers) {
        this.settings = settings;
        this.carriers = carriers;
    }

    /** Whether credentials may be asked for and accepted on this channel. */
    boolean accepts(Exchange exchange) {
        if (exchange.secure() || settings.https() == GateSettings.Https.FALSE || settings.cleartextAllowed()) {
            return true;
        }
        return settings.https() == GateSettings.Https.TRUE && isLaptop(exchange);
    }

    /** Whether any field that carries credentials of a configured scheme is there. */
    boolean carriesCredential(Exchange exchange) {
        for (String carrier : carriers) {
            if (!exchange.headers(carrier).isEmpty()) {
                return true;
            }
        }
        return false;
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

    private static boolean isLoopback(@Nullable String host) {
        if (host == null) {
            return false;
        }
        return host.equalsIgnoreCase("localhost")
                || host.equals("[::1]")
                || host.equals("::1")
                || host.equals("[0:0:0:0:0:0:0:1]")
                || isLoopbackIpv4(host);
    }

    /** 127.0.0.0/8 in four plain decimal parts: {@code 127.evil.example} is a name, not an address. */
    private static boolean isLoopbackIpv4(String host) {
        if (!host.startsWith("127.") || host.length() > 15) {
            return false;
        }
        int dots = 0;
        int digits = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.') {
                if (digits == 0) {
                    return false;
                }
                dots++;
                digits = 0;
            } else if (c >= '0' && c <= '9' && digits < 3) {
                digits++;
            } else {
                return false;
            }
        }
        return dots == 3 && digits > 0;
    }
}
