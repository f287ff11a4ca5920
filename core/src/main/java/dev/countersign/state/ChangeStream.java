package dev.countersign.state;

import dev.countersign.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;

/** One append-only stream in memory. Appending takes a lock, so that numbers become visible in their order. */
final class ChangeStream {
    private static final int FIRST_SWEEP = 64;

    private final ConcurrentSkipListMap<Long, Held> changes = new ConcurrentSkipListMap<>();
    private final ReentrantLock appending = new ReentrantLock();
    private final String epoch;
    private final int maxChanges;
    private long lastNumber;
    private int count;
    private int sweepAt = FIRST_SWEEP;

    ChangeStream(String epoch, int maxChanges) {
        this.epoch = epoch;
        this.maxChanges = maxChanges;
    }

    void append(byte[] value, long now, long expiresAt) {
        appending.lock();
        try {
            // A sweep whenever the stream has doubled since the last one costs a constant per change.
            if (count >= Math.min(sweepAt, maxChanges)) {
                changes.values().removeIf(change -> change.expiredAt(now));
                count = changes.size();
                sweepAt = Math.max(FIRST_SWEEP, count * 2);
            }
            if (count >= maxChanges) {
                throw StoreUnavailableException.full("The change stream in memory is full");
            }
            changes.put(++lastNumber, new Held(value, expiresAt));
            count++;
        } finally {
            appending.unlock();
        }
    }

    Changes since(String cursor, long now) {
        long number = number(cursor);
        List<byte[]> values = new ArrayList<>();
        for (Map.Entry<Long, Held> entry : changes.tailMap(number, false).entrySet()) {
            if (values.size() == StateLimits.MAX_CHANGES) {
                return new Changes(values, cursor(number), true);
            }
            number = entry.getKey();
            if (!entry.getValue().expiredAt(now)) {
                values.add(entry.getValue().value());
            }
        }
        return new Changes(values, cursor(number), false);
    }

    private String cursor(long number) {
        return epoch + Long.toHexString(number);
    }

    /** The number in a cursor of this very stream; 0 for any other text, which starts at the beginning. */
    private long number(String cursor) {
        if (!cursor.startsWith(epoch)) {
            return 0;
        }
        try {
            return Math.max(0, Long.parseLong(cursor, epoch.length(), cursor.length(), 16));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
