package dev.countersign.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @CsvSource({
        "/files/deep/one, /files/deep/one",
        "//files///deep/one, /files/deep/one",
        "/files/, /files/",
        "/.well-known/x, /.well-known/x",
        "/a../..b/...x, /a../..b/...x",
        "'', ''"
    })
    void DISP_01_empty_segments_are_no_other_path(String path, String read) {
        assertThat(PathTable.oneReading(path)).contains(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/./x", "/x/..", "/x/../y", "/x/.", "..", ".", "/x/..//y", "/a\\b", "/a\u0000", "/a\n", "/\u007f"
            })
    void DISP_01_a_path_that_leads_elsewhere_has_no_reading(String path) {
        assertThat(PathTable.oneReading(path)).isEmpty();
    }
}
