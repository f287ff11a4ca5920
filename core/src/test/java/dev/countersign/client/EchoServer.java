package dev.countersign.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what arrives, and answers as it is told. */
final class EchoServer implements AutoCloseable {
    /** What answers a request. */
    @FunctionalInterface
    interface Answer {
        void write(HttpExchange exchange) throws IOException;
    }

    /** A request as it arrived. */
    record Arrived(String method, String target, String host, List<String> signed, List<String> type, String body) {}

    private final HttpServer server;
    private final List<Arrived> arrived = new CopyOnWriteArrayList<>();

    EchoServer(Answer answer) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            arrived.add(new Arrived(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    String.join("|", exchange.getRequestHeaders().get("Host")),
                    exchange.getRequestHeaders().getOrDefault(ToySigner.FIELD, List.of()),
                    exchange.getRequestHeaders().getOrDefault("Content-Type", List.of()),
                    new String(body, StandardCharsets.UTF_8)));
            answer.write(exchange);
            exchange.close();
        });
        server.start();
    }

    static EchoServer answering(int status) throws IOException {
        return new EchoServer(exchange -> exchange.sendResponseHeaders(status, -1));
    }

    URI uri(String target) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + target);
    }

    List<Arrived> arrived() {
        return arrived;
    }

    Arrived only() {
        if (arrived.size() != 1) {
            throw new AssertionError(arrived.size() + " requests arrived");
        }
        return arrived.get(0);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
