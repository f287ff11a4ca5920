package dev.countersign.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Requests served by virtual threads, on a JDK that has them: very many at once to a server that has just started, and the CPU
 * time of a warm one against platform threads.
 */
final class VirtualThreads {
    /**
     * How many answers were right; how often a thread was pinned while the server was cold, and when all were asked again; and
     * CPU time on virtual threads by that on platform ones.
     */
    record Result(String name, int connections, int right, long pinnedCold, long pinnedWarm, double cost) {}

    private static final int AT_ONCE = 10_000;
    private static final int CONNECTIONS = 8;
    /** Standard output belongs to the answers, not to what the JVM says of its recording. */
    private static final List<String> RECORDING =
            List.of("-Xlog:disable", "-XX:StartFlightRecording:jdk.VirtualThreadPinned#threshold=0ms");
    /** So many connections take more memory than the others have. */
    private static final String MEMORY = "-Xmx2g";

    private final Path root;
    private final Path folder;
    private final Credentials credentials;
    private final String java;
    private final int warmUp;
    private final int seconds;
    private final int rounds;

    /** With windows of so many seconds on the JDK in the folder {@code jdk}. */
    VirtualThreads(Path root, Path folder, Credentials credentials, Path jdk, int warmUp, int seconds, int rounds) {
        this.root = root;
        this.folder = folder;
        this.credentials = credentials;
        this.java = jdk.resolve("bin").resolve("java").toString();
        this.warmUp = warmUp;
        this.seconds = seconds;
        this.rounds = rounds;
    }

    /** Measures one variant. */
    Result measure(Case variant) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of(MEMORY));
        options.addAll(RECORDING);
        WorkerProcess.Jvm cold = new WorkerProcess.Jvm(java, options, true, true);
        int right;
        long pinnedCold;
        long pinnedWarm;
        try (WorkerProcess worker = WorkerProcess.start(root, folder, variant, credentials, cold)) {
            right = atOnce(worker);
            Instant between = Instant.now();
            right = Math.min(right, atOnce(worker));
            Path recording = folder.resolve(variant.name() + ".jfr");
            worker.dumpRecording(recording);
            List<Instant> pinned = RecordingFile.readAllEvents(recording).stream()
                    .filter(event -> event.getEventType().getName().equals("jdk.VirtualThreadPinned"))
                    .map(RecordedEvent::getStartTime)
                    .toList();
            pinnedCold = pinned.stream().filter(between::isAfter).count();
            pinnedWarm = pinned.size() - pinnedCold;
        }
        return new Result(variant.name(), AT_ONCE, right, pinnedCold, pinnedWarm, cost(variant));
    }

    private int atOnce(WorkerProcess worker) throws IOException, InterruptedException {
        Case variant = worker.variant();
        Path file = folder.resolve(variant.name() + ".request");
        Files.write(file, variant.request());
        Process client = new ProcessBuilder(
                        java,
                        MEMORY,
                        "-cp",
                        WorkerProcess.classPath(),
                        ConnectionsAtOnce.class.getName(),
                        String.valueOf(worker.port()),
                        String.valueOf(AT_ONCE),
                        file.toString(),
                        String.valueOf(variant.status()))
                .redirectError(folder.resolve(variant.name() + "-client.log").toFile())
                .start();
        String answer = new String(client.getInputStream().readAllBytes(), UTF_8).strip();
        client.waitFor();
        return answer.isEmpty() ? 0 : Integer.parseInt(answer);
    }

    private double cost(Case variant) throws IOException {
        Wrk wrk = Wrk.installed(folder);
        try (WorkerProcess virtual = start(variant, true);
                WorkerProcess platform = start(variant, false)) {
            warm(wrk, virtual);
            warm(wrk, platform);
            List<Double> ratios = new ArrayList<>();
            double before = cost(wrk, platform, seconds);
            for (int round = 0; round < rounds; round++) {
                double own = cost(wrk, virtual, seconds);
                double after = cost(wrk, platform, seconds);
                ratios.add(2 * own / (before + after));
                before = after;
            }
            return Samples.median(ratios);
        }
    }

    private WorkerProcess start(Case variant, boolean virtual) throws IOException {
        WorkerProcess.Jvm jvm = new WorkerProcess.Jvm(java, List.of(MEMORY), virtual, false);
        return WorkerProcess.start(root, folder, variant, credentials, jvm);
    }

    private void warm(Wrk wrk, WorkerProcess worker) throws IOException {
        Case variant = worker.variant();
        long warm = 0;
        while (warm < warmUp) {
            warm += wrk.start(worker.port(), variant.path(), variant.headers(), CONNECTIONS, seconds)
                    .await()
                    .requests();
        }
    }

    /** CPU time of the server's process for each request. */
    private static double cost(Wrk wrk, WorkerProcess worker, int seconds) throws IOException {
        Case variant = worker.variant();
        long before = worker.cpuNanos();
        Wrk.Load load = wrk.start(worker.port(), variant.path(), variant.headers(), CONNECTIONS, seconds)
                .await();
        return (double) (worker.cpuNanos() - before) / load.requests();
    }
}
