package dev.countersign.scheme.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.AuthenticationScheme;
import dev.countersign.ConfigurationException;
import dev.countersign.WorkLimit;
import dev.countersign.jose.TestKeys;
import dev.countersign.scheme.SchemeFactory;
import dev.countersign.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JwtSchemeFactoryTest {
    private static final String KEYS = TestKeys.jwks(TestKeys.jwk(JwtFixture.PAIR.getPublic(), "\"kid\":\"k1\""));

    private static Map<String, String> least() {
        return new HashMap<>(
                Map.of("issuer", JwtFixture.ISSUER, "audience", "orders, other", "algorithms", "ES256", "keys", KEYS));
    }

    private static Optional<AuthenticationScheme> create(Map<String, String> keys) {
        Map<String, String> prefixed = new HashMap<>();
        keys.forEach((name, value) -> prefixed.put("countersign.scheme.jwt." + name, value));
        try (Settings settings = Settings.of(prefixed)) {
            Optional<AuthenticationScheme> scheme = new JwtSchemeFactory()
                    .create(
                            "jwt",
                            settings.root().section("scheme.jwt"),
                            new JwtFixture().context(new WorkLimit("token verification", 1, 1)));
            settings.finish();
            return scheme;
        }
    }

    private static List<String> problems(Map<String, String> keys) {
        try {
            create(keys);
            return List.of();
        } catch (ConfigurationException e) {
            return e.problems();
        }
    }

    @Test
    void is_found_as_a_service() {
        assertThat(new JwtSchemeFactory().type()).isEqualTo("jwt");
        assertThat(ServiceLoader.load(SchemeFactory.class)).anyMatch(JwtSchemeFactory.class::isInstance);
    }

    @Test
    void makes_a_scheme_of_the_least_settings() {
        AuthenticationScheme scheme = create(least()).orElseThrow();
        assertThat(scheme.name()).isEqualTo("jwt");
        assertThat(scheme.type()).isEqualTo("jwt");
        assertThat(scheme.challengeTemplate().realm()).isEqualTo("api");
        assertThat(scheme.carriesScopes()).isTrue();
    }

    @Test
    void reads_every_key() {
        Map<String, String> keys = least();
        keys.putAll(Map.of(
                "clock-skew", "PT10M",
                "typ", "at+jwt",
                "require-exp", "false",
                "max-lifetime", "PT1H",
                "warn-lifetime", "PT30M",
                "scope-claims", "scp",
                "roles-claim", "groups",
                "principal-claim", "email",
                "blocklist", "false",
                "tenant-claim", "org"));
        keys.put("realm", "orders");
        assertThat(create(keys).orElseThrow().challengeTemplate().realm()).isEqualTo("orders");
    }

    @Test
    void JWT_07_JWT_08_cannot_start_without_issuer_audience_algorithms_and_keys_and_names_them_all_at_once() {
        assertThat(problems(Map.of("clock-skew", "PT20M", "typ", "JWT")))
                .anyMatch(problem -> problem.startsWith("countersign.scheme.jwt.issuer"))
                .anyMatch(problem -> problem.startsWith("countersign.scheme.jwt.audience"))
                .anyMatch(problem -> problem.startsWith("countersign.scheme.jwt.algorithms"))
                .anyMatch(problem -> problem.startsWith("countersign.scheme.jwt.clock-skew"))
                .anyMatch(problem -> problem.equals("countersign.scheme.jwt.typ: JWT (expected: any or at+jwt)"));
        Map<String, String> keyless = least();
        keyless.remove("keys");
        assertThat(problems(keyless)).singleElement().asString().startsWith("countersign.scheme.jwt.keys: not set");
    }

    @ParameterizedTest
    @CsvSource({"issuer", "audience", "algorithms", "keys"})
    void JWT_07_JWT_08_names_the_one_key_that_is_missing_and_no_other(String name) {
        Map<String, String> keys = least();
        keys.remove(name);
        assertThat(problems(keys))
                .singleElement()
                .asString()
                .startsWith("countersign.scheme.jwt." + name + ": not set");
    }

    @Test
    void JWT_10_names_an_unknown_type_policy_and_nothing_else() {
        Map<String, String> keys = least();
        keys.put("typ", "JWT");
        assertThat(problems(keys)).containsExactly("countersign.scheme.jwt.typ: JWT (expected: any or at+jwt)");
    }

    @ParameterizedTest
    @CsvSource({"none", "None", "rs256", "HS256;ES256", "ES256;none"})
    void JWT_01_JWT_02_refuses_these_algorithms(String algorithms) {
        Map<String, String> keys = least();
        keys.put("algorithms", algorithms.replace(';', ','));
        assertThat(problems(keys)).anyMatch(problem -> problem.startsWith("countersign.scheme.jwt.algorithms: "));
    }

    @Test
    void JWT_29_does_not_start_with_a_short_secret_and_tells_nothing_of_it() {
        Map<String, String> keys = least();
        keys.putAll(Map.of("algorithms", "HS256", "keys", "text:hunter2hunter2"));
        assertThat(problems(keys))
                .singleElement()
                .asString()
                .startsWith("countersign.scheme.jwt.keys: ")
                .contains("at least 32 bytes", "RFC 7518 section 3.2")
                .doesNotContain("hunter", "14");
    }

    @Test
    void JWT_22_warns_of_a_key_that_is_left_out() {
        Map<String, String> keys = least();
        keys.put(
                "keys",
                TestKeys.jwks(
                        TestKeys.jwk(JwtFixture.PAIR.getPublic(), "\"kid\":\"k1\""),
                        TestKeys.jwk(JwtFixture.OTHER_PAIR.getPublic(), "\"kid\":\"k2\"", "\"use\":\"enc\"")));
        Map<String, String> prefixed = new HashMap<>();
        keys.forEach((name, value) -> prefixed.put("countersign.scheme.jwt." + name, value));
        try (Settings settings = Settings.of(prefixed)) {
            new JwtSchemeFactory()
                    .create(
                            "jwt",
                            settings.root().section("scheme.jwt"),
                            new JwtFixture().context(new WorkLimit("token verification", 1, 1)));
            assertThat(settings.finish())
                    .singleElement()
                    .asString()
                    .startsWith("countersign.scheme.jwt.keys: left out ")
                    .contains("k2");
        }
    }

    @Test
    void takes_several_key_values() {
        Map<String, String> keys = least();
        keys.put(
                "keys.1",
                TestKeys.pem("PUBLIC KEY", JwtFixture.OTHER_PAIR.getPublic().getEncoded()));
        assertThat(create(keys)).isPresent();
    }

    @Test
    void knows_no_key_that_is_not_there_yet() {
        for (String name : List.of("jwks-uri", "discovery", "decryption-keys")) {
            Map<String, String> keys = least();
            keys.put(name, "x");
            assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> create(keys));
        }
    }
}
