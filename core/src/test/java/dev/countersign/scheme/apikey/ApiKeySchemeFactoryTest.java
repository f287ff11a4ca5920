package dev.countersign.scheme.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.AuthenticationScheme;
import dev.countersign.Claim;
import dev.countersign.ConfigurationException;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import dev.countersign.WorkLimit;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.scheme.SchemeFactory;
import dev.countersign.settings.Settings;
import dev.countersign.state.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeySchemeFactoryTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));
    private static final ApiKeys.IssuedKey KEY = ApiKeys.withPrefix("sk_live_").issue("acme-1");

    @TempDir
    private Path folder;

    private final Map<String, String> keys = new LinkedHashMap<>();

    @BeforeEach
    void writes_the_least_that_works() throws IOException {
        Path file = folder.resolve("keys.properties");
        Files.write(file, ApiKeyFile.format(KEY.record()));
        key("prefixes", "sk_live_");
        key("store", "file:" + file);
    }

    @Test
    void is_found_by_its_type() {
        assertThat(ServiceLoader.load(SchemeFactory.class))
                .anySatisfy(factory -> assertThat(factory.type()).isEqualTo("api-key"));
    }

    @Test
    void makes_a_scheme_of_the_least_that_works() {
        AuthenticationScheme scheme = create();
        assertThat(scheme.name()).isEqualTo("keys");
        assertThat(scheme.type()).isEqualTo("api-key");
        assertThat(scheme.challengeTemplate().realm()).isEqualTo("orders");
        assertThat(accepts(scheme, TestExchange.get("/").header("X-API-Key", KEY.key())))
                .isTrue();
        assertThat(accepts(scheme, TestExchange.get("/").header("Authorization", "Bearer " + KEY.key())))
                .isFalse();
    }

    @Test
    void reads_every_key() throws IOException {
        ApiKeys.IssuedKey other = ApiKeys.withPrefix("pk_").bytes(16).issue("other");
        Files.write(folder.resolve("keys.properties"), ApiKeyFile.format(other.record()));
        key("realm", "partners");
        key("header", "X-Partner");
        key("bearer", "true");
        key("prefixes", "sk_live_, pk_");
        key("bytes", "16");
        key("checksum", "true");
        AuthenticationScheme scheme = create();
        assertThat(scheme.challengeTemplate().realm()).isEqualTo("partners");
        assertThat(scheme.carriers()).contains("x-partner");
        assertThat(scheme.prefixes()).containsExactlyInAnyOrder("sk_live_", "pk_");
        assertThat(accepts(scheme, TestExchange.get("/").header("x-partner", other.key())))
                .isTrue();
        assertThat(accepts(scheme, TestExchange.get("/").header("Authorization", "Bearer " + other.key())))
                .isTrue();
    }

    @Test
    void needs_no_prefix_for_imported_keys() throws IOException {
        Files.write(
                folder.resolve("keys.properties"),
                ApiKeyFile.format(ApiKeyRecord.of("old", ApiKeyDigest.of("an-old-key"))));
        keys.remove("countersign.scheme.keys.prefixes");
        key("checksum", "false");
        assertThat(accepts(create(), TestExchange.get("/").header("X-API-Key", "an-old-key")))
                .isTrue();
    }

    @Test
    void names_every_problem_at_once() {
        keys.clear();
        key("header", "Authorization");
        key("prefixes", "sk_live_, sk_, e");
        key("bytes", "15");
        key("bearer", "yes");
        assertProblems(
                "keys.header: ",
                "keys.prefixes: not a prefix",
                "keys.prefixes: one is",
                "keys.bytes",
                "keys.bearer",
                "keys.store");
    }

    @Test
    void needs_prefixes_unless_keys_are_imported() {
        keys.remove("countersign.scheme.keys.prefixes");
        assertProblems("keys.prefixes: missing");
        key("checksum", "false");
        key("bearer", "true");
        assertProblems("keys.prefixes: missing");
    }

    @Test
    void refuses_equal_prefixes() {
        key("prefixes", "sk_live_, sk_live_");
        assertProblems("keys.prefixes: one is the beginning of another");
    }

    @Test
    void refuses_a_bad_store_and_shows_nothing_of_it() throws IOException {
        Files.writeString(folder.resolve("keys.properties"), "key.a.sha256 = " + KEY.key());
        assertThatThrownBy(this::create)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("line 1: sha256: not a SHA-256")
                .hasMessageNotContaining("sk_live_");
        key("store", "jdbc");
        assertProblems("keys.store");
    }

    @Test
    void does_not_know_keys_that_are_not_enforced() {
        for (String name :
                List.of("rotation-window", "last-used-flush", "cache", "negative-cache", "max-age", "warn-age")) {
            key(name, "PT1H");
        }
        assertProblems(
                "keys.rotation-window",
                "keys.last-used-flush",
                "keys.cache",
                "keys.negative-cache",
                "keys.max-age",
                "keys.warn-age");
    }

    private void assertProblems(String... parts) {
        assertThatThrownBy(this::create)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(parts);
    }

    private void key(String name, String value) {
        keys.put("countersign.scheme.keys." + name, value);
    }

    private AuthenticationScheme create() {
        try (Settings settings = Settings.of(keys)) {
            Optional<AuthenticationScheme> scheme =
                    new ApiKeySchemeFactory().create("keys", settings.root().section("scheme.keys"), context());
            settings.finish();
            return scheme.orElseThrow();
        }
    }

    private static SchemeContext context() {
        return new SchemeContext(
                CLOCK,
                State.inMemory(10, CLOCK),
                "orders",
                Optional.empty(),
                8192,
                8192,
                32,
                new WorkLimit("password hashing", 1, 0),
                new WorkLimit("verification", 1, 0));
    }

    private static boolean accepts(AuthenticationScheme scheme, TestExchange exchange) {
        Claim.Presented presented = (Claim.Presented) scheme.claim(exchange);
        return scheme.verify(presented.credential(), exchange) instanceof Verification.Verified;
    }
}
