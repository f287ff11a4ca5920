package dev.countersign.client;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** All that a publisher publishes, as one array. */
final class PublishedBytes implements Flow.Subscriber<ByteBuffer> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> all = new CompletableFuture<>();
    private final int max;
    private Flow.@Nullable Subscription subscription;

    private PublishedBytes(int max) {
        this.max = max;
    }

    static byte[] of(BodyPublisher publisher, int max) {
        if (publisher.contentLength() > max) {
            throw tooLarge(max);
        }
        PublishedBytes subscriber = new PublishedBytes(max);
        publisher.subscribe(subscriber);
        try {
            return subscriber.all.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TooLarge) {
                throw tooLarge(max);
            }
            throw e;
        }
    }

    static IllegalArgumentException tooLarge(int max) {
        return new IllegalArgumentException("content of a signed request (expected: at most " + max + " bytes)");
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer piece) {
        if (all.isDone()) {
            return;
        }
        if (piece.remaining() > max - bytes.size()) {
            if (subscription != null) {
                subscription.cancel();
            }
            all.completeExceptionally(new TooLarge());
            return;
        }
        byte[] copy = new byte[piece.remaining()];
        piece.get(copy);
        bytes.write(copy, 0, copy.length);
    }

    @Override
    public void onError(Throwable failure) {
        all.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        all.complete(bytes.toByteArray());
    }

    /** Told apart from what a publisher may throw. */
    private static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super(null, null, false, false);
        }
    }
}
