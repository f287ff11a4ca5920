package dev.countersign.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The command: {@code in-process [names]}. */
final class Benchmarks {
    private Benchmarks() {}

    /** Runs what the first argument names. */
    public static void main(String[] args) throws Exception {
        Path root = Path.of(System.getProperty("benchmarks.root"));
        Path folder = Files.createTempDirectory("countersign-benchmarks");
        Credentials credentials = Credentials.create(
                folder.resolve("credentials"), List.of(args).toString().contains("million"));
        Map<String, Case> cases = Cases.of(credentials);
        List<Case> chosen = new ArrayList<>();
        for (Case variant : cases.values()) {
            for (int i = 3; i < args.length; i++) {
                String name = args[i];
                if (name.endsWith("*")
                        ? variant.name().startsWith(name.substring(0, name.length() - 1))
                        : variant.name().equals(name)) {
                    chosen.add(variant);
                    break;
                }
            }
        }
        int warmUp = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        new InProcess(root, folder, credentials, warmUp, rounds)
                .measure(chosen)
                .values()
                .forEach(cost -> System.out.printf(
                        Locale.ROOT,
                        "%-32s %+9.2f µs (%+.2f to %+.2f) %+8.0f B   %.2f µs%n",
                        cost.name(),
                        cost.micros(),
                        cost.low(),
                        cost.high(),
                        cost.bytes(),
                        cost.absoluteMicros()));
    }
}
