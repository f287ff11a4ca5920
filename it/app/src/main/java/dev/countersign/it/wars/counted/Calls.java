package dev.countersign.it.wars.counted;

import java.util.concurrent.atomic.AtomicInteger;

/** How often anything protected ran. */
public final class Calls {
    /** What every protected method answers with, and nothing else has. */
    public static final String MARKER = "MARKER-OF-THE-SECRET";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Calls() {}

    /** Counts one. */
    public static void add() {
        COUNT.incrementAndGet();
    }

    /** Counts one, and gives the {@link #MARKER}. */
    public static String marker() {
        add();
        return MARKER;
    }

    /** The number of calls so far. */
    public static int count() {
        return COUNT.get();
    }
}
