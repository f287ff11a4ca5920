package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a fuzzer made, read from the front: a choice, lines, then what is left. Saved inputs are ordinary text
 * therefore: a choice is one digit or letter, counted from {@code 0}.
 *
 * <p>{@link #planted} puts whole pieces of credentials where the input has one character from U+0080 on: near misses then
 * cost the fuzzer one byte.
 */
public final class FuzzInput {
    /** Stands for a secret wherever an input has {@link #SECRET_MARK}; nothing else contains it. */
    public static final String SECRET = "hG7pQz4WnR2x";

    private static final char SECRET_MARK = '\u00A7';
    private static final char FIRST_PIECE = '\u0080';
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final byte[] data;
    private int position;

    /** Reads these bytes. */
    public FuzzInput(byte[] data) {
        this.data = data;
    }

    /** One of {@code count} ways to go on; the first where nothing is left. */
    public int choose(int count) {
        return position < data.length ? Math.floorMod(data[position++] - '0', count) : 0;
    }

    /** Everything up to the next line feed, which is passed over, as a server hands over field values. */
    public String line() {
        int end = position;
        while (end < data.length && data[end] != '\n') {
            end++;
        }
        String line = new String(data, position, end - position, StandardCharsets.ISO_8859_1);
        position = Math.min(end + 1, data.length);
        return line;
    }

    /** The lines that are left, at most so many. */
    public List<String> lines(int max) {
        List<String> lines = new ArrayList<>();
        while (position < data.length && lines.size() < max) {
            lines.add(line());
        }
        return lines;
    }

    /** All bytes that are left. */
    public byte[] bytes() {
        byte[] rest = Arrays.copyOfRange(data, position, data.length);
        position = data.length;
        return rest;
    }

    /** All that is left, one character a byte. */
    public String latin() {
        return text(StandardCharsets.ISO_8859_1);
    }

    /** All that is left, in UTF-8; what is not becomes U+FFFD. */
    public String unicode() {
        return text(StandardCharsets.UTF_8);
    }

    private String text(Charset charset) {
        return new String(bytes(), charset).replace(String.valueOf(SECRET_MARK), SECRET);
    }

    /** The text with its characters from U+0080 on replaced by these pieces; further ones stay. */
    public static String planted(String text, List<String> pieces) {
        StringBuilder planted = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int piece = text.charAt(i) - FIRST_PIECE;
            if (piece >= 0 && piece < pieces.size()) {
                planted.append(pieces.get(piece));
            } else {
                planted.append(text.charAt(i));
            }
        }
        return planted.toString();
    }

    /**
     * What the reading gives, if it allocates no more than 256 KiB and 1 KiB for each of the {@code size} units of its
     * input; much of that is for the fuzzer's own hooks. A reading that seems to take more is done again before it counts:
     * the first one also loads classes.
     */
    public static <T> T bounded(int size, Supplier<T> reading) {
        return bounded(size, 256 << 10, reading);
    }

    /** As {@link #bounded(int, Supplier)}, with another constant part. */
    public static <T> T bounded(int size, int constant, Supplier<T> reading) {
        long limit = constant + 1024L * size;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        T result = reading.get();
        if (THREADS.getCurrentThreadAllocatedBytes() - before > limit) {
            long again = THREADS.getCurrentThreadAllocatedBytes();
            result = reading.get();
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - again)
                    .as("bytes allocated for an input of %s", size)
                    .isLessThanOrEqualTo(limit);
        }
        return result;
    }

    /** Checks that a message tells nothing of a secret, and stays one short line. */
    public static void assertTellsNoSecret(@Nullable String message) {
        assertThat(message)
                .isNotBlank()
                .doesNotContain(SECRET)
                .doesNotContain("\n")
                .hasSizeLessThan(8192);
    }
}
