package dev.countersign.it.wars.hooks;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How often each event was handled. */
final class Deliveries {
    private static final Map<String, AtomicInteger> CALLS = new ConcurrentHashMap<>();

    private Deliveries() {}

    /** Counts a call; the status of the first one is what the delivery asks for, then 200. */
    static int status(String event, String first) {
        return CALLS.computeIfAbsent(event, ignored -> new AtomicInteger()).incrementAndGet() == 1
                ? Integer.parseInt(first)
                : 200;
    }

    static int calls(String event) {
        AtomicInteger calls = CALLS.get(event);
        return calls == null ? 0 : calls.get();
    }
}
