package dev.countersign.scheme.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.AuthenticationScheme;
import dev.countersign.ChallengeTemplate;
import dev.countersign.Claim;
import dev.countersign.Exchange;
import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.RejectionReason;
import dev.countersign.StoreUnavailableException;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import dev.countersign.scheme.AuthenticationSchemeContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeySchemeTest implements AuthenticationSchemeContract {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final ApiKeys KEYS = ApiKeys.withPrefix("sk_live_");
    private static final ApiKeys.IssuedKey GOOD = KEYS.issue("good");
    private static final ApiKeys.IssuedKey UNKNOWN = KEYS.issue("unknown");
    private static final ApiKeys.IssuedKey REVOKED = KEYS.issue("revoked");
    private static final ApiKeys.IssuedKey EXPIRED = KEYS.issue("expired");
    private static final ApiKeys.IssuedKey LASTING = KEYS.issue("lasting");
    private static final ApiKeys.IssuedKey LOCAL = KEYS.issue("local");
    private static final ApiKeys.IssuedKey GRANTED = KEYS.issue("granted");
    private static final String IMPORTED = "legacy*%' OR 1=1".replace(' ', '_');

    private static final ApiKeyStore STORE = ApiKeyFile.parse(String.join(
            "\n",
            "key.good.sha256=" + GOOD.record().digest().hex(),
            "key.revoked.sha256=" + REVOKED.record().digest().hex(),
            "key.revoked.status=revoked",
            "key.revoked.expires=2020-01-01T00:00:00Z",
            "key.expired.sha256=" + EXPIRED.record().digest().hex(),
            "key.expired.expires=" + NOW,
            "key.lasting.sha256=" + LASTING.record().digest().hex(),
            "key.lasting.expires=" + NOW.plusNanos(1),
            "key.lasting.status=rotating",
            "key.local.sha256=" + LOCAL.record().digest().hex(),
            "key.local.cidrs=198.51.100.0/24, 2001:db8::/32",
            "key.granted.sha256=" + GRANTED.record().digest().hex(),
            "key.granted.owner=acme",
            "key.granted.scopes=orders:read orders:write",
            "key.granted.roles=",
            "key.imported.sha256=" + ApiKeyDigest.of(IMPORTED).hex()));

    private final AuthenticationScheme scheme = scheme(settings(false));
    private final AuthenticationScheme bearer = scheme(settings(true));

    @Override
    public AuthenticationScheme scheme() {
        return scheme;
    }

    @Override
    public TestExchange right() {
        return header(GOOD.key());
    }

    @Override
    public TestExchange wrong() {
        return header(UNKNOWN.key());
    }

    @Override
    public TestExchange malformed() {
        return header("two words");
    }

    @Override
    public List<String> secrets() {
        return List.of(
                GOOD.key().substring(15),
                UNKNOWN.key().substring(15),
                GOOD.record().digest().hex(),
                "two words");
    }

    @Test
    void gives_the_identity_of_a_key_without_owner() {
        assertThat(identity(right()))
                .isEqualTo(Identity.of("api-key", "good", IdentityKind.KEY)
                        .claims(java.util.Map.of("key_id", "good"))
                        .hint(GOOD.key().substring(0, "sk_live_".length() + 6))
                        .build());
    }

    @Test
    void gives_owner_scopes_and_roles_of_the_record() {
        Identity identity = identity(header(GRANTED.key()));
        assertThat(identity.subject()).isEqualTo("acme");
        assertThat(identity.displayName()).isEqualTo("granted");
        assertThat(identity.scopes()).contains(Set.of("orders:read", "orders:write"));
        assertThat(identity.roles()).contains(Set.of());
    }

    @Test
    void accepts_a_key_behind_ApiKey_in_Authorization() {
        assertThat(identity(authorization("ApiKey " + GOOD.key())).subject()).isEqualTo("good");
        assertThat(identity(authorization("aPIKEY  " + GOOD.key())).subject()).isEqualTo("good");
    }

    @Test
    void accepts_a_bearer_key_only_where_that_is_configured() {
        TestExchange exchange = authorization("Bearer " + GOOD.key());
        assertThat(verify(bearer, exchange)).isInstanceOf(Verification.Verified.class);
        assertRejected(scheme, exchange, RejectionReason.KEY_INVALID, "bearer_not_accepted");
    }

    @Test
    void claims_for_certain_what_has_its_prefix_and_possibly_other_keys() {
        assertThat(scheme.claim(right())).isInstanceOf(Claim.Presented.class);
        assertThat(scheme.claim(authorization("ApiKey " + GOOD.key()))).isInstanceOf(Claim.Presented.class);
        assertThat(scheme.claim(authorization("Bearer " + GOOD.key()))).isInstanceOf(Claim.Presented.class);
        assertThat(scheme.claim(header("pk_live_x"))).isInstanceOf(Claim.Possible.class);
        assertThat(scheme.claim(authorization("ApiKey pk_live_x"))).isInstanceOf(Claim.Possible.class);
        assertThat(scheme.claim(authorization("Bearer a.b.c"))).isEqualTo(Claim.absent());
        assertThat(bearer.claim(authorization("Bearer a.b.c"))).isInstanceOf(Claim.Possible.class);
        assertThat(scheme.claim(authorization("Basic c2tfbGl2ZV86eA=="))).isEqualTo(Claim.absent());
    }

    @Test
    void a_token_for_another_scheme_beside_a_key_does_not_hide_the_key() {
        for (AuthenticationScheme each : List.of(scheme, bearer)) {
            assertThat(verify(each, right().header("Authorization", "Bearer e30.e30.x")))
                    .isInstanceOf(Verification.Verified.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer a b", "Bearer a,b", "Bearer \u00e9", "Bearer\tabc"})
    void R5_a_malformed_bearer_value_is_a_bad_request_in_the_words_of_bearer(String value) {
        assertThat(scheme.claim(authorization(value))).isEqualTo(Claim.absent());
        for (TestExchange exchange : List.of(authorization(value), right().header("Authorization", value))) {
            assertRejected(bearer, exchange, RejectionReason.MALFORMED_CREDENTIALS, "not_a_token");
            assertThat(explained(bearer, exchange, RejectionReason.MALFORMED_CREDENTIALS))
                    .isEqualTo("Bearer invalid_request The Authorization header is malformed");
        }
    }

    @Test
    void R5_a_bearer_value_with_the_prefix_of_a_key_that_is_no_token68_is_a_bad_request() {
        assertRejected(
                bearer,
                authorization("Bearer " + GOOD.key() + " x"),
                RejectionReason.MALFORMED_CREDENTIALS,
                "not_a_token");
    }

    @Test
    void R9_two_carriers_of_keys_are_refused_whether_the_keys_differ_or_not() {
        for (AuthenticationScheme each : List.of(scheme, bearer)) {
            for (String token : List.of("ApiKey ", "Bearer ")) {
                for (String key : List.of(GOOD.key(), UNKNOWN.key())) {
                    assertMultiple(each, right().header("Authorization", token + key));
                }
            }
        }
        assertMultiple(scheme, right().header("Authorization", "ApiKey"));
        assertMultiple(scheme, header("").header("Authorization", "ApiKey " + GOOD.key()));
    }

    @Test
    void R9_KEY_08_two_key_headers_or_two_authorization_fields_are_refused() {
        assertMultiple(scheme, right().header("X-API-Key", GOOD.key()));
        assertMultiple(scheme, right().header("x-api-key", UNKNOWN.key()));
        assertMultiple(scheme, right().header("X-Api-Key", ""));
        TestExchange authorization = authorization("ApiKey " + GOOD.key());
        assertMultiple(scheme, authorization.header("Authorization", "ApiKey " + GOOD.key()));
        assertMultiple(scheme, authorization.header("authorization", "Basic dTpw"));
        assertThat(scheme.claim(authorization("Basic dTpw").header("Authorization", "Bearer a.b.c")))
                .isEqualTo(Claim.absent());
    }

    @Test
    void R10_an_unknown_key_is_invalid() {
        assertRejected(scheme, wrong(), RejectionReason.KEY_INVALID, "unknown");
        assertThat(explained(scheme, wrong(), RejectionReason.KEY_INVALID)).isEqualTo("ApiKey invalid_key");
    }

    @Test
    void R10_expired_and_revoked_keys_are_told_so() {
        assertRejected(scheme, header(EXPIRED.key()), RejectionReason.KEY_EXPIRED, "expired");
        assertRejected(scheme, header(REVOKED.key()), RejectionReason.KEY_REVOKED, "revoked");
        assertThat(explained(scheme, wrong(), RejectionReason.KEY_EXPIRED)).isEqualTo("ApiKey expired_key");
        assertThat(explained(scheme, wrong(), RejectionReason.KEY_REVOKED)).isEqualTo("ApiKey revoked_key");
    }

    @Test
    void R10_a_rotating_key_is_accepted_until_it_expires() {
        assertThat(identity(header(LASTING.key())).expiresAt()).contains(NOW.plusNanos(1));
    }

    @Test
    void R10_expiry_and_revocation_are_not_told_of_a_key_that_is_nearly_right() {
        for (ApiKeys.IssuedKey key : List.of(EXPIRED, REVOKED)) {
            String changed = KeyFormat.format("sk_live_", new byte[32]);
            assertRejected(scheme, header(changed), RejectionReason.KEY_INVALID, "unknown");
            String cut = key.key().substring(0, key.key().length() - 1);
            assertRejected(scheme, header(cut), RejectionReason.KEY_INVALID, "checksum");
        }
    }

    @Test
    void R10_a_bearer_key_fails_in_the_words_of_bearer() {
        TestExchange exchange = authorization("Bearer " + UNKNOWN.key());
        assertRejected(bearer, exchange, RejectionReason.KEY_INVALID, "unknown");
        for (RejectionReason reason :
                List.of(RejectionReason.KEY_INVALID, RejectionReason.KEY_EXPIRED, RejectionReason.KEY_REVOKED)) {
            assertThat(explained(bearer, exchange, reason)).isEqualTo("Bearer invalid_token");
        }
        assertThat(explained(scheme, exchange, RejectionReason.KEY_INVALID)).isEqualTo("ApiKey invalid_key");
        assertThat(bearer.challengeTemplate(claimed(bearer, right())).scheme()).isEqualTo("ApiKey");
    }

    @Test
    void R1_asks_for_a_key_in_its_header() {
        ChallengeTemplate template = scheme.challengeTemplate();
        assertThat(template.scheme()).isEqualTo("ApiKey");
        assertThat(template.realm()).isEqualTo("orders");
        assertThat(template.parameters())
                .extracting(parameter -> parameter.name() + "=" + parameter.value())
                .containsExactly("in=header", "name=X-API-Key");
        assertThat(template.showsScope()).isFalse();
    }

    @Test
    void R9_tells_of_several_keys_in_the_words_of_each_carrier() {
        String text = "invalid_request Multiple methods used to include credentials";
        assertThat(explained(scheme, right(), RejectionReason.MULTIPLE_CREDENTIALS))
                .isEqualTo("ApiKey " + text);
        assertThat(explained(bearer, authorization("Bearer x"), RejectionReason.MULTIPLE_CREDENTIALS))
                .isEqualTo("Bearer " + text);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, false",
        "198.51.100.77, true",
        "198.51.101.1, false",
        "2001:db8:1::1, true",
        "2001:db9::1, false",
        "::ffff:198.51.100.77, true"
    })
    void R11_a_key_with_addresses_is_accepted_from_these_alone(String client, boolean accepted) {
        TestExchange exchange = header(LOCAL.key()).client(client);
        if (accepted) {
            assertThat(verified(exchange)).isInstanceOf(Verification.Verified.class);
        } else {
            assertRejected(scheme, exchange, RejectionReason.IP_NOT_ALLOWED, "cidr");
        }
    }

    @Test
    void R11_judges_the_address_of_the_client_not_of_the_proxy() {
        assertRejected(
                scheme,
                header(LOCAL.key()).from("198.51.100.1").client("192.0.2.1"),
                RejectionReason.IP_NOT_ALLOWED,
                "cidr");
    }

    @Test
    void R38_a_store_that_cannot_tell_is_neither_unknown_nor_absent() {
        AuthenticationScheme broken = new ApiKeyScheme(
                "api-key",
                settings(false),
                digest -> {
                    throw StoreUnavailableException.outage("down");
                },
                () -> NOW);
        assertThatThrownBy(() -> verify(broken, right())).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void KEY_01_looks_up_the_digest_alone_and_only_of_keys_with_a_right_check() {
        List<ApiKeyDigest> asked = new ArrayList<>();
        AuthenticationScheme watched = new ApiKeyScheme(
                "api-key",
                settings(false),
                digest -> {
                    asked.add(digest);
                    return Optional.empty();
                },
                () -> NOW);
        String key = GOOD.key();
        for (int right = 0; right < key.length(); right++) {
            char other = key.charAt(right) == 'x' ? 'y' : 'x';
            verify(watched, header(key.substring(0, right) + other + key.substring(right + 1)));
        }
        assertThat(asked).isEmpty();
        verify(watched, right());
        assertThat(asked).containsExactly(ApiKeyDigest.of(key));
    }

    @Test
    void KEY_01_digests_of_neighbouring_keys_have_nothing_in_common() {
        ApiKeyDigest digest = ApiKeyDigest.of(GOOD.key());
        int bits = 0;
        for (int i = 0; i < 256; i++) {
            ApiKeyDigest near = ApiKeyDigest.of(GOOD.key() + (char) ('!' + i % 90) + i);
            bits += Long.bitCount(near.first() ^ digest.first()) + Long.bitCount(near.fourth() ^ digest.fourth());
        }
        // 16384 expected of 32768, a standard deviation of about 90.
        assertThat(bits).isBetween(15_700, 17_100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "undefined", "none", "0", "[object Object]", "sk_live_", "sk_live_null"})
    void KEY_03_nothing_that_stands_for_no_key_gets_in(String value) {
        AuthenticationScheme open =
                scheme(new ApiKeySettings("orders", "X-API-Key", false, List.of(), false, 32, 8192));
        for (AuthenticationScheme each : List.of(scheme, bearer, open)) {
            for (TestExchange exchange : List.of(header(value), authorization("ApiKey " + value))) {
                assertRefused(each, exchange);
            }
        }
    }

    @Test
    void KEY_05_a_key_is_refused_as_soon_as_its_record_is_revoked_or_its_file_without_it() {
        ApiKeyStore[] current = {STORE};
        AuthenticationScheme reloading =
                new ApiKeyScheme("api-key", settings(false), digest -> current[0].find(digest), () -> NOW);
        assertThat(verify(reloading, right())).isInstanceOf(Verification.Verified.class);
        current[0] =
                ApiKeyFile.parse("key.good.sha256=" + GOOD.record().digest().hex() + "\nkey.good.status=revoked");
        assertRejected(reloading, right(), RejectionReason.KEY_REVOKED, "revoked");
        current[0] = ApiKeyFile.parse("");
        assertRejected(reloading, right(), RejectionReason.KEY_INVALID, "unknown");
    }

    @Test
    void KEY_05_a_key_has_the_scopes_of_its_record_of_now_and_of_no_other_key() {
        ApiKeyStore[] current = {STORE};
        AuthenticationScheme reloading =
                new ApiKeyScheme("api-key", settings(false), digest -> current[0].find(digest), () -> NOW);
        Exchange granted = header(GRANTED.key());
        assertThat(identity(reloading, granted).scopes()).contains(Set.of("orders:read", "orders:write"));
        assertThat(identity(reloading, granted)).isSameAs(identity(reloading, granted));
        assertThat(identity(reloading, right()).scopes()).isEmpty();
        current[0] = ApiKeyFile.parse(
                "key.granted.sha256=" + GRANTED.record().digest().hex() + "\nkey.granted.scopes=orders:read");
        assertThat(identity(reloading, granted).scopes()).contains(Set.of("orders:read"));
        assertThat(identity(reloading, granted).subject()).isEqualTo("granted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'_OR_1=1", "*", "%", "_", "legacy%", "legacy*", "legacy*%'_OR_1=1_", "LEGACY*%'_OR_1=1"})
    void KEY_07_wildcards_and_injections_match_nothing(String value) {
        AuthenticationScheme open =
                scheme(new ApiKeySettings("orders", "X-API-Key", false, List.of(), false, 32, 8192));
        assertThat(verify(open, header(IMPORTED))).isInstanceOf(Verification.Verified.class);
        assertRejected(open, header(value), RejectionReason.KEY_INVALID, "unknown");
        assertRejected(scheme, header(value), RejectionReason.KEY_INVALID, "prefix");
    }

    @Test
    void KEY_07_a_store_that_answers_with_another_key_has_answered_with_none() {
        AuthenticationScheme sloppy =
                new ApiKeyScheme("api-key", settings(false), digest -> Optional.of(GOOD.record()), () -> NOW);
        assertThat(verify(sloppy, right())).isInstanceOf(Verification.Verified.class);
        assertRejected(sloppy, wrong(), RejectionReason.KEY_INVALID, "unknown");
    }

    @Test
    void KEY_09_white_space_case_and_other_spellings_are_refused() {
        String key = GOOD.key();
        List<String> spellings = List.of(
                " " + key,
                key + " ",
                "\t" + key,
                key + "\t",
                key + "\u00a0",
                key + "\u0000",
                key + "\r\n",
                "\ufeff" + key,
                key.toUpperCase(Locale.ROOT),
                "SK_LIVE_" + key.substring(8),
                key.replace('s', '\uff53'),
                key.replace('k', '\u212a'),
                key.replace('_', '\uff3f'),
                "\"" + key + "\"",
                key + "," + key,
                key + "=",
                "ApiKey " + key);
        for (String spelling : spellings) {
            assertRefused(scheme, header(spelling));
            assertRefused(bearer, header(spelling));
        }
        for (String spelling : spellings.subList(4, spellings.size())) {
            assertRefused(scheme, authorization("ApiKey " + spelling));
            assertRefused(bearer, authorization("Bearer " + spelling));
        }
    }

    @Test
    void refuses_a_key_that_is_too_long_without_looking_at_it() {
        String longest = "sk_live_" + "a".repeat(8192 - 8);
        assertThat(scheme.claim(header(longest + "a")))
                .isEqualTo(new Claim.Malformed(RejectionReason.KEY_INVALID, "too_long"));
        assertThat(claimed(bearer, authorization("Bearer " + longest + "a")).form())
                .isEqualTo(ApiKeyCredential.Form.MALFORMED_BEARER);
        assertRejected(scheme, header(longest), RejectionReason.KEY_INVALID, "checksum");
        assertRejected(bearer, authorization("Bearer " + longest), RejectionReason.KEY_INVALID, "checksum");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk_live_ x", "sk_live_\u007f", "sk_live_\u00e9", "\u0080", "sk_live_\u0000", "\u001f"})
    void KEY_09_a_value_with_other_than_visible_characters_is_no_key(String value) {
        assertThat(scheme.claim(header(value)))
                .isEqualTo(new Claim.Malformed(RejectionReason.KEY_INVALID, "characters"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"!imported", "~imported", "imported~"})
    void every_visible_character_may_stand_in_an_imported_key(String value) {
        AuthenticationScheme open = new ApiKeyScheme(
                "api-key",
                new ApiKeySettings("orders", "X-API-Key", false, List.of(), false, 32, 8192),
                digest -> Optional.of(ApiKeyRecord.of("imported", ApiKeyDigest.of(value))),
                () -> NOW);
        assertThat(verify(open, header(value))).isInstanceOf(Verification.Verified.class);
        assertThat(open.shapes()).containsExactly("keys without a prefix");
    }

    @Test
    void KEY_03_says_of_an_empty_key_header_that_it_is_empty() {
        assertThat(scheme.claim(header(""))).isEqualTo(new Claim.Malformed(RejectionReason.KEY_INVALID, "empty"));
    }

    @Test
    void AUD_03_hints_at_a_value_without_a_known_prefix_by_no_part_of_it() {
        assertThat(claimed(scheme, header("pk_live_x")).hint()).isEqualTo("key");
        assertThat(claimed(scheme, right()).toString())
                .contains("sk_live_")
                .doesNotContain(GOOD.key().substring(15));
    }

    @Test
    void admits_imported_keys_of_other_shapes_where_there_is_no_checksum() {
        AuthenticationScheme prefixed =
                scheme(new ApiKeySettings("orders", "X-API-Key", false, List.of("legacy"), false, 32, 8192));
        assertThat(verify(prefixed, header(IMPORTED))).isInstanceOf(Verification.Verified.class);
        assertThat(claimed(prefixed, header(IMPORTED)).hint()).isEqualTo("legacy");
        assertRejected(prefixed, header(GOOD.key()), RejectionReason.KEY_INVALID, "prefix");
    }

    @Test
    void accepts_keys_of_the_configured_number_of_bytes_alone() {
        ApiKeys.IssuedKey longer = KEYS.bytes(48).issue("longer");
        AuthenticationScheme strict = new ApiKeyScheme(
                "api-key",
                new ApiKeySettings("orders", "X-API-Key", false, List.of("sk_live_"), true, 48, 8192),
                digest -> Optional.of(longer.record()),
                () -> NOW);
        assertThat(verify(strict, header(longer.key()))).isInstanceOf(Verification.Verified.class);
        assertRejected(strict, right(), RejectionReason.KEY_INVALID, "checksum");
    }

    @Test
    void names_its_carriers_and_prefixes() {
        assertThat(scheme.carriers()).containsExactlyInAnyOrder("x-api-key", "authorization");
        assertThat(scheme.prefixes()).containsExactly("sk_live_");
        assertThat(scheme.shapes()).isEmpty();
        assertThat(scheme.toString()).contains("api-key", "X-API-Key");
        assertThat(claimed(scheme, right()).carrier()).isEqualTo("x-api-key");
        assertThat(claimed(bearer, authorization("Bearer " + GOOD.key())).carrier())
                .isEqualTo("authorization");
        assertThat(scheme.ambient()).isFalse();
        assertThat(scheme.carriesScopes()).isTrue();
    }

    private static ApiKeySettings settings(boolean bearer) {
        return new ApiKeySettings("orders", "X-API-Key", bearer, List.of("sk_live_"), true, 32, 8192);
    }

    private static AuthenticationScheme scheme(ApiKeySettings settings) {
        return new ApiKeyScheme("api-key", settings, STORE, () -> NOW);
    }

    private static TestExchange header(String value) {
        return TestExchange.get("/orders").header("X-API-Key", value);
    }

    private static TestExchange authorization(String value) {
        return TestExchange.get("/orders").header("Authorization", value);
    }

    private static ApiKeyCredential claimed(AuthenticationScheme scheme, Exchange exchange) {
        Claim claim = scheme.claim(exchange);
        if (claim instanceof Claim.Presented presented) {
            return (ApiKeyCredential) presented.credential();
        }
        return (ApiKeyCredential) ((Claim.Possible) claim).credential();
    }

    private static Verification verify(AuthenticationScheme scheme, Exchange exchange) {
        return scheme.verify(claimed(scheme, exchange), exchange);
    }

    private static Identity identity(AuthenticationScheme scheme, Exchange exchange) {
        return ((Verification.Verified) verify(scheme, exchange)).identity();
    }

    private static void assertRejected(
            AuthenticationScheme scheme, Exchange exchange, RejectionReason reason, String detail) {
        assertThat(verify(scheme, exchange)).isEqualTo(new Verification.Rejected(reason, detail));
    }

    /** Claimed, and then malformed or rejected with 400 or 401: never absent, never let in. */
    private static void assertRefused(AuthenticationScheme scheme, Exchange exchange) {
        Claim claim = scheme.claim(exchange);
        if (claim instanceof Claim.Malformed malformed) {
            assertThat(malformed.reason()).isEqualTo(RejectionReason.KEY_INVALID);
        } else {
            assertThat(verify(scheme, exchange)).isInstanceOf(Verification.Rejected.class);
        }
    }

    private static void assertMultiple(AuthenticationScheme scheme, Exchange exchange) {
        assertThat(scheme.claim(exchange))
                .isInstanceOfSatisfying(
                        Claim.Malformed.class,
                        malformed -> assertThat(malformed.reason()).isEqualTo(RejectionReason.MULTIPLE_CREDENTIALS));
    }

    /** Token, error and description of the challenge after a failure. */
    private static String explained(AuthenticationScheme scheme, Exchange exchange, RejectionReason reason) {
        ChallengeTemplate template = scheme.challengeTemplate(claimed(scheme, exchange));
        ChallengeTemplate.Explanation explanation =
                template.explains().apply(reason).orElseThrow();
        return template.scheme()
                + " "
                + explanation.error()
                + explanation.description().map(text -> " " + text).orElse("");
    }
}
