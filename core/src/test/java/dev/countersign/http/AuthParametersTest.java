package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthParametersTest {
    @Test
    void reads_tokens_and_quoted_strings() {
        assertThat(AuthParameters.parse("a=b, C=\"d e\",f = \"\\\"g\\\\\"\t,h=\"\""))
                .hasValueSatisfying(parameters -> assertThat(parameters)
                        .containsExactly(
                                Map.entry("a", "b"),
                                Map.entry("c", "d e"),
                                Map.entry("f", "\"g\\"),
                                Map.entry("h", "")));
    }

    @Test
    void passes_over_empty_elements() {
        assertThat(AuthParameters.parse(", a=b,, \t,c=d ,"))
                .hasValueSatisfying(
                        parameters -> assertThat(parameters).containsExactly(Map.entry("a", "b"), Map.entry("c", "d")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "a",
                "a=",
                "a=,b=c",
                "=b",
                "a b=c",
                "a=b c=d",
                "a=\"b\"c=d",
                "a=\"b\" c=d",
                "a=\"b",
                "a=\"b\\\"",
                "a=b/c",
                "a=b=",
                "a==b",
                "a=b;c=d",
                "a=b,a=c",
                "a=b,A=b",
                "a=b\n,c=d",
                "a=\"b\nc\"",
                "a=\u00e9",
                "\u00e9=a"
            })
    void refuses_what_is_no_list_of_parameters(String text) {
        assertThat(AuthParameters.parse(text)).isEmpty();
    }

    @Test
    void reads_sixteen_and_no_more() {
        assertThat(AuthParameters.parse(many(16)))
                .hasValueSatisfying(parameters -> assertThat(parameters).hasSize(16));
        assertThat(AuthParameters.parse(many(17))).isEmpty();
    }

    private static String many(int count) {
        return IntStream.range(0, count).mapToObj(i -> "p" + i + "=x").collect(Collectors.joining(","));
    }
}
