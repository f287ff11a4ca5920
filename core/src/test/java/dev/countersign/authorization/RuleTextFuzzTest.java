package dev.countersign.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.AccessRule;
import dev.countersign.AccessRule.Alternative;
import dev.countersign.FuzzInput;
import dev.countersign.Scope;
import dev.countersign.json.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class RuleTextFuzzTest {
    @FuzzTest
    void a_rule_asks_for_exactly_what_its_text_says_or_stops_the_deployment(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        switch (input.choose(4)) {
            case 0 -> expression(input.unicode());
            case 1 -> entries(input.lines(20));
            case 2 -> require(input.unicode());
            default -> map(input.line(), input.line(), input.line(), input.latin());
        }
    }

    private static void expression(String text) {
        Problems problems = new Problems();
        Optional<List<Alternative>> parsed = FuzzInput.bounded(
                text.length(), () -> Expression.parse("countersign.default", text, Compiling.CATALOG, problems));
        check(parsed, problems);
        parsed.ifPresent(alternatives -> assertThat(text(alternatives)).isEqualTo(withoutBlanks(text)));
    }

    private static void entries(List<String> entries) {
        Problems problems = new Problems();
        Optional<List<Alternative>> parsed = Expression.parse("Orders.find", entries, Compiling.CATALOG, problems);
        check(parsed, problems);
        parsed.ifPresent(alternatives -> assertThat(text(alternatives)).isEqualTo(String.join(",", entries)));
    }

    private static void check(Optional<List<Alternative>> parsed, Problems problems) {
        assertThat(parsed.isEmpty()).isEqualTo(!problems.isEmpty());
        assertReadable(problems);
        List<Alternative> alternatives = parsed.orElse(List.of());
        for (int i = 0; i < alternatives.size(); i++) {
            List<String> parts = alternatives.get(i).parts();
            assertThat(parts).isNotEmpty().doesNotHaveDuplicates().allMatch(Compiling.CATALOG::knows);
            assertThat(parts).filteredOn(Compiling.CATALOG::onlyInAuthorization).hasSizeLessThanOrEqualTo(1);
            for (Alternative earlier : alternatives.subList(0, i)) {
                assertThat(parts.containsAll(earlier.parts())).isFalse();
            }
        }
    }

    private static void require(String text) {
        Problems problems = new Problems();
        Optional<AccessRule> compiled = FuzzInput.bounded(
                        text.length(),
                        () -> Compiling.compiler().compileRequire("countersign.paths.a.require", text, problems))
                .map(CompiledRule::rule);
        assertThat(compiled.isEmpty()).isEqualTo(!problems.isEmpty());
        assertReadable(problems);
        compiled.ifPresent(rule -> {
            switch (rule.mode()) {
                case DENY -> assertThat(text.strip()).isEqualTo("deny");
                case OPTIONAL_IGNORE, OPTIONAL_REJECT ->
                    assertThat(text.strip()).isEqualTo("permit");
                case REQUIRED -> {
                    assertThat(rule.admitsAnonymous()).isFalse();
                    // Nothing that the text asks for is lost.
                    assertThat(rule.scopes().isEmpty()).isEqualTo(!asksFor("scopes", text));
                    assertThat(rule.roles().isEmpty()).isEqualTo(!asksFor("roles", text));
                    rule.scopes().forEach(scopes -> assertThat(scopes.values()).allMatch(Scope::isToken));
                    rule.roles().forEach(roles -> assertThat(roles).isNotEmpty().doesNotContain(""));
                }
            }
        });
    }

    private static boolean asksFor(String word, String text) {
        return List.of(text.split(";", -1)).stream()
                .anyMatch(item -> item.strip().startsWith(word)
                        && item.strip().substring(word.length()).stripLeading().startsWith("="));
    }

    private static void map(String route, String element, String source, String role) {
        AccessRule rule = AccessRule.builder(AccessRule.Mode.REQUIRED, Compiling.DEFAULT)
                .anyRole(Set.of(role))
                .build();
        SecurityMap.Entry entry = new SecurityMap.Entry(SecurityMap.Kind.PATH, route, element, rule, List.of(source));
        SecurityMap map = new SecurityMap(List.of(entry, entry), List.of(source));
        assertThat(map.toText().lines()).hasSize(3);
        assertThat(map.toText())
                .matches(shown -> shown.chars().filter(c -> c < ' ').allMatch(c -> c == '\n'));
        Map<String, Object> expected = Map.of(
                "kind",
                "path",
                "route",
                route,
                "element",
                element,
                "rule",
                rule.toString(),
                "sources",
                List.of(source));
        assertThat(StrictJson.parse(map.toJson(), 4)).isEqualTo(List.of(expected, expected));
    }

    private static void assertReadable(Problems problems) {
        assertThat(problems.problems())
                .allSatisfy(problem -> assertThat(problem)
                        .matches(line -> line.chars().noneMatch(Character::isISOControl))
                        .hasSizeLessThan(600));
    }

    private static String text(List<Alternative> alternatives) {
        return String.join(
                ",",
                alternatives.stream()
                        .map(alternative -> String.join("+", alternative.parts()))
                        .toList());
    }

    /** As an expression may be written: with white space around its commas. */
    private static String withoutBlanks(String text) {
        return String.join(
                ",", List.of(text.split(",", -1)).stream().map(String::strip).toList());
    }
}
