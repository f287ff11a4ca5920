package dev.countersign.benchmarks.steps;

import dev.countersign.Exchange;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request over TLS from this machine.
 *
 * @param fields by their names in lower case
 */
record StubExchange(Map<String, List<String>> fields) implements Exchange {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String rawPath() {
        return "/orders";
    }

    @Override
    public @Nullable String rawQuery() {
        return null;
    }

    @Override
    public List<String> headers(String name) {
        return fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public Iterable<String> headerNames() {
        return fields.keySet();
    }

    @Override
    public InetAddress peer() {
        return LOOPBACK;
    }

    @Override
    public InetAddress client() {
        return LOOPBACK;
    }

    @Override
    public boolean secure() {
        return true;
    }

    @Override
    public String host() {
        return "localhost";
    }

    @Override
    public String requestId() {
        return "1";
    }
}
