package dev.countersign.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class RawHttpTest {

    private static final byte[] GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1);

    @Test
    void gives_field_lines_unjoined_and_in_order() throws Exception {
        RawHttp.RawResponse response = answer("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer\r\nX: 1\r\n"
                        + "www-authenticate: Basic realm=\"a\"\r\nContent-Length: 2\r\n\r\nnoTHE NEXT")
                .get(0);
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.lines())
                .containsExactly(
                        "WWW-Authenticate: Bearer", "X: 1", "www-authenticate: Basic realm=\"a\"", "Content-Length: 2");
        assertThat(response.header("WWW-Authenticate")).containsExactly("Bearer", "Basic realm=\"a\"");
        assertThat(response.text()).isEqualTo("no");
    }

    @Test
    void joins_chunks_and_drops_trailers() throws Exception {
        RawHttp.RawResponse response = answer(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: 1\r\n\r\n")
                .get(0);
        assertThat(response.text()).isEqualTo("abc0123456789");
    }

    @Test
    void skips_an_interim_response() throws Exception {
        assertThat(answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")
                        .get(0)
                        .status())
                .isEqualTo(204);
    }

    /** The response of {@code send} to these bytes. */
    private static List<RawHttp.RawResponse> answer(String bytes) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(server, bytes));
            RawHttp http = RawHttp.to(new URL("http://127.0.0.1:" + server.getLocalPort() + "/"));
            List<RawHttp.RawResponse> response = List.of(http.send(GET));
            served.join();
            return response;
        }
    }

    private static void serve(ServerSocket server, String bytes) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().readNBytes(GET.length);
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
