package dev.countersign.it.wars.guarded;

import java.util.concurrent.atomic.AtomicInteger;

/** How often any method of {@link GuardedResource} ran. */
public final class Calls {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Calls() {}

    /** Counts one. */
    public static void add() {
        COUNT.incrementAndGet();
    }

    /** The number of calls so far. */
    public static int count() {
        return COUNT.get();
    }
}
