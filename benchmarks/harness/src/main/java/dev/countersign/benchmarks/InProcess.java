package dev.countersign.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The whole request without a socket: all variants are alive and warm at a time, and take turns in short windows, each next to
 * one of the open endpoint.
 */
final class InProcess {
    /** What a variant costs over the open endpoint, for each request. */
    record Cost(String name, double micros, double low, double high, double bytes, double absoluteMicros) {}

    /** The part of a window that runs before it and does not count. */
    private static final int LEAD_IN = 3;

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
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<WorkerProcess>> starting = new ArrayList<>();
            for (Case variant : cases) {
                starting.add(threads.submit(() -> warm(variant)));
            }
            IOException failed = null;
            for (Future<WorkerProcess> worker : starting) {
                try {
                    workers.add(worker.get());
                } catch (ExecutionException | InterruptedException e) {
                    failed = new IOException(e.getMessage(), e);
                }
            }
            if (failed != null) {
                throw failed;
            }
            return turns(workers);
        } finally {
            threads.shutdown();
            workers.forEach(WorkerProcess::close);
        }
    }

    private WorkerProcess warm(Case variant) throws IOException {
        WorkerProcess worker = WorkerProcess.start(
                root, folder, variant, credentials, WorkerProcess.Jvm.own().exact());
        try {
            worker.requireRefusals();
            // By count, so that a busy machine is as warm as an idle one.
            for (int warm = 0; warm < variant.warmUp(warmUp); warm += variant.window()) {
                worker.window(variant.window());
            }
            return worker;
        } catch (IOException e) {
            worker.close();
            throw e;
        }
    }

    /** A window of a server whose code and data the processor has at hand again, after the others had their turns. */
    private static WorkerProcess.Window steady(WorkerProcess worker) throws IOException {
        int count = worker.variant().window();
        worker.window(count / LEAD_IN);
        return worker.window(count);
    }

    private Map<String, Cost> turns(List<WorkerProcess> workers) throws IOException {
        WorkerProcess bare = workers.get(0);
        Map<WorkerProcess, List<double[]>> samples = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            WorkerProcess.Window before = steady(bare);
            for (WorkerProcess worker : workers.subList(1, workers.size())) {
                WorkerProcess.Window window = steady(worker);
                WorkerProcess.Window after = steady(bare);
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
