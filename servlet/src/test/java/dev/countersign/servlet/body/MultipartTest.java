package dev.countersign.servlet.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {
    private static final String TYPE = "multipart/form-data; boundary=xx";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private List<Part> parse(String type, String content) throws IOException, ServletException {
        byte[] bytes = content.replace("\n", "\r\n").getBytes(UTF_8);
        KeptBytes kept = new KeptBytes(1 << 20, directory);
        kept.add(bytes, 0, bytes.length);
        return Multipart.parse(kept, type, UTF_8, directory);
    }

    private static String part(String disposition, String content) {
        return "--xx\nContent-Disposition: " + disposition + "\n\n" + content + "\n";
    }

    private static String text(Part part) throws IOException {
        return new String(part.getInputStream().readAllBytes(), UTF_8);
    }

    @Test
    void parts_have_their_bytes_and_fields() throws Exception {
        List<Part> parts = parse(
                TYPE,
                part("form-data; name=\"a\"", "one\n\ntwo")
                        + "--xx\ncontent-type: text/plain; charset=UTF-8\nContent-Disposition: form-data;"
                        + " filename=\"\u00fc \\\"x\\\".txt\"; name=b\nX-More: 1\nX-More: 2\n\n\n--x\n--x--\n\n--xx--\n");
        assertThat(parts).hasSize(2);
        assertThat(parts.get(0).getName()).isEqualTo("a");
        assertThat(text(parts.get(0))).isEqualTo("one\r\n\r\ntwo");
        assertThat(parts.get(0).getSize()).isEqualTo(10);
        assertThat(parts.get(0).getSubmittedFileName()).isNull();
        assertThat(parts.get(0).getContentType()).isNull();
        Part file = parts.get(1);
        assertThat(file.getName()).isEqualTo("b");
        assertThat(file.getSubmittedFileName()).isEqualTo("\u00fc \"x\".txt");
        assertThat(file.getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(file.getHeaders("x-MORE")).containsExactly("1", "2");
        assertThat(file.getHeader("X-Less")).isNull();
        assertThat(file.getHeaderNames()).contains("content-type", "content-disposition", "x-more");
        assertThat(text(file)).isEqualTo("\r\n--x\r\n--x--\r\n");
        file.write("copy.txt");
        assertThat(Files.readString(directory.resolve("copy.txt"))).isEqualTo("\r\n--x\r\n--x--\r\n");
        file.delete();
        assertThat(KeptPart.fields(parts, UTF_8)).containsOnlyKeys("a");
    }

    @Test
    void a_beginning_of_the_boundary_is_content() throws Exception {
        String tricky = "\r\r\n\r\n-\n--\n--x\n--\n--xy\n\r";
        String content = tricky.replace("\n", "\r\n");
        assertThat(text(parse(TYPE, part("form-data; name=a", tricky) + "--xx--")
                        .get(0)))
                .isEqualTo(content);
    }

    @Test
    void nothing_is_content_too() throws Exception {
        assertThat(text(parse(TYPE, part("form-data; name=a", "") + "--xx--").get(0)))
                .isEmpty();
        assertThat(text(parse(TYPE, "--xx\nContent-Disposition: form-data; name=a\n\n--xx--")
                        .get(0)))
                .isEmpty();
        assertThat(parse(TYPE, "--xx--\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"xx",
                "multipart/form-data; boundary=xx; boundary=xx",
                "multipart/form-data; boundary=\"x\u00fc\"",
                "multipart/form-data; boundary=\"xx \"",
                "multipart/form-data; boundary"
            })
    void a_boundary_that_cannot_be_read_is_refused(String type) {
        assertThatThrownBy(() -> parse(type, part("form-data; name=a", "1") + "--xx--"))
                .isInstanceOf(ServletException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "--xx",
                "--xxContent-Disposition: form-data; name=a\n\n1\n--xx--",
                "before\n--xx\nContent-Disposition: form-data; name=a\n\n1\n--xx--",
                "--xx\nContent-Disposition: form-data; name=a\n\n1",
                "--xx\nContent-Disposition: form-data; name=a\n\n1\n--xx",
                "--xx\nContent-Disposition: form-data; name=a\n\n1\n--xx-",
                "--xx\nContent-Disposition: form-data; name=a",
                "--xx\nContent-Disposition: form-data\n\n1\n--xx--",
                "--xx\nContent-Disposition: attachment; name=a\n\n1\n--xx--",
                "--xx\nContent-Disposition: form-data; name=a; name=b\n\n1\n--xx--",
                "--xx\nContent-Disposition: form-data; name=a\nContent-Disposition: form-data; name=b\n\n1\n--xx--",
                "--xx\n\n1\n--xx--",
                "--xx\nno field\n\n1\n--xx--"
            })
    void content_of_another_form_is_refused(String content) {
        assertThatThrownBy(() -> parse(TYPE, content)).isInstanceOf(ServletException.class);
    }

    @Test
    void too_many_parts_and_too_long_fields_are_refused() throws Exception {
        String one = part("form-data; name=a", "1");
        assertThat(parse(TYPE, one.repeat(Multipart.MAX_PARTS) + "--xx--")).hasSize(Multipart.MAX_PARTS);
        assertThatThrownBy(() -> parse(TYPE, one.repeat(Multipart.MAX_PARTS + 1) + "--xx--"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> parse(TYPE, "--xx\nX: " + "y".repeat(9_000) + "\n\n1\n--xx--"))
                .isInstanceOf(ServletException.class);
    }
}
