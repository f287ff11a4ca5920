package dev.countersign.scheme.hmac;

import static dev.countersign.scheme.hmac.Rfc9421Fixture.NOW;
import static dev.countersign.scheme.hmac.Rfc9421Fixture.SETTINGS;
import static dev.countersign.scheme.hmac.Rfc9421Fixture.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.Body;
import dev.countersign.CapturedLog;
import dev.countersign.ChallengeTemplate.Explanation;
import dev.countersign.Claim;
import dev.countersign.Decision;
import dev.countersign.RejectionReason;
import dev.countersign.StoreUnavailableException;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import dev.countersign.signature.Component;
import dev.countersign.signature.ContentDigest;
import dev.countersign.signature.SignatureAlgorithm;
import dev.countersign.signature.SignatureParameters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Rfc9421ProfileTest {
    private static final byte[] CONTENT = "{\"n\":1}".getBytes(StandardCharsets.US_ASCII);
    private static final String[] MINIMUM = {"@method", "@target-uri"};
    private static final String[] WITH_CONTENT = {"@method", "@target-uri", "content-digest", "content-type"};

    private final Rfc9421Fixture fixture = new Rfc9421Fixture();

    private static SignatureParameters parameters() {
        return SignatureParameters.of(NOW.getEpochSecond(), "s-h1");
    }

    private static TestExchange get() {
        return TestExchange.get("/orders?a=1");
    }

    private static TestExchange post() {
        return TestExchange.of("POST", "/orders?a=1")
                .content(CONTENT)
                .header("Content-Type", "application/json")
                .header("Content-Digest", ContentDigest.of(CONTENT));
    }

    private void assertRejected(TestExchange exchange, RejectionReason reason, String detail) {
        assertThat(fixture.judge(exchange)).isEqualTo(new Verification.Rejected(reason, detail));
    }

    private static void assertVerified(Rfc9421Fixture fixture, TestExchange exchange) {
        assertThat(fixture.judge(exchange)).isInstanceOf(Verification.Verified.class);
    }

    @Test
    void a_signed_request_proves_who_has_the_secret() {
        Verification verification = fixture.judge(signed(post(), parameters(), WITH_CONTENT));
        assertThat(verification).isInstanceOf(Verification.Verified.class);
        Verification.Verified verified = (Verification.Verified) verification;
        assertThat(verified.identity().subject()).isEqualTo("owner-of-s-h1");
        assertThat(verified.events()).isEmpty();
    }

    @Test
    void a_request_without_signature_is_not_claimed() {
        assertThat(fixture.profile.claim(get())).isEqualTo(Claim.absent());
        assertThat(fixture.profile.carriers()).containsExactlyInAnyOrder("signature", "signature-input");
        assertThat(fixture.profile.shapes()).hasSize(1);
    }

    @Test
    void half_a_signature_is_a_wrong_one() {
        assertRejected(get().header("Signature", "sig1=:AA==:"), RejectionReason.SIGNATURE_INVALID, "input_missing");
        assertRejected(
                get().header("Signature-Input", "sig1=()"), RejectionReason.SIGNATURE_INVALID, "signature_missing");
    }

    @Test
    void SIG_19_signatures_that_are_too_long_or_too_many_are_not_looked_at() {
        TestExchange signed = signed(get(), parameters(), MINIMUM);
        assertRejected(
                signed.header("Signature", "x=:" + "A".repeat(8192) + ":"),
                RejectionReason.SIGNATURE_INVALID,
                "too_long");
        for (int i = 0; i < 8; i++) {
            signed = signed(signed, "more" + i, "s-h1", parameters(), MINIMUM);
        }
        assertRejected(signed, RejectionReason.SIGNATURE_INVALID, "signatures");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@method", "@target-uri", "content-digest", "content-type"})
    void SIG_06_and_SIG_12_everything_that_steers_a_request_has_to_be_covered(String left) {
        String[] covered = List.of(WITH_CONTENT).stream()
                .filter(component -> !component.equals(left))
                .toArray(String[]::new);
        String detail = left.equals("content-digest") ? "content_not_covered" : "component_missing";
        assertRejected(signed(post(), parameters(), covered), RejectionReason.SIGNATURE_COVERAGE, detail);
        assertRejected(signed(post(), parameters()), RejectionReason.SIGNATURE_COVERAGE, "component_missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@authority", "@path", "@query", "@method"})
    void SIG_06_each_part_of_the_target_has_to_be_covered(String left) {
        String[] all = {"@method", "@authority", "@path", "@query"};
        assertVerified(fixture, signed(get(), parameters(), all));
        String[] covered = List.of(all).stream()
                .filter(component -> !component.equals(left))
                .toArray(String[]::new);
        assertRejected(signed(get(), parameters(), covered), RejectionReason.SIGNATURE_COVERAGE, "component_missing");
    }

    @Test
    void path_and_query_may_be_covered_as_the_request_target() {
        assertVerified(fixture, signed(get(), parameters(), "@method", "@authority", "@request-target"));
    }

    @Test
    void part_of_a_digest_is_no_cover_of_the_content() {
        assertRejected(
                signed(
                        post(),
                        parameters(),
                        "@method",
                        "@target-uri",
                        "content-type",
                        "\"content-digest\";key=\"sha-256\""),
                RejectionReason.SIGNATURE_COVERAGE,
                "content_not_covered");
        assertVerified(
                fixture,
                signed(post(), parameters(), "@method", "@target-uri", "content-type", "\"content-digest\";sf"));
        assertVerified(
                fixture,
                signed(post(), parameters(), "@method", "@target-uri", "content-type", "\"content-digest\";bs"));
    }

    @Test
    void required_components_take_the_place_of_the_minimum_but_for_the_content() {
        Rfc9421Fixture own = new Rfc9421Fixture(Rfc9421Fixture.settings(List.of("@method", "x-tenant"), null, false));
        TestExchange request = post().header("X-Tenant", "a");
        assertVerified(own, signed(request, parameters(), "@method", "x-tenant", "content-digest"));
        assertThat(own.judge(signed(request, parameters(), "@method", "content-digest")))
                .isEqualTo(new Verification.Rejected(RejectionReason.SIGNATURE_COVERAGE, "component_missing"));
        assertThat(own.judge(signed(request, parameters(), "@method", "x-tenant")))
                .isEqualTo(new Verification.Rejected(RejectionReason.SIGNATURE_COVERAGE, "content_not_covered"));
    }

    @Test
    void SIG_01_other_content_under_the_same_digest_is_refused() {
        TestExchange signed = signed(post(), parameters(), WITH_CONTENT);
        byte[] changed = CONTENT.clone();
        changed[5] ^= 1;
        assertRejected(signed.content(changed), RejectionReason.SIGNATURE_INVALID, "content_digest");
        assertRejected(signed.content(new byte[0]), RejectionReason.SIGNATURE_INVALID, "content_digest");
        assertRejected(
                signed.onlyHeader("Content-Digest", ContentDigest.of(changed)).content(changed),
                RejectionReason.SIGNATURE_INVALID,
                "wrong");
        assertVerified(fixture, signed);
    }

    @Test
    void SIG_01_a_digest_that_does_not_count_is_none() {
        for (String digest : List.of("md5=:AAAA:", "sha-256=x", "unixsum=:AA==:", "(")) {
            TestExchange weak = post().onlyHeader("Content-Digest", digest);
            assertRejected(
                    signed(weak, parameters(), WITH_CONTENT), RejectionReason.SIGNATURE_INVALID, "content_digest");
        }
    }

    @Test
    void content_that_cannot_be_read_is_no_signed_content() {
        TestExchange signed = signed(post(), parameters(), WITH_CONTENT);
        assertRejected(
                signed.content(sink -> Body.Outcome.TOO_LARGE), RejectionReason.BODY_TOO_LARGE, "body_too_large");
        assertRejected(signed.content(sink -> Body.Outcome.BROKEN), RejectionReason.SIGNATURE_INVALID, "body_broken");
        assertRejected(signed.content(Body.unreadable()), RejectionReason.INTERNAL, "body_consumed");
    }

    @Test
    void SIG_03_a_byte_moved_across_a_border_changes_the_signature() {
        TestExchange request = get().header("X-A", "ab").header("X-B", "c");
        TestExchange signed = signed(request, parameters(), "@method", "@target-uri", "x-a", "x-b");
        assertRejected(
                signed.onlyHeader("X-A", "a").onlyHeader("X-B", "bc"), RejectionReason.SIGNATURE_INVALID, "wrong");
        assertVerified(fixture, signed);
    }

    @Test
    void SIG_07_an_added_line_of_a_covered_field_is_refused() {
        TestExchange signed = signed(get().header("X-A", "1"), parameters(), "@method", "@target-uri", "x-a");
        assertRejected(signed.header("x-a", "2"), RejectionReason.SIGNATURE_INVALID, "wrong");
    }

    @Test
    void SIG_08_a_signature_is_good_once() {
        TestExchange signed = signed(get(), parameters(), MINIMUM);
        assertVerified(fixture, signed);
        assertRejected(signed, RejectionReason.SIGNATURE_REPLAYED, "replayed");
        TestExchange withNonce = signed(get(), parameters().withNonce("a"), MINIMUM);
        assertVerified(fixture, withNonce);
        assertRejected(withNonce, RejectionReason.SIGNATURE_REPLAYED, "replayed");
        // The nonce, not the signature, is what a key may use once.
        assertRejected(
                signed(TestExchange.get("/other"), parameters().withNonce("a"), MINIMUM),
                RejectionReason.SIGNATURE_REPLAYED,
                "replayed");
        assertVerified(fixture, signed(get(), parameters().withNonce("b"), MINIMUM));
        assertVerified(
                fixture,
                signed(
                        get(),
                        "sig1",
                        "s-h2",
                        SignatureParameters.of(NOW.getEpochSecond(), "s-h2").withNonce("a"),
                        MINIMUM));
    }

    @Test
    void SIG_08_replays_pass_only_where_the_settings_let_them() {
        Rfc9421Fixture open = new Rfc9421Fixture(with(settings -> new Rfc9421Settings(
                settings.realm(),
                settings.window(),
                settings.required(),
                settings.tag(),
                ReplayPolicy.OFF,
                false,
                settings.algorithms(),
                false)));
        TestExchange signed = signed(get(), parameters(), MINIMUM);
        assertVerified(open, signed);
        assertVerified(open, signed);
    }

    private static Rfc9421Settings with(UnaryOperator<Rfc9421Settings> change) {
        return change.apply(SETTINGS);
    }

    @Test
    void SIG_08_a_signature_stripped_of_its_companion_is_used_up_too() {
        SignatureParameters other = SignatureParameters.of(NOW.getEpochSecond(), "s-h2");
        TestExchange both = signed(signed(get(), parameters(), MINIMUM), "sig2", "s-h2", other, MINIMUM);
        assertVerified(fixture, both);
        assertRejected(signed(get(), "sig2", "s-h2", other, MINIMUM), RejectionReason.SIGNATURE_REPLAYED, "replayed");
        assertRejected(signed(get(), parameters(), MINIMUM), RejectionReason.SIGNATURE_REPLAYED, "replayed");
    }

    @Test
    void every_signature_of_a_known_key_has_to_be_good() {
        TestExchange good = signed(get(), parameters(), MINIMUM);
        TestExchange second = good.header(
                        "Signature-Input",
                        "sig2=(\"@method\" \"@target-uri\");created=" + NOW.getEpochSecond() + ";keyid=\"s-h2\"")
                .header("Signature", "sig2=:AAAA:");
        assertRejected(second, RejectionReason.SIGNATURE_INVALID, "wrong");
        TestExchange foreign = good.header("Signature-Input", "sig2=();keyid=\"somebody-else\"")
                .header("Signature", "sig2=:AAAA:");
        assertVerified(fixture, foreign);
    }

    @Test
    void SIG_09_a_full_store_refuses_and_forgets_nothing() {
        Rfc9421Fixture small = new Rfc9421Fixture(SETTINGS, Optional.empty(), 3);
        TestExchange first = signed(get(), parameters().withNonce("0"), MINIMUM);
        assertVerified(small, first);
        for (int i = 1; i < 3; i++) {
            assertVerified(small, signed(get(), parameters().withNonce("" + i), MINIMUM));
        }
        for (int i = 3; i < 10; i++) {
            TestExchange more = signed(get(), parameters().withNonce("" + i), MINIMUM);
            assertThatThrownBy(() -> small.judge(more)).isInstanceOf(StoreUnavailableException.class);
        }
        assertThat(small.judge(first))
                .isEqualTo(new Verification.Rejected(RejectionReason.SIGNATURE_REPLAYED, "replayed"));
    }

    @Test
    void SIG_09_strangers_fill_nothing() {
        Rfc9421Fixture small = new Rfc9421Fixture(SETTINGS, Optional.empty(), 1);
        for (int i = 0; i < 10; i++) {
            TestExchange wrong =
                    signed(get(), parameters().withNonce("" + i), MINIMUM).onlyHeader("Signature", "sig1=:AA==:");
            assertThat(small.judge(wrong)).isInstanceOf(Verification.Rejected.class);
        }
        assertVerified(small, signed(get(), parameters(), MINIMUM));
    }

    @ParameterizedTest
    @CsvSource({"-301, expired", "-300, ''", "60, ''", "61, future"})
    void SIG_10_a_signature_is_of_now(long seconds, String detail) {
        TestExchange signed = signed(get(), SignatureParameters.of(NOW.getEpochSecond() + seconds, "s-h1"), MINIMUM);
        if (detail.isEmpty()) {
            assertVerified(fixture, signed);
            // Until the very end of its window it is remembered.
            fixture.at(NOW.plusSeconds(seconds).plus(SETTINGS.window()));
            assertRejected(signed, RejectionReason.SIGNATURE_REPLAYED, "replayed");
        } else {
            assertRejected(signed, RejectionReason.SIGNATURE_EXPIRED, detail);
        }
    }

    @Test
    void SIG_10_a_short_window_bounds_the_future_too() {
        Rfc9421Settings tight = new Rfc9421Settings(
                "orders",
                Duration.ofSeconds(10),
                List.of(),
                Optional.empty(),
                ReplayPolicy.REFUSE,
                false,
                SETTINGS.algorithms(),
                false);
        assertThat(tight.skew()).isEqualTo(Duration.ofSeconds(10));
        assertThat(SETTINGS.skew()).isEqualTo(Duration.ofSeconds(60));
        assertThat(new Rfc9421Fixture(tight)
                        .judge(signed(get(), SignatureParameters.of(NOW.getEpochSecond() + 11, "s-h1"), MINIMUM)))
                .isEqualTo(new Verification.Rejected(RejectionReason.SIGNATURE_EXPIRED, "future"));
    }

    @ParameterizedTest
    @CsvSource({"-1, expired", "0, expired", "1, ''"})
    void SIG_10_a_signature_ends_when_it_says(long seconds, String detail) {
        TestExchange signed = signed(get(), parameters().withExpires(NOW.getEpochSecond() + seconds), MINIMUM);
        if (detail.isEmpty()) {
            assertVerified(fixture, signed);
        } else {
            assertRejected(signed, RejectionReason.SIGNATURE_EXPIRED, detail);
        }
    }

    @Test
    void SIG_10_times_beyond_every_calendar_are_out_of_the_window() {
        for (long created : List.of(-999_999_999_999_999L, 999_999_999_999_999L)) {
            assertThat(fixture.judge(signed(get(), SignatureParameters.of(created, "s-h1"), MINIMUM)))
                    .isInstanceOfSatisfying(
                            Verification.Rejected.class,
                            rejected -> assertThat(rejected.reason()).isEqualTo(RejectionReason.SIGNATURE_EXPIRED));
        }
    }

    @Test
    void SIG_11_an_algorithm_belongs_to_its_key() {
        assertVerified(fixture, signed(get(), parameters().withAlgorithm(SignatureAlgorithm.HMAC_SHA256), MINIMUM));
        assertRejected(
                signed(get(), parameters().withAlgorithm(SignatureAlgorithm.ED25519), MINIMUM),
                RejectionReason.SIGNATURE_INVALID,
                "algorithm");
        // A public key is no secret, whatever the message says of it.
        for (String keyId : List.of("s-rsa", "s-ed", "s-p256")) {
            SignatureParameters confused =
                    SignatureParameters.of(NOW.getEpochSecond(), keyId).withAlgorithm(SignatureAlgorithm.HMAC_SHA256);
            assertRejected(
                    signed(get(), "sig1", "s-h1", confused, MINIMUM), RejectionReason.SIGNATURE_INVALID, "algorithm");
        }
    }

    @Test
    void SIG_11_only_the_algorithms_of_the_settings_are_used() {
        Rfc9421Fixture publicOnly = new Rfc9421Fixture(with(settings -> new Rfc9421Settings(
                settings.realm(),
                settings.window(),
                settings.required(),
                settings.tag(),
                settings.replay(),
                false,
                Set.of(SignatureAlgorithm.ED25519),
                false)));
        assertThat(publicOnly.judge(signed(get(), parameters(), MINIMUM)))
                .isEqualTo(new Verification.Rejected(RejectionReason.SIGNATURE_INVALID, "algorithm"));
        assertThat(publicOnly.judge(
                        signed(get(), "sig1", "s-h1", SignatureParameters.of(NOW.getEpochSecond(), "s-p256"), MINIMUM)))
                .isEqualTo(new Verification.Rejected(RejectionReason.SIGNATURE_INVALID, "algorithm"));
    }

    @Test
    void SIG_13_a_signature_for_another_application_is_none() {
        Rfc9421Fixture tagged = new Rfc9421Fixture(Rfc9421Fixture.settings(List.of(), "orders", false));
        assertVerified(tagged, signed(get(), parameters().withTag("orders"), MINIMUM));
        for (TestExchange other : List.of(
                signed(get(), parameters(), MINIMUM), signed(get(), parameters().withTag("Orders"), MINIMUM))) {
            assertThat(tagged.judge(other))
                    .isEqualTo(new Verification.Rejected(RejectionReason.SIGNATURE_INVALID, "tag"));
        }
        TestExchange both =
                signed(get(), "a", "s-h2", SignatureParameters.of(1, "s-h2").withTag("b"), MINIMUM);
        assertVerified(
                tagged, signed(both, "b", "s-h1", parameters().withTag("orders").withNonce("b"), MINIMUM));
    }

    @Test
    void SIG_13_a_label_is_not_signed_and_decides_nothing() {
        TestExchange signed = signed(get(), "anything", "s-h1", parameters(), MINIMUM);
        assertVerified(fixture, signed);
        assertRejected(
                signed(get(), "other", "s-h1", parameters(), MINIMUM), RejectionReason.SIGNATURE_REPLAYED, "replayed");
    }

    @Test
    void SIG_14_a_covered_field_that_is_not_there_is_refused() {
        TestExchange signed = signed(get().header("X-A", ""), parameters(), "@method", "@target-uri", "x-a");
        TestExchange without = get().header(
                        "Signature-Input", signed.headers("Signature-Input").get(0))
                .header("Signature", signed.headers("Signature").get(0));
        assertRejected(without, RejectionReason.SIGNATURE_INVALID, "component_value");
        assertVerified(fixture, signed);
    }

    @Test
    void SIG_15_a_rewritten_host_is_refused_unless_the_base_URL_is_known() {
        TestExchange signed = signed(get(), parameters(), MINIMUM);
        TestExchange rewritten = signed.host("internal:8080").cleartext();
        assertRejected(rewritten, RejectionReason.SIGNATURE_INVALID, "wrong");
        assertRejected(
                rewritten.header("X-Forwarded-Host", "api.example.com").header("X-Forwarded-Proto", "https"),
                RejectionReason.SIGNATURE_INVALID,
                "wrong");
        assertVerified(new Rfc9421Fixture(SETTINGS, Optional.of("https://api.example.com/app"), 100), rewritten);
    }

    @Test
    void SIG_18_an_unknown_key_is_answered_like_a_wrong_signature() {
        for (String[] covered : List.of(MINIMUM, new String[] {"@method"})) {
            Verification.Rejected unknown = rejected(
                    signed(get(), "sig1", "s-h1", SignatureParameters.of(NOW.getEpochSecond(), "nobody"), covered));
            Verification.Rejected wrong =
                    rejected(signed(get(), parameters(), covered).onlyHeader("Signature", "sig1=:AAAA:"));
            assertThat(unknown.reason()).isEqualTo(wrong.reason());
        }
        for (long created : List.of(1L, NOW.getEpochSecond() + 1000)) {
            assertThat(rejected(signed(get(), "sig1", "s-h1", SignatureParameters.of(created, "nobody"), MINIMUM)))
                    .isEqualTo(rejected(signed(get(), SignatureParameters.of(created, "s-h1"), MINIMUM)));
        }
    }

    @Test
    void SIG_18_nobody_signs_with_the_key_of_nobody() {
        TestExchange request = get();
        String input = "(\"@method\" \"@target-uri\");created=" + NOW.getEpochSecond() + ";keyid=\"-\"";
        String base = "\"@method\": GET\n\"@target-uri\": https://api.example.com/orders?a=1\n\"@signature-params\": "
                + input;
        byte[] signature = SignatureAlgorithm.HMAC_SHA256.sign(
                new javax.crypto.spec.SecretKeySpec(new byte[32], "HmacSHA256"),
                base.getBytes(StandardCharsets.US_ASCII));
        assertRejected(
                request.header("Signature-Input", "sig1=" + input)
                        .header(
                                "Signature",
                                "sig1=:" + java.util.Base64.getEncoder().encodeToString(signature) + ":"),
                RejectionReason.SIGNATURE_INVALID,
                "unknown_key");
    }

    private Verification.Rejected rejected(TestExchange exchange) {
        return (Verification.Rejected) fixture.judge(exchange);
    }

    @Test
    void SIG_20_a_signature_that_is_cut_or_longer_is_wrong() {
        TestExchange signed = signed(get(), parameters(), MINIMUM);
        String value = signed.headers("Signature").get(0);
        byte[] bytes = java.util.Base64.getDecoder().decode(value.substring("sig1=:".length(), value.length() - 1));
        for (int length : new int[] {1, 16, 31, 33, 64}) {
            String other = java.util.Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(bytes, length));
            assertRejected(
                    signed.onlyHeader("Signature", "sig1=:" + other + ":"), RejectionReason.SIGNATURE_INVALID, "wrong");
        }
        assertVerified(fixture, signed);
    }

    @Test
    void a_signature_needs_its_time_and_its_key() {
        String input = "sig1=(\"@method\" \"@target-uri\")";
        assertRejected(
                get().header("Signature-Input", input + ";keyid=\"s-h1\"").header("Signature", "sig1=:AA==:"),
                RejectionReason.SIGNATURE_INVALID,
                "created_missing");
        assertRejected(
                get().header("Signature-Input", input + ";created=" + NOW.getEpochSecond())
                        .header("Signature", "sig1=:AA==:"),
                RejectionReason.SIGNATURE_INVALID,
                "unknown_key");
        Rfc9421Fixture once = new Rfc9421Fixture(Rfc9421Fixture.settings(List.of(), null, true));
        assertThat(once.judge(signed(get(), parameters(), MINIMUM)))
                .isEqualTo(new Verification.Rejected(RejectionReason.SIGNATURE_INVALID, "nonce_missing"));
        assertVerified(once, signed(get(), parameters().withNonce("n"), MINIMUM));
    }

    @Test
    void R26_asks_for_a_signature_in_the_words_of_the_RFC() {
        Rfc9421Settings settings = new Rfc9421Settings(
                "orders",
                Duration.ofMinutes(5),
                List.of(),
                Optional.of("orders"),
                ReplayPolicy.REFUSE,
                false,
                Set.of(SignatureAlgorithm.HMAC_SHA256),
                false);
        Rfc9421Profile profile = new Rfc9421Fixture(settings).profile;
        assertThat(profile.acceptSignature(post()))
                .isEqualTo("sig1=(\"@method\" \"@target-uri\" \"content-digest\");created;nonce=\"fresh\""
                        + ";alg=\"hmac-sha256\";tag=\"orders\"");
        assertThat(profile.acceptSignature(get()))
                .isEqualTo(
                        "sig1=(\"@method\" \"@target-uri\");created;nonce=\"fresh\";alg=\"hmac-sha256\";tag=\"orders\"");
        assertThat(profile.answerFields(get()))
                .containsExactly(new Decision.Field("Accept-Signature", profile.acceptSignature(get())));
        assertThat(profile.challengeTemplate().scheme()).isEqualTo("HTTPSig");
        assertThat(profile.challengeTemplate().realm()).isEqualTo("orders");
        assertThat(profile.challengeTemplate().parameters()).isEmpty();
    }

    @Test
    void R26_asks_for_the_components_of_the_settings_and_leaves_a_choice_of_algorithms() {
        Rfc9421Profile profile = new Rfc9421Fixture(
                        Rfc9421Fixture.settings(List.of("content-digest", "@method", "\"x-a\";sf"), null, false))
                .profile;
        assertThat(profile.acceptSignature(get())).isEqualTo("sig1=(\"@method\" \"x-a\";sf);created;nonce=\"fresh\"");
        assertThat(profile.acceptSignature(post()))
                .isEqualTo("sig1=(\"@method\" \"x-a\";sf \"content-digest\");created;nonce=\"fresh\"");
    }

    @Test
    void R26_asks_for_no_type_of_content_where_there_is_none() {
        Rfc9421Profile profile = new Rfc9421Fixture(
                        Rfc9421Fixture.settings(List.of("@method", "content-type", "@target-uri"), null, false))
                .profile;
        assertThat(profile.acceptSignature(get())).startsWith("sig1=(\"@method\" \"@target-uri\");");
        assertThat(profile.acceptSignature(post()))
                .startsWith("sig1=(\"@method\" \"content-type\" \"@target-uri\" \"content-digest\");");
    }

    @ParameterizedTest
    @CsvSource({
        "SIGNATURE_INVALID, invalid_signature",
        "SIGNATURE_EXPIRED, expired_signature",
        "SIGNATURE_REPLAYED, replayed_signature",
        "SIGNATURE_COVERAGE, insufficient_coverage"
    })
    void R27_tells_what_was_wrong_in_one_word(RejectionReason reason, String error) {
        assertThat(fixture.profile.challengeTemplate().explains().apply(reason))
                .contains(new Explanation(error, Optional.empty()));
    }

    @Test
    void SIG_21_nothing_shows_a_signature_or_what_should_have_been_signed() {
        TestExchange wrong = signed(get(), parameters(), MINIMUM).onlyHeader("Signature", "sig1=:aEc3cFF6NFduUjJ4:");
        try (CapturedLog log = new CapturedLog()) {
            Claim claim = fixture.profile.claim(wrong);
            assertThat(claim.toString()).doesNotContain("aEc3cFF6").contains("s-h1");
            fixture.judge(wrong);
            assertThat(log.lines()).isEmpty();
        }
        assertThat(fixture.profile.toString()).contains("orders").doesNotContain("SKPBeosa");
    }

    @Test
    void SIG_21_what_should_have_been_signed_is_logged_when_somebody_asks_for_it() {
        Rfc9421Fixture talking = new Rfc9421Fixture(with(settings -> new Rfc9421Settings(
                settings.realm(),
                settings.window(),
                settings.required(),
                settings.tag(),
                settings.replay(),
                false,
                settings.algorithms(),
                true)));
        TestExchange wrong = signed(get(), parameters(), MINIMUM).onlyHeader("Signature", "sig1=:aEc3cFF6NFduUjJ4:");
        TestExchange secret = signed(
                        get().header("Authorization", "Bearer hG7pQz4WnR2x"),
                        parameters(),
                        "@method",
                        "@target-uri",
                        "authorization")
                .onlyHeader("Signature", "sig1=:AA==:");
        try (CapturedLog log = new CapturedLog()) {
            talking.judge(wrong);
            talking.judge(secret);
            List<String> ours = log.lines().stream()
                    .filter(line -> line.contains("is not signed"))
                    .toList();
            assertThat(ours).hasSize(2).noneMatch(line -> line.contains("hG7pQz4WnR2x") || line.contains("aEc3cFF6"));
            assertThat(ours.get(0))
                    .contains("\"@method\": GET\\n\"@target-uri\": https://api.example.com/orders?a=1\\n");
            assertThat(ours.get(1)).contains("\"@method\": GET\\n").contains("\"authorization\": ****\\n");
        }
    }

    @Test
    void SIG_21_a_field_that_nobody_said_is_harmless_is_not_logged() {
        Rfc9421Fixture talking = new Rfc9421Fixture(with(settings -> new Rfc9421Settings(
                settings.realm(),
                settings.window(),
                settings.required(),
                settings.tag(),
                settings.replay(),
                false,
                settings.algorithms(),
                true)));
        TestExchange wrong = signed(
                        post().header("X-Amz-Security-Token", "hG7pQz4WnR2x")
                                .header("X-Acme-Token", "hG7pQz4WnR2x")
                                .header("Priority", "u=\"hG7pQz4WnR2x\""),
                        parameters(),
                        "@method",
                        "@target-uri",
                        "x-amz-security-token",
                        "content-type",
                        "\"x-acme-token\";bs",
                        "\"priority\";key=\"u\"",
                        "content-digest")
                .onlyHeader("Signature", "sig1=:aEc3cFF6NFduUjJ4:");
        try (CapturedLog log = new CapturedLog()) {
            talking.judge(wrong);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("is not signed"))
                    .singleElement()
                    .asString()
                    .doesNotContain("hG7pQz4WnR2x", "aEc3cFF6")
                    .contains("\"@method\": POST\\n\"@target-uri\": https://api.example.com/orders?a=1\\n"
                            + "\"x-amz-security-token\": ****\\n\"content-type\": application/json\\n"
                            + "\"x-acme-token\";bs: ****\\n\"priority\";key=\"u\": ****\\n"
                            + "\"content-digest\": sha-256=:")
                    .contains("\\n\"@signature-params\": (\"@method\" ");
        }
    }

    @Test
    void the_first_of_several_signatures_lends_its_name_to_nobody() {
        TestExchange foreign =
                get().header("Signature-Input", "a=();keyid=\"the-director\"").header("Signature", "a=:AAAA:");
        assertThat(hint(foreign)).isEqualTo("the-director");
        TestExchange both = signed(foreign, "b", "s-h1", parameters(), MINIMUM);
        assertThat(hint(both)).isEmpty();
        assertThat(fixture.profile.claim(both).toString()).doesNotContain("the-director");
        assertThat(fixture.judge(both))
                .isInstanceOfSatisfying(
                        Verification.Verified.class,
                        verified -> assertThat(verified.identity().hint()).isEqualTo("s-h1"));
    }

    private String hint(TestExchange exchange) {
        return ((Claim.Presented) fixture.profile.claim(exchange)).credential().hint();
    }

    @Test
    void a_hint_is_one_short_line() {
        String odd = "k\u00e4";
        assertThat(Rfc9421Credential.hint("a b")).isEqualTo("a?b");
        assertThat(Rfc9421Credential.hint(odd)).isEqualTo("k?");
        assertThat(Rfc9421Credential.hint("x".repeat(100))).hasSize(64);
        assertThat(Rfc9421Credential.hint("")).isEmpty();
    }

    @Test
    void settings_refuse_what_cannot_be_asked_for() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rfc9421Fixture.settings(List.of(), "t\u00e4g", false))
                .withMessageContaining("tag");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rfc9421Settings(
                        "orders",
                        Duration.ofMinutes(5),
                        List.of(Component.METHOD),
                        Optional.empty(),
                        ReplayPolicy.REFUSE,
                        false,
                        Set.of(),
                        false))
                .withMessageContaining("algorithms");
        assertThat(Rfc9421Settings.publicKeyAlgorithms(Set.of(SignatureAlgorithm.values())))
                .hasSize(5);
    }
}
