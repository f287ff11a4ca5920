package dev.countersign.client;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Content of an answer that nobody waits for: a little is read, so that the connection can be used again, and what is more is
 * cut off, so that a receiver can keep no sender busy.
 */
final class IgnoredBody implements BodySubscriber<String> {
    private static final long MAX_BYTES = 64L * 1024;

    private long seen;
    private Flow.@Nullable Subscription subscription;

    static BodyHandler<String> handler() {
        return answer -> new IgnoredBody();
    }

    @Override
    public CompletionStage<String> getBody() {
        return CompletableFuture.completedFuture("");
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        for (ByteBuffer piece : pieces) {
            seen += piece.remaining();
        }
        if (seen > MAX_BYTES && subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        // The status was read, and nothing else is asked for.
    }

    @Override
    public void onComplete() {
        // Nobody waits for it.
    }
}
