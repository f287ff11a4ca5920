package dev.countersign.benchmarks;

import jakarta.servlet.ServletConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.Adapter;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.OutputBuffer;
import org.apache.juli.logging.Log;
import org.apache.juli.logging.LogFactory;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Requests as Tomcat's connector hands them on once it has parsed them, so that mapper, valves, filters and JAX-RS run and
 * no socket does. Not for use by several threads; each thread makes its own.
 */
final class InProcessRequests extends AbstractProcessor {
    private static final Log LOG = LogFactory.getLog(InProcessRequests.class);

    private static final byte[] PROTOCOL = ascii("HTTP/1.1");
    private static final byte[] METHOD = ascii("GET");
    private static final byte[] HOST = ascii("localhost");
    private static final String LOOPBACK = "127.0.0.1";
    private static final Map<String, byte[]> EVERY_CLIENT = Map.of(
            "Host", ascii("localhost"),
            "User-Agent", ascii("benchmark/1.0"),
            "Accept", ascii("*/*"));

    private final Sink sink = new Sink();

    InProcessRequests(Adapter adapter) {
        super(adapter);
        request.setInputBuffer(new NoBody());
        response.setOutputBuffer(sink);
    }

    /**
     * Sends one GET, and reads none of the answer.
     *
     * @param headers name and value by turns
     * @return its status
     */
    int get(byte[] path, List<byte[]> headers) throws Exception {
        request.protocol().setBytes(PROTOCOL, 0, PROTOCOL.length);
        request.setMethod(METHOD, 0, METHOD.length);
        request.requestURI().setBytes(path, 0, path.length);
        // Where TLS ends in front of the server, this is what its connector is told.
        request.scheme().setString("https");
        request.serverName().setBytes(HOST, 0, HOST.length);
        request.setServerPort(443);
        request.remoteAddr().setString(LOOPBACK);
        request.markStartTime();
        EVERY_CLIENT.forEach(
                (name, value) -> request.getMimeHeaders().addValue(name).setBytes(value, 0, value.length));
        for (int i = 0; i < headers.size(); i += 2) {
            byte[] name = headers.get(i);
            byte[] value = headers.get(i + 1);
            request.getMimeHeaders().addValue(name, 0, name.length).setBytes(value, 0, value.length);
        }
        try {
            adapter.service(request, response);
            return response.getStatus();
        } finally {
            request.recycle();
            response.recycle();
            sink.written = 0;
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    protected void prepareResponse() {
        response.setCommitted(true);
    }

    @Override
    protected void finishResponse() {}

    @Override
    protected void ack(ContinueResponseTiming timing) {}

    @Override
    protected void earlyHints() {}

    @Override
    protected void flush() {}

    @Override
    protected int available(boolean read) {
        return 0;
    }

    @Override
    protected void setRequestBody(ByteChunk body) {}

    @Override
    protected void setSwallowResponse() {}

    @Override
    protected void disableSwallowRequest() {}

    @Override
    protected boolean isRequestBodyFullyRead() {
        return true;
    }

    @Override
    protected void registerReadInterest() {}

    @Override
    protected boolean isReadyForWrite() {
        return true;
    }

    @Override
    protected boolean isTrailerFieldsReady() {
        return false;
    }

    @Override
    protected @Nullable ServletConnection getServletConnection() {
        return null;
    }

    @Override
    protected boolean flushBufferedWrite() {
        return false;
    }

    @Override
    protected SocketState dispatchEndRequest() {
        return SocketState.CLOSED;
    }

    @Override
    protected SocketState service(SocketWrapperBase<?> socketWrapper) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void recycle() {}

    @Override
    public void pause() {}

    @Override
    protected Log getLog() {
        return LOG;
    }

    /** Counts what is written. */
    private static final class Sink implements OutputBuffer {
        private long written;

        @Override
        public int doWrite(ByteBuffer chunk) throws IOException {
            int length = chunk.remaining();
            chunk.position(chunk.limit());
            written += length;
            return length;
        }

        @Override
        public long getBytesWritten() {
            return written;
        }
    }

    /** A request without a body. */
    private static final class NoBody implements org.apache.coyote.InputBuffer {
        @Override
        public int doRead(ApplicationBufferHandler handler) {
            return -1;
        }

        @Override
        public int available() {
            return 0;
        }
    }
}
