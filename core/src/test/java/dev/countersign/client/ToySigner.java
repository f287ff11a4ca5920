package dev.countersign.client;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Says in one field what it saw, and how often it was asked. */
final class ToySigner implements RequestSigner {
    static final String FIELD = "X-Signed";

    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public OutgoingRequest sign(OutgoingRequest request) {
        return request.onlyHeader(
                FIELD,
                asked.incrementAndGet() + " "
                        + seen(
                                request.method(),
                                request.rawPath()
                                        + request.rawQuery()
                                                .map(query -> "?" + query)
                                                .orElse(""),
                                request.authority(),
                                String.join("|", request.headers("Content-Type")),
                                new String(request.body(), StandardCharsets.UTF_8)));
    }

    static String seen(String method, String target, String authority, String type, String body) {
        return String.join(" ", method, target, authority, type, Integer.toHexString(body.hashCode()));
    }

    /** What this signer would have said of what arrived. */
    static String seen(EchoServer.Arrived arrived) {
        return seen(
                arrived.method(), arrived.target(), arrived.host(), String.join("|", arrived.type()), arrived.body());
    }
}
