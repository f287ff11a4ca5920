package dev.countersign.scheme.basic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.AuthenticationScheme;
import dev.countersign.Challenge;
import dev.countersign.Claim;
import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.RejectionReason;
import dev.countersign.StoreUnavailableException;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import dev.countersign.WorkLimit;
import dev.countersign.password.CountingPasswordHash;
import dev.countersign.password.PasswordHash;
import dev.countersign.scheme.AuthenticationSchemeContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasicSchemeTest implements AuthenticationSchemeContract {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<String, BasicUser> users = new HashMap<>();
    private final CountingPasswordHash hash = CountingPasswordHash.of("open sesame");
    private final BasicStore store = new BasicStore() {
        private final PasswordHash decoy = hash.decoy();

        @Override
        public Optional<BasicUser> find(String name) {
            return Optional.ofNullable(users.get(name));
        }

        @Override
        public PasswordHash decoy() {
            return decoy;
        }
    };
    private final BasicScheme scheme =
            new BasicScheme("basic", BasicSettings.of("orders"), store, () -> NOW, new WorkLimit("hashing", 2, 10));

    BasicSchemeTest() {
        users.put("Aladdin", user("Aladdin", BasicUser.Status.ACTIVE));
        users.put("locked", user("locked", BasicUser.Status.LOCKED));
        users.put("disabled", user("disabled", BasicUser.Status.DISABLED));
    }

    private BasicUser user(String name, BasicUser.Status status) {
        return new BasicUser(name, hash, Optional.empty(), Optional.empty(), status);
    }

    @Override
    public AuthenticationScheme scheme() {
        return scheme;
    }

    @Override
    public TestExchange right() {
        return with("Aladdin", "open sesame");
    }

    @Override
    public TestExchange wrong() {
        return with("Aladdin", "open sesame!");
    }

    @Override
    public TestExchange malformed() {
        return TestExchange.get("/").header("Authorization", "Basic b3BlbiBzZXNhbWU=");
    }

    @Override
    public List<String> secrets() {
        return List.of("open sesame", "b3BlbiBzZXNhbWU", "counting:");
    }

    private static TestExchange with(String user, String password) {
        return TestExchange.get("/")
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    private String rejection(String user, String password) {
        return verified(with(user, password))
                .match(
                        identity -> {
                            throw new AssertionError("let in");
                        },
                        rejected -> {
                            assertThat(rejected.reason()).isEqualTo(RejectionReason.CREDENTIALS_INVALID);
                            return rejected.detail();
                        });
    }

    @Test
    void says_who_it_is() {
        Identity identity = identity(right());
        assertThat(identity.kind()).isEqualTo(IdentityKind.USER);
        assertThat(identity.subject()).isEqualTo("Aladdin");
        assertThat(identity.hint()).isEqualTo("Aladdin");
        assertThat(scheme.carriesScopes()).isTrue();
        assertThat(scheme.ambient()).isFalse();
    }

    @Test
    void tells_no_scopes_from_empty_scopes() {
        assertThat(identity(right()).scopes()).isEmpty();
        assertThat(identity(right()).roles()).isEmpty();
        users.put(
                "Aladdin",
                new BasicUser(
                        "Aladdin", hash, Optional.of(Set.of()), Optional.of(Set.of("x")), BasicUser.Status.ACTIVE));
        assertThat(identity(right()).scopes()).contains(Set.of());
        assertThat(identity(right()).roles()).contains(Set.of("x"));
    }

    @Test
    void R3_challenges_with_realm_and_charset_and_explains_nothing() {
        assertThat(scheme.challengeTemplate().scheme()).isEqualTo("Basic");
        assertThat(scheme.challengeTemplate().realm()).isEqualTo("orders");
        assertThat(scheme.challengeTemplate().parameters())
                .containsExactly(new Challenge.Parameter("charset", "UTF-8"));
        assertThat(scheme.challengeTemplate().showsScope()).isFalse();
        for (RejectionReason reason : RejectionReason.values()) {
            assertThat(scheme.challengeTemplate().explains().apply(reason)).isEmpty();
        }
    }

    @Test
    void R3_G11_answers_unknown_wrong_disabled_and_locked_alike() {
        assertThat(rejection("nobody", "open sesame")).isEqualTo("unknown_user");
        assertThat(rejection("Aladdin", "wrong")).isEqualTo("wrong_password");
        assertThat(rejection("disabled", "open sesame")).isEqualTo("disabled");
        assertThat(rejection("locked", "open sesame")).isEqualTo("locked");
        assertThat(rejection("locked", "wrong")).isEqualTo("locked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "Aladdin", "disabled", "locked"})
    void PWD_01_computes_one_hash_for_every_way_to_fail(String user) {
        rejection(user, "wrong");
        assertThat(hash.computed()).isOne();
        rejection(user, "wrong");
        assertThat(hash.computed()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "disabled", "locked"})
    void PWD_01_computes_each_time_for_the_right_password_of_a_user_who_does_not_get_in(String user) {
        rejection(user, "open sesame");
        rejection(user, "open sesame");
        assertThat(hash.computed()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "Aladdin", "disabled", "locked"})
    void PWD_05_computes_no_hash_for_a_password_above_1024_bytes_whoever_the_user_is(String user) {
        rejection(user, "x".repeat(1025));
        rejection(user, "é".repeat(600));
        assertThat(hash.computed()).isZero();
    }

    @Test
    void PWD_05_claims_nothing_that_is_longer_than_the_limit() {
        assertThat(scheme.claim(with("Aladdin", "x".repeat(1_000_000))))
                .isEqualTo(new Claim.Malformed(RejectionReason.CREDENTIALS_INVALID, "too_long"));
        assertThat(scheme.claim(with("x".repeat(256), "pw")))
                .isEqualTo(new Claim.Malformed(RejectionReason.CREDENTIALS_INVALID, "too_long"));
    }

    @Test
    void computes_one_hash_for_a_right_password_that_comes_again() {
        identity(right());
        identity(right());
        assertThat(hash.computed()).isOne();
    }

    @Test
    void does_not_let_in_from_memory_who_was_disabled_removed_or_given_another_password() {
        identity(right());
        users.put("Aladdin", user("Aladdin", BasicUser.Status.DISABLED));
        assertThat(rejection("Aladdin", "open sesame")).isEqualTo("disabled");
        users.remove("Aladdin");
        assertThat(rejection("Aladdin", "open sesame")).isEqualTo("unknown_user");
        users.put(
                "Aladdin",
                new BasicUser(
                        "Aladdin",
                        CountingPasswordHash.of("changed"),
                        Optional.empty(),
                        Optional.empty(),
                        BasicUser.Status.ACTIVE));
        assertThat(rejection("Aladdin", "open sesame")).isEqualTo("wrong_password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aladdin", "ALADDIN", "Aladdin\u200B", "\uFEFFAladdin", " Aladdin", "Aladdin ", "Ａladdin"})
    void PWD_12_takes_no_other_spelling_for_the_user(String name) {
        assertThat(rejection(name, "open sesame")).isEqualTo("unknown_user");
    }

    @Test
    void PWD_12_takes_a_record_of_another_name_for_none() {
        BasicUser record = user("Admin", BasicUser.Status.ACTIVE);
        BasicScheme careless = new BasicScheme(
                "basic",
                BasicSettings.of("orders"),
                name -> Optional.of(record),
                () -> NOW,
                new WorkLimit("hashing", 2, 10));
        TestExchange exchange = with("admin", "open sesame");
        assertThat(careless.verify(claimed(exchange), exchange))
                .isEqualTo(new Verification.Rejected(RejectionReason.CREDENTIALS_INVALID, "unknown_user"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*)(uid=*", "cn=a,ou=b", "*", "' OR '1'='1", "../Aladdin", "Aladdin%00"})
    void PWD_14_refuses_a_name_that_is_a_query_elsewhere(String name) {
        assertThat(rejection(name, "open sesame")).isEqualTo("unknown_user");
    }

    @Test
    void lets_an_outage_of_the_store_through_instead_of_calling_the_user_unknown() {
        BasicScheme down = new BasicScheme(
                "basic",
                BasicSettings.of("orders"),
                name -> {
                    throw StoreUnavailableException.outage("The user store does not answer");
                },
                () -> NOW,
                new WorkLimit("hashing", 2, 10));
        assertThatThrownBy(() -> down.verify(claimed(right()), right())).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void cuts_and_cleans_the_hint() {
        String name = "a\u2028b\u202Ec" + "x".repeat(100);
        assertThat(claimed(with(name, "pw")).hint()).startsWith("a?b?cx").hasSize(64);
    }

    @Test
    void refuses_settings_out_of_bounds() {
        assertThatThrownBy(() -> BasicSettings.of("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BasicSettings("r", Duration.ofHours(2), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("verified-cache");
        assertThatThrownBy(() -> new BasicSettings("r", Duration.ZERO, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BasicSettings("r", Duration.ofNanos(-1), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BasicSettings("r", Duration.ofHours(1).plusNanos(1), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new BasicSettings("r", Duration.ZERO, 1).verifiedCache()).isZero();
        assertThat(new BasicSettings("r", Duration.ofHours(1), 1).verifiedCache())
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void R4_reads_a_field_of_the_longest_length_and_no_longer_one() {
        String field = right().headers("Authorization").get(0);
        for (int shorter : List.of(0, 1)) {
            BasicScheme bounded = new BasicScheme(
                    "basic",
                    new BasicSettings("orders", Duration.ZERO, field.length() - shorter),
                    store,
                    () -> NOW,
                    new WorkLimit("hashing", 2, 10));
            Claim claim = bounded.claim(right());
            if (shorter == 0) {
                assertThat(claim).isInstanceOf(Claim.Presented.class);
            } else {
                assertThat(claim).isEqualTo(new Claim.Malformed(RejectionReason.CREDENTIALS_INVALID, "too_long"));
            }
        }
    }

    @Test
    void R4_reads_a_name_of_255_characters_and_no_longer_one() {
        assertThat(rejection("x".repeat(255), "open sesame")).isEqualTo("unknown_user");
        assertThat(scheme.claim(with("x".repeat(256), "open sesame")))
                .isEqualTo(new Claim.Malformed(RejectionReason.CREDENTIALS_INVALID, "too_long"));
    }

    @ParameterizedTest
    @CsvSource({
        "Basic QUJD, no_colon",
        "Basic OnB3, no_user",
        "Basic dXNlcjo=, no_password",
        "Basic Og==, no_user",
        "Basic dTpw dTpw, not_token",
        "Basic dTpwdw, not_base_sixty_four",
        "Basic dTpwdx==, not_base_sixty_four",
        "Basic dTpwd3d=, not_base_sixty_four",
        "Basic dTrDKA==, not_utf",
        "Basic dTpwfw==, control_character"
    })
    void R4_says_for_the_log_what_is_malformed(String field, String detail) {
        assertThat(scheme.claim(TestExchange.get("/").header("Authorization", field)))
                .isEqualTo(new Claim.Malformed(RejectionReason.CREDENTIALS_INVALID, detail));
    }

    @Test
    void takes_no_user_whose_name_no_client_could_send() {
        for (String name : List.of("", "x".repeat(256), "a:b", ":a", "a\nb", "\u0085", "\ud83d")) {
            assertThatThrownBy(() -> user(name, BasicUser.Status.ACTIVE)).isInstanceOf(IllegalArgumentException.class);
        }
        for (String name : List.of("x", "x".repeat(255), "\u00e9", "\ud83d\udd11")) {
            assertThat(user(name, BasicUser.Status.ACTIVE).name()).isEqualTo(name);
        }
    }

    @Test
    void claims_the_shape_of_Basic_and_shows_no_password() {
        assertThat(scheme.type()).isEqualTo("basic");
        assertThat(scheme.shapes()).containsExactly("Authorization: Basic");
        assertThat(scheme.toString()).contains("basic", "orders");
        assertThat(claimed(right()).toString()).contains("Aladdin").doesNotContain("sesame");
        assertThat(claimed(right()).carrier()).isEqualTo("authorization");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200b", "\u2028", "\u2029", "\ue000", "\u0378"})
    void CHAIN_11_hints_at_no_character_that_moves_text_about(String character) {
        assertThat(claimed(with("a" + character + "b", "pw")).hint()).isEqualTo("a?b");
    }
}
