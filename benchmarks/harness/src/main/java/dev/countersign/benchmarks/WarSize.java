package dev.countersign.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars that a WAR has beyond those of the open endpoint.
 *
 * @param name of the WAR
 * @param jars how many
 * @param bytes of all of them
 */
record WarSize(String name, int jars, long bytes) {
    /** Annotations alone; a user may leave them out. */
    private static final String[] ANNOTATIONS = {"error_prone_annotations-", "jspecify-"};

    /** Looks at a built WAR. */
    static WarSize of(Path root, String name) throws IOException {
        Map<String, Long> jars = jars(root, name);
        jars.keySet().removeAll(jars(root, "bare").keySet());
        for (String annotations : ANNOTATIONS) {
            jars.keySet().removeIf(jar -> jar.startsWith(annotations));
        }
        return new WarSize(
                name,
                jars.size(),
                jars.values().stream().mapToLong(Long::longValue).sum());
    }

    private static Map<String, Long> jars(Path root, String name) throws IOException {
        Path folder = root.resolve("war-" + name + "/target/" + name + "/WEB-INF/lib");
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toMap(
                    file -> file.getFileName().toString(), WarSize::size, (one, other) -> one, TreeMap::new));
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
