package dev.countersign.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The first requests of all, sent at once to a server that has just started. */
final class FirstRequests {
    /** How often each status was the answer. */
    record Answers(String name, Map<Integer, Integer> statuses, int right) {}

    static final int CLIENTS = 64;

    private final Path root;
    private final Path folder;
    private final Credentials credentials;

    FirstRequests(Path root, Path folder, Credentials credentials) {
        this.root = root;
        this.folder = folder;
        this.credentials = credentials;
    }

    /** Starts a variant and asks it. */
    Answers ask(Case variant) throws IOException, InterruptedException, ExecutionException {
        WorkerProcess.Jvm cold = WorkerProcess.Jvm.own().cold();
        try (WorkerProcess worker = WorkerProcess.start(root, folder, variant, credentials, cold)) {
            int port = worker.port();
            byte[] bytes = variant.request();
            CountDownLatch connected = new CountDownLatch(CLIENTS);
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                answers.add(clients.submit(() -> status(port, bytes, connected)));
            }
            Map<Integer, Integer> statuses = new TreeMap<>();
            for (Future<Integer> answer : answers) {
                statuses.merge(answer.get(), 1, Integer::sum);
            }
            clients.shutdown();
            return new Answers(variant.name(), statuses, statuses.getOrDefault(variant.status(), 0));
        }
    }

    private static int status(int port, byte[] request, CountDownLatch connected)
            throws IOException, InterruptedException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            connected.countDown();
            connected.await();
            socket.getOutputStream().write(request);
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1)).readLine();
            return line == null ? 0 : Integer.parseInt(line.split(" ", -1)[1]);
        }
    }
}
