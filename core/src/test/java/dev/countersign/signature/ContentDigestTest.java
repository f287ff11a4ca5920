package dev.countersign.signature;

import static dev.countersign.JsonVectors.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Body;
import dev.countersign.JsonVectors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ContentDigestTest {
    static Stream<Arguments> vectors() {
        return JsonVectors.array("content-digest/cases.json").stream()
                .map(vector -> Arguments.of(text(vector, "id"), vector));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void SIG_01_judges_content_by_its_digests(String id, Map<String, Object> vector) {
        byte[] content = Base64.getDecoder().decode(text(vector, "body_b64"));
        assertThat(text(vector, "expect")).isIn("valid", "invalid");
        assertThat(matches(text(vector, "value"), content))
                .isEqualTo(text(vector, "expect").equals("valid"));
    }

    private static boolean matches(String value, byte[] content) {
        Optional<ContentDigest> digest = ContentDigest.parse(List.of(value), 1024);
        digest.ifPresent(one -> assertThat(Body.of(content).read(one)).isEqualTo(Body.Outcome.COMPLETE));
        return digest.isPresent() && digest.get().matches();
    }

    @Test
    void content_in_pieces_has_the_digest_of_all_of_it() {
        byte[] content = "hello, world".getBytes(StandardCharsets.US_ASCII);
        ContentDigest digest =
                ContentDigest.parse(List.of(ContentDigest.of(content)), 1024).orElseThrow();
        digest.accept(content, 0, 5);
        digest.accept(content, 5, content.length - 5);
        assertThat(digest.matches()).isTrue();
    }

    @Test
    void what_is_sent_is_the_example_of_RFC_9530() {
        byte[] content = "{\"hello\": \"world\"}\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(ContentDigest.of(content)).isEqualTo("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:");
    }

    @Test
    void SIG_19_a_field_that_is_too_long_is_not_read() {
        String value = ContentDigest.of(new byte[0]);
        assertThat(ContentDigest.parse(List.of(value), value.length())).isPresent();
        assertThat(ContentDigest.parse(List.of(value), value.length() - 1)).isEmpty();
        assertThat(ContentDigest.parse(List.of(), 1024)).isEmpty();
    }
}
