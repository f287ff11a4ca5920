package dev.countersign.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ObjectName;

/**
 * One variant in a JVM of its own: starts the server, then does what it is told on standard input, one command a line, and
 * answers each with one line.
 *
 * <pre>
 * window N            N requests on this thread: "CPU-NANOSECONDS BYTES"
 * parallel T MILLIS   requests on T threads for so long: "COUNT WAITS"
 * refusals            requests that must be answered 401: "ok", or what was wrong
 * port                "PORT"
 * fresh N FILE        writes N header fields with tokens that nobody has seen to a file, one a line: "ok"
 * loaded PREFIX       "COUNT" of the loaded classes whose names start so
 * cpu                 "CPU-NANOSECONDS" of the whole process
 * recording FILE      writes what the flight recorder has: "ok"
 * </pre>
 */
final class Worker {
    private static final String PARAMETER = "parameter.";

    private final WarServer server;
    private final Properties setup;
    private final byte[] path;
    private final int status;
    private final List<String> fixed;

    private Worker(WarServer server, Properties setup) {
        this.server = server;
        this.setup = setup;
        this.path = InProcessRequests.ascii(setup.getProperty("path"));
        this.status = Integer.parseInt(setup.getProperty("status"));
        String header = setup.getProperty("headers", "");
        this.fixed = header.isEmpty() ? List.of() : List.of(header.split("\n", -1));
    }

    /** Runs until standard input ends. */
    public static void main(String[] args) {
        try {
            run(args);
        } catch (Exception e) {
            System.err.println("Failed: " + e);
        }
        // The server's threads would go on.
        Runtime.getRuntime().halt(0);
    }

    private static void run(String[] args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        Properties setup = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(args[0]), UTF_8)) {
            setup.load(reader);
        }
        Map<String, String> parameters = new HashMap<>();
        for (String name : setup.stringPropertyNames()) {
            if (name.startsWith(PARAMETER)) {
                parameters.put(name.substring(PARAMETER.length()), setup.getProperty(name));
            }
        }
        boolean virtual = Boolean.parseBoolean(setup.getProperty("virtual"));
        Worker worker = new Worker(WarServer.start(Path.of(setup.getProperty("war")), parameters, virtual), setup);
        if (!Boolean.parseBoolean(setup.getProperty("cold"))) {
            worker.window(1, worker.requests(), worker.source());
        }
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        answers.println("ready " + (System.currentTimeMillis() - started));
        worker.serve(answers);
    }

    private void serve(PrintStream answers) throws Exception {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        InProcessRequests requests = requests();
        Source source = source();
        String command;
        while ((command = commands.readLine()) != null) {
            String[] words = command.split(" ", -1);
            switch (words[0]) {
                case "window" -> answers.println(window(Integer.parseInt(words[1]), requests, source));
                case "parallel" -> answers.println(parallel(Integer.parseInt(words[1]), Long.parseLong(words[2])));
                case "refusals" -> answers.println(refusals(requests));
                case "port" -> answers.println(server.port());
                case "fresh" -> {
                    Files.write(Path.of(words[2]), tokens(Integer.parseInt(words[1])));
                    answers.println("ok");
                }
                case "loaded" -> answers.println(loaded(words[1]));
                case "cpu" ->
                    answers.println(
                            ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime());
                case "recording" -> {
                    diagnostic("jfrDump", "filename=" + words[1]);
                    answers.println("ok");
                }
                default -> answers.println("unknown");
            }
        }
    }

    private List<String> tokens(int count) throws Exception {
        List<String> tokens = new ArrayList<>(count);
        Source source = source();
        for (int i = 0; i < count; i++) {
            List<byte[]> headers = source.next();
            tokens.add(new String(headers.get(1), UTF_8));
        }
        return tokens;
    }

    /** How many classes are loaded whose name starts so. */
    private static long loaded(String prefix) throws Exception {
        return diagnostic("vmClassHierarchy")
                .lines()
                .filter(line -> line.contains("--" + prefix))
                .count();
    }

    /** What {@code jcmd} does, in this JVM. */
    private static String diagnostic(String operation, String... arguments) throws Exception {
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        operation,
                        new Object[] {arguments},
                        new String[] {String[].class.getName()});
    }

    private String window(int count, InProcessRequests requests, Source source) throws Exception {
        List<List<byte[]>> prepared = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            prepared.add(source.next());
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        int wrong = 0;
        long bytes = threads.getThreadAllocatedBytes(thread);
        long nanos = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < count; i++) {
            if (requests.get(path, prepared.get(i)) != status) {
                wrong++;
            }
        }
        nanos = threads.getCurrentThreadCpuTime() - nanos;
        bytes = threads.getThreadAllocatedBytes(thread) - bytes;
        if (wrong > 0) {
            throw new IllegalStateException(wrong + " of " + count + " requests were not answered " + status);
        }
        return nanos + " " + bytes;
    }

    private String parallel(int threads, long millis) throws Exception {
        AtomicLong end = new AtomicLong();
        AtomicLong total = new AtomicLong();
        AtomicLong waits = new AtomicLong();
        AtomicLong wrong = new AtomicLong();
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            InProcessRequests requests = requests();
            Source source = source();
            List<List<byte[]>> prepared = new ArrayList<>();
            for (int j = 0; j < (source.isFresh() ? 20_000 : 1); j++) {
                prepared.add(source.next());
            }
            Thread thread = new Thread(() -> {
                try {
                    begin.await();
                    long before = waits();
                    long count = 0;
                    while (System.nanoTime() - end.get() < 0 && (prepared.size() == 1 || count < prepared.size())) {
                        if (requests.get(path, prepared.get((int) (count % prepared.size()))) != status) {
                            wrong.incrementAndGet();
                        }
                        count++;
                    }
                    total.addAndGet(count);
                    waits.addAndGet(waits() - before);
                } catch (Exception e) {
                    wrong.incrementAndGet();
                }
            });
            thread.start();
            running.add(thread);
        }
        end.set(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
        begin.countDown();
        for (Thread thread : running) {
            thread.join();
        }
        if (wrong.get() > 0) {
            throw new IllegalStateException(wrong + " requests were not answered " + status);
        }
        return total + " " + waits;
    }

    /** How often this thread has waited for a lock. */
    private static long waits() {
        ThreadInfo thread = ManagementFactory.getThreadMXBean()
                .getThreadInfo(Thread.currentThread().getId());
        return thread.getBlockedCount() + thread.getWaitedCount();
    }

    /** With nothing, and with each credential in turn wrong; the others are good. */
    private String refusals(InProcessRequests requests) throws Exception {
        List<List<byte[]>> bad = new ArrayList<>();
        bad.add(List.of());
        Source source = source();
        if (source.isFresh()) {
            List<byte[]> good = source.next();
            String forged = TokenIssuer.forged(new String(good.get(1), UTF_8));
            bad.add(List.of(good.get(0), InProcessRequests.ascii(forged)));
        } else {
            String[] wrong = setup.getProperty("wrong").split("\n", -1);
            for (int i = 1; i < fixed.size(); i += 2) {
                List<byte[]> headers = new ArrayList<>(source.next());
                headers.set(i, InProcessRequests.ascii(wrong[i]));
                bad.add(headers);
            }
        }
        for (List<byte[]> headers : bad) {
            int answer = requests.get(path, headers);
            if (answer != 401) {
                return "answered " + answer + " where credentials were " + (headers.isEmpty() ? "missing" : "wrong");
            }
        }
        return "ok";
    }

    private InProcessRequests requests() {
        return new InProcessRequests(server.adapter());
    }

    private Source source() throws Exception {
        List<byte[]> same = new ArrayList<>();
        for (String line : fixed) {
            same.add(InProcessRequests.ascii(line));
        }
        String fresh = setup.getProperty("fresh", "");
        if (!fresh.isEmpty()) {
            TokenIssuer issuer = TokenIssuer.of(fresh, Path.of(setup.getProperty("keys")));
            byte[] name = InProcessRequests.ascii("Authorization");
            return new Source() {
                @Override
                public List<byte[]> next() throws Exception {
                    return List.of(name, InProcessRequests.ascii("Bearer " + issuer.token()));
                }

                @Override
                public boolean isFresh() {
                    return true;
                }
            };
        }
        return new Source() {
            @Override
            public List<byte[]> next() {
                return same;
            }

            @Override
            public boolean isFresh() {
                return false;
            }
        };
    }

    /** Where the header fields of the requests come from, name and value by turns. */
    private interface Source {
        List<byte[]> next() throws Exception;

        boolean isFresh();
    }
}
