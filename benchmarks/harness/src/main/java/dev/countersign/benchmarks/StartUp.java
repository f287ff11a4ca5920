package dev.countersign.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From the start of the JVM to the first right answer; the variants take turns. */
final class StartUp {
    /** Median of the time, and over the open endpoint; and how many classes of jjwt were loaded by then. */
    record Start(String name, double millis, double over, long jjwtClasses) {}

    private final Path root;
    private final Path folder;
    private final Credentials credentials;
    private final int rounds;

    StartUp(Path root, Path folder, Credentials credentials, int rounds) {
        this.root = root;
        this.folder = folder;
        this.credentials = credentials;
        this.rounds = rounds;
    }

    /** Measures these; the first is what the others are compared to. */
    List<Start> measure(List<Case> cases) throws IOException {
        Map<Case, List<double[]>> samples = new LinkedHashMap<>();
        Map<Case, Long> loaded = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            double open = 0;
            for (Case variant : cases) {
                try (WorkerProcess worker =
                        WorkerProcess.start(root, folder, variant, credentials, WorkerProcess.Jvm.own())) {
                    double millis = worker.started();
                    open = variant.equals(cases.get(0)) ? millis : open;
                    samples.computeIfAbsent(variant, key -> new ArrayList<>())
                            .add(new double[] {millis, millis - open});
                    if (round == 0) {
                        loaded.put(variant, worker.loaded("io.jsonwebtoken."));
                    }
                }
            }
        }
        List<Start> starts = new ArrayList<>();
        samples.forEach((variant, list) -> starts.add(new Start(
                variant.name(),
                Samples.quantile(list, 0, 0.5),
                Samples.quantile(list, 1, 0.5),
                loaded.getOrDefault(variant, 0L))));
        return starts;
    }
}
