package dev.countersign.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the figures were measured on. */
final class Machine {
    private static final List<String> JARS =
            List.of("jersey-server-", "jjwt-api-", "pac4j-core-", "shiro-core-", "spring-security-core-", "caffeine-");

    private Machine() {}

    static String markdown(Path root, String command) throws IOException {
        Table table = new Table("measured", LocalDate.now(ZoneOffset.UTC) + ", `" + command + "`");
        table.row("processor", processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        table.row(
                "load before",
                String.format(
                        Locale.ROOT,
                        "%.1f",
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        table.row("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        table.row("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        table.row(
                "flags of each server",
                "`" + String.join(" ", WorkerProcess.MEMORY) + "`; for CPU time and bytes of a request `-Xbatch` too");
        table.row("versions", versions(root));
        return table.markdown();
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    /** By the names of the jars: the server from the class path, the others out of the WARs. */
    private static String versions(Path root) throws IOException {
        Stream<String> server = Arrays.stream(
                        System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1))
                .map(entry -> String.valueOf(Path.of(entry).getFileName()))
                .filter(name -> name.startsWith("tomcat-embed-core-"));
        try (Stream<Path> files = Files.walk(root, 6)) {
            Stream<String> wars = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".jar") && JARS.stream().anyMatch(name::startsWith));
            return Stream.concat(server, wars.sorted())
                    .map(name -> name.substring(0, name.length() - ".jar".length()))
                    .distinct()
                    .collect(Collectors.joining(", "));
        }
    }
}
