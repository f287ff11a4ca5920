package dev.countersign.servlet.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptBytesTest {
    private static final int KIBIBYTE = 1024;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (i * 31 + (i >> 8));
        }
        return content;
    }

    /** Gives no more than so many bytes at a time. */
    private static InputStream slowly(byte[] bytes, int most) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, most));
            }
        };
    }

    private static byte[] fill(KeptBytes kept, InputStream in, long expected) throws IOException {
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        for (int count = kept.take(in, expected); count >= 0; count = kept.take(in, expected - kept.size())) {
            kept.passPiece(passed::write, count);
        }
        return passed.toByteArray();
    }

    private static byte[] replayed(KeptBytes kept) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        kept.replay(all::write);
        return all.toByteArray();
    }

    private static byte[] range(KeptBytes kept, long start, long length) throws IOException {
        return new RangeStream(kept, start, length).readAllBytes();
    }

    @Test
    void bytes_of_every_length_are_passed_on_kept_and_given_again() throws IOException {
        for (int length : new int[] {0, 1, 4095, 4096, 4097, 12_288, 12_289, 70_000, 300_000}) {
            for (int piece : new int[] {1_000, Integer.MAX_VALUE}) {
                for (int memory : new int[] {0, 5_000, 1 << 20}) {
                    byte[] content = content(length);
                    try (KeptBytes kept = new KeptBytes(memory, directory)) {
                        assertThat(fill(kept, slowly(content, piece), length)).isEqualTo(content);
                        assertThat(kept.size()).isEqualTo(length);
                        assertThat(kept.isSpooled()).isEqualTo(length > memory);
                        assertThat(replayed(kept)).isEqualTo(content);
                        assertThat(replayed(kept)).isEqualTo(content);
                        assertThat(range(kept, 0, length)).isEqualTo(content);
                        int from = length / 3;
                        assertThat(range(kept, from, length / 2))
                                .isEqualTo(java.util.Arrays.copyOfRange(content, from, from + length / 2));
                    }
                }
            }
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_length_that_was_only_announced_takes_no_memory() throws IOException {
        int[] largest = new int[1];
        InputStream in = new InputStream() {
            private int left = 10;

            @Override
            public int read() {
                return left-- > 0 ? 1 : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                largest[0] = Math.max(largest[0], bytes.length);
                int next = read();
                if (next >= 0) {
                    bytes[offset] = (byte) next;
                }
                return next;
            }
        };
        KeptBytes kept = new KeptBytes(1 << 30, directory);
        assertThat(fill(kept, in, 1 << 30)).hasSize(10);
        assertThat(largest[0]).isPositive().isLessThanOrEqualTo(4 * KIBIBYTE);
    }

    @Test
    void bytes_are_added_to_those_that_were_taken() throws IOException {
        byte[] content = content(50_000);
        for (int memory : new int[] {0, 10_000, 1 << 20}) {
            try (KeptBytes kept = new KeptBytes(memory, directory)) {
                kept.add(content, 0, 9_000);
                kept.add(content, 9_000, 11_000);
                fill(kept, new ByteArrayInputStream(content, 20_000, 30_000), 30_000);
                assertThat(replayed(kept)).isEqualTo(content);
            }
        }
    }

    @Test
    void a_place_goes_on_behind_what_comes_later() throws IOException {
        KeptBytes kept = new KeptBytes(6_000, directory);
        KeptBytes.Reader reader = kept.reader();
        byte[] content = content(20_000);
        byte[] into = new byte[20_000];
        assertThat(reader.read(into, 0, 10)).isZero();
        int at = 0;
        for (int i = 0; i < 20; i++) {
            kept.add(content, i * 1_000, 1_000);
            reader.skip(500);
            System.arraycopy(content, at, into, at, 500);
            at += 500;
            while (reader.remaining() > 0) {
                at += reader.read(into, at, 333);
            }
        }
        assertThat(into).isEqualTo(content);
        kept.close();
    }

    @Test
    void a_file_cannot_be_read_when_it_is_gone() throws IOException {
        KeptBytes kept = new KeptBytes(10, directory);
        kept.add(content(100), 0, 100);
        kept.close();
        assertThat(directory).isEmptyDirectory();
        assertThatThrownBy(() -> range(kept, 0, 100)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> replayed(kept)).isInstanceOf(UncheckedIOException.class);
        kept.clear();
        assertThat(kept.size()).isZero();
        assertThat(replayed(kept)).isEmpty();
    }

    @Test
    void where_no_file_can_be_made_nothing_is_kept() {
        KeptBytes kept = new KeptBytes(10, directory.resolve("missing"));
        assertThatThrownBy(() -> kept.add(content(100), 0, 100)).isInstanceOf(UncheckedIOException.class);
    }
}
