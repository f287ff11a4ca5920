package dev.countersign.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** What a server in another JVM appended to its log. */
final class LogFile extends Logs {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** How long a change that the file system does not tell of stays unseen. */
    private static final Duration GLANCE = Duration.ofMillis(250);

    private final Path file;
    private final long start;

    LogFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
        try {
            this.start = Files.exists(this.file) ? Files.size(this.file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String text(String... awaited) {
        try {
            String text = read();
            return hasAll(text, awaited) ? text : await(awaited);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String await(String... awaited) throws IOException, InterruptedException {
        try (WatchService watch = file.getFileSystem().newWatchService()) {
            Objects.requireNonNull(file.getParent())
                    .register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            long end = System.nanoTime() + PATIENCE.toNanos();
            String text = read();
            while (!hasAll(text, awaited) && System.nanoTime() - end < 0) {
                WatchKey changed = watch.poll(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
                if (changed != null) {
                    changed.pollEvents();
                    changed.reset();
                }
                text = read();
            }
            return text;
        }
    }

    private static boolean hasAll(String text, String... awaited) {
        for (String part : awaited) {
            if (!text.contains(part)) {
                return false;
            }
        }
        return true;
    }

    private String read() throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
            long length = opened.length();
            if (length < start) {
                throw new IOException(file + ": was begun anew (expected: only ever appended to)");
            }
            byte[] bytes = new byte[Math.toIntExact(length - start)];
            opened.seek(start);
            opened.readFully(bytes);
            return new String(bytes, UTF_8);
        }
    }

    @Override
    public void close() {}
}
