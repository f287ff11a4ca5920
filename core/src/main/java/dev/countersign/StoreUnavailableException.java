package dev.countersign;

import java.time.Duration;

/**
 * "Cannot tell": a store, a key set or a queue that the answer depends on is unreachable or full. The Gate answers 503
 * with {@code Retry-After}; it is never "absent" and never "wrong".
 */
public final class StoreUnavailableException extends CountersignException {
    private static final long serialVersionUID = 1L;

    private static final Duration OUTAGE = Duration.ofSeconds(5);
    private static final Duration FULL = Duration.ofSeconds(1);

    private final Duration retryAfter;

    private StoreUnavailableException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    private StoreUnavailableException(String message, Throwable cause, Duration retryAfter) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** A store that did not answer; clients are told to come back in five seconds. */
    public static StoreUnavailableException outage(String message) {
        return new StoreUnavailableException(message, OUTAGE);
    }

    /** A store that did not answer; clients are told to come back in five seconds. */
    public static StoreUnavailableException outage(String message, Throwable cause) {
        return new StoreUnavailableException(message, cause, OUTAGE);
    }

    /** A queue or bounded store that is full; clients are told to come back in one second. */
    public static StoreUnavailableException full(String message) {
        return new StoreUnavailableException(message, FULL);
    }

    /** How long a client should wait: whole seconds, at least one. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
