package dev.countersign.examples.webhooks;

import java.util.concurrent.atomic.AtomicInteger;

/** How many deliveries this example has worked on: in memory, gone with the server. */
final class Deliveries {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Deliveries() {}

    static String received(String provider, String event) {
        return "Delivery " + COUNT.incrementAndGet() + ", from " + provider + ", of " + event.length()
                + " characters\n";
    }
}
