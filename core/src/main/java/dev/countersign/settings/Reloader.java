package dev.countersign.settings;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the files behind reloadable values and swaps the values whose files changed, all of one round by a single
 * write: a thread that has seen one of the new values sees all of them.
 */
final class Reloader implements AutoCloseable {
    // Two rounds and the time to read stay below the five seconds in which a change takes effect.
    private static final Duration PERIOD = Duration.ofSeconds(2);
    /** A file that changed within this time may still be written. */
    private static final long SETTLES_MILLIS = 1000;
    /** File systems that count whole seconds, or two as FAT does, do not show a second change in that time. */
    private static final long COARSEST_TIME_MILLIS = 3000;

    private static final Logger log = LoggerFactory.getLogger("dev.countersign.settings");

    private final ResourceLookup files;
    private final InstantSource clock;
    private final ReentrantLock round = new ReentrantLock();
    private final Map<Bounded, Watched> watched = new LinkedHashMap<>();
    private final List<Slot<?>> slots = new ArrayList<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean postponed;
    private @Nullable Thread poller;
    private volatile Object[] values = {};

    Reloader(ResourceLookup files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
    }

    /** A file that a value refers to, as it is written there, and how large it may be. */
    record Reference(String path, String written, int maxBytes) {}

    /** The first reading of a file; a later change is measured against it. */
    Content read(Reference reference) {
        round.lock();
        try {
            return watched(reference).read();
        } finally {
            round.unlock();
        }
    }

    /**
     * A value that was read from files and follows them from now on.
     *
     * @param readings what was read, for each reference
     * @param parser is given the text of a path
     * @param first what the parser made of the readings
     */
    <T> Reloadable<T> follow(
            String key,
            List<Reference> references,
            List<Content> readings,
            Function<Function<String, String>, T> parser,
            T first) {
        round.lock();
        try {
            List<Watched> behind = references.stream().map(this::watched).toList();
            int index = values.length;
            slots.add(new Slot<>(key, references, behind, readings, parser, index));
            Object[] more = Arrays.copyOf(values, index + 1);
            more[index] = first;
            values = more;
            return new Reloadable<>() {
                @Override
                @SuppressWarnings("unchecked") // Only values of type T are ever put at this index.
                public T current() {
                    return (T) values[index];
                }

                @Override
                public String toString() {
                    return key;
                }
            };
        } finally {
            round.unlock();
        }
    }

    void onReload(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Starts to look every two seconds, if there is anything to look at. */
    void start() {
        round.lock();
        try {
            if (slots.isEmpty() || poller != null || stopped.getCount() == 0) {
                return;
            }
            Thread thread = new Thread(this::run, "countersign-reload");
            thread.setDaemon(true);
            thread.start();
            poller = thread;
        } finally {
            round.unlock();
        }
    }

    /** One round that takes every change as it is. */
    void reloadNow() {
        reload(false);
    }

    /** One round that lets a file settle that may still be written, for no longer than until the next. */
    void poll() {
        reload(true);
    }

    @Override
    public void close() {
        stopped.countDown();
        Thread thread = poller;
        if (thread == null || thread.equals(Thread.currentThread())) {
            return;
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopped.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    poll();
                } catch (RuntimeException | Error e) {
                    // Not its message, which may quote the file.
                    log.error(
                            "Looking for changed files failed: {}", e.getClass().getName());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reload(boolean settle) {
        List<Slot<?>> reloaded = new ArrayList<>();
        round.lock();
        try {
            if (stopped.getCount() == 0) {
                return;
            }
            List<Watched> changed = new ArrayList<>();
            boolean unsettled = false;
            for (Watched file : watched.values()) {
                if (file.look()) {
                    changed.add(file);
                    unsettled |= settle && !file.settled;
                }
            }
            // Files that belong together are rarely written in the same moment.
            postponed = unsettled && !postponed;
            if (postponed) {
                return;
            }
            Map<Watched, Content> fresh = new LinkedHashMap<>();
            Set<Watched> unfinished = new HashSet<>();
            for (Watched file : changed) {
                if (!settle || file.settled) {
                    fresh.put(file, file.read());
                } else {
                    unfinished.add(file);
                }
            }
            Object[] next = values.clone();
            for (Slot<?> slot : slots) {
                if (Collections.disjoint(unfinished, slot.behind) && slot.reload(fresh, next)) {
                    reloaded.add(slot);
                }
            }
            if (!reloaded.isEmpty()) {
                values = next;
            }
        } finally {
            round.unlock();
        }
        for (Slot<?> slot : reloaded) {
            log.info("{}: reloaded", slot.key);
            tell(slot.key);
        }
    }

    private void tell(String key) {
        for (Consumer<String> listener : listeners) {
            try {
                listener.accept(key);
            } catch (RuntimeException e) {
                log.error("A listener for reloaded settings failed on {}", key, e);
            }
        }
    }

    private Watched watched(Reference reference) {
        return watched.computeIfAbsent(
                new Bounded(reference.path(), reference.maxBytes()),
                bounded -> new Watched(bounded.path(), bounded.maxBytes()));
    }

    private record Bounded(String path, int maxBytes) {}

    /** What is known of one file. Guarded by {@link #round}. */
    private final class Watched {
        private final String path;
        private final int maxBytes;
        private Content last = Content.failed("");
        private Optional<Object> version = Optional.empty();
        private Optional<Object> seen = Optional.empty();
        private boolean seenMissing;
        private boolean racy = true;
        private boolean settled;
        private int generation;

        Watched(String path, int maxBytes) {
            this.path = path;
            this.maxBytes = maxBytes;
        }

        /** Whether it may have changed since it was read; notes whether it rests. */
        boolean look() {
            Optional<ResourceLookup.Resource> found;
            try {
                found = files.find(path);
            } catch (IOException | RuntimeException e) {
                settled = true;
                return true;
            }
            Optional<Object> now = found.flatMap(ResourceLookup.Resource::version);
            boolean missing = found.isEmpty();
            if (missing) {
                settled = seenMissing;
            } else {
                long modified = found.get().lastModified();
                long age = clock.millis() - modified;
                settled = now.isEmpty() || modified == 0 || age >= SETTLES_MILLIS || now.equals(seen);
            }
            seen = now;
            seenMissing = missing;
            return racy || now.isEmpty() || !now.equals(version);
        }

        /** Reads it; a content that differs from the last counts as a new generation. */
        Content read() {
            Content content;
            try {
                Optional<ResourceLookup.Resource> found = files.find(path);
                Optional<Object> before = found.flatMap(ResourceLookup.Resource::version);
                long modified = found.map(ResourceLookup.Resource::lastModified).orElse(0L);
                long now = clock.millis();
                content = Content.read(found, maxBytes);
                Optional<Object> after = files.find(path).flatMap(ResourceLookup.Resource::version);
                // Written while it was read: the next round reads it again.
                racy = modified > now - COARSEST_TIME_MILLIS || !before.equals(after);
                version = before;
            } catch (IOException | RuntimeException e) {
                content = Content.unreadable(e);
                racy = true;
            }
            if (!content.same(last)) {
                generation++;
                last = content.withoutText();
            }
            return content;
        }
    }

    /** One value and what it was made of. Guarded by {@link #round}. */
    private static final class Slot<T> {
        private final String key;
        private final List<Reference> references;
        private final List<Watched> behind;
        private final Function<Function<String, String>, T> parser;
        private final int index;
        private int[] tried;
        private List<Content> inForce;
        private @Nullable String logged;

        Slot(
                String key,
                List<Reference> references,
                List<Watched> behind,
                List<Content> readings,
                Function<Function<String, String>, T> parser,
                int index) {
            this.key = key;
            this.references = references;
            this.behind = behind;
            this.parser = parser;
            this.index = index;
            this.tried = generations();
            this.inForce = readings.stream().map(Content::withoutText).toList();
            for (int i = 0; i < tried.length; i++) {
                // Somebody else may have read it anew since.
                tried[i] = behind.get(i).last.same(inForce.get(i)) ? tried[i] : -1;
            }
        }

        /** Whether there is a new value, which then stands in {@code next}. */
        boolean reload(Map<Watched, Content> fresh, Object[] next) {
            if (Arrays.equals(tried, generations())) {
                return false;
            }
            Map<String, String> texts = new LinkedHashMap<>();
            List<Content> used = new ArrayList<>();
            String failure = null;
            for (int i = 0; i < behind.size(); i++) {
                Reference reference = references.get(i);
                Content content = fresh.computeIfAbsent(behind.get(i), Watched::read);
                used.add(content.withoutText());
                String text = content.text();
                if (text == null || text.isBlank()) {
                    // A file that became empty was truncated by somebody who is about to write it.
                    String expected = text == null ? content.failure() : "a file that is not empty";
                    failure = reference.written() + " (expected: " + expected + ")";
                } else {
                    texts.put(reference.path(), text);
                }
            }
            tried = generations();
            if (failure == null && sameAsInForce(used)) {
                logged = null;
                return false;
            }
            if (failure == null) {
                Parsed<T> parsed = Parsed.of(parser, path -> texts.getOrDefault(path, ""));
                T value = parsed.value();
                if (value != null) {
                    next[index] = value;
                    inForce = used;
                    logged = null;
                    return true;
                }
                failure = parsed.failure();
            }
            if (!failure.equals(logged)) {
                log.error("{}: {}; the value before stays", key, failure);
                logged = failure;
            }
            return false;
        }

        private int[] generations() {
            return behind.stream().mapToInt(file -> file.generation).toArray();
        }

        private boolean sameAsInForce(List<Content> used) {
            for (int i = 0; i < used.size(); i++) {
                if (!used.get(i).same(inForce.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** What a parser made of a text: a value, or a failure that carries nothing of it. */
    record Parsed<T>(@Nullable T value, String failure) {
        static <A, T> Parsed<T> of(Function<A, T> parser, A text) {
            try {
                return new Parsed<>(parser.apply(text), "cannot be read");
            } catch (RuntimeException | StackOverflowError e) {
                String message = e.getMessage();
                return new Parsed<>(
                        null,
                        message != null && agreed(e)
                                ? message
                                : "cannot be read (" + e.getClass().getSimpleName() + ")");
            }
        }

        // Only of IllegalArgumentException itself is it agreed that the message may be shown: NumberFormatException,
        // which extends it, quotes its input.
        private static boolean agreed(Throwable e) {
            return e.getClass().equals(IllegalArgumentException.class)
                    || (e instanceof IllegalArgumentException
                            && e.getClass().getName().startsWith("dev.countersign."));
        }
    }
}
