package dev.countersign.servlet.response;

import dev.countersign.Decision;
import dev.countersign.Decision.Answer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes an answer of the Gate, as it is, on the container's own response (SPEC G8, G9, G10, G14). The only place that
 * does. Safe for use by many threads.
 */
public final class AnswerWriter {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerWriter.class);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** RFC 9110 section 15.5.6 wants a list; what a target answers is known only behind us, so it is what may pass us. */
    private static final String SERVED = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    private final Set<String> corsOrigins;

    /** @param corsOrigins whose browsers may read our answers; {@code *} stands for all, empty for none */
    public AnswerWriter(Set<String> corsOrigins) {
        this.corsOrigins = Set.copyOf(corsOrigins);
    }

    /**
     * Replaces whatever was prepared by this answer and sends it. A response that is committed already cannot be
     * changed: it is closed where it stands, and the log tells.
     *
     * @param response the container's response, not a wrapper that withholds
     */
    public void write(HttpServletRequest request, HttpServletResponse response, Answer answer) throws IOException {
        if (response.isCommitted()) {
            LOG.error(
                    "An answer with status {} came too late: the response was committed and is cut off",
                    answer.status());
            response.flushBuffer();
            close(response);
            return;
        }
        response.reset();
        // RFC 9110 section 15.5.2 and SPEC G10: never sendError, which enters error pages and replaces fields.
        response.setStatus(answer.status());
        // Before ours, which replace what must not differ.
        for (Decision.Field field : answer.fields()) {
            response.addHeader(field.name(), field.value());
        }
        for (String challenge : answer.challenges()) {
            response.addHeader("WWW-Authenticate", challenge);
        }
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (answer.retryAfter().isPresent()) {
            response.setHeader(
                    "Retry-After",
                    Long.toString(wholeSeconds(answer.retryAfter().get())));
        }
        if (answer.status() == HttpServletResponse.SC_METHOD_NOT_ALLOWED) {
            response.setHeader("Allow", SERVED);
        }
        allowReading(request, response);
        body(request, response, answer);
        response.flushBuffer();
    }

    private static void body(HttpServletRequest request, HttpServletResponse response, Answer answer)
            throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (!answer.contentType().isEmpty()) {
            response.setContentType(answer.contentType());
            if (!answer.contentType().equals(response.getContentType())) {
                // Undertow's reset keeps the charset of what it resets.
                response.setCharacterEncoding(null);
            }
        }
        response.setContentLength(body.length);
        if (body.length > 0 && !request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }

    /** Lets the configured origins read the answer; the value sent is the configured one, not the client's. */
    private void allowReading(HttpServletRequest request, HttpServletResponse response) {
        if (corsOrigins.isEmpty()) {
            return;
        }
        String origin = request.getHeader("Origin");
        if (corsOrigins.contains("*")) {
            response.setHeader(ExposedFields.ALLOW_ORIGIN, "*");
            response.setHeader(ExposedFields.EXPOSE, ExposedFields.NAMES);
            return;
        }
        response.addHeader("Vary", "Origin");
        for (String allowed : corsOrigins) {
            if (allowed.equals(origin)) {
                response.setHeader(ExposedFields.ALLOW_ORIGIN, allowed);
                response.setHeader(ExposedFields.EXPOSE, ExposedFields.NAMES);
            }
        }
    }

    /** RFC 9110 section 10.2.3: whole seconds; never earlier than meant. */
    private static long wholeSeconds(Duration duration) {
        long seconds = duration.toNanos() / NANOS_PER_SECOND;
        return duration.toNanos() % NANOS_PER_SECOND == 0 ? seconds : seconds + 1;
    }

    private static void close(HttpServletResponse response) {
        try {
            response.getOutputStream().close();
        } catch (IOException | IllegalStateException e) {
            // A writer is in use: the container closes it when the request ends.
            LOG.debug("The response was not closed", e);
        }
    }
}
