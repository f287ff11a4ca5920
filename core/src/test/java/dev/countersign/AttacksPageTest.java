package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/attacks.md} names the tests that there are. */
class AttacksPageTest {
    private static final Path PAGE = Path.of("..", "docs", "attacks.md");

    /** The groups of the page, and how many attacks each has. */
    private static final Map<String, Integer> GROUPS = Map.ofEntries(
            Map.entry("PATH", 20),
            Map.entry("METH", 7),
            Map.entry("DISP", 10),
            Map.entry("ANN", 18),
            Map.entry("CHAIN", 22),
            Map.entry("PROXY", 5),
            Map.entry("KEY", 10),
            Map.entry("PWD", 15),
            Map.entry("JWT", 32),
            Map.entry("SIG", 24),
            Map.entry("WH", 15));

    private static final Pattern ROW = Pattern.compile("^\\| ([A-Z]+-\\d\\d) \\| (.*) \\| (.*) \\| (.*) \\|$");

    /** A class, or a class and one of its methods whose name does not tell the id. */
    private static final Pattern TEST = Pattern.compile("`([A-Za-z0-9]+)(?:\\.([A-Za-z0-9_]+))?`");

    private static final Pattern METHOD = Pattern.compile("(?m)^\\s+(?:void|Stream<\\w+>) (\\w+)\\(");

    /** One id, or the first and the last of several. */
    private static final Pattern ID = Pattern.compile(
            "(?<![A-Za-z0-9])(PATH|METH|DISP|ANN|CHAIN|PROXY|KEY|PWD|JWT|SIG|WH)_(\\d\\d)(?:_to_(?:\\1_)?(\\d\\d)(?!\\d))?");

    @Test
    void every_attack_is_in_the_page_once_with_its_tests_or_the_reason_why_there_is_none() throws IOException {
        Set<String> expected = new TreeSet<>();
        GROUPS.forEach((group, count) -> {
            for (int i = 1; i <= count; i++) {
                expected.add(id(group, i));
            }
        });
        assertThat(rows().keySet()).containsExactlyInAnyOrderElementsOf(expected);
        rows().forEach((id, row) -> assertThat(TEST.matcher(row.tests()).find()
                        || row.attack().contains("*Not yet: ")
                        || row.attack().contains("*Run by hand "))
                .as(id)
                .isTrue());
    }

    @Test
    void every_test_that_the_page_names_is_there_and_carries_the_id_of_the_row() throws IOException {
        Map<String, Set<String>> methods = methods();
        int named = 0;
        for (Map.Entry<String, Row> row : rows().entrySet()) {
            Matcher test = TEST.matcher(row.getValue().tests());
            while (test.find()) {
                named++;
                String method = test.group(2);
                assertThat(methods).as(row.getKey()).containsKey(test.group(1));
                Set<String> of = methods.getOrDefault(test.group(1), Set.of());
                if (method != null) {
                    assertThat(of).as(row.getKey()).contains(method);
                } else {
                    assertThat(of)
                            .as("%s in %s", row.getKey(), test.group(1))
                            .anyMatch(name -> ids(name).contains(row.getKey()));
                }
            }
        }
        assertThat(named).isGreaterThan(150);
    }

    @Test
    void every_id_in_the_name_of_a_test_is_in_the_page() throws IOException {
        Set<String> ids = new TreeSet<>();
        methods().values().forEach(names -> names.forEach(name -> ids.addAll(ids(name))));
        assertThat(ids).hasSizeGreaterThan(100);
        assertThat(rows().keySet()).containsAll(ids);
    }

    @Test
    void a_range_of_ids_in_a_name_means_each_of_them() {
        assertThat(ids("PATH_01_to_03_and_R8_METH_02_x")).containsExactly("METH-02", "PATH-01", "PATH-02", "PATH-03");
    }

    private static Set<String> ids(String name) {
        Set<String> ids = new TreeSet<>();
        Matcher id = ID.matcher(name);
        while (id.find()) {
            int first = Integer.parseInt(id.group(2));
            int last = id.group(3) == null ? first : Integer.parseInt(id.group(3));
            for (int i = first; i <= last; i++) {
                ids.add(id(id.group(1), i));
            }
        }
        return ids;
    }

    private static String id(String group, int number) {
        return group + (number < 10 ? "-0" : "-") + number;
    }

    private record Row(String attack, String tests) {}

    private static Map<String, Row> rows() throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(PAGE, StandardCharsets.UTF_8)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertThat(rows.put(row.group(1), new Row(row.group(2), row.group(3) + row.group(4))))
                        .as(row.group(1))
                        .isNull();
            }
        }
        return rows;
    }

    /** The methods of each test class, by its simple name. */
    private static Map<String, Set<String>> methods() throws IOException {
        Map<String, Set<String>> methods = new LinkedHashMap<>();
        for (Path folder : List.of(
                Path.of("src", "test", "java"), Path.of("..", "servlet", "src", "test", "java"), Path.of("..", "it"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(AttacksPageTest::isTest).toList()) {
                    String name = file.getFileName().toString();
                    Matcher method = METHOD.matcher(Files.readString(file, StandardCharsets.UTF_8));
                    while (method.find()) {
                        methods.computeIfAbsent(name.substring(0, name.length() - 5), any -> new TreeSet<>())
                                .add(method.group(1));
                    }
                }
            }
        }
        return methods;
    }

    private static boolean isTest(Path file) {
        String name = file.getFileName().toString();
        return (name.endsWith("Test.java") || name.endsWith("IT.java"))
                && !file.toString().contains("target");
    }
}
