package dev.countersign.state;

import java.time.Duration;
import java.util.Arrays;

/**
 * What was taken from one key, in at most {@value #GRAINS} grains and one: a grain remembers how much was taken and when
 * the last of it was. Takes that fall into one grain come back together, with the last one: late for some, early for
 * none, so that memory is bounded whatever the quota is. Not thread-safe.
 */
final class SlidingWindow {
    static final int GRAINS = 16;

    private long[] begun = new long[1];
    private long[] last = new long[1];
    private long[] cost = new long[1];
    private int size;

    /** How much can be taken now, and when that changes. Takes {@code amount} if it is admitted. */
    Take take(long now, long quota, long windowMillis, long amount) {
        drop(now - windowMillis);
        long taken = 0;
        for (int i = 0; i < size; i++) {
            taken += cost[i];
        }
        boolean admitted = amount <= quota - taken;
        if (admitted && amount > 0) {
            add(now, windowMillis / GRAINS, amount);
            taken += amount;
        }
        Duration reset = size == 0 ? Duration.ZERO : until(last[size - 1] + windowMillis, now);
        Duration retryAfter = admitted ? Duration.ZERO : until(freeAt(quota - amount, taken) + windowMillis, now);
        return new Take(admitted, Math.max(0, quota - taken), retryAfter, reset);
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The millisecond in which all of it has come back; not to be asked of an empty one. */
    long endsAt(long windowMillis) {
        return last[size - 1] + windowMillis;
    }

    private void drop(long upTo) {
        int gone = 0;
        while (gone < size && last[gone] <= upTo) {
            gone++;
        }
        if (gone > 0) {
            size -= gone;
            System.arraycopy(begun, gone, begun, 0, size);
            System.arraycopy(last, gone, last, 0, size);
            System.arraycopy(cost, gone, cost, 0, size);
        }
    }

    private void add(long now, long grain, long amount) {
        int newest = size - 1;
        // A clock that was set back falls into the newest grain too: times in the list never decrease.
        if (size > 0 && now - begun[newest] <= grain) {
            last[newest] = Math.max(last[newest], now);
            cost[newest] += amount;
            return;
        }
        if (size == begun.length) {
            int length = Math.min(GRAINS + 2, Math.max(4, size * 2));
            begun = Arrays.copyOf(begun, length);
            last = Arrays.copyOf(last, length);
            cost = Arrays.copyOf(cost, length);
        }
        begun[size] = now;
        last[size] = now;
        cost[size] = amount;
        size++;
    }

    /** The last take of the grain with which no more than {@code acceptable} stays taken. */
    private long freeAt(long acceptable, long taken) {
        long left = taken;
        for (int i = 0; i < size; i++) {
            left -= cost[i];
            if (left <= acceptable) {
                return last[i];
            }
        }
        throw new IllegalStateException("Nothing is taken, and yet the cost was refused");
    }

    private static Duration until(long then, long now) {
        return Duration.ofMillis(then - now);
    }
}
