package dev.countersign.it.wars;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.countersign.it.RawHttp;
import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Wars;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URL;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Sends content with a digest to a WAR whose scheme checks that. */
final class SignedBodies {
    /** The most content that is kept. */
    static final int MAX = 256 * 1024;

    /** The most content that is kept in memory. */
    static final int MEMORY = 64 * 1024;

    private static final int TIMEOUT_MILLIS = 30_000;

    private final RawHttp http;

    private SignedBodies(RawHttp http) {
        this.http = http;
    }

    static SignedBodies at(URL base) {
        return new SignedBodies(RawHttp.to(base));
    }

    /** A WAR with these packages. */
    static WebArchive war(String name, String... packages) {
        WebArchive war = Wars.async(Wars.with(name, packages), "dev.countersign.it.wars.signed.Api");
        return Configured.settings(Configured.withKeys(war), """
                        countersign.schemes = digest, key
                        countersign.scheme.key.type = api-key
                        countersign.scheme.key.prefixes = sk_it_
                        countersign.scheme.key.store = file:WEB-INF/keys.properties
                        countersign.body.max = 256 KiB
                        countersign.body.memory = 64 KiB
                        countersign.paths.files.pattern = /files
                        countersign.paths.files.require = permit
                        """)
                .addAsServiceProvider(
                        "dev.countersign.scheme.SchemeFactory", "dev.countersign.it.wars.signed.DigestSchemeFactory");
    }

    RawHttp http() {
        return http;
    }

    /** Bytes of every value. */
    static byte[] content(int length) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (i * 7 + (i >> 8));
        }
        return content;
    }

    /** The field that tells of this content. */
    static String digest(byte[] content) {
        try {
            return "X-Body-Sha256: "
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends content with its digest. */
    RawResponse post(String path, byte[] content, String... lines) throws IOException {
        return send("POST", path, content, lines);
    }

    /** Sends content with its digest. */
    RawResponse send(String method, String path, byte[] content, String... lines) throws IOException {
        return http.request(method, path, content, with(lines, digest(content)));
    }

    /** Sends text with its digest. */
    RawResponse post(String path, String type, String content, String... lines) throws IOException {
        return post(path, content.getBytes(ISO_8859_1), with(lines, "Content-Type: " + type));
    }

    /** Sends content in chunks, with its digest. */
    RawResponse chunked(String path, byte[] content, int chunk, String... lines) throws IOException {
        return http.send(chunks(path, content, chunk, "", with(lines, digest(content))));
    }

    /** A whole request in chunks. */
    byte[] chunks(String path, byte[] content, int chunk, String trailer, String... lines) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(head("POST", path, with(lines, "Transfer-Encoding: chunked")));
        for (int at = 0; at < content.length; at += chunk) {
            int length = Math.min(chunk, content.length - at);
            request.write((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
            request.write(content, at, length);
            request.write("\r\n".getBytes(ISO_8859_1));
        }
        request.write(("0\r\n" + trailer + "\r\n").getBytes(ISO_8859_1));
        return request.toByteArray();
    }

    /** The head of a request, with a Host field unless one of the lines is one. */
    byte[] head(String method, String path, String... lines) {
        StringBuilder head =
                new StringBuilder(method + " " + http.context() + path + " HTTP/1.1\r\nConnection: close\r\n");
        boolean host = false;
        for (String line : lines) {
            head.append(line).append("\r\n");
            host |= line.startsWith("Host:");
        }
        if (!host) {
            head.append("Host: ").append(http.host()).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    static String[] with(String[] lines, String line) {
        String[] all = java.util.Arrays.copyOf(lines, lines.length + 1);
        all[lines.length] = line;
        return all;
    }

    /** How many temporary files there are, when no request has any left: an answer may be there before its request ends. */
    String filesAtLast() throws IOException {
        String files = "";
        for (int i = 0; i < 500 && !files.equals("0 open, 0 named"); i++) {
            files = http.get("/files").text();
        }
        return files;
    }

    private Socket connect() throws IOException {
        String host = http.host();
        int colon = host.lastIndexOf(':');
        Socket socket = new Socket(host.substring(0, colon), Integer.parseInt(host.substring(colon + 1)));
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    /** Sends the head, and the content when the server asks for it; what the server said first, and its status at last. */
    String expecting(byte[] head, byte[] content) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(head);
            socket.getOutputStream().flush();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String first = line(in);
            if (!first.contains(" 100")) {
                return first;
            }
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                // Fields of the interim answer.
            }
            socket.getOutputStream().write(content);
            socket.getOutputStream().flush();
            return first + ", " + line(in);
        }
    }

    /** Sends this and nothing more, and gives what the server says to that. */
    String cutOff(byte[] request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return line(socket.getInputStream());
        }
    }

    /** Sends this and is gone. */
    void abandon(byte[] request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
        }
    }

    /** What came for content without an end. */
    record Endless(String answer, long sent) {}

    /** Sends chunks until an answer comes. */
    Endless endless(String path, String... lines) throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(head("POST", path, with(lines, "Transfer-Encoding: chunked")));
            byte[] chunk = ("4000\r\n" + "x".repeat(0x4000) + "\r\n").getBytes(ISO_8859_1);
            long[] sent = new long[1];
            Thread sending = new Thread(
                    () -> {
                        try {
                            while (!Thread.currentThread().isInterrupted()) {
                                out.write(chunk);
                                sent[0] += chunk.length;
                            }
                        } catch (IOException e) {
                            // The server has had enough.
                        }
                    },
                    "endless");
            sending.start();
            RawResponse response;
            try {
                response = RawHttp.read(socket.getInputStream());
            } finally {
                sending.interrupt();
                // Ends a write that waits for the server.
                socket.shutdownInput();
                socket.shutdownOutput();
                sending.join();
            }
            return new Endless(response.toString(), sent[0]);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
