package dev.countersign.servlet.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the parts of kept {@code multipart/form-data} (RFC 7578, RFC 2046 section 5.1.1). Strict: nothing stands in front of
 * the first boundary, every part has a name, and the last boundary is there. Linear in what it reads, and nothing is copied.
 */
final class Multipart {
    /** The most parts. */
    static final int MAX_PARTS = 1_000;

    private static final int MAX_HEAD = 8 * 1024;
    private static final int MAX_BOUNDARY = 70;
    private static final String BOUNDARY_MARKS = "'()+_,-./:=? ";

    private final KeptBytes kept;
    private final InputStream in;
    private final Charset charset;
    private final Path directory;
    private final byte[] delimiter;
    /** For each number of matched bytes, how many are matched still if the next one does not fit. */
    private final int[] fallback;

    private long position;

    private Multipart(KeptBytes kept, String boundary, Charset charset, Path directory) {
        this.kept = kept;
        this.in = new BufferedInputStream(new RangeStream(kept, 0, kept.size()));
        this.charset = charset;
        this.directory = directory;
        this.delimiter = ("\r\n--" + boundary).getBytes(ISO_8859_1);
        this.fallback = fallback(delimiter);
    }

    /**
     * The parts in their order.
     *
     * @param contentType the field of the request
     * @param charset of names, and of fields without one of their own
     * @param directory where relative names of {@link Part#write} lead
     * @throws ServletException if it is something else
     * @throws IllegalStateException if there are more than {@link #MAX_PARTS}
     */
    static List<Part> parse(KeptBytes kept, String contentType, Charset charset, Path directory)
            throws IOException, ServletException {
        String boundary = FieldParameters.of(contentType).getOrDefault("boundary", "");
        if (!isBoundary(boundary)) {
            throw new ServletException("The content has no boundary that can be read");
        }
        return new Multipart(kept, boundary, charset, directory).read();
    }

    private static boolean isBoundary(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fits = (c >= '0' && c <= '9')
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || BOUNDARY_MARKS.indexOf(c) >= 0;
            if (!fits) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_BOUNDARY && !text.endsWith(" ");
    }

    private List<Part> read() throws IOException, ServletException {
        if (toDelimiter() != 0) {
            throw malformed("does not begin with its boundary");
        }
        List<Part> parts = new ArrayList<>();
        while (isFollowed()) {
            if (parts.size() == MAX_PARTS) {
                throw new IllegalStateException("The content has more than " + MAX_PARTS + " parts");
            }
            Map<String, List<String>> head = head();
            long start = position;
            long length = toDelimiter();
            parts.add(new KeptPart(kept, start, length, head, directory));
        }
        return List.copyOf(parts);
    }

    /** Whether another part stands behind the boundary, or nothing. */
    private boolean isFollowed() throws IOException, ServletException {
        int first = next();
        int second = next();
        if (first == '-' && second == '-') {
            return false;
        }
        if (first != '\r' || second != '\n') {
            throw malformed("has a boundary that goes on");
        }
        return true;
    }

    /** Goes on behind the next delimiter, and gives how many bytes stood in front of it; a line begins here. */
    private long toDelimiter() throws IOException, ServletException {
        long start = position;
        int matched = 2;
        while (matched < delimiter.length) {
            int next = next();
            if (next < 0) {
                throw malformed("ends without its boundary");
            }
            while (matched > 0 && delimiter[matched] != (byte) next) {
                matched = fallback[matched];
            }
            if (delimiter[matched] == (byte) next) {
                matched++;
            }
        }
        return Math.max(0, position - start - delimiter.length);
    }

    private static int[] fallback(byte[] pattern) {
        int[] fallback = new int[pattern.length];
        int matched = 0;
        for (int i = 1; i < pattern.length; i++) {
            fallback[i] = matched;
            while (matched > 0 && pattern[matched] != pattern[i]) {
                matched = fallback[matched];
            }
            if (pattern[matched] == pattern[i]) {
                matched++;
            }
        }
        return fallback;
    }

    private Map<String, List<String>> head() throws IOException, ServletException {
        Map<String, List<String>> head = new LinkedHashMap<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long start = position;
        while (true) {
            int next = next();
            if (next < 0 || position - start > MAX_HEAD) {
                throw malformed("has a part whose fields do not end");
            }
            if (next != '\r') {
                line.write(next);
                continue;
            }
            if (next() != '\n') {
                throw malformed("has a part with a broken line");
            }
            if (line.size() == 0) {
                return head;
            }
            String text = line.toString(charset);
            line.reset();
            int colon = text.indexOf(':');
            if (colon <= 0) {
                throw malformed("has a part with a line that is no field");
            }
            head.computeIfAbsent(text.substring(0, colon).strip().toLowerCase(Locale.ROOT), any -> new ArrayList<>(1))
                    .add(text.substring(colon + 1).strip());
        }
    }

    private int next() throws IOException {
        int next = in.read();
        if (next >= 0) {
            position++;
        }
        return next;
    }

    private static ServletException malformed(String what) {
        return new ServletException("The content is no multipart/form-data: it " + what);
    }
}
