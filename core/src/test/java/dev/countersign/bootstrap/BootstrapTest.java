package dev.countersign.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.AccessRule;
import dev.countersign.AuthenticationScheme;
import dev.countersign.ConfigurationException;
import dev.countersign.Decision;
import dev.countersign.TestExchange;
import dev.countersign.scheme.apikey.ApiKeys;
import dev.countersign.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {
    @TempDir
    private Path folder;

    @Test
    void the_least_that_works_admits_a_good_key_and_challenges_everything_else() throws IOException {
        ApiKeys.IssuedKey key = ApiKeys.withPrefix("sk_live_").issue("one");
        Path store = Files.writeString(
                folder.resolve("keys.properties"),
                "key.one.sha256=" + key.record().digest().hex());
        try (Deployment deployment = build(Map.of(
                "countersign.schemes", "api-key",
                "countersign.scheme.api-key.prefixes", "sk_live_",
                "countersign.scheme.api-key.store", "file:" + store))) {
            deployment.start();
            AccessRule rule = deployment.web().authenticated();
            assertThat(deployment.gate().decide(TestExchange.get("/").header("X-API-Key", key.key()), rule))
                    .isInstanceOf(Decision.Admitted.class);
            assertThat(deployment.gate().decide(TestExchange.get("/"), rule))
                    .isInstanceOfSatisfying(
                            Decision.Challenged.class,
                            challenged -> assertThat(challenged.answer().challenges())
                                    .containsExactly("ApiKey realm=\"api\", in=\"header\", name=\"X-API-Key\""));
        }
    }

    @Test
    void an_application_has_a_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bootstrap.builder().applicationName(""));
    }

    @Test
    void every_problem_is_told_at_once_and_names_its_key() {
        ConfigurationException stopped = stop(Map.of(
                "countersign.schemes", "api-key, jwt, basik",
                "countersign.scheme.api-key.prefixes", "sk_",
                "countersign.scheme.jwt.algoritms", "RS256",
                "countersign.require-htps", "true",
                "countersign.default", "jtw",
                "countersign.unannotated", "open",
                "countersign.forwarded", "x-forwarded"));
        assertThat(stopped.problems())
                .anySatisfy(p -> assertThat(p).contains("countersign.scheme.api-key.store"))
                .anySatisfy(p -> assertThat(p).contains("countersign.scheme.jwt.issuer"))
                .anySatisfy(p -> assertThat(p).contains("countersign.scheme.jwt.audience"))
                .anySatisfy(p -> assertThat(p).contains("algoritms", "algorithms"))
                .anySatisfy(p -> assertThat(p).contains("basik", "did you mean basic?"))
                .anySatisfy(p -> assertThat(p).contains("require-htps", "require-https"))
                .anySatisfy(p -> assertThat(p).contains("jtw", "did you mean jwt?"))
                .anySatisfy(p -> assertThat(p).contains("countersign.unannotated"))
                .anySatisfy(p -> assertThat(p).contains("countersign.forwarded", "trusted-proxies"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "countersign.resource-id|orders|countersign.resource-id",
                "countersign.trusted-proxies|10.0.0.0/33|countersign.trusted-proxies",
                "countersign.trusted-proxies|proxy.example.com|countersign.trusted-proxies",
                "countersign.paths.allow|semicolons|countersign.paths.allow",
                "countersign.paths.x.pattern|/x/*/y|countersign.paths.x",
                "countersign.paths.unmatched|maybe|countersign.paths.unmatched",
                "countersign.deny-as|401|countersign.deny-as",
                "countersign.state|redis|countersign.state",
                "countersign.report.path|map|countersign.report.path",
                "countersign.scheme.other.type|basic|countersign.scheme.other",
                "countersign.headers.max|12 parsecs|countersign.headers.max",
                "countersign.jwt.issuer|x|countersign.jwt.issuer",
            })
    void CHAIN_20_a_value_that_cannot_be_meant_stops_the_deployment(String key, String value, String named) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("countersign.schemes", "jwt");
        keys.put(key, value);
        assertThat(stop(keys).problems()).anySatisfy(p -> assertThat(p).startsWith(named));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schemes",
                "default",
                "unannotated",
                "trusted-proxies",
                "forwarded",
                "paths.allow",
                "paths.unmatched",
                "paths.a.pattern",
                "paths.a.require",
                "paths.a.allow",
                "options",
                "report.path",
                "report.require",
                "deny-as",
                "resource-id",
                "headers.max",
                "scheme.jwt.type",
                "scheme.jwt.typ",
                "scheme.jwt.algorithms",
                "scheme.jwt.keys",
                "scheme.jwt.clock-skew"
            })
    void a_secret_that_a_reference_brought_to_the_wrong_key_is_not_told(String key) {
        Map<String, String> keys =
                jwt(Map.of("countersign.paths.a.pattern", "/a", "countersign.paths.a.require", "deny"));
        keys.put("countersign." + key, "${env:TOKEN}");
        try (Deployment deployment = Bootstrap.builder()
                .sources(Settings.builder()
                        .systemProperties(Map.of())
                        .environment(Map.of("TOKEN", "hG7 pQz4;=\nWnR2x"))
                        .parameters("given in code", keys))
                .build()) {
            assertThat(catchThrowableOfType(ConfigurationException.class, deployment::start)
                            .problems())
                    .anySatisfy(problem -> assertThat(problem).startsWith("countersign." + key + ": "))
                    .allSatisfy(problem -> assertThat(problem).doesNotContain("hG7", "pQz4", "WnR2x", "\n"));
        }
    }

    @Test
    void CHAIN_20_no_settings_at_all_stop_the_deployment() {
        assertThat(stop(Map.of()).problems()).anySatisfy(p -> assertThat(p).contains("countersign.schemes"));
    }

    @Test
    void two_schemes_that_could_claim_one_shape_stop_the_deployment() {
        Map<String, String> keys = jwt(Map.of());
        for (String name : List.of("type", "issuer", "audience", "algorithms", "keys")) {
            keys.put("countersign.scheme.two." + name, keys.getOrDefault("countersign.scheme.jwt." + name, "jwt"));
        }
        keys.put("countersign.schemes", "jwt, two");
        assertThat(stop(keys).problems())
                .singleElement()
                .asString()
                .contains("countersign.scheme.two", "scheme.jwt", "https://id.example.com");
    }

    @Test
    void two_basic_schemes_stop_the_deployment() throws IOException {
        Path users = Files.writeString(folder.resolve("users.properties"), "");
        assertThat(stop(Map.of(
                                "countersign.schemes",
                                "basic, staff",
                                "countersign.scheme.basic.users",
                                "file:" + users,
                                "countersign.scheme.staff.type",
                                "basic",
                                "countersign.scheme.staff.users",
                                "file:" + users))
                        .problems())
                .singleElement()
                .asString()
                .contains("countersign.scheme.staff", "scheme.basic", "Authorization: Basic");
    }

    @Test
    void the_metadata_url_follows_from_the_resource_id_at_the_root() {
        assertThat(challenge("", Map.of("countersign.resource-id", "https://api.example.com/orders")))
                .contains("resource_metadata="
                        + "\"https://api.example.com/.well-known/oauth-protected-resource/orders\"");
    }

    @Test
    void below_a_context_path_the_metadata_url_must_be_told() {
        Map<String, String> keys = jwt(Map.of("countersign.resource-id", "https://api.example.com/orders"));
        try (Deployment deployment = builder(keys).contextPath("/orders").build()) {
            assertThat(catchThrowableOfType(ConfigurationException.class, deployment::start)
                            .problems())
                    .singleElement()
                    .asString()
                    .startsWith("countersign.resource-metadata-url");
        }
    }

    private String challenge(String contextPath, Map<String, String> more) {
        try (Deployment deployment = builder(jwt(more)).contextPath(contextPath).build()) {
            deployment.start();
            Decision decision = deployment
                    .gate()
                    .decide(TestExchange.get("/"), deployment.web().authenticated());
            return ((Decision.Challenged) decision).answer().challenges().get(0);
        }
    }

    private static Map<String, String> jwt(Map<String, String> more) {
        Map<String, String> keys = new LinkedHashMap<>(Map.of(
                "countersign.schemes", "jwt",
                "countersign.scheme.jwt.issuer", "https://id.example.com",
                "countersign.scheme.jwt.audience", "a",
                "countersign.scheme.jwt.algorithms", "HS256",
                "countersign.scheme.jwt.keys", "text:0123456789abcdef0123456789abcdef"));
        keys.putAll(more);
        return keys;
    }

    private static ConfigurationException stop(Map<String, String> keys) {
        try (Deployment deployment = build(keys)) {
            return catchThrowableOfType(ConfigurationException.class, deployment::start);
        }
    }

    private static Deployment build(Map<String, String> keys) {
        return builder(keys).build();
    }

    private static Bootstrap builder(Map<String, String> keys) {
        return Bootstrap.builder()
                .sources(Settings.builder()
                        .systemProperties(Map.of())
                        .environment(Map.of())
                        .parameters("given in code", keys));
    }

    @Test
    void the_schemes_of_a_deployment_are_named_in_order() {
        try (Deployment deployment = builder(jwt(Map.of())).build()) {
            assertThat(deployment.schemes())
                    .extracting(AuthenticationScheme::name)
                    .containsExactly("jwt");
        }
    }
}
