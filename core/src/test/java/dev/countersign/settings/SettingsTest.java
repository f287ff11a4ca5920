package dev.countersign.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.CapturedLog;
import dev.countersign.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("it counts what is logged")
class SettingsTest {
    private static final String APPLICATION_FILE = "WEB-INF/countersign.properties";

    @TempDir
    private Path directory;

    private final Map<String, String> systemProperties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> webApplication = new HashMap<>();
    private final Map<String, String> initParams = new HashMap<>();
    private final Map<String, String> contextParams = new HashMap<>();

    private Settings open() {
        return Settings.builder()
                .systemProperties(systemProperties)
                .environment(environment)
                .application(InMemoryFiles.of(webApplication))
                .workingDirectory(directory)
                .parameters("an init-param", initParams)
                .parameters("a context-param", contextParams)
                .open();
    }

    private List<String> problems(Settings settings) {
        return catchThrowableOfType(ConfigurationException.class, settings::finish)
                .problems();
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    /** The sources in their order. */
    enum From {
        SYSTEM_PROPERTY,
        ENVIRONMENT,
        CONFIG_FILE,
        APPLICATION_FILE,
        INIT_PARAM,
        CONTEXT_PARAM
    }

    private void set(From source, String value) throws IOException {
        switch (source) {
            case SYSTEM_PROPERTY -> systemProperties.put("countersign.scheme.api-key.header", value);
            case ENVIRONMENT -> environment.put("COUNTERSIGN_SCHEME_API_KEY_HEADER", value);
            case CONFIG_FILE -> {
                environment.put("COUNTERSIGN_CONFIG", "config.properties");
                file("config.properties", "countersign.scheme.api-key.header = " + value + "\n");
            }
            case APPLICATION_FILE ->
                webApplication.put(APPLICATION_FILE, "countersign.scheme.api-key.header: " + value);
            case INIT_PARAM -> initParams.put("countersign.scheme.api-key.header", " " + value + "\n");
            case CONTEXT_PARAM -> contextParams.put("countersign.scheme.api-key.header", value);
        }
    }

    private Optional<String> header(Settings settings) {
        return settings.root().section("scheme.api-key").text("header");
    }

    static Stream<From> sources() {
        return Stream.of(From.values());
    }

    static Stream<Arguments> pairs() {
        return IntStream.range(0, From.values().length)
                .boxed()
                .flatMap(first -> IntStream.range(first + 1, From.values().length)
                        .mapToObj(second -> Arguments.of(From.values()[first], From.values()[second])));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void reads_a_key_from(From source) throws IOException {
        set(source, "X-Key");
        Settings settings = open();
        assertThat(header(settings)).contains("X-Key");
        assertThat(settings.finish()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void the_first_source_wins_and_the_shadowed_one_is_known(From first, From second) throws IOException {
        set(second, "second");
        set(first, "first");
        Settings settings = open();
        assertThat(header(settings)).contains("first");
        assertThat(settings.finish()).isEmpty();
    }

    @Test
    void the_config_file_is_named_by_system_property_then_environment_then_parameter() throws IOException {
        file("a", "countersign.realm=a");
        file("b", "countersign.realm=b");
        file("c", "countersign.realm=c");
        contextParams.put("countersign.config", directory.resolve("c").toString());
        assertThat(open().root().text("realm")).contains("c");
        environment.put("COUNTERSIGN_CONFIG", "b");
        assertThat(open().root().text("realm")).contains("b");
        systemProperties.put("countersign.config", "a");
        assertThat(open().root().text("realm")).contains("a");
    }

    @Test
    void the_name_of_the_config_file_may_contain_references() throws IOException {
        file("prod.properties", "countersign.realm=prod");
        environment.put("STAGE", "prod");
        systemProperties.put("conf.dir", directory.toString());
        systemProperties.put("countersign.config", "${sys:conf.dir}/${env:STAGE}.properties");
        assertThat(open().root().text("realm")).contains("prod");
    }

    @Test
    void the_config_file_may_lie_in_the_web_application() {
        webApplication.put("WEB-INF/other.properties", "countersign.realm=other");
        contextParams.put("countersign.config", "/WEB-INF/other.properties");
        assertThat(open().root().text("realm")).contains("other");
    }

    @Test
    void a_config_file_that_is_missing_is_a_problem() {
        systemProperties.put("countersign.config", "nowhere.properties");
        assertThat(problems(open()))
                .containsExactly("countersign.config: nowhere.properties (expected: the file to exist)");
    }

    @Test
    void a_config_file_that_is_a_directory_is_a_problem() {
        systemProperties.put("countersign.config", directory.toString());
        assertThat(problems(open())).singleElement().asString().endsWith("(expected: a file, not a directory)");
    }

    @Test
    void a_path_that_no_disk_can_have_is_a_problem() {
        systemProperties.put("countersign.config", "a\0b");
        assertThat(problems(open())).containsExactly("countersign.config: a?b (expected: the file to exist)");
    }

    @Test
    void a_file_cannot_name_the_config_file() {
        webApplication.put(APPLICATION_FILE, "countersign.config = x");
        assertThat(problems(open()))
                .containsExactly("countersign.config: set on line 1 of WEB-INF/countersign.properties (expected: a "
                        + "system property, an environment variable or web.xml)");
    }

    @Test
    void a_web_application_without_a_properties_file_is_fine() {
        assertThat(open().finish()).isEmpty();
    }

    @Test
    void the_application_file_is_not_looked_up_in_the_working_directory() throws IOException {
        Files.createDirectory(directory.resolve("WEB-INF"));
        file(APPLICATION_FILE, "countersign.realm = elsewhere");
        assertThat(open().root().text("realm")).isEmpty();
    }

    @Test
    void files_are_utf_8() {
        webApplication.put(APPLICATION_FILE, "\uFEFFcountersign.realm = Größe");
        assertThat(open().root().text("realm")).contains("Größe");
    }

    @Test
    void a_file_that_is_not_utf_8_is_a_problem() throws IOException {
        Files.write(directory.resolve("latin"), "countersign.realm = Größe".getBytes(StandardCharsets.ISO_8859_1));
        systemProperties.put("countersign.config", "latin");
        assertThat(problems(open())).containsExactly("countersign.config: latin (expected: a file in UTF-8)");
    }

    @Test
    void a_file_above_one_mebibyte_is_a_problem() {
        webApplication.put(APPLICATION_FILE, "#".repeat((1 << 20) + 1));
        assertThat(problems(open()))
                .containsExactly("WEB-INF/countersign.properties (expected: a file of at most 1 MiB)");
    }

    @Test
    void a_key_twice_in_one_file_is_a_problem() {
        webApplication.put(APPLICATION_FILE, "countersign.realm = a\n\ncountersign.realm = a\n");
        Settings settings = open();
        settings.root().text("realm");
        assertThat(problems(settings))
                .containsExactly("countersign.realm: set on line 1 and again on line 3 of "
                        + "WEB-INF/countersign.properties (expected: once)");
    }

    @Test
    void a_malformed_escape_is_a_problem() {
        webApplication.put(APPLICATION_FILE, "# x\ncountersign.realm = \\u12\n");
        assertThat(problems(open()))
                .containsExactly("line 2 of WEB-INF/countersign.properties: malformed \\u escape (expected: four "
                        + "hexadecimal digits)");
    }

    @Test
    void a_key_without_the_prefix_is_a_problem_that_does_not_show_what_may_be_a_pasted_secret() {
        webApplication.put(
                APPLICATION_FILE,
                "countersign.key = -----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0\n-----END PRIVATE KEY-----");
        Settings settings = open();
        settings.root().text("key");
        assertThat(problems(settings))
                .containsExactly(
                        "line 2 of WEB-INF/countersign.properties (expected: a key that starts with countersign.)",
                        "line 3 of WEB-INF/countersign.properties (expected: a key that starts with countersign.)");
    }

    @Test
    void keys_without_the_prefix_elsewhere_belong_to_somebody_else() throws IOException {
        file("shared", "app.name = x\nrealm = y");
        systemProperties.put("countersign.config", "shared");
        systemProperties.put("java.home", "x");
        initParams.put("log4j", "x");
        assertThat(open().finish()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void an_unknown_key_is_a_problem_wherever_it_can_be_listed(From source) throws IOException {
        set(source, "x");
        Settings settings = open();
        settings.root().section("scheme.api-key").text("headers");
        if (source == From.ENVIRONMENT) {
            assertThat(settings.finish())
                    .containsExactly("COUNTERSIGN_SCHEME_API_KEY_HEADER: unknown environment variable, not used "
                            + "(nearest: COUNTERSIGN_SCHEME_API_KEY_HEADERS)");
            return;
        }
        String place = switch (source) {
            case SYSTEM_PROPERTY -> "a system property";
            case CONFIG_FILE -> "line 1 of config.properties";
            case APPLICATION_FILE -> "line 1 of WEB-INF/countersign.properties";
            case INIT_PARAM -> "an init-param";
            default -> "a context-param";
        };
        assertThat(problems(settings))
                .containsExactly("countersign.scheme.api-key.header: unknown key, " + place
                        + " (nearest: countersign.scheme.api-key.headers)");
    }

    @Test
    void an_unknown_key_near_to_none_is_answered_with_its_neighbours() {
        initParams.put("countersign.scheme.jwt.aud", "x");
        initParams.put("countersign.scheme.saml.issuer", "x");
        initParams.put("countersign.banana", "x");
        Settings settings = open();
        settings.root().text("schemes");
        settings.root().section("scheme.jwt").text("issuer");
        settings.root().section("scheme.jwt").text("audience");
        assertThat(problems(settings))
                .containsExactly(
                        "countersign.banana: unknown key, an init-param (known below countersign: config, scheme, "
                                + "schemes)",
                        "countersign.scheme.jwt.aud: unknown key, an init-param (known below countersign.scheme.jwt: "
                                + "audience, issuer)",
                        "countersign.scheme.saml.issuer: unknown key, an init-param (nothing is known below "
                                + "countersign.scheme.saml)");
    }

    @Test
    void an_unknown_key_below_a_name_is_measured_against_that_name() {
        initParams.put("countersign.scheme.one.isuser", "x");
        initParams.put("countersign.scheme.two.isuser", "x");
        Settings settings = open();
        settings.root().section("scheme.one").text("issuer");
        settings.root().section("scheme.two").text("issuer");
        assertThat(problems(settings))
                .containsExactly(
                        "countersign.scheme.one.isuser: unknown key, an init-param (nearest: "
                                + "countersign.scheme.one.issuer)",
                        "countersign.scheme.two.isuser: unknown key, an init-param (nearest: "
                                + "countersign.scheme.two.issuer)");
    }

    @Test
    void a_reported_section_is_not_reported_key_by_key() {
        initParams.put("countersign.scheme.x.type", "saml");
        initParams.put("countersign.scheme.x.issuer", "x");
        initParams.put("countersign.scheme.xy.issuer", "x");
        Settings settings = open();
        settings.root().section("scheme.x").ignoreRest();
        assertThat(problems(settings)).hasSize(1).first().asString().startsWith("countersign.scheme.xy.issuer: ");
    }

    @Test
    void very_many_unknown_keys_are_counted() {
        for (int i = 0; i < 250; i++) {
            initParams.put("countersign.k" + i, "x");
        }
        assertThat(problems(open())).hasSize(101).last().isEqualTo("and 150 more unknown keys");
    }

    @Test
    void an_endless_unknown_key_is_cut_and_cannot_break_lines() {
        initParams.put("countersign.a\r\nb" + "x".repeat(5000), "x");
        assertThat(problems(open()).get(0)).startsWith("countersign.a??bxxx").hasSizeLessThan(250);
    }

    @Test
    void a_variable_that_stands_for_two_keys_is_a_problem() {
        environment.put("COUNTERSIGN_SCHEME_A_B_ISSUER", "x");
        Settings settings = open();
        settings.root().section("scheme.a-b").text("issuer");
        settings.root().section("scheme.a.b").text("issuer");
        assertThat(problems(settings))
                .containsExactly("countersign.scheme.a.b.issuer: environment variable COUNTERSIGN_SCHEME_A_B_ISSUER "
                        + "also stands for countersign.scheme.a-b.issuer (expected: one meaning; set the key "
                        + "elsewhere)");
    }

    @Test
    void a_variable_that_a_value_refers_to_is_known() {
        environment.put("COUNTERSIGN_REALM_NAME", "orders");
        initParams.put("countersign.realm", "${env:COUNTERSIGN_REALM_NAME}");
        Settings settings = open();
        assertThat(settings.root().text("realm")).contains("orders");
        assertThat(settings.finish()).isEmpty();
    }

    @Test
    void the_environment_gives_keys_to_known_names_but_adds_none() {
        environment.put("COUNTERSIGN_PATHS_ADMIN_REQUIRE", "deny");
        environment.put("COUNTERSIGN_PATHS_OTHER_REQUIRE", "deny");
        initParams.put("countersign.paths.admin.pattern", "/admin/*");
        Settings settings = open();
        assertThat(settings.root().names("paths")).containsExactly("admin");
        Section admin = settings.root().section("paths").section("admin");
        assertThat(admin.text("require")).contains("deny");
        assertThat(admin.text("pattern")).contains("/admin/*");
        assertThat(settings.finish())
                .containsExactly("COUNTERSIGN_PATHS_OTHER_REQUIRE: unknown environment variable, not used");
    }

    @Test
    void names_are_collected_from_every_source_and_sorted() throws IOException {
        systemProperties.put("countersign.paths.d.pattern", "x");
        file("more", "countersign.paths.c.pattern=x");
        systemProperties.put("countersign.config", "more");
        webApplication.put(APPLICATION_FILE, "countersign.paths.b.pattern=x\ncountersign.paths.b.require=x");
        contextParams.put("countersign.paths.a.pattern", "x");
        contextParams.put("countersign.paths.policy", "strict");
        assertThat(open().root().names("paths")).containsExactly("a", "b", "c", "d");
        assertThat(open().root().section("paths").names("")).containsExactly("a", "b", "c", "d");
        assertThat(open().root().names("limit")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Admin", "1a", "a_b", "-a", "ä", "", "a b"})
    void a_bad_name_is_one_problem(String name) {
        initParams.put("countersign.paths." + name + ".pattern", "x");
        Settings settings = open();
        assertThat(settings.root().names("paths")).isEmpty();
        assertThat(problems(settings))
                .containsExactly("countersign.paths." + name + ": bad name (expected: a small letter, then small "
                        + "letters, digits and dashes)");
    }

    @Test
    void every_problem_is_in_one_message_in_a_stable_order() {
        webApplication.put(APPLICATION_FILE, """
                countersign.schemes = jwt
                countersign.scheme.jwt.clock-skew = PT20M
                countersign.scheme.jwt.require-exp = yes
                countersign.scheme.jwt.keys = ${env:JWT_KEYS}
                countersign.scheme.jwt.zzz.yyy = 1
                countersign.body.maxx = 1
                """);
        Settings settings = open();
        Section jwt = settings.root().section("scheme.jwt");
        assertThat(settings.root().list("schemes", List.of())).containsExactly("jwt");
        assertThat(jwt.requiredText("issuer", "an absolute URI")).isEmpty();
        assertThat(jwt.duration("clock-skew", Duration.ofSeconds(30), Duration.ZERO, Duration.ofMinutes(10)))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(jwt.flag("require-exp", true)).isTrue();
        assertThat(jwt.values("keys", texts -> texts)).isEmpty();
        assertThat(settings.root().size("body.max", 7, 0, 9)).isEqualTo(7);
        settings.problem("com.example.Orders#list: unknown scheme jtw (nearest: jwt)");
        assertThatThrownBy(settings::finish)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("""
                        Countersign is misconfigured (7 problems):
                          - countersign.scheme.jwt.issuer: not set (expected: an absolute URI)
                          - countersign.scheme.jwt.clock-skew: PT20M (expected: at most PT10M)
                          - countersign.scheme.jwt.require-exp: yes (expected: true or false)
                          - countersign.scheme.jwt.keys: ${env:JWT_KEYS} (expected: the environment variable to be set)
                          - com.example.Orders#list: unknown scheme jtw (nearest: jwt)
                          - countersign.body.maxx: unknown key, line 6 of WEB-INF/countersign.properties (nearest: countersign.body.max)
                          - countersign.scheme.jwt.zzz.yyy: unknown key, line 5 of WEB-INF/countersign.properties (nothing is known below countersign.scheme.jwt.zzz)""".stripIndent());
    }

    @Test
    void a_problem_that_is_found_twice_is_told_once() {
        initParams.put("countersign.report.log", "maybe");
        Settings settings = open();
        settings.root().flag("report.log", true);
        settings.root().section("report").flag("log", true);
        assertThat(problems(settings)).hasSize(1);
    }

    @Test
    void a_problem_after_the_end_is_thrown_at_once() {
        initParams.put("countersign.late", "x");
        Settings settings = open();
        settings.root().text("late");
        settings.finish();
        assertThatThrownBy(() -> settings.root().flag("late", true)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void warnings_are_logged_once_when_all_is_well() {
        Settings settings = open();
        settings.root().section("scheme.jwt").warning("max-lifetime", "tokens may live for ever");
        try (CapturedLog log = new CapturedLog()) {
            assertThat(settings.finish())
                    .containsExactly("countersign.scheme.jwt.max-lifetime: tokens may live for ever");
            assertThat(settings.finish()).hasSize(1);
            assertThat(log.lines()).hasSize(1).first().asString().contains("tokens may live for ever");
        }
    }

    @Test
    void given_in_code_they_stand_alone() {
        Settings settings = Settings.of(Map.of("countersign.realm", "orders", "countersign.user", "x"));
        assertThat(settings.root().text("realm")).contains("orders");
        assertThat(problems(settings))
                .containsExactly(
                        "countersign.user: unknown key, given in code (known below countersign: config, " + "realm)");
    }

    @Test
    void the_sources_of_this_process_are_the_default() {
        assertThat(Settings.builder().open().root().text("surely-not-set")).isEmpty();
    }

    @Test
    void a_turkish_machine_reads_the_same_keys() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        try {
            environment.put("COUNTERSIGN_SCHEME_BASIC_REALM", "x");
            initParams.put("countersign.cleartext", "ignore-it");
            initParams.put("countersign.body.max", "2 KiB");
            initParams.put("countersign.DİSPLAY", "x");
            Settings settings = open();
            assertThat(settings.root().section("scheme.basic").text("realm")).contains("x");
            assertThat(settings.root().choice("cleartext", Turkish.class, Turkish.REJECT))
                    .isEqualTo(Turkish.IGNORE_IT);
            assertThat(settings.root().size("body.max", 1, 0, 10_000)).isEqualTo(2048);
            assertThat(Nearest.of("BASIC", List.of("basic"))).contains("basic");
            assertThat(problems(settings)).hasSize(1);
        } finally {
            Locale.setDefault(before);
        }
    }

    private enum Turkish {
        REJECT,
        IGNORE_IT
    }

    @Test
    void a_warning_tells_of_a_secret_that_clients_may_download() {
        webApplication.put("keys.json", "{}");
        webApplication.put("WEB-INF/keys.json", "{}");
        initParams.put("countersign.a", "${file:keys.json}");
        initParams.put("countersign.b", "${file:WEB-INF/keys.json}");
        initParams.put("countersign.c", "file:./keys.json");
        Settings settings = open();
        settings.root().text("a");
        settings.root().text("b");
        settings.root().file("c", text -> text);
        try (settings) {
            assertThat(settings.finish())
                    .containsExactly(
                            "countersign.a: keys.json may be downloaded by clients (expected: a file below WEB-INF)",
                            "countersign.c: ./keys.json may be downloaded by clients (expected: a file below "
                                    + "WEB-INF)");
        }
    }

    @Test
    void nothing_prints_a_value() {
        initParams.put("countersign.realm", "s3cret");
        Settings settings = open();
        List<Object> all = new ArrayList<>(List.of(settings, settings.root()));
        all.add(settings.root().values("realm", texts -> texts).orElseThrow());
        assertThat(all).noneMatch(thing -> thing.toString().contains("s3cret"));
    }

    /** Files of a web application, from memory. */
    static final class InMemoryFiles {
        private InMemoryFiles() {}

        static ResourceLookup of(Map<String, String> files) {
            return path -> {
                String normal = path.startsWith("./") ? path.substring(2) : path;
                return Optional.ofNullable(files.get(normal)).map(Text::new);
            };
        }

        private record Text(String text) implements ResourceLookup.Resource {
            @Override
            public Optional<Object> version() {
                return Optional.empty();
            }

            @Override
            public long lastModified() {
                return 0;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
