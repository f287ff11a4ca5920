package dev.countersign.servlet.response;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The response that an application writes to. It asks before anything leaves, keeps answers to callers out of shared
 * caches (SPEC G8), adds {@code nosniff} and what scripts may read (G9). Header rules are applied when a header is set,
 * so that they hold however early the application commits.
 *
 * <p>Once withheld, everything that the application still writes is dropped; the filter then writes its own answer.
 */
public final class GuardedResponse extends HttpServletResponseWrapper {
    /** What may leave now. */
    public enum Verdict {
        /** Everything, from now on. */
        RELEASED,
        /** This, but the next piece is asked about again. */
        ONCE,
        /** Status and fields, without a body and without the fields that describe one. */
        HEADERS_ONLY,
        /** Nothing. */
        WITHHELD
    }

    /** Asked before a piece of a response may leave. */
    @FunctionalInterface
    public interface Release {
        /**
         * What may leave now.
         *
         * @param status the status that would leave
         * @param contentType the media type that would leave, or null if there is none
         */
        Verdict judge(int status, @Nullable String contentType);

        /** Whether a body would be dropped, so that the fields that describe one are not set; asking changes nothing. */
        default boolean dropsBody() {
            return false;
        }

        /** Lets everything pass: the decision was taken before the application ran. */
        Release OPEN = (status, contentType) -> Verdict.RELEASED;
    }

    private static final String NOSNIFF_FIELD = "X-Content-Type-Options";
    private static final String NOSNIFF = "nosniff";

    private final Release release;
    private final boolean open;
    private boolean released;
    private boolean withheld;
    private boolean protectedFromCaches;
    private boolean unshared;
    private boolean ownCacheControl;
    private @Nullable GuardedStream stream;
    private @Nullable PrintWriter writer;

    /** A guard over the container's response, or over another guard. */
    public GuardedResponse(HttpServletResponse response, Release release) {
        super(response);
        this.release = release;
        this.open = release == Release.OPEN;
        this.released = open;
        response.setHeader(NOSNIFF_FIELD, NOSNIFF);
    }

    /**
     * Says that the answer is for one caller: {@code Cache-Control: private}, unless the application has its own.
     *
     * @param alsoPublic whether an application's own value is made private too, because the credential is in no field
     *     that caches know
     */
    public void protectFromCaches(boolean alsoPublic) {
        unshared = alsoPublic;
        if (!protectedFromCaches && !super.containsHeader(CacheControl.FIELD)) {
            protectedFromCaches = true;
            ownCacheControl = true;
            super.setHeader(CacheControl.FIELD, CacheControl.PRIVATE);
        }
    }

    /** Asks once more, for a response without a body, and tells whether the filter has to answer instead. */
    public boolean isWithheldAtEnd() {
        if (!withheld && !released) {
            admits(getStatus());
        }
        return withheld;
    }

    /** Lets nothing more of the application leave, its status and fields included, unless all was released before. */
    public void withhold() {
        if (!released) {
            withheld = true;
        }
    }

    /** As {@link #withhold}, and also of what was released but has not left. */
    public void takeBack() {
        if (!isCommitted()) {
            released = false;
            withheld = true;
        }
    }

    /** Whether nothing of what the application writes leaves. */
    public boolean isWithheld() {
        return withheld;
    }

    /** Asks, and remembers the answer if it is final. */
    private boolean admits(int status) {
        if (released) {
            return true;
        }
        return !withheld && verdict(status) != Verdict.WITHHELD;
    }

    private Verdict verdict(int status) {
        Verdict verdict = release.judge(status, getContentType());
        released = verdict == Verdict.RELEASED;
        withheld = verdict == Verdict.WITHHELD;
        if (withheld && status < SC_BAD_REQUEST && !isCommitted()) {
            // Where an asynchronous runtime completes the request itself, nobody comes back to answer instead.
            super.setStatus(SC_INTERNAL_SERVER_ERROR);
        }
        return verdict;
    }

    /** The container's stream if a body may leave now, else null. */
    private boolean admitsBody() {
        if (released) {
            return true;
        }
        if (withheld) {
            return false;
        }
        Verdict verdict = verdict(getStatus());
        return verdict == Verdict.RELEASED || verdict == Verdict.ONCE;
    }

    @Nullable
    ServletOutputStream bodyStream() throws IOException {
        return admitsBody() ? super.getOutputStream() : null;
    }

    @Nullable
    PrintWriter bodyWriter() throws IOException {
        return admitsBody() ? super.getWriter() : null;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (open) {
            return super.getOutputStream();
        }
        // One instance: some runtimes ask for the stream again for every piece.
        GuardedStream opened = stream;
        if (opened == null) {
            opened = new GuardedStream(this);
            stream = opened;
        }
        return opened;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (open) {
            return super.getWriter();
        }
        PrintWriter opened = writer;
        if (opened == null) {
            opened = new PrintWriter(new GuardedWriter(this));
            writer = opened;
        }
        return opened;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (admits(getStatus())) {
            if (writer != null) {
                writer.flush();
            }
            super.flushBuffer();
        }
    }

    @Override
    public void setStatus(int status) {
        if (!withheld) {
            super.setStatus(status);
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        if (admits(status)) {
            super.sendError(status);
            restoreAfterReset();
        }
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        if (admits(status)) {
            super.sendError(status, message);
            restoreAfterReset();
        }
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        if (admits(SC_FOUND)) {
            super.sendRedirect(location);
        }
    }

    /** As {@link #sendRedirect(String, int, boolean)}, with 302. */
    public void sendRedirect(String location, boolean clearBuffer) throws IOException {
        sendRedirect(location, SC_FOUND, clearBuffer);
    }

    /** As {@link #sendRedirect(String, int, boolean)}, without what was written before. */
    public void sendRedirect(String location, int status) throws IOException {
        sendRedirect(location, status, true);
    }

    /**
     * Jakarta Servlet 6.1, which this is not compiled against; the wrapper of that version would pass it to the container
     * without asking.
     */
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        if (admits(status)) {
            Redirects.send((HttpServletResponse) getResponse(), location, status, clearBuffer);
        }
    }

    @Override
    public void reset() {
        if (!withheld) {
            super.reset();
            restoreAfterReset();
        }
    }

    @Override
    public void resetBuffer() {
        if (!withheld) {
            super.resetBuffer();
        }
    }

    private void restoreAfterReset() {
        if (isCommitted()) {
            return;
        }
        super.setHeader(NOSNIFF_FIELD, NOSNIFF);
        if (protectedFromCaches && !super.containsHeader(CacheControl.FIELD)) {
            ownCacheControl = true;
            super.setHeader(CacheControl.FIELD, CacheControl.PRIVATE);
        }
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (!ignores(name)) {
            if (value == null) {
                super.setHeader(name, value);
                return;
            }
            super.setHeader(name, rewritten(name, value));
            expose(name);
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (ignores(name)) {
            return;
        }
        if (value == null || !isCacheControl(name) || !ownCacheControl) {
            super.addHeader(name, value == null ? value : rewritten(name, value));
            if (value != null) {
                expose(name);
            }
            return;
        }
        super.setHeader(name, rewritten(name, value));
    }

    /** What is set instead of an application's value. */
    private String rewritten(String name, String value) {
        if (isCacheControl(name)) {
            ownCacheControl = false;
            return unshared ? CacheControl.unshared(value) : value;
        }
        if (name.equalsIgnoreCase(NOSNIFF_FIELD)) {
            return NOSNIFF;
        }
        if (name.equalsIgnoreCase(ExposedFields.EXPOSE)) {
            return ExposedFields.with(value);
        }
        return value;
    }

    private void expose(String name) {
        if (name.equalsIgnoreCase(ExposedFields.ALLOW_ORIGIN) && !super.containsHeader(ExposedFields.EXPOSE)) {
            super.setHeader(ExposedFields.EXPOSE, ExposedFields.NAMES);
        }
    }

    private boolean ignores(String name) {
        if (withheld) {
            return true;
        }
        return !released
                && (name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Content-Type"))
                && release.dropsBody();
    }

    @Override
    public void setIntHeader(String name, int value) {
        if (!ignores(name)) {
            super.setIntHeader(name, value);
        }
    }

    @Override
    public void addIntHeader(String name, int value) {
        if (!ignores(name)) {
            super.addIntHeader(name, value);
        }
    }

    @Override
    public void setDateHeader(String name, long value) {
        if (!withheld) {
            super.setDateHeader(name, value);
        }
    }

    @Override
    public void addDateHeader(String name, long value) {
        if (!withheld) {
            super.addDateHeader(name, value);
        }
    }

    @Override
    public void setContentLength(int length) {
        if (!ignores("Content-Length")) {
            super.setContentLength(length);
        }
    }

    @Override
    public void setContentLengthLong(long length) {
        if (!ignores("Content-Length")) {
            super.setContentLengthLong(length);
        }
    }

    @Override
    public void setContentType(@Nullable String type) {
        if (!ignores("Content-Type")) {
            super.setContentType(type);
        }
    }

    @Override
    public void addCookie(Cookie cookie) {
        if (!withheld) {
            super.addCookie(cookie);
        }
    }

    @Override
    public void setTrailerFields(Supplier<Map<String, String>> supplier) {
        // Asked for when the body has ended: what was withheld by then has no trailer.
        super.setTrailerFields(() -> withheld ? Map.of() : supplier.get());
    }

    /** An application that asks whether it has set a value of its own is told the truth. */
    @Override
    public boolean containsHeader(String name) {
        return !(ownCacheControl && isCacheControl(name)) && super.containsHeader(name);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return ownCacheControl && isCacheControl(name) ? null : super.getHeader(name);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return ownCacheControl && isCacheControl(name) ? List.of() : super.getHeaders(name);
    }

    private static boolean isCacheControl(String name) {
        return name.equalsIgnoreCase(CacheControl.FIELD);
    }
}
