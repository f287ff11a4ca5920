package dev.countersign.state;

import dev.countersign.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** State in the memory of one process: checks what callers pass, and has an area for each use. */
final class InMemoryState implements State {
    private final ConcurrentMap<String, Area> areas = new ConcurrentHashMap<>();
    // Tells this state's cursors from those of another one, for instance from before a restart.
    private final String epoch = UUID.randomUUID() + ":";
    private final int maxEntries;
    private final InstantSource clock;
    private volatile boolean closed;

    InMemoryState(int maxEntries, InstantSource clock) {
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries: " + maxEntries + " (expected: at least 1)");
        }
        this.maxEntries = maxEntries;
        this.clock = clock;
    }

    @Override
    public boolean putIfAbsent(String use, String key, byte[] value, Duration duration) {
        return compareAndSet(use, key, null, value, duration);
    }

    @Override
    public Optional<byte[]> get(String use, String key) {
        return area(use).get(StateLimits.requireKey(key));
    }

    @Override
    public boolean compareAndSet(String use, String key, byte @Nullable [] expected, byte[] value, Duration duration) {
        return area(use)
                .compareAndSet(
                        StateLimits.requireKey(key),
                        expected,
                        StateLimits.requireValue(value),
                        StateLimits.requireMillis(duration));
    }

    @Override
    public boolean remove(String use, String key) {
        return area(use).remove(StateLimits.requireKey(key));
    }

    @Override
    public Take take(String use, String key, long quota, Duration window, long cost) {
        StateLimits.requireCost(quota, cost);
        return area(use).take(StateLimits.requireKey(key), quota, StateLimits.requireMillis(window), cost);
    }

    @Override
    public void append(String use, byte[] value, Duration duration) {
        long life = StateLimits.requireMillis(duration);
        long now = clock.millis();
        area(use).changes().append(StateLimits.requireValue(value), now, now + life);
    }

    @Override
    public Changes changesSince(String use, String cursor) {
        return area(use).changes().since(cursor, clock.millis());
    }

    @Override
    public boolean isUntouched(String use) {
        // In this order: what is closed is empty, and must not be taken for untouched.
        return !areas.containsKey(use) && !closed;
    }

    @Override
    public void close() {
        closed = true;
        areas.clear();
    }

    private Area area(String use) {
        if (closed) {
            throw StoreUnavailableException.outage("The state in memory is closed");
        }
        Area area = areas.get(use);
        return area != null
                ? area
                : areas.computeIfAbsent(StateLimits.requireUse(use), ignored -> new Area(epoch, maxEntries, clock));
    }
}
