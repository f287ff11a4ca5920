package dev.countersign.servlet.body;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an application reads content from, the same for the whole request: some runtimes ask for the stream again for every
 * piece, and some before it is known whether the content is kept.
 */
final class ContentStream extends ServletInputStream {
    private final RequestBody body;
    private @Nullable KeptListener listener;
    private boolean entered = true;

    ContentStream(RequestBody body) {
        this.body = body;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int count = body.read(bytes, offset, length);
        KeptListener told = listener;
        if (told != null && count < 0) {
            told.finished();
        }
        return count;
    }

    @Override
    public int available() throws IOException {
        return body.available();
    }

    @Override
    public boolean isFinished() {
        try {
            return body.isFinished();
        } catch (IOException e) {
            return true;
        }
    }

    /** What is kept never blocks; at its end a listener is told so instead (Jakarta Servlet 3.7). */
    @Override
    public boolean isReady() {
        if (body.isComplete()) {
            KeptListener told = listener;
            if (told == null || !isFinished()) {
                return true;
            }
            told.finished();
            return false;
        }
        try {
            return body.isReady();
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void setReadListener(ReadListener readListener) {
        Objects.requireNonNull(readListener, "readListener");
        if (!body.isComplete()) {
            try {
                body.listen(readListener);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return;
        }
        if (!body.isAsyncStarted()) {
            throw new IllegalStateException("The request is not asynchronous");
        }
        KeptListener told = new KeptListener(readListener, this, body.asyncContext());
        boolean now;
        synchronized (this) {
            if (listener != null) {
                throw new IllegalStateException("There is a ReadListener already");
            }
            listener = told;
            now = !entered;
        }
        if (now) {
            told.start();
        }
    }

    @Override
    public void close() throws IOException {
        body.close();
    }

    synchronized void entered() {
        entered = true;
    }

    /** A container tells a listener first when the servlet has returned. */
    void left() {
        KeptListener waiting;
        synchronized (this) {
            entered = false;
            waiting = listener;
        }
        if (waiting != null) {
            waiting.begin();
        }
    }
}
