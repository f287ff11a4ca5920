package dev.countersign.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two threads against one, in process; the windows of all variants and both numbers of threads take turns. */
final class Scaling {
    /**
     * How many times as many requests two threads do as one; the same as a part of what the open endpoint's two do; and how
     * often a thread waited for a lock in a million requests.
     */
    record Scale(String name, double speedUp, double ofBare, double low, double high, double waits) {}

    private static final int MILLION = 1_000_000;

    private final Path root;
    private final Path folder;
    private final Credentials credentials;
    private final int warmUp;
    private final long millis;
    private final int rounds;

    Scaling(Path root, Path folder, Credentials credentials, int warmUp, long millis, int rounds) {
        this.root = root;
        this.folder = folder;
        this.credentials = credentials;
        this.warmUp = warmUp;
        this.millis = millis;
        this.rounds = rounds;
    }

    /** Measures these; the first is what the others are compared to. */
    List<Scale> measure(List<Case> cases) throws IOException {
        List<WorkerProcess> workers = new ArrayList<>();
        try {
            for (Case variant : cases) {
                WorkerProcess worker = WorkerProcess.start(root, folder, variant, credentials, WorkerProcess.Jvm.own());
                workers.add(worker);
                worker.requireRefusals();
                for (long warm = 0; warm < warmUp; ) {
                    warm += worker.parallel(2, millis).requests();
                }
            }
            Map<WorkerProcess, List<double[]>> samples = new LinkedHashMap<>();
            for (int round = 0; round < rounds; round++) {
                double open = 0;
                for (WorkerProcess worker : workers) {
                    double one = worker.parallel(1, millis).requests();
                    WorkerProcess.Parallel two = worker.parallel(2, millis);
                    double again = worker.parallel(1, millis).requests();
                    double speedUp = 2 * two.requests() / (one + again);
                    open = open == 0 ? speedUp : open;
                    samples.computeIfAbsent(worker, key -> new ArrayList<>())
                            .add(new double[] {speedUp, speedUp / open, (double) MILLION * two.waits() / two.requests()
                            });
                }
            }
            List<Scale> scales = new ArrayList<>();
            samples.forEach((worker, list) -> scales.add(new Scale(
                    worker.variant().name(),
                    Samples.quantile(list, 0, 0.5),
                    Samples.quantile(list, 1, 0.5),
                    Samples.quantile(list, 1, 0.25),
                    Samples.quantile(list, 1, 0.75),
                    Samples.quantile(list, 2, 0.5))));
            return scales;
        } finally {
            workers.forEach(WorkerProcess::close);
        }
    }
}
