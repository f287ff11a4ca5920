package dev.countersign.servlet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sends exactly the bytes it is told to, and reads one answer. */
public final class RawHttp {
    private RawHttp() {}

    /**
     * One answer.
     *
     * @param fields those of the head, then those of the trailer
     */
    public record Answer(int status, List<String> fields, String body) {
        /** The values of a field, one entry a line. */
        public List<String> values(String name) {
            List<String> values = new ArrayList<>();
            for (String field : fields) {
                int colon = field.indexOf(':');
                if (colon > 0 && field.substring(0, colon).equalsIgnoreCase(name)) {
                    values.add(field.substring(colon + 1).strip());
                }
            }
            return values;
        }
    }

    /** Sends one request; {@code fields} are lines such as {@code Origin: https://a.example} */
    public static Answer send(int port, String method, String target, String... fields) throws IOException {
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return parse(readAll(socket.getInputStream(), method.equals("HEAD")));
        }
    }

    /** Reads to the end of the answer, which need not be that of the connection: the server may wait for a body. */
    private static String readAll(InputStream in, boolean head) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0) {
            bytes.write(next);
            if (next == '\n' || bytes.size() % 16 == 0 || in.available() == 0) {
                String text = bytes.toString(StandardCharsets.ISO_8859_1);
                int end = text.indexOf("\r\n\r\n");
                int length = end < 0 ? -1 : contentLength(text.substring(0, end));
                if (length >= 0 && (head || bytes.size() >= end + 4 + length)) {
                    return text;
                }
            }
            next = in.read();
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static int contentLength(String fields) {
        for (String field : fields.split("\r\n", -1)) {
            if (field.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                return Integer.parseInt(
                        field.substring("content-length:".length()).strip());
            }
        }
        return -1;
    }

    private static Answer parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IllegalStateException("No answer: " + text);
        }
        List<String> lines = List.of(text.substring(0, end).split("\r\n", -1));
        int status = Integer.parseInt(lines.get(0).substring(9, 12));
        List<String> fields = new ArrayList<>(lines.subList(1, lines.size()));
        String body = text.substring(end + 4);
        boolean chunked = fields.stream()
                .anyMatch(f -> f.toLowerCase(Locale.ROOT).replace(" ", "").equals("transfer-encoding:chunked"));
        return new Answer(status, fields, chunked ? unchunked(body, fields) : body);
    }

    private static String unchunked(String body, List<String> trailer) {
        StringBuilder whole = new StringBuilder();
        int at = 0;
        while (at < body.length()) {
            int line = body.indexOf("\r\n", at);
            if (line < 0) {
                return whole.append("<cut>").toString();
            }
            int size = Integer.parseInt(body.substring(at, line), 16);
            if (size == 0) {
                trailer.addAll(List.of(body.substring(line + 2).split("\r\n", -1)));
                return whole.toString();
            }
            whole.append(body, line + 2, Math.min(body.length(), line + 2 + size));
            at = line + 2 + size + 2;
        }
        return whole.append("<cut>").toString();
    }
}
