package dev.countersign.servlet.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Body;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestBodyTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void takes_more_than_was_announced_in_pieces_and_not_byte_by_byte() {
        byte[] content = new byte[256 * 1024];
        RequestBody body = new RequestBody(announcing(10, content), new BodyLimits(1 << 20, 1 << 20, directory));
        int[] pieces = {0};
        long[] bytes = {0};
        Body.Outcome outcome = body.read((piece, offset, length) -> {
            pieces[0]++;
            bytes[0] += length;
        });
        assertThat(outcome).isEqualTo(Body.Outcome.COMPLETE);
        assertThat(bytes[0]).isEqualTo(content.length);
        assertThat(pieces[0]).isLessThan(64);
    }

    /** A request as a server shows it that decompresses content and keeps the length of what came. */
    private static HttpServletRequest announcing(long length, byte[] content) {
        ServletInputStream stream = new Content(content);
        return (HttpServletRequest) Proxy.newProxyInstance(
                RequestBodyTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getInputStream" -> stream;
                    case "getContentLengthLong" -> length;
                    case "getMethod" -> "POST";
                    default -> null;
                });
    }

    private static final class Content extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Content(byte[] content) {
            this.bytes = new ByteArrayInputStream(content);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("Blocking alone");
        }
    }
}
