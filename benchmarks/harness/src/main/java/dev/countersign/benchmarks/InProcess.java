package dev.countersign.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole request without a socket: all variants are alive and warm at a time, and take turns in short windows, each next to
 * one of the open endpoint.
 */
final class InProcess {
    /** What a variant costs over the open endpoint, for each request. */
    record Cost(String name, double micros, double low, double high, double bytes, double absoluteMicros) {}

    private final Path root;
    private final Path folder;
    private final Credentials credentials;
    private final int warmUp;
    private final int rounds;

    InProcess(Path root, Path folder, Credentials credentials, int warmUp, int rounds) {
        this.root = root;
        this.folder = folder;
        this.credentials = credentials;
        this.warmUp = warmUp;
        this.rounds = rounds;
    }

    /** Measures these; the first is what the others are compared to. */
    Map<String, Cost> measure(List<Case> cases) throws IOException {
        List<WorkerProcess> workers = new ArrayList<>();
        try {
            for (Case variant : cases) {
                WorkerProcess worker = WorkerProcess.start(
                        root,
                        folder,
                        variant,
                        credentials,
                        WorkerProcess.Jvm.own().exact());
                workers.add(worker);
                worker.requireRefusals();
                // By count, so that a busy machine is as warm as an idle one; dear requests reach the same code sooner.
                int warm = 0;
                while (warm < warmUp * variant.window() / 1000) {
                    warm += variant.window();
                    worker.window(variant.window());
                }
            }
            return turns(workers);
        } finally {
            workers.forEach(WorkerProcess::close);
        }
    }

    private Map<String, Cost> turns(List<WorkerProcess> workers) throws IOException {
        WorkerProcess bare = workers.get(0);
        Map<WorkerProcess, List<double[]>> samples = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            WorkerProcess.Window before = bare.window(bare.variant().window());
            for (WorkerProcess worker : workers.subList(1, workers.size())) {
                WorkerProcess.Window window = worker.window(worker.variant().window());
                WorkerProcess.Window after = bare.window(bare.variant().window());
                double open = (before.nanos() + after.nanos()) / 2;
                samples.computeIfAbsent(worker, key -> new ArrayList<>())
                        .add(new double[] {window.nanos() - open, window.bytes() - after.bytes(), window.nanos()});
                before = after;
            }
        }
        Map<String, Cost> costs = new LinkedHashMap<>();
        samples.forEach((worker, list) -> costs.put(
                worker.variant().name(),
                new Cost(
                        worker.variant().name(),
                        Samples.quantile(list, 0, 0.5) / 1000,
                        Samples.quantile(list, 0, 0.25) / 1000,
                        Samples.quantile(list, 0, 0.75) / 1000,
                        Samples.quantile(list, 1, 0.5),
                        Samples.quantile(list, 2, 0.5) / 1000)));
        return costs;
    }
}
