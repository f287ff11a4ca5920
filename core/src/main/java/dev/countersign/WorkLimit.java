package dev.countersign;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bounds how much expensive work (password hashing, cold public-key verification) runs at once, so that a flood of it
 * cannot take every core. Work waits in a bounded queue; when that is full, or the wait is too long, the answer is 503
 * with {@code Retry-After: 1}. Safe for use by many threads, virtual ones included.
 */
public final class WorkLimit {
    private static final long MAX_WAIT_SECONDS = 5;

    private final String name;
    private final Semaphore running;
    private final int queue;

    /**
     * @param name what the work is, for the log, such as {@code password hashing}
     * @param concurrency how many run at once, at least 1
     * @param queue how many may wait, at least 0
     */
    public WorkLimit(String name, int concurrency, int queue) {
        if (concurrency < 1 || queue < 0) {
            throw new IllegalArgumentException(name + " needs a concurrency of at least 1 and a queue of at least 0");
        }
        this.name = name;
        this.running = new Semaphore(concurrency, true);
        this.queue = queue;
    }

    /**
     * Runs {@code work} on the calling thread as soon as there is room for it.
     *
     * @throws StoreUnavailableException if the queue is full, the wait is too long, or the thread is interrupted
     */
    public <T> T run(Supplier<T> work) {
        acquire();
        try {
            return work.get();
        } finally {
            running.release();
        }
    }

    private void acquire() {
        if (running.tryAcquire()) {
            return;
        }
        if (running.getQueueLength() >= queue) {
            throw StoreUnavailableException.full("The queue for " + name + " is full");
        }
        try {
            if (!running.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw StoreUnavailableException.full("The queue for " + name + " does not move");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StoreUnavailableException.full("Interrupted while waiting for " + name);
        }
    }
}
