package dev.countersign.scheme.webhook;

import dev.countersign.Body;
import dev.countersign.Exchange;
import dev.countersign.TestExchange;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request to an application below a context path. */
record InContext(TestExchange request, String contextPath) implements Exchange {
    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String rawPath() {
        return request.rawPath();
    }

    @Override
    public @Nullable String rawQuery() {
        return request.rawQuery();
    }

    @Override
    public List<String> headers(String name) {
        return request.headers(name);
    }

    @Override
    public Iterable<String> headerNames() {
        return request.headerNames();
    }

    @Override
    public InetAddress peer() {
        return request.peer();
    }

    @Override
    public InetAddress client() {
        return request.client();
    }

    @Override
    public boolean secure() {
        return request.secure();
    }

    @Override
    public @Nullable String host() {
        return request.host();
    }

    @Override
    public Body body() {
        return request.body();
    }

    @Override
    public String requestId() {
        return request.requestId();
    }
}
