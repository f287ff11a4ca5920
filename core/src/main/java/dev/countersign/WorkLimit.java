package dev.countersign;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Bounds how much expensive work (password hashing, cold public-key verification) runs at once, so that a flood of it
 * cannot take every core. Work waits in a bounded queue; when that is full, or the wait is too long, the answer is 503
 * with {@code Retry-After: 1}. Safe for use by many threads, virtual ones included.
 */
public final class WorkLimit {
    private static final long MAX_WAIT_SECONDS = 5;
    private static final int REST = 2;
    private static final long MAX_REST = TimeUnit.MILLISECONDS.toNanos(20);

    private final String name;
    private final Semaphore running;
    private final int queue;
    private final LongSupplier nanos;
    private final LongConsumer pause;
    private volatile long restsUntil;

    /**
     * @param name what the work is, for the log, such as {@code password hashing}
     * @param concurrency how many run at once, at least 1
     * @param queue how many may wait, at least 0
     */
    public WorkLimit(String name, int concurrency, int queue) {
        this(name, concurrency, queue, System::nanoTime, LockSupport::parkNanos);
    }

    /** @param pause lets the thread do nothing for so many nanoseconds */
    WorkLimit(String name, int concurrency, int queue, LongSupplier nanos, LongConsumer pause) {
        if (concurrency < 1 || queue < 0) {
            throw new IllegalArgumentException(name + " needs a concurrency of at least 1 and a queue of at least 0");
        }
        this.name = name;
        this.running = new Semaphore(concurrency, true);
        this.queue = queue;
        this.nanos = nanos;
        this.pause = pause;
        this.restsUntil = nanos.getAsLong();
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

    /**
     * Runs a check like {@link #run}. After one that fails, the next begins later by twice the time that it took (20 ms at
     * most): whoever sends forgeries by the thousand gets a third of what the limit allows, and leaves the rest of the
     * processors to those who need no check.
     *
     * @return what the check returns
     * @throws StoreUnavailableException as {@link #run}
     */
    public boolean check(BooleanSupplier check) {
        acquire();
        try {
            long left = restsUntil - nanos.getAsLong();
            if (left > 0) {
                pause.accept(left);
            }
            long begin = nanos.getAsLong();
            boolean good = check.getAsBoolean();
            if (!good) {
                long end = nanos.getAsLong();
                restsUntil = end + Math.min(REST * (end - begin), MAX_REST);
            }
            return good;
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
