package dev.countersign.it.signers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.it.signers.Message.Field;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The curl of this machine. */
final class Curl {
    private static final int PATIENCE = 20;

    private Curl() {}

    /** The last answer to a request: status line, fields and body, with lines ended by LF. */
    static String answer(String... arguments) throws IOException, InterruptedException {
        String output = run(arguments);
        return output.substring(Math.max(0, output.lastIndexOf("HTTP/1.1 ")));
    }

    /**
     * The request that curl would send to this port of localhost, which goes to a listener instead that answers 204.
     *
     * @param arguments with a URL at that port
     */
    static Message sent(int port, String... arguments)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE));
            CompletableFuture<Message> request = CompletableFuture.supplyAsync(() -> {
                try (Socket socket = listener.accept()) {
                    Message message = read(socket.getInputStream());
                    socket.getOutputStream()
                            .write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
                    return message;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            List<String> all = new ArrayList<>(
                    List.of("--connect-to", "localhost:" + port + ":127.0.0.1:" + listener.getLocalPort()));
            all.addAll(List.of(arguments));
            run(all.toArray(String[]::new));
            return request.get(PATIENCE, TimeUnit.SECONDS);
        }
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("curl", "-q", "-s", "-S", "-i", "--noproxy", "*", "-m", "" + PATIENCE));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).replace("\r", "");
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed:\n" + output);
        }
        return output;
    }

    private static Message read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The connection ended after: " + head);
            }
            head.append((char) next);
        }
        List<String> lines = head.toString().lines().toList();
        String[] start = lines.get(0).split(" ", -1);
        List<Field> fields = new ArrayList<>();
        for (String line : lines.subList(1, lines.size() - 1)) {
            int colon = line.indexOf(':');
            fields.add(new Field(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        Message message = new Message(start[0], start[1], fields, "");
        return message.has("Content-Length")
                ? message.withBody(
                        new String(in.readNBytes(Integer.parseInt(message.field("Content-Length"))), ISO_8859_1))
                : message;
    }
}
