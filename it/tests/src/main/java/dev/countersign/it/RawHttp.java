package dev.countersign.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 to the byte: sends what it is given and nothing else, and gives back field lines as they came. One connection
 * per call. Text is ISO-8859-1 both ways, so that each char is one byte; {@link RawResponse#text()} alone is UTF-8.
 */
public final class RawHttp {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final String host;
    private final int port;
    private final String context;

    private final String from;

    private RawHttp(String host, int port, String context, String from) {
        this.host = host;
        this.port = port;
        this.context = context;
        this.from = from;
    }

    /**
     * A client of one deployment.
     *
     * @param base the URL of a deployment, such as {@code http://127.0.0.1:8080/main/}
     */
    public static RawHttp to(URL base) {
        try {
            URI uri = base.toURI();
            String path = uri.getRawPath();
            return new RawHttp(
                    uri.getHost(), uri.getPort(), path.endsWith("/") ? path.substring(0, path.length() - 1) : path, "");
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * The same client at another address of this machine, which the server sees as its peer.
     *
     * @param address of 127.0.0.0/8, all of which are this machine's on Linux
     */
    public RawHttp from(String address) {
        return new RawHttp(host, port, context, address);
    }

    /** The path of the deployment without a slash at its end, such as {@code /main}. */
    public String context() {
        return context;
    }

    /** The value of a right Host field. */
    public String host() {
        return host + ":" + port;
    }

    /**
     * Sends GET with a Host field, {@code Connection: close} and these field lines.
     *
     * @param path appended as it is to the path of the deployment
     * @param lines such as {@code "Authorization: Basic dTpw"}, without line end
     */
    public RawResponse get(String path, String... lines) throws IOException {
        return request("GET", path, null, lines);
    }

    /**
     * Sends a request with a Host field, {@code Connection: close}, a Content-Length if there is a body, and these field
     * lines.
     */
    public RawResponse request(String method, String path, byte @Nullable [] body, String... lines) throws IOException {
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(context)
                .append(path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(host())
                .append("\r\nConnection: close\r\n");
        if (body != null) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        for (String line : lines) {
            head.append(line).append("\r\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(head.append("\r\n").toString().getBytes(ISO_8859_1));
        if (body != null) {
            bytes.write(body);
        }
        return send(bytes.toByteArray());
    }

    /** Sends these bytes, and gives the first response that is not a 1xx one. */
    public RawResponse send(byte[] request) throws IOException {
        try (Socket socket = connect()) {
            return exchange(socket, request, isHead(request));
        }
    }

    /**
     * Sends these bytes, and gives every response up to the end of the connection, for requests in a row on one
     * connection. Only the first of them may be a HEAD, and the last must ask for the connection to be closed.
     */
    public List<RawResponse> sendAll(byte[] requests) throws IOException {
        List<RawResponse> responses = new ArrayList<>();
        try (Socket socket = connect()) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            write(socket, requests);
            boolean head = isHead(requests);
            while (true) {
                in.mark(1);
                if (in.read() < 0) {
                    return responses;
                }
                in.reset();
                responses.add(RawResponse.read(in, head));
                head = false;
            }
        }
    }

    /** Reads one response, for a test that writes to a socket itself. */
    public static RawResponse read(InputStream in) throws IOException {
        return RawResponse.read(new BufferedInputStream(in), false);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        if (!from.isEmpty()) {
            socket.bind(new InetSocketAddress(from, 0));
        }
        socket.connect(new InetSocketAddress(host, port), (int) TIMEOUT.toMillis());
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        return socket;
    }

    private static RawResponse exchange(Socket socket, byte[] request, boolean head) throws IOException {
        IOException unsent = null;
        try {
            write(socket, request);
        } catch (IOException e) {
            // A server that refuses content answers, and closes the connection, before all of it was sent.
            unsent = e;
        }
        try {
            if (unsent == null
                    && new String(request, ISO_8859_1).startsWith("CONNECT ")
                    && Server.current().waitsAfterConnect()) {
                socket.shutdownOutput();
            }
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                RawResponse response = RawResponse.read(in, head);
                if (response.status() >= 200) {
                    return response;
                }
            }
        } catch (IOException e) {
            if (unsent != null) {
                e.addSuppressed(unsent);
            }
            throw e;
        }
    }

    private static void write(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    private static boolean isHead(byte[] request) {
        return new String(request, ISO_8859_1).startsWith("HEAD ");
    }

    /** A response as it came. */
    public static final class RawResponse {

        private final int status;
        private final List<String> lines;
        private final byte[] body;

        private RawResponse(int status, List<String> lines, byte[] body) {
            this.status = status;
            this.lines = List.copyOf(lines);
            this.body = body;
        }

        /** The status code. */
        public int status() {
            return status;
        }

        /** The field lines in order, each as {@code Name: value} with its own spelling. */
        public List<String> lines() {
            return lines;
        }

        /** The values of the lines of this field in order, not joined and not split; empty if there is none. */
        public List<String> header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return lines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .toList();
        }

        /** The body without its framing. */
        public byte[] body() {
            return body.clone();
        }

        /** The body as UTF-8. */
        public String text() {
            return new String(body, UTF_8);
        }

        @Override
        public String toString() {
            return status + "\n" + String.join("\n", lines) + "\n\n" + text();
        }

        private static RawResponse read(InputStream in, boolean head) throws IOException {
            String statusLine = line(in);
            if (statusLine.length() < 12 || !statusLine.startsWith("HTTP/1.")) {
                throw new IOException("no status line: " + statusLine);
            }
            int status = Integer.parseInt(statusLine.substring(9, 12));
            List<String> lines = new ArrayList<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                lines.add(line);
            }
            RawResponse bare = new RawResponse(status, lines, new byte[0]);
            if (head || status < 200 || status == 204 || status == 304) {
                return bare;
            }
            return new RawResponse(status, lines, body(in, bare));
        }

        private static byte[] body(InputStream in, RawResponse response) throws IOException {
            if (response.header("Transfer-Encoding").stream().anyMatch("chunked"::equalsIgnoreCase)) {
                return chunks(in);
            }
            List<String> length = response.header("Content-Length");
            return length.isEmpty() ? in.readAllBytes() : exactly(in, Integer.parseInt(length.get(0)));
        }

        private static byte[] chunks(InputStream in) throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            while (true) {
                String size = line(in);
                int extension = size.indexOf(';');
                int length = Integer.parseInt(
                        extension < 0
                                ? size.strip()
                                : size.substring(0, extension).strip(),
                        16);
                if (length == 0) {
                    for (String trailer = line(in); !trailer.isEmpty(); trailer = line(in)) {
                        // Trailers say nothing that a test asks for.
                    }
                    return body.toByteArray();
                }
                body.write(exactly(in, length));
                line(in);
            }
        }

        private static byte[] exactly(InputStream in, int length) throws IOException {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException("body ends after " + bytes.length + " of " + length + " bytes");
            }
            return bytes;
        }

        private static String line(InputStream in) throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new EOFException("connection ends after: " + line.toString(ISO_8859_1));
                }
                if (next != '\r') {
                    line.write(next);
                }
            }
            return line.toString(ISO_8859_1);
        }
    }
}
