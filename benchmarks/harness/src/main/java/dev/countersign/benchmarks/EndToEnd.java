package dev.countersign.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole request over the loopback address: windows of a variant, each between two of the open endpoint, with as many
 * connections that stay open.
 */
final class EndToEnd {
    /** What a variant does as a part of what the open endpoint does at that time; medians. */
    record Ratio(String name, double throughput, double low, double high, double p50, double p99, double perSecond) {}

    private static final int CONNECTIONS = 8;
    /** More than are answered. */
    private static final int TOKENS_PER_SECOND = 40_000;

    private final Path root;
    private final Path folder;
    private final Credentials credentials;
    private final int warmUp;
    private final int seconds;
    private final int rounds;

    /** With so many requests to warm up, windows of so many seconds, and so many of each variant. */
    EndToEnd(Path root, Path folder, Credentials credentials, int warmUp, int seconds, int rounds) {
        this.root = root;
        this.folder = folder;
        this.credentials = credentials;
        this.warmUp = warmUp;
        this.seconds = seconds;
        this.rounds = rounds;
    }

    /** Measures these; the first is what the others are compared to. */
    List<Ratio> measure(List<Case> cases) throws IOException {
        Wrk wrk = Wrk.installed(folder);
        List<WorkerProcess> workers = new ArrayList<>();
        try {
            for (Case variant : cases) {
                WorkerProcess worker = WorkerProcess.start(root, folder, variant, credentials, WorkerProcess.Jvm.own());
                workers.add(worker);
                worker.requireRefusals();
                // By count, as the open endpoint has more windows than all others, and would else be the warmest.
                long warm = 0;
                while (warm < warmUp) {
                    warm += load(wrk, worker, seconds).requests();
                }
            }
            Map<WorkerProcess, List<double[]>> samples = new LinkedHashMap<>();
            WorkerProcess bare = workers.get(0);
            for (int round = 0; round < rounds; round++) {
                Wrk.Load before = load(wrk, bare, seconds);
                for (WorkerProcess worker : workers.subList(1, workers.size())) {
                    Wrk.Load own = load(wrk, worker, seconds);
                    Wrk.Load after = load(wrk, bare, seconds);
                    samples.computeIfAbsent(worker, key -> new ArrayList<>()).add(new double[] {
                        2 * own.perSecond() / (before.perSecond() + after.perSecond()),
                        2 * own.medianMicros() / (before.medianMicros() + after.medianMicros()),
                        2 * own.p99Micros() / (before.p99Micros() + after.p99Micros()),
                        own.perSecond()
                    });
                    before = after;
                }
            }
            List<Ratio> ratios = new ArrayList<>();
            samples.forEach((worker, list) -> ratios.add(new Ratio(
                    worker.variant().name(),
                    Samples.quantile(list, 0, 0.5),
                    Samples.quantile(list, 0, 0.25),
                    Samples.quantile(list, 0, 0.75),
                    Samples.quantile(list, 1, 0.5),
                    Samples.quantile(list, 2, 0.5),
                    Samples.quantile(list, 3, 0.5))));
            return ratios;
        } finally {
            workers.forEach(WorkerProcess::close);
        }
    }

    private Wrk.Load load(Wrk wrk, WorkerProcess worker, int seconds) throws IOException {
        Case variant = worker.variant();
        Wrk.Load load;
        if (variant.fresh().isEmpty()) {
            load = wrk.start(worker.port(), variant.path(), variant.headers(), CONNECTIONS, seconds)
                    .await();
        } else {
            Path file = Files.createTempFile(folder, "tokens", ".txt");
            worker.tokens(seconds * TOKENS_PER_SECOND, file);
            load = wrk.startFresh(worker.port(), variant.path(), file, CONNECTIONS, seconds)
                    .await();
            Files.delete(file);
        }
        long expected = variant.status() == 200 ? 0 : load.requests();
        if (load.refused() != expected) {
            throw new IOException(variant.name() + ": " + load.refused() + " of " + load.requests()
                    + " requests were not answered " + variant.status());
        }
        return load;
    }
}
