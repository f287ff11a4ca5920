package dev.countersign.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AccessRule.Alternative;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionTest {
    @Test
    void reads_alternatives_and_their_parts_in_order() {
        Problems problems = new Problems();

        assertThat(Expression.parse("k", " key+jwt , basic", Compiling.CATALOG, problems))
                .contains(List.of(new Alternative(List.of("key", "jwt")), new Alternative(List.of("basic"))));
        assertThat(problems.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "key,",
                ",key",
                "key,,jwt",
                "+",
                "key+",
                "+key",
                "key++jwt",
                "key + jwt",
                "KEY",
                "key jwt",
                "key;jwt",
                "key+key",
                "key,key",
                "key,jwt+key",
                "key+jwt,jwt+key",
                "basic+jwt",
                "basic+key+jwt",
                "unknown"
            })
    void ANN_09_refuses(String text) {
        Problems problems = new Problems();

        assertThat(Expression.parse("countersign.default", text, Compiling.CATALOG, problems))
                .isEmpty();
        assertThat(problems.problems()).isNotEmpty().allMatch(p -> p.startsWith("countersign.default: "));
    }

    @ParameterizedTest
    @CsvSource({"jtw,jwt", "baisc,basic", "mlts,mtls"})
    void ANN_10_offers_the_nearest_name(String wrong, String right) {
        Problems problems = new Problems();

        assertThat(Expression.parse("k", wrong, Compiling.CATALOG, problems)).isEmpty();
        assertThat(problems.problems()).singleElement().asString().contains("did you mean " + right + "?");
    }

    @Test
    void a_message_stays_one_readable_line() {
        Problems problems = new Problems();

        assertThat(Expression.parse("k", "a\r\nb\u2028" + "x".repeat(5000), Compiling.CATALOG, problems))
                .isEmpty();
        assertThat(problems.problems())
                .singleElement()
                .asString()
                .hasLineCount(1)
                .hasSizeLessThan(300);
    }

    @Test
    void a_message_says_where_a_long_name_was_cut() {
        assertThat(Expression.quoted("x".repeat(80))).isEqualTo('"' + "x".repeat(80) + '"');
        assertThat(Expression.quoted("x".repeat(81))).isEqualTo('"' + "x".repeat(80) + "…\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {",key", "+key", "key,", "key+"})
    void an_empty_part_at_an_end_is_named_as_one(String text) {
        Problems problems = new Problems();

        assertThat(Expression.parse("k", text, Compiling.CATALOG, problems)).isEmpty();
        assertThat(problems.problems()).singleElement().asString().contains("has an empty part");
    }

    @Test
    void an_empty_list_is_a_problem() {
        Problems problems = new Problems();

        assertThat(Expression.parse("k", List.of(), Compiling.CATALOG, problems))
                .isEmpty();
        assertThat(problems.problems()).singleElement().asString().contains("at least one of key, basic, jwt, mtls");
    }
}
