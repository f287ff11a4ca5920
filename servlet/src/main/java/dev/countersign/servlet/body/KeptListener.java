package dev.countersign.servlet.body;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a {@link ReadListener} of content that is all there: once that there is some, and once that there is no more. What it
 * leaves unread it may read later, from any thread.
 */
final class KeptListener {
    private static final Logger LOG = LoggerFactory.getLogger(KeptListener.class);

    private final ReadListener listener;
    private final ContentStream stream;
    private final AsyncContext context;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean telling;

    KeptListener(ReadListener listener, ContentStream stream, AsyncContext context) {
        this.listener = listener;
        this.stream = stream;
        this.context = context;
    }

    /** Begins on another thread, because that of the request has returned. */
    void start() {
        context.start(this::begin);
    }

    /** Begins on this thread, once. */
    void begin() {
        if (begun.getAndSet(true)) {
            return;
        }
        if (!stream.isFinished()) {
            telling = true;
            try {
                listener.onDataAvailable();
            } catch (Exception | LinkageError e) {
                fail(e);
                return;
            } finally {
                telling = false;
            }
        }
        if (stream.isFinished()) {
            end();
        }
    }

    /** Whoever reads has been told that nothing is left. */
    void finished() {
        if (!telling && begun.get() && !ended.get()) {
            context.start(this::end);
        }
    }

    private void end() {
        if (ended.getAndSet(true)) {
            return;
        }
        try {
            listener.onAllDataRead();
        } catch (Exception | LinkageError e) {
            fail(e);
        }
    }

    private void fail(Throwable e) {
        ended.set(true);
        LOG.debug("A listener for content failed", e);
        listener.onError(e);
    }
}
