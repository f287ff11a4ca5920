package dev.countersign.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AuthenticationScheme;
import dev.countersign.CapturedLog;
import dev.countersign.Challenge;
import dev.countersign.ChallengeTemplate;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Identity;
import dev.countersign.RejectionReason;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What every scheme does, whatever its credential is. A room's scheme test implements it. */
public interface AuthenticationSchemeContract {
    /** The scheme under test; the same one on each call of one test. */
    AuthenticationScheme scheme();

    /** A request with a good credential. */
    TestExchange right();

    /** A request with a credential of the right shape that is not good. */
    TestExchange wrong();

    /** A request with the scheme's carrier, and nothing readable in it. */
    TestExchange malformed();

    /** The secrets in the three requests, and the stored ones behind them: none may show anywhere. */
    List<String> secrets();

    /** A request with the scheme's carrier twice; by default the good one's first line again. */
    default TestExchange duplicated() {
        TestExchange.Field first = right().fields().get(0);
        return right().header(first.name(), first.value());
    }

    /** The credential that {@code exchange} carries. */
    default Credential claimed(TestExchange exchange) {
        return scheme().claim(exchange)
                .match(
                        () -> {
                            throw new AssertionError("absent");
                        },
                        Claim.Presented::credential,
                        Claim.Possible::credential,
                        malformed -> {
                            throw new AssertionError("malformed: " + malformed.detail());
                        });
    }

    /** What the scheme says of the credential that {@code exchange} carries. */
    default Verification verified(TestExchange exchange) {
        return scheme().verify(claimed(exchange), exchange);
    }

    /** The identity that {@code exchange} proves. */
    default Identity identity(TestExchange exchange) {
        return verified(exchange).match(Verification.Verified::identity, rejected -> {
            throw new AssertionError("rejected: " + rejected.detail());
        });
    }

    @Test
    default void says_absent_of_a_request_that_carries_nothing() {
        assertThat(scheme().claim(TestExchange.get("/"))).isEqualTo(Claim.absent());
    }

    @Test
    default void says_absent_of_a_scheme_token_that_nobody_knows() {
        assertThat(scheme().claim(TestExchange.get("/").header("Authorization", "Unheard-Of abc")))
                .isEqualTo(Claim.absent());
    }

    @Test
    default void says_malformed_of_what_it_cannot_read() {
        assertThat(scheme().claim(malformed())).isInstanceOfSatisfying(Claim.Malformed.class, malformed -> {
            assertThat(malformed.reason().status()).isIn(400, 401);
            assertIsDetail(malformed.detail());
        });
    }

    @Test
    default void verifies_a_right_credential() {
        Identity identity = identity(right());
        assertThat(identity.scheme()).isEqualTo(scheme().name());
        assertThat(identity.subject()).isNotEmpty();
        assertThat(identity.hint()).isNotEmpty();
    }

    @Test
    default void verifies_a_right_credential_again() {
        Identity first = identity(right());
        assertThat(identity(right())).isEqualTo(first);
    }

    @Test
    default void rejects_a_wrong_credential() {
        assertThat(verified(wrong())).isInstanceOfSatisfying(Verification.Rejected.class, rejected -> {
            assertThat(rejected.reason().status()).isEqualTo(401);
            assertIsDetail(rejected.detail());
        });
    }

    @Test
    default void rejects_a_wrong_credential_after_a_right_one_and_again() {
        identity(right());
        assertThat(verified(wrong())).isInstanceOf(Verification.Rejected.class);
        assertThat(verified(wrong())).isInstanceOf(Verification.Rejected.class);
    }

    @Test
    default void claims_at_most_one_credential_of_a_duplicated_carrier_and_never_throws() {
        Claim claim = scheme().claim(duplicated());
        if (claim instanceof Claim.Malformed malformed) {
            assertThat(malformed.reason())
                    .isIn(RejectionReason.MULTIPLE_CREDENTIALS, RejectionReason.MALFORMED_CREDENTIALS);
        } else {
            assertThat(claim).isInstanceOfAny(Claim.Presented.class, Claim.Possible.class);
        }
    }

    @Test
    default void CHAIN_16_reads_field_names_and_scheme_tokens_without_regard_to_case_in_every_locale() {
        Locale before = Locale.getDefault();
        try {
            for (Locale locale : List.of(Locale.ROOT, Locale.forLanguageTag("tr-TR"))) {
                Locale.setDefault(locale);
                for (Locale.Category category : Locale.Category.values()) {
                    Locale.setDefault(category, locale);
                }
                for (TestExchange spelled : List.of(respelled(false), respelled(true))) {
                    assertThat(identity(spelled).subject())
                            .isEqualTo(identity(right()).subject());
                }
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    /** {@link #right()} with every field name, and the scheme token of {@code Authorization}, in one case. */
    private TestExchange respelled(boolean upper) {
        TestExchange right = right();
        String target = right.rawQuery() == null ? right.rawPath() : right.rawPath() + "?" + right.rawQuery();
        TestExchange changed = TestExchange.of(right.method(), target).content(right.body());
        for (TestExchange.Field field : right.fields()) {
            String value = field.value();
            int space = value.indexOf(' ');
            if (field.name().equalsIgnoreCase("Authorization") && space > 0) {
                value = spell(value.substring(0, space), upper) + value.substring(space);
            }
            changed = changed.header(spell(field.name(), upper), value);
        }
        return changed;
    }

    private static String spell(String text, boolean upper) {
        return upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
    }

    @Test
    default void challenges_in_the_grammar_of_RFC_9110_section_11() {
        ChallengeTemplate template = scheme().challengeTemplate();
        assertThat(isToken(template.scheme())).isTrue();
        assertThat(template.realm()).isNotEmpty();
        assertThat(template.parameters())
                .allSatisfy(parameter -> {
                    assertThat(isToken(parameter.name())).isTrue();
                    assertThat(parameter.value()).matches(AuthenticationSchemeContract::isPrintable);
                })
                .extracting(parameter -> parameter.name().toLowerCase(Locale.ROOT))
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(ChallengeTemplate.RESERVED);
        assertThat(new Challenge(template.scheme(), template.parameters())).isNotNull();
    }

    @Test
    default void explains_every_reason_or_none_with_fixed_texts() {
        for (RejectionReason reason : RejectionReason.values()) {
            scheme().challengeTemplate().explains().apply(reason).ifPresent(explanation -> {
                assertThat(isToken(explanation.error())).isTrue();
                explanation
                        .description()
                        .ifPresent(text -> assertThat(text)
                                .isNotEmpty()
                                .matches(AuthenticationSchemeContract::isPrintable)
                                .doesNotContain("\"", "\\"));
            });
        }
    }

    @Test
    default void names_the_fields_that_carry_its_credentials() {
        assertThat(scheme().carriers()).allMatch(name -> name.equals(spell(name, false)));
        assertThat(right().fields()).anyMatch(field -> scheme().carriers().contains(spell(field.name(), false)));
    }

    @Test
    default void shows_no_secret_in_a_text_or_in_the_log() {
        try (CapturedLog log = new CapturedLog()) {
            StringBuilder shown = new StringBuilder().append(scheme());
            for (TestExchange exchange : List.of(right(), wrong(), malformed(), duplicated())) {
                Claim claim = scheme().claim(exchange);
                shown.append('\n').append(claim);
                Credential credential = claim.match(
                        () -> null, Claim.Presented::credential, Claim.Possible::credential, malformed -> null);
                if (credential != null) {
                    shown.append('\n').append(credential).append('\n').append(credential.hint());
                    shown.append('\n').append(scheme().verify(credential, exchange));
                }
            }
            shown.append('\n').append(log.lines());
            assertThat(secrets()).isNotEmpty();
            for (String secret : secrets()) {
                assertThat(shown.toString().contains(secret))
                        .as("a secret shows in:%n%s", shown)
                        .isFalse();
            }
        }
    }

    @Test
    default void lets_nothing_odd_in_and_never_throws() {
        List<String> tokens = List.of("Basic", "Bearer", "ApiKey", "");
        List<String> odd = List.of(
                "",
                " ",
                "\t",
                "=",
                "==",
                ",",
                ":",
                "\"",
                "\u0000",
                "\r\nX: y",
                "é",
                "\uD800",
                "..",
                "a.b.c",
                "e30.e30.",
                "x".repeat(100_000),
                ".".repeat(10_000),
                "[".repeat(10_000));
        for (String carrier : scheme().carriers()) {
            for (String token : tokens) {
                for (String value : odd) {
                    TestExchange exchange = TestExchange.get("/").header(carrier, token + " " + value);
                    Claim claim = scheme().claim(exchange);
                    Credential credential = claim.match(
                            () -> null, Claim.Presented::credential, Claim.Possible::credential, malformed -> null);
                    if (credential != null) {
                        assertThat(scheme().verify(credential, exchange)).isInstanceOf(Verification.Rejected.class);
                    }
                }
            }
        }
    }

    private static void assertIsDetail(String detail) {
        assertThat(detail)
                .isNotEmpty()
                .matches(text -> text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '_'), "lower_snake");
    }

    /** RFC 9110 section 5.6.2. */
    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    private static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c >= 0x20 && c <= 0x7E);
    }
}
