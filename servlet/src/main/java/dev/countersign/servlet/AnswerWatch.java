package dev.countersign.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * Waits for an answer that comes later, to tell the Gate how it ended. After a timeout or an error the application, or
 * else the container, still answers, so only the end counts; but what failed is no whole answer, whatever its status.
 */
final class AnswerWatch implements AsyncListener {
    private final Checkpoint checkpoint;
    private volatile boolean failed;

    AnswerWatch(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    @Override
    public void onComplete(AsyncEvent event) {
        checkpoint.answered(!failed);
    }

    @Override
    public void onError(AsyncEvent event) {
        failed = true;
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // A runtime answers it with 503, and so may the application.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // The request of that dispatch is ours too, and is watched by its own startAsync.
    }
}
