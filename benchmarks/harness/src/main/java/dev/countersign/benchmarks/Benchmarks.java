package dev.countersign.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The command, from the top of the repository:
 *
 * <pre>
 * quick, full                                      a round, into docs/performance.md and .svg; quick without starts,
 *                                                  scaling and virtual-threads
 * end-to-end, under-attack, first-requests,
 * starts, sizes, scaling, virtual-threads          one part, with the windows of quick, to standard output
 * in-process WARMUP TURNS NAME…                    these variants beside the first; a name may end in *
 * </pre>
 */
final class Benchmarks {
    private final Path root = Path.of(System.getProperty("benchmarks.root", "benchmarks"));
    private final Path folder = Files.createTempDirectory("countersign-benchmarks");

    private Benchmarks() throws IOException {}

    /** Runs what the first argument names. */
    public static void main(String[] args) throws Exception {
        Benchmarks benchmarks = new Benchmarks();
        String command = args.length == 0 ? "" : args[0];
        switch (command) {
            case "quick" -> benchmarks.write(command, Round.QUICK);
            case "full" -> benchmarks.write(command, Round.FULL);
            case "in-process" ->
                benchmarks.inProcess(
                        Integer.parseInt(args[1]),
                        Integer.parseInt(args[2]),
                        Arrays.asList(args).subList(3, args.length));
            default -> benchmarks.part(command);
        }
    }

    private void inProcess(int warmUp, int turns, List<String> names) throws Exception {
        Credentials credentials = credentials(names.toString().contains("million"));
        Map<String, Case> cases = Cases.of(credentials);
        List<Case> chosen = new ArrayList<>();
        for (Case variant : cases.values()) {
            if (names.stream().anyMatch(name -> matches(name, variant.name()))) {
                chosen.add(variant);
            }
        }
        new InProcess(root, folder, credentials, warmUp, turns)
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

    private static boolean matches(String wanted, String name) {
        return wanted.endsWith("*") ? name.startsWith(wanted.substring(0, wanted.length() - 1)) : name.equals(wanted);
    }

    private void part(String name) throws Exception {
        Rounds rounds = rounds(Round.QUICK);
        Optional<Table> table = switch (name) {
            case "end-to-end" -> Optional.of(rounds.endToEnd());
            case "under-attack" -> Optional.of(rounds.underAttack());
            case "first-requests" -> Optional.of(rounds.firstRequests());
            case "starts" -> Optional.of(rounds.starts());
            case "sizes" -> Optional.of(rounds.sizes());
            case "scaling" -> Optional.of(rounds.scaling());
            case "virtual-threads" -> rounds.virtualThreads();
            default -> throw new IllegalArgumentException("Not a part of a round: \"" + name + "\"");
        };
        System.out.print(table.map(Table::markdown).orElse("JDK25_HOME names no JDK\n"));
    }

    /** Writes each part as soon as it is there. */
    private void write(String command, Round round) throws Exception {
        Path docs = root.toAbsolutePath().resolveSibling("docs");
        Report report = new Report(docs.resolve("performance.md"));
        report.replace("machine", Machine.markdown(root, command));
        Rounds rounds = rounds(round);
        report.replace("sizes", rounds.sizes().markdown());
        Collection<InProcess.Cost> costs = rounds.inProcess();
        report.replace("in-process", Rounds.table(costs).markdown());
        Files.writeString(docs.resolve("performance.svg"), Picture.of(costs).svg());
        report.replace("end-to-end", rounds.endToEnd().markdown());
        report.replace("under-attack", rounds.underAttack().markdown());
        report.replace("first-requests", rounds.firstRequests().markdown());
        if (!round.isFull()) {
            return;
        }
        report.replace("starts", rounds.starts().markdown());
        report.replace("scaling", rounds.scaling().markdown());
        Optional<Table> virtual = rounds.virtualThreads();
        if (virtual.isPresent()) {
            report.replace("virtual-threads", virtual.get().markdown());
        }
    }

    private Rounds rounds(Round round) throws Exception {
        return new Rounds(root, folder, credentials(round.isFull()), round);
    }

    private Credentials credentials(boolean many) throws Exception {
        return Credentials.create(folder.resolve("credentials"), many);
    }
}
