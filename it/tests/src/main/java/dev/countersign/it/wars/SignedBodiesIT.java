package dev.countersign.it.wars;

import static dev.countersign.it.wars.Configured.ALICE;
import static dev.countersign.it.wars.SignedBodies.MAX;
import static dev.countersign.it.wars.SignedBodies.MEMORY;
import static dev.countersign.it.wars.SignedBodies.content;
import static dev.countersign.it.wars.SignedBodies.digest;
import static dev.countersign.it.wars.SignedBodies.with;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.Logs;
import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Content that was read for a signature reaches the application unchanged, however that reads it; R32, SIG and WH rows. */
@ExtendWith(ArquillianExtension.class)
public class SignedBodiesIT {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String NO_FILES = "0 open, 0 named";
    private static final List<Integer> LENGTHS =
            List.of(0, 1, 4095, 4096, 4097, MEMORY - 1, MEMORY, MEMORY + 1, 2 * MEMORY + 3, MAX - 1, MAX);

    @Deployment(name = "signed", testable = false)
    static WebArchive signed() {
        return SignedBodies.war("signed", "signed");
    }

    @Deployment(name = "consumed", testable = false)
    static WebArchive consumed() {
        return SignedBodies.war("consumed", "signed", "consumed");
    }

    @Test
    void every_value_of_a_byte_and_every_length_up_to_the_limit_reaches_who_reads_bytes(
            @ArquillianResource @OperateOnDeployment("signed") URL base) throws IOException {
        SignedBodies bodies = SignedBodies.at(base);
        for (String path :
                List.of("/echo", "/listener", "/api/signed/bytes", "/api/signed/stream", "/api/signed/later")) {
            for (int length : LENGTHS) {
                byte[] sent = content(length);
                RawResponse response = bodies.post(path, sent, "Content-Type: application/octet-stream");
                assertThat(response.status())
                        .as("%s, %s: %s", path, length, response.header("Content-Type"))
                        .isEqualTo(200);
                assertThat(response.body()).as("%s, %s", path, length).isEqualTo(sent);
            }
        }
        assertThat(bodies.filesAtLast()).isEqualTo(NO_FILES);
    }

    @Test
    void SIG_23_chunks_of_any_size_are_put_together(@ArquillianResource @OperateOnDeployment("signed") URL base)
            throws IOException {
        SignedBodies bodies = SignedBodies.at(base);
        for (String path :
                List.of("/echo", "/listener", "/api/signed/bytes", "/api/signed/stream", "/api/signed/later")) {
            for (int chunk : List.of(1_000, 8_192, 50_000)) {
                for (int length : List.of(0, 4_097, MEMORY + 1, MAX)) {
                    byte[] sent = content(length);
                    RawResponse response = bodies.chunked(path, sent, chunk, "Content-Type: application/octet-stream");
                    assertThat(response.status())
                            .as("%s, %s: %s", path, length, chunk)
                            .isEqualTo(200);
                    assertThat(response.body())
                            .as("%s, %s: %s", path, length, chunk)
                            .isEqualTo(sent);
                }
            }
        }
        byte[] single = content(700);
        assertThat(bodies.chunked("/echo", single, 1).body()).isEqualTo(single);
    }

    @Test
    void SIG_01_other_content_than_was_signed_is_refused(@ArquillianResource @OperateOnDeployment("signed") URL base)
            throws IOException {
        SignedBodies bodies = SignedBodies.at(base);
        for (String path : List.of("/echo", "/api/signed/bytes", "/api/signed/map", "/parameters")) {
            String type = path.contains("a") ? FORM : "text/plain";
            byte[] sent = "a=2".getBytes(ISO_8859_1);
            RawResponse changed = bodies.http()
                    .request("POST", path, sent, "Content-Type: " + type, digest("a=1".getBytes(ISO_8859_1)));
            assertThat(changed.status()).as(path).isEqualTo(401);
            assertThat(changed.text()).contains("\"code\":\"signature_invalid\"");
            assertThat(bodies.http()
                            .request("POST", path, sent, "Content-Type: " + type)
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void methods_without_content_are_signed_too(@ArquillianResource @OperateOnDeployment("signed") URL base)
            throws IOException {
        SignedBodies bodies = SignedBodies.at(base);
        String empty = digest(new byte[0]);
        assertThat(bodies.http().get("/api/signed/nothing", empty).text()).isEqualTo("nothing");
        assertThat(bodies.http()
                        .request("HEAD", "/api/signed/nothing", null, empty)
                        .status())
                .isEqualTo(200);
        assertThat(bodies.http().get("/echo", empty).status()).isEqualTo(200);
        assertThat(bodies.http().get("/api/signed/nothing", digest(new byte[1])).status())
                .isEqualTo(401);
        byte[] put = content(5_000);
        assertThat(bodies.send("PUT", "/api/signed/bytes", put, "Content-Type: text/x-any")
                        .body())
                .isEqualTo(put);
    }

    @Test
    void text_is_read_in_its_charset(@ArquillianResource @OperateOnDeployment("signed") URL base) throws IOException {
        SignedBodies bodies = SignedBodies.at(base);
        String text = "gr\u00fc\u00df dich, \u20ac\r\n";
        for (String path : List.of("/reader", "/api/signed/text")) {
            RawResponse response = bodies.post(path, text.getBytes(UTF_8), "Content-Type: text/plain;charset=UTF-8");
            assertThat(response.text()).as(path).isEqualTo(text);
        }
        RawResponse latin = bodies.post("/reader", "gr\u00fc\u00df".getBytes(ISO_8859_1), "Content-Type: text/plain");
        assertThat(latin.text()).isEqualTo("gr\u00fc\u00df");
    }

    @Test
    void a_form_has_its_fields_in_every_way_of_reading_it(@ArquillianResource @OperateOnDeployment("signed") URL base)
            throws IOException {
        SignedBodies bodies = SignedBodies.at(base);
        String form = "a=1&b=two+words&a=%C3%BC%20%2B&c=&d=%26%3D";
        assertThat(bodies.post("/api/signed/map", FORM, form).text()).isEqualTo("a=1|\u00fc +\nb=two words\nc=\nd=&=");
        assertThat(bodies.post("/api/signed/form", FORM, form).text()).isEqualTo("1|\u00fc +\ntwo words");
        assertThat(bodies.chunked("/api/signed/form", form.getBytes(ISO_8859_1), 5, "Content-Type: " + FORM)
                        .text())
                .isEqualTo("1|\u00fc +\ntwo words");
        assertThat(bodies.post("/parameters?a=0&q=x", FORM, form).text()).isEqualTo("""
                        a=0|1|\u00fc +
                        b=two words
                        c=
                        d=&=
                        q=x
                        a:0+3
                        b:two words+1
                        c:+1
                        d:&=+1
                        q:x+1
                        null""");
        assertThat(bodies.chunked("/parameters", "x=y".getBytes(ISO_8859_1), 1, "Content-Type: " + FORM)
                        .text())
                .isEqualTo("x=y\nx:y+1\nnull");
        assertThat(bodies.post("/parameters?q=x", "text/plain", "a=1").text()).isEqualTo("q=x\nq:x+1\nnull");
        assertThat(bodies.post("/reader", FORM, form).text()).isEqualTo(form);
        assertThat(bodies.post("/echo", FORM, form).text()).isEqualTo(form);
        String large = "a=" + "v".repeat(MEMORY + 5);
        assertThat(bodies.post("/api/signed/map", FORM, large).text()).isEqualTo(large);
        assertThat(bodies.post("/parameters", FORM, large).text()).startsWith(large + "\na:vvv");
        assertThat(bodies.filesAtLast()).isEqualTo(NO_FILES);
    }

    @Test
    void multipart_has_its_parts_and_its_bytes(@ArquillianResource @OperateOnDeployment("signed") URL base)
            throws IOException {
        SignedBodies bodies = SignedBodies.at(base);
        String type = "Content-Type: multipart/form-data; boundary=\"the-boundary\"";
        for (int length : List.of(0, 10, MEMORY + 9)) {
            byte[] file = content(length);
            byte[] sent = multipart(file);
            String shown = shown(file);
            String parts =
                    "a null null 3 one\na null text/plain 3 two\nf x.bin application/octet-stream " + shown + "\n";
            assertThat(bodies.post("/parts", sent, type).text()).isEqualTo(parts + "a one null");
            assertThat(bodies.post("/api/signed/parts", sent, type).text()).isEqualTo(parts);
            assertThat(bodies.chunked("/parts", sent, 999, type).text()).isEqualTo(parts + "a one null");
            assertThat(bodies.post("/api/signed/bytes", sent, type).body()).isEqualTo(sent);
            assertThat(bodies.post("/echo", sent, type).body()).isEqualTo(sent);
        }
        assertThat(bodies.filesAtLast()).isEqualTo(NO_FILES);
    }

    private static byte[] multipart(byte[] file) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write("""
                --the-boundary\r
                Content-Disposition: form-data; name="a"\r
                \r
                one\r
                --the-boundary\r
                Content-Disposition: form-data; name="a"\r
                Content-Type: text/plain\r
                \r
                two\r
                --the-boundary\r
                Content-Disposition: form-data; name="f"; filename="x.bin"\r
                Content-Type: application/octet-stream\r
                \r
                """.getBytes(ISO_8859_1));
        all.write(file);
        all.write("\r\n--the-boundary--\r\n".getBytes(ISO_8859_1));
        return all.toByteArray();
    }

    private static String shown(byte[] content) {
        CRC32 sum = new CRC32();
        sum.update(content);
        return content.length + " "
                + (content.length < 40 ? new String(content, ISO_8859_1) : Long.toHexString(sum.getValue()));
    }

    @Test
    void a_forward_and_an_asynchronous_dispatch_find_the_content(
            @ArquillianResource @OperateOnDeployment("signed") URL base) throws IOException {
        SignedBodies bodies = SignedBodies.at(base);
        byte[] sent = content(MEMORY + 77);
        String form = "a=1&b=2";
        for (String how : List.of("X-Sync: 1", "X-Async: 1")) {
            assertThat(bodies.post("/forward", sent, how, "X-To: /echo").body())
                    .as(how)
                    .isEqualTo(sent);
            assertThat(bodies.post("/forward", FORM, form, how, "X-To: /parameters")
                            .text())
                    .as(how)
                    .isEqualTo("a=1\nb=2\na:1+1\nb:2+1\nnull");
            assertThat(bodies.post("/forward?q=0", FORM, form, how, "X-To: /parameters?a=x")
                            .text())
                    .as(how)
                    .startsWith("a=x|1\nb=2");
            assertThat(bodies.post("/forward", sent, how, "X-To: /api/signed/bytes", "Content-Type: text/x-any")
                            .body())
                    .as(how)
                    .isEqualTo(sent);
        }
        assertThat(bodies.filesAtLast()).isEqualTo(NO_FILES);
    }

    @Test
    void SIG_23_content_is_asked_for_with_100_and_not_where_it_would_be_too_much(
            @ArquillianResource @OperateOnDeployment("signed") URL base) throws IOException {
        SignedBodies bodies = SignedBodies.at(base);
        byte[] sent = content(9_000);
        for (String path : List.of("/echo", "/api/signed/bytes")) {
            String[] lines = {"Expect: 100-continue", "Content-Type: text/x-any", digest(sent)};
            byte[] head = bodies.head("POST", path, with(lines, "Content-Length: " + sent.length));
            assertThat(bodies.expecting(head, sent))
                    .as(path)
                    .startsWith("HTTP/1.1 100")
                    .contains("HTTP/1.1 200");
            byte[] large = bodies.head("POST", path, with(lines, "Content-Length: " + (MAX + 1)));
            String first = bodies.expecting(large, new byte[0]);
            assertThat(first).as(path).contains(" 413");
        }
    }

    @Test
    void R32_SIG_24_WH_15_one_byte_too_much_is_413(@ArquillianResource @OperateOnDeployment("signed") URL base)
            throws IOException {
        SignedBodies bodies = SignedBodies.at(base);
        byte[] sent = content(MAX + 1);
        for (String path : List.of("/echo", "/parameters", "/listener", "/api/signed/bytes", "/api/signed/map")) {
            String type = "Content-Type: " + (path.contains("a") ? FORM : "text/x-any");
            for (RawResponse response :
                    List.of(bodies.post(path, sent, type), bodies.chunked(path, sent, 10_000, type))) {
                assertThat(response.status()).as(path).isEqualTo(413);
                assertThat(response.header("Content-Type")).containsExactly("application/problem+json");
                assertThat(response.header("WWW-Authenticate")).isEmpty();
                assertThat(response.text())
                        .contains("\"code\":\"body_too_large\"")
                        .contains("\"status\":413");
            }
        }
        assertThat(bodies.filesAtLast()).isEqualTo(NO_FILES);
    }

    @Test
    void SIG_24_content_without_an_end_is_413_at_once(@ArquillianResource @OperateOnDeployment("signed") URL base)
            throws Exception {
        SignedBodies bodies = SignedBodies.at(base);
        for (String path : List.of("/echo", "/api/signed/bytes")) {
            SignedBodies.Endless endless = bodies.endless(path, "Content-Type: text/x-any", digest(new byte[0]));
            assertThat(endless.answer()).as(path).startsWith("413").contains("body_too_large");
            assertThat(endless.sent()).as(path).isLessThan(64L * 1024 * 1024);
        }
        String gigabyte = "Content-Length: " + (1L << 30);
        byte[] head = bodies.head("POST", "/echo", digest(new byte[0]), gigabyte);
        assertThat(bodies.expecting(head, new byte[0]))
                .contains(Server.current().refusesTenMebibytes() ? " 400" : " 413");
        assertThat(bodies.filesAtLast()).isEqualTo(NO_FILES);
    }

    @Test
    void content_that_no_signature_needs_streams_and_is_not_kept(
            @ArquillianResource @OperateOnDeployment("signed") URL base) throws IOException {
        SignedBodies bodies = SignedBodies.at(base);
        byte[] sent = new byte[(Server.current().refusesTenMebibytes() ? 9 : 32) * 1024 * 1024];
        String expected = String.valueOf(sent.length);
        for (String path : List.of("/upload", "/api/keyed/count")) {
            assertThat(bodies.http()
                            .request("POST", path, sent, ALICE, "Content-Type: text/x-any")
                            .text())
                    .as(path)
                    .isEqualTo(expected);
            byte[] chunks = bodies.chunks(path, sent, 100_000, "", ALICE, "Content-Type: text/x-any");
            assertThat(bodies.http().send(chunks).text()).as(path).isEqualTo(expected);
        }
    }

    @Test
    void what_is_too_much_for_memory_is_in_a_file_as_long_as_the_request_lives(
            @ArquillianResource @OperateOnDeployment("signed") URL base) throws IOException {
        SignedBodies bodies = SignedBodies.at(base);
        String type = "Content-Type: text/x-any";
        assertThat(bodies.filesAtLast()).isEqualTo(NO_FILES);
        assertThat(bodies.post("/api/signed/files", content(MEMORY), type).text())
                .isEqualTo(NO_FILES);
        assertThat(bodies.post("/api/signed/files", content(MEMORY + 1), type).text())
                .isEqualTo("1 open, 0 named");
        assertThat(bodies.filesAtLast()).isEqualTo(NO_FILES);
        assertThat(bodies.post("/api/signed/failing", content(MEMORY + 1), type).status())
                .isEqualTo(500);
        byte[] sent = content(MAX);
        assertThat(bodies.http()
                        .request("POST", "/echo", sent, digest(new byte[0]))
                        .status())
                .isEqualTo(401);
        assertThat(bodies.http()
                        .request("POST", "/api/signed/bytes", sent, type, digest(new byte[0]))
                        .status())
                .isEqualTo(401);
        byte[] part = bodies.head("POST", "/echo", type, digest(sent), "Content-Length: " + sent.length);
        ByteArrayOutputStream cut = new ByteArrayOutputStream();
        cut.write(part);
        cut.write(sent, 0, 2 * MEMORY);
        bodies.abandon(cut.toByteArray());
        assertThat(bodies.filesAtLast()).isEqualTo(NO_FILES);
    }

    @Test
    void less_content_than_announced_is_never_let_in(@ArquillianResource @OperateOnDeployment("signed") URL base)
            throws IOException {
        SignedBodies bodies = SignedBodies.at(base);
        byte[] sent = content(100);
        for (String path : List.of("/echo", "/api/signed/bytes")) {
            ByteArrayOutputStream cut = new ByteArrayOutputStream();
            cut.write(bodies.head("POST", path, "Content-Type: text/x-any", digest(sent), "Content-Length: 200"));
            cut.write(sent);
            assertThat(bodies.cutOff(cut.toByteArray())).as(path).doesNotContain(" 200");
            ByteArrayOutputStream chunk = new ByteArrayOutputStream();
            chunk.write(
                    bodies.head("POST", path, "Content-Type: text/x-any", digest(sent), "Transfer-Encoding: chunked"));
            chunk.write("64\r\n".getBytes(ISO_8859_1));
            chunk.write(sent);
            assertThat(bodies.cutOff(chunk.toByteArray())).as(path).doesNotContain(" 200");
        }
        ByteArrayOutputStream more = new ByteArrayOutputStream();
        more.write(bodies.head("POST", "/echo", digest(sent), "Content-Length: 100"));
        more.write(sent);
        more.write(sent);
        RawResponse response = bodies.http().send(more.toByteArray());
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(sent);
    }

    @Test
    void SIG_23_trailers_are_there_when_the_content_was_read(
            @ArquillianResource @OperateOnDeployment("signed") URL base) throws IOException {
        SignedBodies bodies = SignedBodies.at(base);
        byte[] sent = content(3_000);
        byte[] right = bodies.chunks(
                "/echo", sent, 1_000, digest(sent) + "\r\n", "Trailer: X-Body-Sha256", "X-Body-Sha256: trailer");
        RawResponse response = bodies.http().send(right);
        if (Server.current().showsTrailers()) {
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(sent);
        } else {
            assertThat(response.status()).isEqualTo(401);
        }
        byte[] wrong = bodies.chunks("/echo", sent, 1_000, digest(new byte[0]) + "\r\n", "X-Body-Sha256: trailer");
        assertThat(bodies.http().send(wrong).status()).isEqualTo(401);
        byte[] none = bodies.chunks("/echo", sent, 1_000, "", "X-Body-Sha256: trailer");
        assertThat(bodies.http().send(none).status()).isEqualTo(401);
    }

    @Test
    void SIG_22_there_is_one_authority_or_none(@ArquillianResource @OperateOnDeployment("signed") URL base)
            throws IOException {
        SignedBodies bodies = SignedBodies.at(base);
        String host = bodies.http().host();
        String empty = digest(new byte[0]);
        assertThat(bodies.http().get("/echo", empty, "X-Authority: " + host).status())
                .isEqualTo(200);
        assertThat(bodies.http()
                        .get("/echo", empty, "X-Authority: other.example")
                        .status())
                .isEqualTo(401);
        byte[] named = bodies.head("GET", "/echo", empty, "Host: shop.example", "X-Authority: shop.example");
        assertThat(bodies.http().send(named).status()).isIn(200, 403);
        byte[] two = bodies.head("GET", "/echo", empty, "Host: " + host, "Host: " + host, "X-Authority: " + host);
        assertThat(bodies.http().send(two).status()).isIn(400, 401, 403);
        String old = "GET " + bodies.http().context() + "/echo HTTP/1.0\r\n" + empty + "\r\nX-Authority: " + host
                + "\r\n\r\n";
        assertThat(bodies.http().send(old.getBytes(ISO_8859_1)).status()).isIn(400, 401, 403);
        String bare = old.replace("HTTP/1.0", "HTTP/1.1").replace("X-Authority", "Connection: close\r\nX-Authority");
        assertThat(bodies.http().send(bare.getBytes(ISO_8859_1)).status()).isIn(400, 401, 403);
    }

    @Test
    void WH_08_what_took_content_before_every_filter_is_told_and_lets_nobody_in(
            @ArquillianResource @OperateOnDeployment("consumed") URL base) throws IOException {
        SignedBodies bodies = SignedBodies.at(base);
        String form = "a=1&b=2";
        for (String path : List.of("/parameters", "/api/signed/form")) {
            assertThat(bodies.post(path, FORM, form).status()).as(path).isEqualTo(200);
            for (String how : List.of("parameter", "stream", "byte", "reader")) {
                try (Logs log = Logs.open()) {
                    RawResponse response = bodies.post(path, FORM, form, "X-Take: " + how);
                    assertThat(response.status()).as("%s, %s", path, how).isEqualTo(500);
                    assertThat(response.text()).contains("\"code\":\"internal\"");
                    assertThat(log.text("cannot be checked"))
                            .contains("cannot be checked")
                            .contains("body_consumed");
                }
            }
            RawResponse chunks =
                    bodies.chunked(path, form.getBytes(ISO_8859_1), 3, "Content-Type: " + FORM, "X-Take: parameter");
            assertThat(chunks.status()).as(path).isIn(401, 500);
            // Signed was nothing, and nothing is what would be left of it.
            byte[] swapped = bodies.chunks(
                    path,
                    form.getBytes(ISO_8859_1),
                    3,
                    "",
                    "Content-Type: " + FORM,
                    "X-Take: parameter",
                    digest(new byte[0]));
            assertThat(bodies.http().send(swapped).status()).as(path).isEqualTo(500);
        }
    }

    @Test
    void WH_08_what_takes_content_in_front_of_JAX_RS_leaves_it_signed_or_lets_nobody_in(
            @ArquillianResource @OperateOnDeployment("signed") URL base) throws IOException {
        SignedBodies bodies = SignedBodies.at(base);
        String form = "a=1&b=2";
        byte[] bytes = form.getBytes(ISO_8859_1);
        String type = "Content-Type: " + FORM;
        for (String path : List.of("/api/signed/form", "/api/signed/map", "/parameters")) {
            String expected = bodies.post(path, FORM, form).text();
            assertThat(bodies.post(path, FORM, form, "X-Between: parameter").text())
                    .as(path)
                    .isEqualTo(expected);
            RawResponse other = bodies.http()
                    .request("POST", path, "a=2".getBytes(ISO_8859_1), type, "X-Between: parameter", digest(bytes));
            assertThat(other.status()).as(path).isEqualTo(401);
        }
        assertThat(bodies.chunked("/parameters", bytes, 3, type, "X-Between: parameter")
                        .status())
                .isEqualTo(200);
        try (Logs log = Logs.open()) {
            RawResponse chunks = bodies.chunked("/api/signed/map", bytes, 3, type, "X-Between: parameter");
            assertThat(chunks.status()).isEqualTo(500);
            assertThat(log.text("cannot be checked")).contains("getParameter()");
        }
        byte[] sent = content(MEMORY + 100);
        byte[] rest = Arrays.copyOfRange(sent, 3, sent.length);
        String any = "Content-Type: text/x-any";
        for (String path : List.of("/echo", "/api/signed/bytes", "/api/signed/stream")) {
            assertThat(bodies.post(path, sent, any, "X-Between: three").body())
                    .as(path)
                    .isEqualTo(rest);
            assertThat(bodies.chunked(path, sent, 9_999, any, "X-Between: three")
                            .body())
                    .as(path)
                    .isEqualTo(rest);
            RawResponse other = bodies.http().request("POST", path, sent, any, "X-Between: three", digest(rest));
            assertThat(other.status()).as(path).isEqualTo(401);
        }
        byte[] large = content(MAX + 1);
        assertThat(bodies.post("/api/signed/bytes", large, any, "X-Between: stream")
                        .status())
                .isEqualTo(413);
        assertThat(bodies.http()
                        .request("POST", "/api/keyed/count", large, any, ALICE, "X-Between: three")
                        .text())
                .isEqualTo(String.valueOf(large.length - 3));
        assertThat(bodies.filesAtLast()).isEqualTo(NO_FILES);
    }
}
