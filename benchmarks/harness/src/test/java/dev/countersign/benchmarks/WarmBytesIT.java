package dev.countersign.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the warm paths allocate for each request beyond an open endpoint, against the figures that {@code
 * warm-bytes.properties} records. Bytes, because they do not depend on how busy a machine is; on one JDK, because they depend
 * on that.
 */
@EnabledOnJre(JRE.JAVA_17)
class WarmBytesIT {
    /** Enough for the compiler to have seen everything. */
    private static final int WARM_UP = 30_000;

    private static final int WINDOWS = 9;
    private static final double MOST_GROWTH = 1.05;

    @TempDir
    Path folder;

    @Test
    void warm_requests_allocate_no_more_than_what_is_recorded() throws Exception {
        Properties recorded = new Properties();
        try (InputStream in = WarmBytesIT.class.getResourceAsStream("/warm-bytes.properties")) {
            recorded.load(Objects.requireNonNull(in));
        }
        assertThat(recorded).hasSize(3);
        Credentials credentials = Credentials.create(folder.resolve("credentials"), false);
        Map<String, Case> cases = Cases.of(credentials);
        double open = bytes(Objects.requireNonNull(cases.get(Cases.BARE)), credentials);
        for (String name : recorded.stringPropertyNames()) {
            double added = bytes(Objects.requireNonNull(cases.get(name)), credentials) - open;
            assertThat(added)
                    .as(
                            "%s, in bytes for each request; if more are well spent, record them in warm-bytes.properties",
                            name)
                    .isPositive()
                    .isLessThan(Double.parseDouble(recorded.getProperty(name)) * MOST_GROWTH);
        }
    }

    private double bytes(Case variant, Credentials credentials) throws IOException {
        Path root = Path.of(System.getProperty("benchmarks.root"));
        Path own = Files.createDirectories(folder.resolve(variant.name()));
        try (WorkerProcess worker = WorkerProcess.start(
                root, own, variant, credentials, WorkerProcess.Jvm.own().exact())) {
            worker.requireRefusals();
            worker.window(WARM_UP);
            double least = Double.MAX_VALUE;
            for (int i = 0; i < WINDOWS; i++) {
                least = Math.min(least, worker.window(variant.window()).bytes());
            }
            return least;
        }
    }
}
