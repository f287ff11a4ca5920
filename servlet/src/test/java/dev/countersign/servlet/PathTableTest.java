package dev.countersign.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTableTest {
    private final PathTable<String> table = new PathTable<>(Map.of(
            "/", "any",
            "/files/*", "files",
            "/files/deep/*", "deep",
            "/files/deep/one", "exact",
            "*.txt", "text",
            "", "root"));

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
        "/, root"
    })
    void finds_the_rule_with_the_precedence_of_the_servlet_specification(String path, String name) {
        assertThat(table.find(path)).contains(name);
    }
}
