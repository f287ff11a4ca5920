package dev.countersign.state;

import com.github.benmanes.caffeine.cache.Cache;
import dev.countersign.StoreUnavailableException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Everything of one use in memory. The bound is kept by refusing; callers at the same moment may exceed it by as many
 * entries as there are callers.
 */
final class Area {
    /** Takes and the millisecond in which all of them have come back. The window is used inside an atomic step only. */
    private record Window(SlidingWindow takes, long expiresAt) implements Expiring {}

    private final Cache<String, Held> entries;
    private final Cache<String, Window> windows;
    private final ChangeStream changes;
    private final int max;
    private final InstantSource clock;

    Area(String epoch, int max, InstantSource clock) {
        this.entries = Expiring.map(clock);
        this.windows = Expiring.map(clock);
        this.changes = new ChangeStream(epoch, max);
        this.max = max;
        this.clock = clock;
    }

    ChangeStream changes() {
        return changes;
    }

    Optional<byte[]> get(String key) {
        return Optional.ofNullable(live(entries.getIfPresent(key), clock.millis()))
                .map(Held::value);
    }

    boolean remove(String key) {
        return live(entries.asMap().remove(key), clock.millis()) != null;
    }

    boolean compareAndSet(String key, byte @Nullable [] expected, byte[] value, long life) {
        boolean full = expected == null && Expiring.full(entries, max);
        AtomicReference<Outcome> outcome = new AtomicReference<>(Outcome.LEFT);
        entries.asMap().compute(key, (ignored, present) -> {
            long now = clock.millis();
            Held entry = live(present, now);
            if (expected == null ? entry != null : entry == null || !entry.hasValue(expected)) {
                return entry;
            }
            if (full && present == null) {
                outcome.setPlain(Outcome.REFUSED);
                return null;
            }
            outcome.setPlain(Outcome.WRITTEN);
            return new Held(value, now + life);
        });
        if (outcome.getPlain() == Outcome.REFUSED) {
            throw refusal();
        }
        return outcome.getPlain() == Outcome.WRITTEN;
    }

    Take take(String key, long quota, long windowMillis, long cost) {
        boolean full = Expiring.full(windows, max);
        AtomicReference<@Nullable Take> answer = new AtomicReference<>();
        windows.asMap().compute(key, (ignored, present) -> {
            if (full && present == null && cost > 0) {
                return null;
            }
            SlidingWindow takes = present == null ? new SlidingWindow() : present.takes();
            answer.setPlain(takes.take(clock.millis(), quota, windowMillis, cost));
            return takes.isEmpty() ? null : new Window(takes, takes.endsAt(windowMillis));
        });
        Take take = answer.getPlain();
        if (take == null) {
            throw refusal();
        }
        return take;
    }

    private enum Outcome {
        LEFT,
        WRITTEN,
        REFUSED
    }

    private static StoreUnavailableException refusal() {
        return StoreUnavailableException.full("The state in memory is full");
    }

    private static @Nullable Held live(@Nullable Held entry, long now) {
        return entry == null || entry.expiredAt(now) ? null : entry;
    }
}
