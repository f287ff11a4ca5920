package dev.countersign.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client of its own process, which runs on a JDK with virtual threads: opens all connections, then sends a request on each at
 * once, and prints how many of the answers were right. Arguments: port, connections, file with the request, status.
 */
final class ConnectionsAtOnce {
    private ConnectionsAtOnce() {}

    /** Ends when every connection has got its answer. */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        int connections = Integer.parseInt(args[1]);
        byte[] request = Files.readAllBytes(Path.of(args[2]));
        String right = "HTTP/1.1 " + args[3] + " ";
        CountDownLatch connected = new CountDownLatch(connections);
        AtomicInteger good = new AtomicInteger();
        ExecutorService clients = virtualThreads();
        for (int i = 0; i < connections; i++) {
            clients.execute(() -> {
                try {
                    if (answer(port, request, connected).startsWith(right)) {
                        good.incrementAndGet();
                    }
                } catch (IOException | InterruptedException e) {
                    System.err.println(e);
                }
            });
        }
        clients.shutdown();
        clients.awaitTermination(5, TimeUnit.MINUTES);
        System.out.println(good);
    }

    private static String answer(int port, byte[] request, CountDownLatch connected)
            throws IOException, InterruptedException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            connected.countDown();
            connected.await();
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    /** What a JDK before 21 has no method for, and this is compiled for 17. */
    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }
}
