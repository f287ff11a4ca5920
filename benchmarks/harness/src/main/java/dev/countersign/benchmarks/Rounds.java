package dev.countersign.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The parts of a round, each as a table. */
final class Rounds {
    /** So many servers are alive at once, and the open endpoint. */
    private static final int GROUP = 10;

    private static final List<String> END_TO_END = List.of(
            "bare-again",
            "bare-ignored-token",
            "floor-key",
            "countersign-key",
            "spring-key",
            "pac4j-key",
            "floor-lookup",
            "countersign-jwt-seen-RS256",
            "spring-jwt-seen-RS256",
            "pac4j-jwt-seen-RS256",
            "jjwt-jwt-seen-RS256",
            "floor-basic",
            "countersign-basic",
            "spring-basic",
            "pac4j-basic",
            "shiro-basic",
            "countersign-401");
    private static final List<String> QUICK_END_TO_END = List.of(
            "bare-again", "floor-key", "countersign-key", "spring-key", "floor-lookup", "countersign-jwt-seen-RS256");
    private static final List<String> END_TO_END_FRESH = List.of(
            "floor-jwt-HS256", "countersign-jwt-HS256", "jjwt-jwt-HS256", "pac4j-jwt-HS256", "spring-jwt-HS256");
    private static final List<String> AS_ANOTHER = List.of(
            "bare-ignored-token",
            "bare-open",
            "countersign-jwt-seen-HS256",
            "countersign-jwt-seen-ES256",
            "countersign-200-of-three");
    private static final List<String> FIRST_REQUESTS = List.of(
            "countersign-key",
            "countersign-jwt-seen-RS256",
            "countersign-basic",
            "spring-key",
            "spring-jwt-seen-RS256",
            "pac4j-key",
            "pac4j-jwt-seen-RS256",
            "shiro-basic",
            "jjwt-jwt-seen-RS256");
    private static final List<String> STARTS = List.of(
            Cases.BARE,
            "floor-key",
            "countersign-key",
            "pac4j-key",
            "shiro-basic",
            "spring-key",
            "countersign-jwt-seen-RS256",
            "jjwt-jwt-seen-RS256",
            "pac4j-jwt-seen-RS256",
            "spring-jwt-seen-RS256");
    private static final List<String> SCALING = List.of(
            Cases.BARE,
            "bare-again",
            "floor-key",
            "countersign-key",
            "countersign-jwt-seen-RS256",
            "countersign-basic");
    private static final List<String> VIRTUAL =
            List.of(Cases.BARE, "countersign-key", "countersign-jwt-seen-RS256", "countersign-basic");

    private final Path root;
    private final Path folder;
    private final Credentials credentials;
    private final Map<String, Case> cases;
    private final Round round;

    Rounds(Path root, Path folder, Credentials credentials, Round round) throws Exception {
        this.root = root;
        this.folder = folder;
        this.credentials = credentials;
        this.cases = Cases.of(credentials);
        this.round = round;
    }

    /** All variants but those of one part alone, each beside the open endpoint. */
    Collection<InProcess.Cost> inProcess() throws IOException {
        List<Case> wanted = new ArrayList<>();
        for (Case variant : cases.values()) {
            String name = variant.name();
            if (!name.equals(Cases.BARE) && !name.contains("mixed") && (round.isFull() || !isForFullRounds(name))) {
                wanted.add(variant);
            }
        }
        Map<String, InProcess.Cost> costs = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i += GROUP) {
            List<Case> group = new ArrayList<>(List.of(named(Cases.BARE)));
            group.addAll(wanted.subList(i, Math.min(wanted.size(), i + GROUP)));
            costs.putAll(new InProcess(root, folder, credentials, round.warmUp(), round.turns()).measure(group));
        }
        return costs.values();
    }

    /** What takes long, or shows what another variant shows. */
    private static boolean isForFullRounds(String name) {
        boolean peer = !name.startsWith("countersign") && !name.startsWith("floor") && !name.startsWith("bare");
        return name.endsWith("-million")
                || name.endsWith("-EdDSA")
                || name.endsWith("-bcrypt")
                || AS_ANOTHER.contains(name)
                || (peer && (name.contains("-seen-") || name.endsWith("-ES256")));
    }

    static Table table(Collection<InProcess.Cost> costs) {
        Table table = new Table("variant", "CPU over bare", "quartiles", "bytes over bare");
        for (InProcess.Cost cost : costs) {
            table.row(
                    cost.name(),
                    format("%+.2f µs", cost.micros()),
                    format("%+.2f to %+.2f", cost.low(), cost.high()),
                    format("%+.0f", cost.bytes()));
        }
        return table;
    }

    Table endToEnd() throws IOException {
        List<Case> wanted = new ArrayList<>(List.of(named(Cases.BARE)));
        (round.isFull() ? END_TO_END : QUICK_END_TO_END).forEach(name -> wanted.add(named(name)));
        if (round.isFull()) {
            END_TO_END_FRESH.forEach(name -> wanted.add(named(name)));
        }
        Table table = new Table("variant", "throughput", "quartiles", "p50", "p99", "requests a second");
        for (EndToEnd.Ratio ratio :
                new EndToEnd(root, folder, credentials, warm(), round.seconds(), round.windows()).measure(wanted)) {
            table.row(
                    ratio.name(),
                    format("%.3f", ratio.throughput()),
                    format("%.3f to %.3f", ratio.low(), ratio.high()),
                    format("%.2f", ratio.p50()),
                    format("%.2f", ratio.p99()),
                    format("%.0f", ratio.perSecond()));
        }
        return table;
    }

    Table underAttack() throws Exception {
        Table table = new Table("good clients", "bad clients", "good throughput", "quartiles", "bad answered a second");
        List<Case> good = List.of(named("countersign-mixed-key"), named("countersign-mixed-jwt-seen-ES256"));
        for (UnderAttack.Share share : new UnderAttack(
                        root, folder, credentials, warm(), 2 * round.seconds(), round.windows())
                .measure(good)) {
            table.row(
                    share.good(),
                    share.bad(),
                    format("%.2f", share.part()),
                    format("%.2f to %.2f", share.low(), share.high()),
                    format("%.0f", share.badPerSecond()));
        }
        return table;
    }

    Table firstRequests() throws Exception {
        Table table = new Table("variant", "right of " + FirstRequests.CLIENTS, "answers");
        FirstRequests first = new FirstRequests(root, folder, credentials);
        for (String name : FIRST_REQUESTS) {
            FirstRequests.Answers answers = first.ask(named(name));
            StringBuilder statuses = new StringBuilder();
            answers.statuses()
                    .forEach((status, count) ->
                            statuses.append(statuses.isEmpty() ? "" : ", ").append(count + " × " + status));
            table.row(name, String.valueOf(answers.right()), statuses.toString());
        }
        return table;
    }

    Table starts() throws IOException {
        Table table = new Table("variant", "start to first answer", "over bare", "jjwt classes loaded");
        List<Case> wanted = STARTS.stream().map(this::named).toList();
        for (StartUp.Start start : new StartUp(root, folder, credentials, round.starts()).measure(wanted)) {
            table.row(
                    start.name(),
                    format("%.2f s", start.millis() / 1000),
                    format("%+.2f s", start.over() / 1000),
                    String.valueOf(start.jjwtClasses()));
        }
        return table;
    }

    Table sizes() throws IOException {
        Table table = new Table("WAR", "jars beyond bare", "MB");
        for (String name : List.of("floor", "countersign", "jjwt", "pac4j", "shiro", "spring")) {
            WarSize size = WarSize.of(root, name);
            table.row(name, String.valueOf(size.jars()), format("%.2f", size.bytes() / 1e6));
        }
        return table;
    }

    Table scaling() throws IOException {
        Table table =
                new Table("variant", "two threads against one", "as a part of bare's", "quartiles", "waits in 10⁶");
        List<Case> wanted = SCALING.stream().map(this::named).toList();
        for (Scaling.Scale scale : new Scaling(
                        root, folder, credentials, warm(), 300L * round.seconds(), 3 * round.windows())
                .measure(wanted)) {
            table.row(
                    scale.name(),
                    format("%.2f", scale.speedUp()),
                    format("%.3f", scale.ofBare()),
                    format("%.3f to %.3f", scale.low(), scale.high()),
                    format("%.1f", scale.waits()));
        }
        return table;
    }

    /** Empty if no JDK with virtual threads is named. */
    Optional<Table> virtualThreads() throws Exception {
        String jdk = System.getenv("JDK25_HOME");
        if (jdk == null) {
            return Optional.empty();
        }
        Table table = new Table(
                "variant", "answered right at once", "pinned, cold", "pinned, warm", "CPU against platform threads");
        VirtualThreads threads =
                new VirtualThreads(root, folder, credentials, Path.of(jdk), warm(), round.seconds(), round.windows());
        for (String name : VIRTUAL) {
            VirtualThreads.Result result = threads.measure(named(name));
            table.row(
                    name,
                    format("%d of %d", result.right(), result.connections()),
                    String.valueOf(result.pinnedCold()),
                    String.valueOf(result.pinnedWarm()),
                    format("%.2f", result.cost()));
        }
        return Optional.of(table);
    }

    /** Over the network, several threads and the connector have to get warm, and the compiler works beside them. */
    private int warm() {
        return Math.min(8 * round.warmUp(), 300_000);
    }

    private Case named(String name) {
        Case variant = cases.get(name);
        if (variant == null) {
            throw new IllegalArgumentException("There is no variant " + name);
        }
        return variant;
    }

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
