package dev.countersign.servlet.response;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The stream of a guarded response: opens the container's only when a body may leave, else drops what is written. */
final class GuardedStream extends ServletOutputStream {
    private final GuardedResponse response;
    private @Nullable ServletOutputStream opened;

    GuardedStream(GuardedResponse response) {
        this.response = response;
    }

    private @Nullable ServletOutputStream stream() throws IOException {
        opened = response.bodyStream();
        return opened;
    }

    @Override
    public void write(int b) throws IOException {
        ServletOutputStream out = stream();
        if (out != null) {
            out.write(b);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ServletOutputStream out = stream();
        if (out != null) {
            out.write(bytes, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        ServletOutputStream out = stream();
        if (out != null) {
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        ServletOutputStream out = stream();
        if (out != null) {
            out.close();
        }
    }

    @Override
    public boolean isReady() {
        return opened == null || opened.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        try {
            ServletOutputStream out = stream();
            if (out != null) {
                out.setWriteListener(listener);
            }
        } catch (IOException e) {
            listener.onError(e);
        }
    }
}
