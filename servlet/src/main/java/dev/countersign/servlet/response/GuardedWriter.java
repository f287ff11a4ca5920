package dev.countersign.servlet.response;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** The writer of a guarded response: opens the container's only when a body may leave, else drops what is written. */
final class GuardedWriter extends Writer {
    private final GuardedResponse response;

    GuardedWriter(GuardedResponse response) {
        this.response = response;
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        PrintWriter out = response.bodyWriter();
        if (out != null) {
            out.write(characters, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        PrintWriter out = response.bodyWriter();
        if (out != null) {
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        PrintWriter out = response.bodyWriter();
        if (out != null) {
            out.close();
        }
    }
}
