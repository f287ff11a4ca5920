package dev.countersign.servlet.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.Body;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content of a servlet request. Until the rule of the target is judged, what anybody behind the filter reads is kept too,
 * so that a signature can still be checked over the same bytes; when it was judged without asking for the content, nothing
 * more is kept, and the container's own stream goes on.
 */
public final class RequestBody implements Body {
    private static final Logger LOG = LoggerFactory.getLogger(RequestBody.class);
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data";
    private static final String TAKEN = "it was taken before by ";

    private final HttpServletRequest request;
    private final BodyLimits limits;
    private final KeptBytes kept;
    private final KeptBytes.Reader place;
    private final long announced;
    private final ContentStream stream;
    private final Spool spool = new Spool(this);
    private @Nullable Outcome outcome;
    private boolean judged;
    private boolean refused;
    private boolean told;
    /** Why the content is not there, or null. */
    private @Nullable String past;

    private boolean streaming;
    private @Nullable BufferedReader reader;
    private @Nullable Map<String, List<String>> fields;
    private @Nullable List<Part> parts;

    /** The content of the container's own request. */
    public RequestBody(HttpServletRequest request, BodyLimits limits) {
        this.request = request;
        this.limits = limits;
        // One byte more tells that it is too much, and is no reason to make a file.
        int memory = limits.memory() >= limits.max() ? limits.max() + 1 : limits.memory();
        this.kept = new KeptBytes(memory, limits.directory());
        this.place = kept.reader();
        this.announced = request.getContentLengthLong();
        this.stream = new ContentStream(this);
    }

    @Override
    public Outcome read(Sink sink) {
        Outcome known = outcome;
        if (known == null) {
            known = keep(sink);
        } else if (known == Outcome.COMPLETE) {
            kept.replay(sink);
        }
        if (known == Outcome.CONSUMED && !told) {
            told = true;
            LOG.error(
                    "The content of {} {} cannot be checked, because {}: answered 500 (expected: CountersignFilter in"
                            + " front of every filter, valve and listener that reads content or parameters, and none"
                            + " behind it that does so before JAX-RS has found the method)",
                    request.getMethod(),
                    request.getContextPath(),
                    past);
        }
        return known;
    }

    private Outcome keep(Sink sink) {
        Outcome ended = readOnce(sink);
        outcome = ended;
        return ended;
    }

    private Outcome readOnce(Sink sink) {
        if (announced > limits.max()) {
            return Outcome.TOO_LARGE;
        }
        if (past != null) {
            return consumed(past);
        }
        ServletInputStream in;
        try {
            in = request.getInputStream();
        } catch (IllegalStateException e) {
            return consumed(TAKEN + "getReader()");
        } catch (IOException e) {
            return broken(e);
        }
        kept.replay(sink);
        while (kept.size() <= limits.max()) {
            int count;
            try {
                count = kept.take(in, expected());
            } catch (UncheckedIOException e) {
                return consumed("it could not be kept in " + limits.directory() + ": " + e.getCause());
            } catch (IllegalStateException e) {
                return consumed(TAKEN + "setReadListener()");
            } catch (IOException | RuntimeException e) {
                return broken(e);
            }
            if (count < 0) {
                return ended();
            }
            kept.passPiece(sink, count);
        }
        return Outcome.TOO_LARGE;
    }

    private long expected() {
        long most = limits.max() + 1L - kept.size();
        // A server may hand out more than was announced, such as content that it has decompressed.
        return announced <= kept.size() ? most : Math.min(most, announced - kept.size());
    }

    private Outcome ended() {
        if (kept.size() < announced) {
            return consumed("some of it had been read before");
        }
        try {
            // Whoever asked for parameters first has them from content that is gone.
            return hasParameters() && FormFields.hasMore(request.getParameterMap(), request.getQueryString())
                    ? consumed(TAKEN + "getParameter()")
                    : Outcome.COMPLETE;
        } catch (RuntimeException e) {
            return broken(e);
        }
    }

    private Outcome consumed(String how) {
        past = how;
        return Outcome.CONSUMED;
    }

    private static Outcome broken(Exception e) {
        LOG.debug("The content could not be read to its end", e);
        return Outcome.BROKEN;
    }

    /** The rule of the target was judged: nobody will ask for the content any more who has not. */
    public void judged() {
        judged = true;
        if (outcome == null && place.remaining() == 0) {
            kept.clear();
            place.restart();
        }
    }

    /** The request is refused: what would be read and thrown away to its end is not, if there may be no end. */
    public void refused() {
        refused = outcome == Outcome.TOO_LARGE;
    }

    /** Whether the content was read for a signature, to its end. */
    boolean isComplete() {
        return outcome == Outcome.COMPLETE;
    }

    /** Whether the container's own methods tell everything: nothing was kept, or will be. */
    boolean isContainers() {
        return judged && outcome == null && !streaming && reader == null;
    }

    private boolean isWatched() {
        return !judged && outcome == null;
    }

    /** Takes note that the container reads content itself now, so that nobody can check it. */
    private void passes(String how) {
        if (isWatched() && past == null) {
            past = TAKEN + how;
        }
    }

    // What an application reads.

    ServletInputStream stream() {
        if (reader != null) {
            throw new IllegalStateException("getReader() was called for this request");
        }
        streaming = true;
        return stream;
    }

    BufferedReader reader(@Nullable String encoding) throws IOException {
        BufferedReader opened = reader;
        if (opened == null) {
            if (streaming) {
                throw new IllegalStateException("getInputStream() was called for this request");
            }
            String charset = encoding != null ? encoding : (isForm() ? UTF_8 : ISO_8859_1).name();
            opened = new BufferedReader(new InputStreamReader(stream, charset));
            reader = opened;
        }
        return opened;
    }

    int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = place.read(bytes, offset, length);
        if (count > 0) {
            return count;
        }
        if (isComplete()) {
            return -1;
        }
        if (refused) {
            throw new IOException("The request is refused: its content is too large");
        }
        count = request.getInputStream().read(bytes, offset, length);
        if (count > 0 && isWatched()) {
            watch(bytes, offset, count);
        }
        return count;
    }

    private void watch(byte[] bytes, int offset, int count) throws IOException {
        if (kept.size() + count > limits.max()) {
            outcome = Outcome.TOO_LARGE;
            kept.clear();
            place.restart();
            return;
        }
        try {
            kept.add(bytes, offset, count);
        } catch (UncheckedIOException e) {
            throw new IOException("The content cannot be kept", e);
        }
        place.skip(count);
    }

    int available() throws IOException {
        long left = place.remaining();
        if (left > 0) {
            return (int) Math.min(left, Integer.MAX_VALUE);
        }
        return isComplete() || refused ? 0 : request.getInputStream().available();
    }

    boolean isFinished() throws IOException {
        return place.remaining() == 0
                && (isComplete() || request.getInputStream().isFinished());
    }

    boolean isReady() throws IOException {
        return place.remaining() > 0
                || (!isComplete() && request.getInputStream().isReady());
    }

    /** Leaves it to the container to tell of what arrives. */
    void listen(ReadListener listener) throws IOException {
        passes("setReadListener()");
        request.getInputStream().setReadListener(listener);
    }

    void close() throws IOException {
        if (isComplete()) {
            place.skip(place.remaining());
        } else if (judged) {
            request.getInputStream().close();
        }
    }

    boolean isAsyncStarted() {
        return request.isAsyncStarted();
    }

    AsyncContext asyncContext() {
        return request.getAsyncContext();
    }

    // Parameters and parts.

    private boolean isForm() {
        return isType(FORM);
    }

    private boolean isMultipart() {
        return isType(MULTIPART);
    }

    private boolean isType(String type) {
        String field = request.getContentType();
        if (field == null || !field.regionMatches(true, 0, type, 0, type.length())) {
            return false;
        }
        return field.length() == type.length() || "; \t,".indexOf(field.charAt(type.length())) >= 0;
    }

    /** Whether a container takes parameters from the content (Jakarta Servlet 3.1.1 and 3.2). */
    private boolean hasParameters() {
        return isMultipart() || isForm();
    }

    /**
     * The parameters in the content, if it is kept; what is short and not judged yet is kept now, because the container
     * would read it. Empty if the container has them, or if there are none.
     *
     * @throws IllegalStateException if there are too many
     */
    Map<String, List<String>> fields() {
        if (!hasParameters()) {
            return Map.of();
        }
        keepShort();
        if (!isComplete()) {
            passes("getParameter()");
            return Map.of();
        }
        Map<String, List<String>> known = fields;
        if (known == null) {
            try {
                known = isMultipart() ? partFields() : formFields();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            fields = known;
        }
        return known;
    }

    private Map<String, List<String>> formFields() throws IOException {
        // Jakarta Servlet 3.1.1: parameters are in the content of POST alone.
        return request.getMethod().equals("POST")
                ? FormFields.parse(new RangeStream(kept, 0, kept.size()), charset(UTF_8))
                : Map.of();
    }

    private Map<String, List<String>> partFields() throws IOException {
        try {
            return KeptPart.fields(parts(), charset(UTF_8));
        } catch (ServletException e) {
            LOG.debug("The content has no parts that can be read, so it adds no parameters", e);
            return Map.of();
        }
    }

    private void keepShort() {
        if (isWatched() && past == null && announced >= 0 && announced <= limits.max()) {
            keep((bytes, offset, length) -> {});
        }
    }

    /** Whether parts are read here; what is short and not judged yet is kept now. */
    boolean holdsParts() {
        if (!isMultipart()) {
            return false;
        }
        keepShort();
        if (!isComplete()) {
            passes("getParts()");
        }
        return isComplete();
    }

    /**
     * The parts of the content, where {@link #holdsParts}.
     *
     * @throws ServletException if it cannot be read as {@code multipart/form-data}
     * @throws IllegalStateException if there are too many
     */
    List<Part> parts() throws IOException, ServletException {
        List<Part> known = parts;
        if (known == null) {
            known = Multipart.parse(kept, String.valueOf(request.getContentType()), charset(UTF_8), limits.directory());
            parts = known;
        }
        return known;
    }

    private Charset charset(Charset fallback) throws IOException {
        String name = request.getCharacterEncoding();
        if (name == null) {
            return fallback;
        }
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IOException("The charset of the content is not known", e);
        }
    }

    // How long it lives.

    /** A dispatch by the container begins. */
    public void entered() {
        stream.entered();
    }

    /** A dispatch by the container ended: what waits for that is told, and the file is deleted unless an answer comes later. */
    public void left() {
        stream.left();
        spool.left(request);
    }

    /** An answer will come later: the file lives until then. */
    public void later(AsyncContext context) {
        spool.later(context);
    }

    boolean isSpooled() {
        return kept.isSpooled();
    }

    void delete() {
        try {
            kept.close();
        } catch (UncheckedIOException e) {
            LOG.warn("The file of a request's content was not closed: {}", String.valueOf(e.getCause()));
        }
    }
}
