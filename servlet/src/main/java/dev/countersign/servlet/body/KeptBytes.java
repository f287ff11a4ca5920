package dev.countersign.servlet.body;

import dev.countersign.Body.Sink;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that were read, in the order in which they came: in memory, and in a file from a size on. Memory is taken as bytes
 * arrive, whatever length was announced, and they are copied nowhere else. Used by one thread at a time.
 */
final class KeptBytes implements Closeable {
    private static final int FIRST = 4 * 1024;
    private static final int LARGEST = 64 * 1024;

    private final int memory;
    private final Path directory;
    private final List<byte[]> segments = new ArrayList<>();
    /** How many bytes of the last segment are used. */
    private int used;

    private long size;
    private @Nullable FileChannel file;
    /** The piece that was taken last. */
    private byte[] piece = {};

    private int pieceOffset;

    /**
     * @param memory the most bytes in memory
     * @param directory where the file is made
     */
    KeptBytes(int memory, Path directory) {
        this.memory = memory;
        this.directory = directory;
    }

    long size() {
        return size;
    }

    /** Whether the bytes are in a file. */
    boolean isSpooled() {
        return file != null;
    }

    /**
     * Reads the next piece, of one byte or more. Before memory is taken for it, its first byte is there.
     *
     * @param expected how many bytes may follow, as far as it is known: no memory is taken for more
     * @return its length, -1 at the end
     * @throws IOException if it cannot be read
     * @throws UncheckedIOException if it cannot be kept
     */
    int take(InputStream in, long expected) throws IOException {
        if (file != null) {
            int count = in.read(piece, 0, piece.length);
            if (count > 0) {
                pieceOffset = 0;
                append(piece, 0, count);
            }
            return count;
        }
        byte[] last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
        if (last != null && used < last.length) {
            int count = in.read(last, used, last.length - used);
            if (count > 0) {
                took(last, used, count);
            }
            return count;
        }
        int first = in.read();
        if (first < 0) {
            return -1;
        }
        if (size >= memory) {
            spool();
            piece[0] = (byte) first;
            pieceOffset = 0;
            append(piece, 0, 1);
            return 1;
        }
        byte[] next = segment(last, expected);
        next[0] = (byte) first;
        took(next, 0, 1);
        return 1;
    }

    private void took(byte[] segment, int offset, int count) {
        piece = segment;
        pieceOffset = offset;
        used = offset + count;
        size += count;
    }

    /** A new last segment: each is twice as long as the one before, up to a bound. */
    private byte[] segment(byte @Nullable [] before, long expected) {
        long length = before == null ? FIRST : Math.min(LARGEST, 2L * Math.max(FIRST / 2, before.length));
        length = Math.min(length, memory - size);
        length = Math.min(length, Math.max(1, expected));
        byte[] next = new byte[(int) length];
        segments.add(next);
        used = 0;
        return next;
    }

    /** Passes on what {@link #take} read last. */
    void passPiece(Sink sink, int length) {
        sink.accept(piece, pieceOffset, length);
    }

    /**
     * Keeps these bytes too.
     *
     * @throws UncheckedIOException if they cannot be kept
     */
    void add(byte[] bytes, int offset, int length) {
        int at = offset;
        int left = length;
        while (left > 0) {
            if (file != null) {
                append(bytes, at, left);
                return;
            }
            if (size >= memory) {
                spool();
                continue;
            }
            byte[] last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
            if (last == null || used == last.length) {
                last = segment(last, Long.MAX_VALUE);
            }
            int count = Math.min(left, last.length - used);
            System.arraycopy(bytes, at, last, used, count);
            took(last, used, count);
            at += count;
            left -= count;
        }
    }

    /** Moves everything to a file, which nobody else sees: where the system allows that, it has no name from here on. */
    private void spool() {
        Path path = null;
        try {
            path = Files.createTempFile(directory, "countersign", ".body");
            FileChannel opened = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            file = opened;
            long kept = size;
            size = 0;
            for (int i = 0; i < segments.size(); i++) {
                byte[] segment = segments.get(i);
                append(segment, 0, i + 1 == segments.size() ? used : segment.length);
            }
            if (size != kept) {
                throw new IllegalStateException("Not every byte was written");
            }
            segments.clear();
            piece = new byte[LARGEST];
        } catch (IOException e) {
            if (path != null && file == null) {
                delete(path, e);
            }
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path, IOException cause) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void append(byte[] bytes, int offset, int length) {
        FileChannel opened = file;
        if (opened == null) {
            throw new IllegalStateException("There is no file");
        }
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                size += opened.write(buffer, size);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Passes everything on.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    void replay(Sink sink) {
        FileChannel opened = file;
        if (opened == null) {
            for (int i = 0; i < segments.size(); i++) {
                byte[] segment = segments.get(i);
                sink.accept(segment, 0, i + 1 == segments.size() ? used : segment.length);
            }
            return;
        }
        byte[] buffer = new byte[LARGEST];
        Reader reader = reader();
        try {
            for (int count = reader.read(buffer, 0, LARGEST); count > 0; count = reader.read(buffer, 0, LARGEST)) {
                sink.accept(buffer, 0, count);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads from the beginning. */
    Reader reader() {
        return new Reader();
    }

    /** Forgets everything, and deletes the file. */
    void clear() {
        segments.clear();
        piece = new byte[0];
        used = 0;
        size = 0;
        close();
        file = null;
    }

    /** Deletes the file, which cannot be read any more then. What is in memory stays. */
    @Override
    public void close() {
        FileChannel opened = file;
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A place in the bytes; more of them may come behind it. */
    final class Reader {
        private long position;
        private int segment;
        private int offset;

        /** Goes back to the beginning. */
        void restart() {
            position = 0;
            segment = 0;
            offset = 0;
        }

        /** How many bytes are kept behind this place. */
        long remaining() {
            return size - position;
        }

        /**
         * Reads what is kept.
         *
         * @return how many bytes, 0 if none is kept behind this place
         */
        int read(byte[] bytes, int at, int length) throws IOException {
            int count = (int) Math.min(length, remaining());
            if (count <= 0) {
                return 0;
            }
            FileChannel opened = file;
            if (opened != null) {
                count = opened.read(ByteBuffer.wrap(bytes, at, count), position);
                if (count <= 0) {
                    throw new IOException("The file of the content is shorter than what was written to it");
                }
                position += count;
                return count;
            }
            if (offset == segments.get(segment).length) {
                segment++;
                offset = 0;
            }
            byte[] from = segments.get(segment);
            count = Math.min(count, from.length - offset);
            System.arraycopy(from, offset, bytes, at, count);
            offset += count;
            position += count;
            return count;
        }

        /** Goes on by this many bytes, at most to the end of what is kept. */
        void skip(long count) {
            long target = Math.min(size, position + count);
            if (file == null) {
                long left = target - position;
                while (left > 0) {
                    if (offset == segments.get(segment).length) {
                        segment++;
                        offset = 0;
                    }
                    long step = Math.min(left, segments.get(segment).length - offset);
                    offset += (int) step;
                    left -= step;
                }
            }
            position = target;
        }
    }
}
