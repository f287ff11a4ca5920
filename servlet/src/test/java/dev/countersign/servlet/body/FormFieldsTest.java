package dev.countersign.servlet.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormFieldsTest {
    private static Map<String, List<String>> parse(String form, Charset charset) throws IOException {
        return FormFields.parse(new ByteArrayInputStream(form.getBytes(ISO_8859_1)), charset);
    }

    @Test
    void fields_keep_their_order_and_all_of_their_values() throws IOException {
        assertThat(parse("b=1&a=2&b=3&b=1", UTF_8))
                .containsExactly(Map.entry("b", List.of("1", "3", "1")), Map.entry("a", List.of("2")));
        assertThat(parse("", UTF_8)).isEmpty();
    }

    @Test
    void what_is_empty_is_a_value_and_no_name() throws IOException {
        assertThat(parse("&&a&b=&=c&&", UTF_8))
                .containsExactly(Map.entry("a", List.of("")), Map.entry("b", List.of("")));
        assertThat(parse("a=b=c", UTF_8)).containsExactly(Map.entry("a", List.of("b=c")));
    }

    @Test
    void bytes_are_decoded_and_what_is_none_stands_for_itself() throws IOException {
        assertThat(parse("a+b=c%20d%2B%26%3d", UTF_8)).containsExactly(Map.entry("a b", List.of("c d+&=")));
        assertThat(parse("a=%C3%BC", UTF_8)).containsExactly(Map.entry("a", List.of("\u00fc")));
        assertThat(parse("a=%FC", ISO_8859_1)).containsExactly(Map.entry("a", List.of("\u00fc")));
        assertThat(parse("a=%&b=%4&c=%zz&d=100%", UTF_8))
                .containsExactly(
                        Map.entry("a", List.of("%")),
                        Map.entry("b", List.of("%4")),
                        Map.entry("c", List.of("%zz")),
                        Map.entry("d", List.of("100%")));
        assertThat(parse("a=%FF", UTF_8)).containsExactly(Map.entry("a", List.of("\ufffd")));
    }

    @Test
    void too_many_fields_are_refused() throws IOException {
        assertThat(parse("a&".repeat(FormFields.MAX), UTF_8).get("a")).hasSize(FormFields.MAX);
        assertThatThrownBy(() -> parse("a&".repeat(FormFields.MAX + 1), UTF_8))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void parameters_that_the_query_does_not_account_for_are_seen() {
        assertThat(FormFields.hasMore(Map.of(), null)).isFalse();
        assertThat(FormFields.hasMore(Map.of("a", new String[] {"1"}), null)).isTrue();
        assertThat(FormFields.hasMore(Map.of("a", new String[] {"1"}), "a=1")).isFalse();
        assertThat(FormFields.hasMore(Map.of("a", new String[] {"1", "2"}), "a=1"))
                .isTrue();
        assertThat(FormFields.hasMore(Map.of("a b", new String[] {"1"}), "x&a%20b=1"))
                .isFalse();
        // Which servers leave out, so that it makes no room for another one.
        assertThat(FormFields.hasMore(Map.of("a", new String[] {"1"}), "a=%zz")).isTrue();
        assertThat(FormFields.hasMore(Map.of("a", new String[] {"1"}), "a=%ff")).isTrue();
        assertThat(FormFields.hasMore(Map.of("", new String[] {"1"}), "=1")).isTrue();
    }
}
