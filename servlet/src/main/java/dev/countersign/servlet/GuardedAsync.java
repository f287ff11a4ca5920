package dev.countersign.servlet;

import dev.countersign.Decision;
import dev.countersign.servlet.response.GuardedResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that comes later, to a target whose rule was not enforced when it began: its end is looked at, because an
 * answer without a body asks nobody before it leaves (SPEC 2.7 ii).
 */
final class GuardedAsync implements AsyncContext {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedAsync.class);

    private final AsyncContext context;
    private final Checkpoint checkpoint;
    private final Leg leg;
    private final GuardedResponse guarded;
    private final HttpServletRequest request;
    private final HttpServletResponse container;

    /** @param container the response to write a refusal to */
    GuardedAsync(
            AsyncContext context,
            Checkpoint checkpoint,
            Leg leg,
            GuardedResponse guarded,
            HttpServletRequest request,
            HttpServletResponse container) {
        this.context = context;
        this.checkpoint = checkpoint;
        this.leg = leg;
        this.guarded = guarded;
        this.request = request;
        this.container = container;
    }

    @Override
    public void complete() {
        if (guarded.isWithheldAtEnd() && leg.answersOnce()) {
            Decision.Answer refusal = leg.refusal();
            try {
                checkpoint
                        .deployed()
                        .answers()
                        .write(request, container, refusal == null ? checkpoint.fault("not_enforced") : refusal);
            } catch (IOException e) {
                LOG.debug("The client was gone before its refusal", e);
            }
        }
        context.complete();
    }

    @Override
    public ServletRequest getRequest() {
        return context.getRequest();
    }

    /** The container's own response is not for who was not enforced. */
    @Override
    public ServletResponse getResponse() {
        return context.hasOriginalRequestAndResponse() ? guarded : context.getResponse();
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return context.hasOriginalRequestAndResponse();
    }

    @Override
    public void dispatch() {
        context.dispatch();
    }

    @Override
    public void dispatch(String path) {
        context.dispatch(path);
    }

    @Override
    public void dispatch(ServletContext other, String path) {
        context.dispatch(other, path);
    }

    @Override
    public void start(Runnable work) {
        context.start(work);
    }

    @Override
    public void addListener(AsyncListener listener) {
        context.addListener(new Relay(listener));
    }

    @Override
    public void addListener(
            AsyncListener listener, @Nullable ServletRequest supplied, @Nullable ServletResponse response) {
        context.addListener(new Relay(listener), supplied, response);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return context.createListener(type);
    }

    @Override
    public void setTimeout(long timeout) {
        context.setTimeout(timeout);
    }

    @Override
    public long getTimeout() {
        return context.getTimeout();
    }

    /** Shows a listener this context instead of the container's. */
    private final class Relay implements AsyncListener {
        private final AsyncListener listener;

        Relay(AsyncListener listener) {
            this.listener = listener;
        }

        private AsyncEvent ours(AsyncEvent event) {
            return new AsyncEvent(
                    GuardedAsync.this, event.getSuppliedRequest(), event.getSuppliedResponse(), event.getThrowable());
        }

        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            listener.onComplete(ours(event));
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            listener.onTimeout(ours(event));
        }

        @Override
        public void onError(AsyncEvent event) throws IOException {
            listener.onError(ours(event));
        }

        @Override
        public void onStartAsync(AsyncEvent event) throws IOException {
            listener.onStartAsync(ours(event));
        }
    }
}
