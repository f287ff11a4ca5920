package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.bootstrap.Bootstrap;
import dev.countersign.bootstrap.Deployment;
import dev.countersign.jose.JwsProblem;
import dev.countersign.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/} lists is what there is. */
class DocsTest {
    private static final Path DOCS = Path.of("..", "docs");

    /** A key that is read: through {@code root} or {@code section}, or by a helper of a reader. */
    private static final Pattern READING = Pattern.compile(
            "(?:(root|section)\\s*\\.\\s*(?:text|requiredText|list|flag|number|size|duration|choice|values|requiredValues|file)"
                    + "|\\b(?:absolute|rule|pathPolicy))\\(\\s*(?:(root|section),\\s*)?\"([a-z][a-z.-]*)\"");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)");

    @Test
    void every_key_that_is_read_is_in_the_configuration_page() throws IOException {
        Set<String> read = new TreeSet<>();
        for (Path file : sources()) {
            Matcher reading = READING.matcher(Files.readString(file, StandardCharsets.UTF_8));
            while (reading.find()) {
                boolean below = "section".equals(reading.group(1)) || "section".equals(reading.group(2));
                String place = file.getFileName().toString().equals("WebReader.java") ? "paths" : "scheme";
                read.add((below ? place + ".<name>." : "") + reading.group(3));
            }
        }
        assertThat(read).hasSizeGreaterThan(60).contains("schemes", "paths.<name>.allow", "scheme.<name>.clock-skew");
        assertThat(documented().values().stream().flatMap(Set::stream)).containsAll(read);
    }

    @Test
    void every_key_of_the_configuration_page_is_read() throws IOException {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("countersign.schemes", "api-key, basic, hmac, jwt, webhook");
        documented().forEach((heading, names) -> {
            List<String> schemes = heading.equals("Every scheme")
                    ? List.of("api-key", "basic", "hmac", "jwt", "webhook")
                    : List.of(heading);
            for (String name : names) {
                for (String scheme : schemes) {
                    String key = "countersign." + name;
                    keys.putIfAbsent(
                            key.replace("scheme.<name>", "scheme." + scheme).replace("paths.<name>", "paths.files"),
                            key.endsWith(".type") ? scheme : key.endsWith(".profile") ? "generic" : "x");
                }
            }
        });
        keys.put("countersign.scheme.jwt.undocumented", "x");
        assertThat(problems(keys).stream().filter(problem -> problem.contains("unknown key")))
                .singleElement()
                .asString()
                .startsWith("countersign.scheme.jwt.undocumented");
    }

    @Test
    void every_code_is_in_the_outcomes_page_with_its_status() throws IOException {
        List<String> lines = Files.readAllLines(DOCS.resolve("outcomes.md"), StandardCharsets.UTF_8);
        for (RejectionReason reason : RejectionReason.values()) {
            assertThat(lines)
                    .as(reason.code())
                    .anyMatch(line -> line.startsWith("| `" + reason.code() + "` | " + reason.status() + " |"));
        }
    }

    @Test
    void every_reason_why_a_signature_is_refused_is_in_the_outcomes_page() throws IOException {
        String page = Files.readString(DOCS.resolve("outcomes.md"), StandardCharsets.UTF_8);
        for (JwsProblem problem : JwsProblem.values()) {
            assertThat(page).contains("`" + problem.detail() + "`");
        }
    }

    @Test
    void every_link_between_pages_leads_somewhere() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("..", "README.md"), Path.of("..", "CONTRIBUTING.md")));
        try (Stream<Path> files = Files.list(DOCS)) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        for (Path page : pages) {
            Matcher link = LINK.matcher(Files.readString(page, StandardCharsets.UTF_8));
            while (link.find()) {
                if (!link.group(1).contains(":")) {
                    assertThat(page.resolveSibling(link.group(1)))
                            .as(page + ": " + link.group(1))
                            .exists();
                }
            }
        }
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path folder : List.of(
                Path.of("src", "main", "java", "dev", "countersign", "bootstrap"),
                Path.of("src", "main", "java", "dev", "countersign", "scheme"),
                Path.of("..", "servlet", "src", "main", "java"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }

    /** The keys of the page's tables, by the heading above. */
    private static Map<String, Set<String>> documented() throws IOException {
        Map<String, Set<String>> documented = new LinkedHashMap<>();
        String heading = "";
        for (String line : Files.readAllLines(DOCS.resolve("configuration.md"), StandardCharsets.UTF_8)) {
            if (line.startsWith("### ")) {
                heading = line.substring(4);
            } else if (line.startsWith("| `") && !heading.isEmpty()) {
                documented
                        .computeIfAbsent(heading, any -> new TreeSet<>())
                        .add(line.substring(3, line.indexOf('`', 3)));
            }
        }
        return documented;
    }

    private static List<String> problems(Map<String, String> keys) {
        Settings.Builder sources = Settings.builder()
                .systemProperties(Map.of())
                .environment(Map.of())
                .parameters("a test", keys);
        try (Deployment deployment = Bootstrap.builder().sources(sources).build()) {
            return catchThrowableOfType(ConfigurationException.class, deployment::start)
                    .problems();
        }
    }
}
