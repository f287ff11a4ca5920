package dev.countersign.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A {@link Worker} in a JVM of its own, seen from the one that tells it what to do. */
final class WorkerProcess implements AutoCloseable {
    /** One window: CPU time of the requesting thread, and what it allocated, both for each request. */
    record Window(double nanos, double bytes) {}

    /** Requests of several threads, and how often one of them waited for a lock. */
    record Parallel(long requests, long waits) {}

    /** The memory of each server. */
    static final List<String> MEMORY = List.of("-Xms256m", "-Xmx256m");

    private final Case variant;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;
    private final long started;

    private WorkerProcess(Case variant, Process process) throws IOException {
        this.variant = variant;
        this.process = process;
        this.answers = process.inputReader(UTF_8);
        this.commands = new PrintStream(process.getOutputStream(), true, UTF_8);
        String ready = answers.readLine();
        if (ready == null) {
            throw new IOException(variant.name() + " did not start; its log says why");
        }
        this.started = Long.parseLong(ready.substring("ready ".length()));
    }

    /**
     * Starts a variant and waits until its first request was answered, unless it stays cold.
     *
     * @param root the folder {@code benchmarks}
     * @param folder for its settings and its log
     */
    static WorkerProcess start(Path root, Path folder, Case variant, Credentials credentials, Jvm jvm)
            throws IOException {
        Properties setup = new Properties();
        setup.setProperty(
                "war",
                root.resolve(variant.war())
                        .resolve("target")
                        .resolve(warName(variant))
                        .toString());
        setup.setProperty("path", variant.path());
        setup.setProperty("headers", String.join("\n", variant.headers()));
        setup.setProperty("wrong", String.join("\n", credentials.wrong(variant.headers())));
        setup.setProperty("fresh", variant.fresh());
        setup.setProperty("keys", credentials.folder().toString());
        setup.setProperty("status", String.valueOf(variant.status()));
        setup.setProperty("cold", String.valueOf(jvm.isCold()));
        setup.setProperty("virtual", String.valueOf(jvm.virtualThreads()));
        variant.parameters().forEach((name, value) -> setup.setProperty("parameter." + name, value));
        Path file = folder.resolve(variant.name() + ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            setup.store(writer, null);
        }
        List<String> command = new ArrayList<>(List.of(jvm.java()));
        command.addAll(MEMORY);
        command.addAll(variant.options());
        command.addAll(jvm.options());
        command.addAll(List.of("-cp", classPath(), Worker.class.getName(), file.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve(variant.name() + ".log").toFile())
                .start();
        return new WorkerProcess(variant, process);
    }

    private static String warName(Case variant) {
        return variant.war().substring("war-".length());
    }

    /** The server and the harness alone: what is measured comes from the WAR. */
    static String classPath() {
        String harness;
        try {
            harness = Path.of(Worker.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return Stream.concat(
                        Stream.of(harness),
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                                .filter(entry -> String.valueOf(Path.of(entry).getFileName())
                                        .startsWith("tomcat-")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    Case variant() {
        return variant;
    }

    /** Milliseconds from the start of the JVM to the first answer. */
    long started() {
        return started;
    }

    /**
     * Sends requests with nothing, and with each credential in turn wrong: what an open door costs is worth nothing.
     *
     * @throws IOException if one of them gets anything but 401
     */
    void requireRefusals() throws IOException {
        if (variant.isGuarded()) {
            String answer = ask("refusals");
            if (!answer.equals("ok")) {
                throw new IOException(variant.name() + ": " + answer);
            }
        }
    }

    Window window(int count) throws IOException {
        String[] words = ask("window " + count).split(" ", -1);
        return new Window(Double.parseDouble(words[0]) / count, Double.parseDouble(words[1]) / count);
    }

    /** Requests in so many milliseconds on so many threads. */
    Parallel parallel(int threads, long millis) throws IOException {
        String[] words = ask("parallel " + threads + " " + millis).split(" ", -1);
        return new Parallel(Long.parseLong(words[0]), Long.parseLong(words[1]));
    }

    /** CPU time of the whole process, in nanoseconds. */
    long cpuNanos() throws IOException {
        return Long.parseLong(ask("cpu"));
    }

    /** Writes what the flight recorder has recorded up to now. */
    void dumpRecording(Path file) throws IOException {
        ask("recording " + file);
    }

    int port() throws IOException {
        return Integer.parseInt(ask("port"));
    }

    long loaded(String prefix) throws IOException {
        return Long.parseLong(ask("loaded " + prefix));
    }

    void tokens(int count, Path file) throws IOException {
        ask("fresh " + count + " " + file);
    }

    private String ask(String command) throws IOException {
        commands.println(command);
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException(variant.name() + " ended at \"" + command + "\"; its log says why");
        }
        return answer;
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** What the JVM is, and whether it is ready before it has answered a request. */
    record Jvm(String java, List<String> options, boolean virtualThreads, boolean isCold) {
        static Jvm own() {
            return new Jvm(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), List.of(), false, false);
        }

        /**
         * The same, whose compiler holds the program up until it is done: after so many requests it is as warm as it gets,
         * however busy the machine, and what is allocated does not vary, with the machine's language neither. It starts
         * slowly.
         */
        Jvm exact() {
            List<String> exact = List.of("-Xbatch", "-Duser.language=en", "-Duser.country=US");
            return new Jvm(java, exact, virtualThreads, isCold);
        }

        /** The same, which is ready before its first request. */
        Jvm cold() {
            return new Jvm(java, options, virtualThreads, true);
        }
    }
}
