package dev.countersign.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AccessRule;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The value of {@code countersign.paths.<n>.require}. */
final class RequireTextTest {
    private static final String KEY = "countersign.paths.reports.require";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schemes=key+jwt,basic; scopes=a b; roles=x | key+jwt, basic; scopes=a b; roles=x",
                "schemes=key | key",
                "scopes=a | jwt; scopes=a",
                "roles=y,x | 'jwt; roles=x|y'",
                "roles=x;schemes = basic | basic; roles=x",
                "authenticated | jwt",
                "deny | deny"
            },
            quoteCharacter = '\'')
    void reads(String text, String expected) {
        Problems problems = new Problems();

        CompiledRule rule =
                Compiling.compiler().compileRequire(KEY, text, problems).orElseThrow();

        assertThat(rule.rule()).hasToString(expected);
        assertThat(rule.rule().mode()).isEqualTo(text.equals("deny") ? AccessRule.Mode.DENY : AccessRule.Mode.REQUIRED);
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void permit_is_permit_all() {
        assertThat(Compiling.compiler()
                        .compileRequire(KEY, " permit ", new Problems())
                        .orElseThrow()
                        .rule())
                .isEqualTo(AccessRule.permitAll(Compiling.DEFAULT));
    }

    @Test
    void the_sources_name_the_keys() {
        assertThat(Compiling.compiler()
                        .compileRequire(KEY, "scopes=a; roles=**", new Problems())
                        .orElseThrow()
                        .sources())
                .containsExactly("schemes: countersign.default", "scopes: " + KEY, "roles: " + KEY);
        assertThat(Compiling.compiler()
                        .compileRequire(KEY, "schemes=key", new Problems())
                        .orElseThrow()
                        .sources())
                .containsExactly("schemes: " + KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ";",
                "Permit",
                "allow",
                "permit; roles=x",
                "deny;",
                "schemes",
                "schemes=",
                "scopes=",
                "scopes= ",
                "roles=",
                "roles=x,",
                "roles=,x",
                "schemes=key;",
                "schemes=key;;roles=x",
                "schemes=key; schemes=jwt",
                "scheme=key",
                "schemes=kye",
                "schemes=key+",
                "scopes=a\tb",
                "scopes=\"a\"",
                "schemes=mtls; scopes=a",
                "Schemes=key",
                "=key"
            })
    void ANN_09_refuses(String text) {
        Problems problems = new Problems();

        assertThat(Compiling.compiler().compileRequire(KEY, text, problems)).isEmpty();
        assertThat(problems.problems()).isNotEmpty().allMatch(p -> p.startsWith(KEY + ": "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", ",a"})
    void a_scope_with_a_comma_gives_a_warning(String scope) {
        Problems problems = new Problems();

        assertThat(Compiling.compiler().compileRequire(KEY, "scopes=x " + scope, problems))
                .isPresent();
        assertThat(problems.problems()).isEmpty();
        assertThat(problems.warnings())
                .singleElement()
                .asString()
                .startsWith(KEY + ": ")
                .contains("\"" + scope + "\"", "separated by spaces");
    }

    @Test
    void offers_no_word_where_none_is_near() {
        Problems problems = new Problems();

        assertThat(Compiling.compiler().compileRequire(KEY, "certificates=key", problems))
                .isEmpty();
        assertThat(problems.problems()).singleElement().asString().doesNotContain("did you mean");
    }

    @Test
    void offers_the_nearest_word() {
        Problems problems = new Problems();

        assertThat(Compiling.compiler().compileRequire(KEY, "scheme=key", problems))
                .isEmpty();
        assertThat(problems.problems()).singleElement().asString().contains("did you mean schemes?");
    }

    @RepeatedTest(20)
    void any_text_gives_a_rule_or_a_problem_and_never_both_or_an_exception(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        String[] pieces = {
            "key",
            "jwt",
            "basic",
            "mtls",
            "+",
            ",",
            ";",
            "=",
            " ",
            "schemes",
            "scopes",
            "roles",
            "permit",
            "deny",
            "a",
            "**",
            "\t",
            "\u00a0",
            "\0",
            "\ud800",
            "x",
            "",
            "schemes=",
            "; roles=",
            "\"",
            "\n"
        };
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(12);
            for (int j = 0; j < length; j++) {
                text.append(
                        random.nextInt(8) == 0
                                ? String.valueOf((char) random.nextInt(0x10000))
                                : pieces[random.nextInt(pieces.length)]);
            }
            Problems problems = new Problems();
            boolean require = Compiling.compiler()
                    .compileRequire(KEY, text.toString(), problems)
                    .isPresent();
            assertThat(require).as(text.toString()).isEqualTo(problems.isEmpty());

            Problems ofExpression = new Problems();
            boolean expression = Expression.parse(KEY, text.toString(), Compiling.CATALOG, ofExpression)
                    .isPresent();
            assertThat(expression).as(text.toString()).isEqualTo(ofExpression.isEmpty());
            assertThat(Set.copyOf(problems.problems())).allMatch(p -> p.indexOf('\n') < 0);
        }
    }
}
