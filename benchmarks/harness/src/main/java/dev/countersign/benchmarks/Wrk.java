package dev.countersign.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The load generator <a href="https://github.com/wg/wrk">wrk</a>, one thread, over connections that stay open. */
final class Wrk {
    /** What came of a run. */
    record Load(double perSecond, double medianMicros, double p99Micros, long requests, long refused) {}

    private static final String RESULT = "RESULT ";

    /** Prints the figures in one line; those of {@code wrk} itself are rounded for reading. */
    private static final String DONE = """
            local threads = {}
            function setup(thread)
              table.insert(threads, thread)
            end
            function done(summary, latency, requests)
              local errors = summary.errors
              io.write(string.format("RESULT %d %d %d %d %d %d %s\\n", summary.requests, summary.duration,
                latency:percentile(50), latency:percentile(99), errors.status,
                errors.connect + errors.read + errors.write + errors.timeout, tostring(threads[1]:get("exhausted"))))
            end
            """;

    /** Sends the lines of a file as the field {@code Authorization}, each once. */
    private static final String EACH_ONCE = """
            exhausted = false
            function init(args)
              values = io.lines(args[1])
              last = values()
            end
            function request()
              local value = values()
              if value then last = value else exhausted = true; values = function() return nil end end
              return wrk.format("GET", nil, { ["Authorization"] = last })
            end
            """;

    private final Path folder;

    private Wrk(Path folder) {
        this.folder = folder;
    }

    /**
     * Looks whether it is installed.
     *
     * @param folder for its scripts
     * @throws IOException if it is not, with what to do
     */
    static Wrk installed(Path folder) throws IOException {
        try {
            Process process =
                    new ProcessBuilder("wrk", "-v").redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IOException(
                    "The load generator wrk is missing. Debian and Ubuntu: apt-get install wrk. Fedora: dnf install wrk."
                            + " macOS: brew install wrk",
                    e);
        }
        Files.writeString(folder.resolve("same.lua"), DONE);
        Files.writeString(folder.resolve("each-once.lua"), DONE + EACH_ONCE);
        return new Wrk(folder);
    }

    /**
     * Asks for one thing again and again.
     *
     * @param headers name and value by turns
     */
    Running start(int port, String path, List<String> headers, int connections, int seconds) throws IOException {
        return start(port, path, headers, null, connections, seconds);
    }

    /** Asks with each line of a file once as the field {@code Authorization}. */
    Running startFresh(int port, String path, Path file, int connections, int seconds) throws IOException {
        return start(port, path, List.of(), file, connections, seconds);
    }

    private Running start(
            int port, String path, List<String> headers, @Nullable Path file, int connections, int seconds)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s"));
        command.addAll(List.of(
                "-s",
                folder.resolve(file == null ? "same.lua" : "each-once.lua").toString()));
        for (int i = 0; i < headers.size(); i += 2) {
            command.addAll(List.of("-H", headers.get(i) + ": " + headers.get(i + 1)));
        }
        command.add("http://127.0.0.1:" + port + path);
        if (file != null) {
            command.addAll(List.of("--", file.toString()));
        }
        return new Running(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** A run that goes on. */
    static final class Running {
        private final Process process;

        private Running(Process process) {
            this.process = process;
        }

        /**
         * Waits for its end.
         *
         * @throws IOException if a connection failed, or the file had too few lines
         */
        Load await() throws IOException {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            String line = output.lines()
                    .filter(text -> text.startsWith(RESULT))
                    .findFirst()
                    .orElseThrow(() -> new IOException("wrk printed no result: " + output));
            String[] words = line.substring(RESULT.length()).split(" ", -1);
            if (!words[5].equals("0")) {
                throw new IOException("Connections failed: " + output);
            }
            if (words[6].equals("true")) {
                throw new IOException("There were too few tokens for so many requests: " + output);
            }
            double requests = Double.parseDouble(words[0]);
            return new Load(
                    requests * 1_000_000 / Double.parseDouble(words[1]),
                    Double.parseDouble(words[2]),
                    Double.parseDouble(words[3]),
                    Long.parseLong(words[0]),
                    Long.parseLong(words[4]));
        }
    }
}
