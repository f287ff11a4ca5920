package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ComponentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "@method",
                "@target-uri",
                "@authority",
                "@scheme",
                "@request-target",
                "@path",
                "@query",
                "@status",
                "content-type",
                "\"x-a\";sf",
                "\"x-a\";key=\"b\"",
                "\"x-a\";bs",
                "\"x-a\";req;tr",
                "\"x-a\";sf;key=\"b\"",
                "\"@query-param\";name=\"a\"",
                "\"@query-param\";req;name=\"\"",
                "\"@method\";req"
            })
    void reads_every_component_of_the_RFC(String text) {
        String written = text.startsWith("\"") ? text : "\"" + text + "\"";
        assertThat(Component.of(text).text()).isEqualTo(written);
        assertThat(Component.of(text)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"",
                "@",
                "@signature-params",
                "@made-up",
                "@Method",
                "Content-Type",
                "x a",
                "x:a",
                "x\na",
                "\"x-a\", \"x-b\"",
                "\"x-a\";unknown",
                "\"x-a\";sf=?0",
                "\"x-a\";sf=1",
                "\"x-a\";key",
                "\"x-a\";key=b",
                "\"x-a\";name=\"b\"",
                "\"x-a\";bs;sf",
                "\"x-a\";bs;key=\"b\"",
                "\"@query-param\"",
                "\"@query-param\";name=a",
                "\"@query-param\";name=\"a\";sf",
                "\"@path\";name=\"a\"",
                "\"@path\";sf",
                "\"@path\";tr",
                "\"@path\";bs",
                "\"@status\";req"
            })
    void refuses_what_the_RFC_does_not_have(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Component.of(text))
                .withMessageContaining("expected:");
    }

    @Test
    void the_order_of_parameters_makes_no_other_component() {
        Component one = Component.of("\"x-a\";req;tr");
        Component other = Component.of("\"x-a\";tr;req");
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(Component.of("\"x-a\";tr"));
        assertThat(one.text()).isNotEqualTo(other.text());
        assertThat(one).isNotEqualTo(Component.of("\"x-b\";req;tr")).isNotEqualTo(null);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "@method, @method, true",
                "@target-uri, @authority, true",
                "@target-uri, @scheme, true",
                "@target-uri, @path, true",
                "@target-uri, @query, true",
                "@request-target, @path, true",
                "@request-target, @query, true",
                "@request-target, @authority, false",
                "@target-uri, @method, false",
                "@target-uri, @request-target, false",
                "@path, @target-uri, false",
                "host, @authority, false",
                "'\"x-a\";sf', x-a, true",
                "'\"x-a\";bs', x-a, true",
                "'\"x-a\";key=\"b\"', x-a, false",
                "'\"x-a\";tr', x-a, false",
                "'\"x-a\";req', x-a, false",
                "x-a, '\"x-a\";tr', false",
                "'\"x-a\";key=\"b\"', '\"x-a\";key=\"b\"', true",
                "'\"@target-uri\";req', @path, false",
                "'\"@path\";req', @path, false"
            })
    void SIG_06_covers_what_it_says(String covering, String wanted, boolean covers) {
        assertThat(Component.of(covering).covers(Component.of(wanted))).isEqualTo(covers);
    }
}
