package dev.countersign.servlet.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Keeps what is written, up to a bound. */
final class BoundedOutput extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int max;

    BoundedOutput(int max) {
        this.max = max;
    }

    @Override
    public void write(int b) throws IOException {
        require(1);
        kept.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        require(length);
        kept.write(bytes, offset, length);
    }

    byte[] toByteArray() {
        return kept.toByteArray();
    }

    private void require(int more) throws IOException {
        if (more > max - kept.size()) {
            throw new IOException("entity of a signed request (expected: at most " + max + " bytes)");
        }
    }
}
