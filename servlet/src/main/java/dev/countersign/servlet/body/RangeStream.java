package dev.countersign.servlet.body;

import java.io.IOException;
import java.io.InputStream;

/** A range of kept bytes. */
final class RangeStream extends InputStream {
    private final KeptBytes.Reader reader;
    private long left;

    RangeStream(KeptBytes kept, long start, long length) {
        this.reader = kept.reader();
        this.reader.skip(start);
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = left == 0 ? 0 : reader.read(bytes, offset, (int) Math.min(length, left));
        left -= count;
        return count == 0 ? -1 : count;
    }

    @Override
    public int available() {
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}
