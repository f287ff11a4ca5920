package dev.countersign.servlet.body;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;

/** Sees to it that the temporary file of a request's content is deleted when the request ends, whichever way. */
final class Spool implements AsyncListener {
    private final RequestBody body;
    private volatile boolean later;

    Spool(RequestBody body) {
        this.body = body;
    }

    /** An asynchronous cycle began; each has its own listeners. */
    void later(AsyncContext context) {
        context.addListener(this);
        later = true;
    }

    /** A dispatch by the container ended. */
    void left(HttpServletRequest request) {
        if (later || !body.isSpooled()) {
            return;
        }
        if (request.isAsyncStarted()) {
            try {
                later(request.getAsyncContext());
                return;
            } catch (IllegalStateException e) {
                // It was completed meanwhile.
            }
        }
        body.delete();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        body.delete();
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
