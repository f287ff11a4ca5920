package dev.countersign.scheme.basic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.AuthenticationScheme;
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
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BasicSchemeFactoryTest {
    // The passwords "open sesame" and "pw", hashed by libxcrypt.
    private static final String SESAME = "$2b$04$CCCCCCCCCCCCCCCCCCCCC.xAAcAcQAlmm/cIsmWj5gksFhfHk9P6O";
    private static final String PW = "$2b$04$CCCCCCCCCCCCCCCCCCCCC.31NqtHBKsxWbnyluzScP.pcWeG7T10u";
    private static final TestExchange ALADDIN =
            TestExchange.get("/").header("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");

    @TempDir
    Path directory;

    private final Map<String, String> keys = new HashMap<>();

    private Path users(String text) throws IOException {
        Path file = directory.resolve("users.properties");
        Files.writeString(file, text);
        keys.put("countersign.scheme.basic.users", "file:" + file);
        return file;
    }

    private Optional<AuthenticationScheme> create(Settings settings) {
        SchemeContext context = new SchemeContext(
                InstantSource.system(),
                State.inMemory(1000, InstantSource.system()),
                "orders",
                Optional.empty(),
                8192,
                8192,
                32,
                new WorkLimit("hashing", 2, 10),
                new WorkLimit("verifying", 2, 10));
        return new BasicSchemeFactory().create("basic", settings.root().section("scheme.basic"), context);
    }

    private static Verification verify(AuthenticationScheme scheme) {
        return scheme.claim(ALADDIN)
                .match(
                        () -> {
                            throw new AssertionError("absent");
                        },
                        presented -> scheme.verify(presented.credential(), ALADDIN),
                        possible -> scheme.verify(possible.credential(), ALADDIN),
                        malformed -> {
                            throw new AssertionError("malformed");
                        });
    }

    @Test
    void is_found_by_the_service_loader() {
        assertThat(ServiceLoader.load(SchemeFactory.class))
                .anyMatch(factory -> factory.type().equals("basic"));
    }

    @Test
    void makes_a_scheme_of_a_file_of_users() throws IOException {
        users("user.Aladdin.password=" + SESAME);
        try (Settings settings = Settings.of(keys)) {
            AuthenticationScheme scheme = create(settings).orElseThrow();
            assertThat(verify(scheme)).isInstanceOf(Verification.Verified.class);
            assertThat(scheme.challengeTemplate().realm()).isEqualTo("orders");
            assertThat(settings.finish()).anyMatch(warning -> warning.contains("weak password hash"));
        }
    }

    @Test
    void PWD_01_checks_an_unknown_user_against_the_file_s_own_decoy() throws IOException {
        users("user.ann.password=" + SESAME);
        try (Settings settings = Settings.of(keys)) {
            AuthenticationScheme scheme = create(settings).orElseThrow();
            assertThat(verify(scheme))
                    .isInstanceOfSatisfying(
                            Verification.Rejected.class,
                            rejected -> assertThat(rejected.detail()).isEqualTo("unknown_user"));
        }
    }

    @Test
    void takes_a_changed_file_at_once_also_for_what_it_remembers() throws IOException {
        Path file = users("user.Aladdin.password=" + SESAME);
        try (Settings settings = Settings.of(keys)) {
            AuthenticationScheme scheme = create(settings).orElseThrow();
            settings.finish();
            assertThat(verify(scheme)).isInstanceOf(Verification.Verified.class);
            Files.writeString(file, "user.Aladdin.password=" + PW + "\n# changed");
            settings.reloadNow();
            assertThat(verify(scheme)).isInstanceOf(Verification.Rejected.class);
            Files.writeString(file, "user.Aladdin.password=" + SESAME + "\nuser.Aladdin.status=locked");
            settings.reloadNow();
            assertThat(verify(scheme)).isInstanceOf(Verification.Rejected.class);
        }
    }

    @Test
    void PWD_06_stops_the_deployment_for_plain_text_and_tells_every_other_problem() throws IOException {
        users("user.Aladdin.password=open sesame");
        keys.put("countersign.scheme.basic.verified-cache", "PT2H");
        keys.put("countersign.scheme.basic.target", "argon2id");
        try (Settings settings = Settings.of(keys)) {
            assertThat(create(settings)).isEmpty();
            assertThatThrownBy(settings::finish)
                    .isInstanceOfSatisfying(
                            ConfigurationException.class,
                            stopped -> assertThat(stopped.problems()).hasSize(3))
                    .hasMessageContaining("user.Aladdin.password: not a password hash of a known format")
                    .hasMessageContaining("countersign.scheme.basic.verified-cache")
                    .hasMessageContaining("countersign.scheme.basic.target")
                    .hasMessageNotContaining("sesame");
        }
    }

    @Test
    void names_what_users_can_be() {
        for (String value : List.of("jdbc", "file:", "WEB-INF/users.properties")) {
            keys.put("countersign.scheme.basic.users", value);
            try (Settings settings = Settings.of(keys)) {
                assertThat(create(settings)).isEmpty();
                assertThatThrownBy(settings::finish)
                        .hasMessageContaining("countersign.scheme.basic.users")
                        .hasMessageContaining("file:<path>");
            }
        }
        keys.clear();
        try (Settings settings = Settings.of(keys)) {
            assertThat(create(settings)).isEmpty();
            assertThatThrownBy(settings::finish).hasMessageContaining("file:<path>");
        }
    }
}
