package dev.countersign.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AccessRule;
import dev.countersign.bootstrap.WebSettings.PathRule;
import dev.countersign.http.PathPolicy;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTableTest {
    private final PathTable table = new PathTable(List.of(
            rule("any", "/"),
            rule("files", "/files/*"),
            rule("deep", "/files/deep/*"),
            rule("exact", "/files/deep/one"),
            rule("text", "*.txt")));

    private static PathRule rule(String name, String pattern) {
        return new PathRule(name, pattern, AccessRule.denyAll(), PathPolicy.STRICT);
    }

    @ParameterizedTest
    @CsvSource({
        "/files/deep/one, exact",
        "/files/deep/two, deep",
        "/files/deep, deep",
        "/files/deeper, files",
        "/files, files",
        "/files/a.txt, files",
        "/a.txt, text",
        "/a.b/txt, any",
        "/, any"
    })
    void finds_the_rule_with_the_precedence_of_the_servlet_specification(String path, String name) {
        assertThat(table.find(path)).map(PathRule::name).contains(name);
    }
}
