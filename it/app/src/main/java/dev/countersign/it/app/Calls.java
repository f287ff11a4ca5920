package dev.countersign.it.app;

import java.util.concurrent.atomic.AtomicLong;

/** How often any method of this application ran: a refused request must not move it. */
final class Calls {
    private static final AtomicLong COUNT = new AtomicLong();

    private Calls() {}

    static void count() {
        COUNT.incrementAndGet();
    }

    static long total() {
        return COUNT.get();
    }
}
