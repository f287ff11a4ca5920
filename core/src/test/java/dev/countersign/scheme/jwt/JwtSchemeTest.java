package dev.countersign.scheme.jwt;

import static dev.countersign.scheme.jwt.JwtFixture.NOW;
import static dev.countersign.scheme.jwt.JwtFixture.bearer;
import static dev.countersign.scheme.jwt.JwtFixture.claims;
import static dev.countersign.scheme.jwt.JwtFixture.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.AuthenticationScheme;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.RejectionReason;
import dev.countersign.StoreUnavailableException;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import dev.countersign.WorkLimit;
import dev.countersign.jose.JwsAlgorithm;
import dev.countersign.jose.KeySet;
import dev.countersign.jose.TestKeys;
import dev.countersign.scheme.AuthenticationSchemeContract;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JwtSchemeTest implements AuthenticationSchemeContract {
    private static final String RIGHT = token(claims("\"scope\":\"orders:read orders:write\""));
    private static final String WRONG =
            TestKeys.sign(JwsAlgorithm.ES256, JwtFixture.OTHER_PAIR.getPrivate(), JwtFixture.HEADER, claims(""));

    private final JwtFixture jwt = new JwtFixture();

    @Override
    public AuthenticationScheme scheme() {
        return jwt.scheme;
    }

    @Override
    public TestExchange right() {
        return bearer(RIGHT);
    }

    @Override
    public TestExchange wrong() {
        return bearer(WRONG);
    }

    @Override
    public TestExchange malformed() {
        return bearer("not a token");
    }

    @Override
    public List<String> secrets() {
        return List.of(RIGHT, RIGHT.substring(RIGHT.lastIndexOf('.') + 1), WRONG.substring(WRONG.lastIndexOf('.') + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer", "Bearer ", "Bearer a b", "Bearer a,b", "Bearer \"a\"", "Bearer\ta.b.c", "bearer é"})
    void R5_says_malformed_of_a_Bearer_field_without_one_token68(String field) {
        Claim claim = jwt.scheme.claim(TestExchange.get("/").header("Authorization", field));
        assertThat(claim)
                .isInstanceOfSatisfying(
                        Claim.Malformed.class,
                        malformed -> assertThat(malformed.reason()).isEqualTo(RejectionReason.MALFORMED_CREDENTIALS));
    }

    @Test
    void R5_says_malformed_of_a_credential_that_is_too_long() {
        Claim claim = jwt.scheme.claim(bearer("a.".repeat(5000)));
        assertThat(claim).isEqualTo(new Claim.Malformed(RejectionReason.MALFORMED_CREDENTIALS, "too_long"));
    }

    @Test
    void presents_a_token_of_its_issuer_and_holds_every_other_value_possible() {
        assertThat(jwt.scheme.claim(bearer(RIGHT))).isInstanceOf(Claim.Presented.class);
        assertThat(jwt.scheme.claim(bearer(WRONG))).isInstanceOf(Claim.Presented.class);
        for (String other : List.of("opaque", "a.b", "a.b.c", "e30.e30.", token("{\"iss\":\"https://other\"}"))) {
            assertThat(jwt.scheme.claim(bearer(other))).isInstanceOf(Claim.Possible.class);
            assertThat(jwt.verify(other))
                    .isInstanceOfSatisfying(
                            Verification.Rejected.class,
                            rejected -> assertThat(rejected.reason()).isEqualTo(RejectionReason.TOKEN_INVALID));
        }
    }

    @Test
    void R6_tells_that_a_token_expired_only_if_all_else_is_right() {
        Instant later = NOW.plusSeconds(3600);
        jwt.at(later);
        assertThat(jwt.verify(RIGHT)).isEqualTo(new Verification.Rejected(RejectionReason.TOKEN_EXPIRED, "expired"));
        assertThat(jwt.outcome(WRONG)).isEqualTo("signature");
        assertThat(jwt.outcomeOf(claims("\"cnf\":{}"))).isEqualTo("bound");
    }

    @Test
    void remembers_a_verified_token_and_never_beyond_its_expiry() {
        Verification first = jwt.verify(RIGHT);
        assertThat(jwt.verify(RIGHT)).isSameAs(first);
        jwt.at(NOW.plusSeconds(600 + 29));
        assertThat(jwt.verify(RIGHT)).isSameAs(first);
        jwt.at(NOW.plusSeconds(600 + 30));
        assertThat(jwt.outcome(RIGHT)).isEqualTo("expired");
        assertThat(jwt.outcome(RIGHT)).isEqualTo("expired");
    }

    @Test
    void forgets_a_token_that_expired() {
        Verification first = jwt.verify(RIGHT);
        jwt.at(NOW.plusSeconds(3600));
        assertThat(jwt.outcome(RIGHT)).isEqualTo("expired");
        jwt.at(NOW);
        assertThat(jwt.verify(RIGHT)).isEqualTo(first).isNotSameAs(first);
    }

    @Test
    void JWT_19_refuses_a_verified_token_before_its_start_when_the_clock_is_set_back() {
        String token = token(claims("\"nbf\":" + NOW.getEpochSecond()));
        Verification first = jwt.verify(token);
        jwt.at(NOW.minusSeconds(30));
        assertThat(jwt.verify(token)).isSameAs(first);
        jwt.at(NOW.minusSeconds(30).minusNanos(1));
        assertThat(jwt.outcome(token)).isEqualTo("not_before");
    }

    @Test
    void forgets_what_other_keys_verified() {
        assertThat(jwt.outcome(RIGHT)).isEqualTo("verified");
        jwt.keySet(JwtFixture.keys(JwtFixture.OTHER_PAIR));
        assertThat(jwt.outcome(RIGHT)).isEqualTo("signature");
        jwt.keySet(JwtFixture.keys(JwtFixture.PAIR));
        assertThat(jwt.outcome(RIGHT)).isEqualTo("verified");
    }

    @Test
    void CHAIN_18_shares_no_verified_token_with_another_instance() {
        JwtFixture other = new JwtFixture(settings -> settings.type(TokenType.ACCESS_TOKEN));
        assertThat(jwt.outcome(RIGHT)).isEqualTo("verified");
        assertThat(other.outcome(RIGHT)).isEqualTo("type");
    }

    @Test
    void JWT_24_refuses_a_revoked_token_and_every_older_one_of_a_revoked_subject() {
        assertThat(jwt.outcome(RIGHT)).isEqualTo("verified");
        jwt.blocklist.revokeToken(JwtFixture.ISSUER, "t1", Duration.ofHours(1));
        assertThat(jwt.outcome(RIGHT)).isEqualTo("revoked");
        assertThat(jwt.outcomeOf(claims("\"x\":1"))).isEqualTo("revoked");

        JwtFixture subject = new JwtFixture();
        assertThat(subject.outcome(RIGHT)).isEqualTo("verified");
        subject.blocklist.revokeSubject("https://other", "alice", NOW.plusSeconds(9), Duration.ofHours(1));
        assertThat(subject.outcome(RIGHT)).isEqualTo("verified");
        subject.blocklist.revokeSubject(JwtFixture.ISSUER, "alice", NOW, Duration.ofHours(1));
        assertThat(subject.outcome(RIGHT)).isEqualTo("verified");
        subject.blocklist.revokeSubject(JwtFixture.ISSUER, "alice", NOW.plusMillis(1), Duration.ofHours(1));
        assertThat(subject.outcome(RIGHT)).isEqualTo("revoked");
        String undated = JwtFixture.timeless("\"exp\":" + NOW.plusSeconds(60).getEpochSecond());
        assertThat(subject.outcomeOf(undated)).isEqualTo("revoked");
        assertThat(new JwtFixture(settings -> settings.blocklist(false)).outcome(RIGHT))
                .isEqualTo("verified");
    }

    @Test
    void R38_cannot_judge_an_unseen_token_while_verification_is_full() {
        WorkLimit busy = new WorkLimit("token verification", 1, 0);
        JwtFixture full = new JwtFixture(settings -> settings, busy);
        assertThat(full.outcome(RIGHT)).isEqualTo("verified");
        String unseen = token(claims("\"n\":1"));
        busy.run(() -> {
            assertThat(full.outcome(RIGHT)).isEqualTo("verified");
            assertThat(full.outcome(token("{\"iss\":\"https://other\"}"))).isEqualTo("issuer");
            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> full.verify(unseen));
            return true;
        });
        assertThat(full.outcome(unseen)).isEqualTo("verified");
    }

    @Test
    void makes_an_identity_of_the_claims() {
        Identity identity = jwt.identity(token(claims("\"scope\":\"a b\",\"name\":\"Alice A.\",\"acr\":\"gold\","
                + "\"amr\":[\"pwd\",\"otp\"],\"auth_time\":1767870000,\"x\":{\"y\":[1,null,{\"z\":null}],\"n\":null},"
                + "\"roles\":[\"admin\"],\"client_id\":\"app\"")));
        assertThat(identity.subject()).isEqualTo("alice");
        assertThat(identity.displayName()).isEqualTo("Alice A.");
        assertThat(identity.kind()).isEqualTo(IdentityKind.USER);
        assertThat(identity.scopes()).contains(Set.of("a", "b"));
        assertThat(identity.roles()).isEmpty();
        assertThat(identity.issuer()).contains(JwtFixture.ISSUER);
        assertThat(identity.tenant()).isEmpty();
        assertThat(identity.acr()).contains("gold");
        assertThat(identity.amr()).containsExactly("pwd", "otp");
        assertThat(identity.authTime()).contains(Instant.ofEpochSecond(1767870000));
        assertThat(identity.expiresAt()).contains(NOW.plusSeconds(600));
        assertThat(identity.hint()).isEqualTo("kid=k1,jti=t1");
        assertThat(identity.claims()).containsEntry("x", java.util.Map.of("y", List.of(1L, java.util.Map.of())));
    }

    @Test
    void AUD_03_hints_at_key_and_token_by_printable_ids_of_at_most_64_characters() {
        assertThat(hint("\"kid\":\"k1\"", claims(""))).isEqualTo("kid=k1,jti=t1");
        assertThat(hint("\"kid\":\"k1\"", claims("").replace(",\"jti\":\"t1\"", "")))
                .isEqualTo("kid=k1");
        assertThat(hint("\"typ\":\"JWT\"", claims(""))).isEqualTo("jti=t1");
        assertThat(hint("\"typ\":\"JWT\"", claims("").replace(",\"jti\":\"t1\"", "")))
                .isEqualTo("jwt");
        assertThat(hint("\"kid\":\"!~ ,\\u007F\\u001B\\r\\n\"", claims(""))).isEqualTo("kid=!~??????,jti=t1");
        assertThat(hint("\"kid\":\"" + "a".repeat(64) + "\"", claims("")))
                .isEqualTo("kid=" + "a".repeat(64) + ",jti=t1");
        assertThat(hint("\"kid\":\"" + "a".repeat(65) + "\"", claims("")))
                .isEqualTo("kid=" + "a".repeat(64) + ",jti=t1");
        assertThat(jwt.credential("opaque").hint()).isEqualTo("jwt");
    }

    private String hint(String header, String payload) {
        return jwt.credential(TestKeys.sign(
                        JwsAlgorithm.ES256,
                        JwtFixture.PAIR.getPrivate(),
                        "{\"alg\":\"ES256\"," + header + "}",
                        payload))
                .hint();
    }

    @Test
    void AUD_03_hints_at_a_remembered_token_as_at_a_new_one() {
        Credential unseen = jwt.credential(RIGHT);
        jwt.verify(RIGHT);
        for (Credential credential : List.of(unseen, jwt.credential(RIGHT))) {
            assertThat(credential.hint()).isEqualTo("kid=k1,jti=t1");
            assertThat(credential.toString()).contains("kid=k1,jti=t1");
            assertThat(credential.carrier()).isEqualTo("authorization");
        }
    }

    @Test
    void claims_the_shape_of_its_issuers_tokens_alone() {
        assertThat(jwt.scheme.shapes()).singleElement().asString().contains(JwtFixture.ISSUER);
    }

    @Test
    void R5_R6_R7_R9_R12_explain_themselves_in_the_words_of_RFC_6750() {
        assertThat(explained(RejectionReason.MALFORMED_CREDENTIALS))
                .isEqualTo("invalid_request: The Authorization header is malformed");
        assertThat(explained(RejectionReason.TOKEN_EXPIRED)).isEqualTo("invalid_token: The access token expired");
        assertThat(explained(RejectionReason.TOKEN_INVALID)).isEqualTo("invalid_token: The access token is invalid");
        assertThat(explained(RejectionReason.MULTIPLE_CREDENTIALS))
                .isEqualTo("invalid_request: Multiple methods used to include credentials");
        assertThat(explained(RejectionReason.INSUFFICIENT_SCOPE))
                .isEqualTo("insufficient_scope: The request requires higher privileges than provided by the access"
                        + " token");
        assertThat(explained(RejectionReason.CREDENTIALS_REQUIRED)).isEmpty();
    }

    private String explained(RejectionReason reason) {
        return jwt.scheme
                .challengeTemplate()
                .explains()
                .apply(reason)
                .map(explanation ->
                        explanation.error() + ": " + explanation.description().orElse(""))
                .orElse("");
    }

    @Test
    void holds_a_token_whose_subject_is_its_client_for_a_client() {
        for (String claim : List.of("client_id", "azp")) {
            assertThat(jwt.identity(token(claims("\"" + claim + "\":\"alice\"")))
                            .kind())
                    .isEqualTo(IdentityKind.CLIENT);
        }
    }

    @Test
    void R12_reads_scopes_from_a_string_an_array_or_scp_and_takes_part_without_any() {
        assertThat(jwt.identity(token(claims(""))).scopes()).contains(Set.of());
        assertThat(jwt.identity(token(claims("\"scope\":[\"a\",\"b c\"]"))).scopes())
                .contains(Set.of("a", "b c"));
        assertThat(jwt.identity(token(claims("\"scp\":\"a b\""))).scopes()).contains(Set.of("a", "b"));
        // The first of the claims counts, so that two of them together never grant more.
        assertThat(jwt.identity(token(claims("\"scope\":\"a\",\"scp\":[\"b\"]")))
                        .scopes())
                .contains(Set.of("a"));
        for (String scope : List.of("7", "{}", "true", "null", "[1]", "[null]")) {
            assertThat(jwt.outcomeOf(claims("\"scope\":" + scope))).isEqualTo("scope");
        }
    }

    @Test
    void JWT_30_takes_roles_from_the_configured_claim_alone() {
        String claims = claims("\"roles\":[\"admin\"],\"groups\":\"ops dev\",\"is_admin\":true");
        assertThat(jwt.identity(token(claims)).roles()).isEmpty();
        JwtFixture roles = new JwtFixture(settings -> settings.rolesClaim("roles"));
        assertThat(roles.identity(token(claims)).roles()).contains(Set.of("admin"));
        JwtFixture groups = new JwtFixture(settings -> settings.rolesClaim("groups"));
        assertThat(groups.identity(token(claims)).roles()).contains(Set.of("ops", "dev"));
        assertThat(groups.identity(token(claims(""))).roles()).contains(Set.of());
        assertThat(new JwtFixture(settings -> settings.rolesClaim("is_admin")).outcomeOf(claims))
                .isEqualTo("roles");
    }

    @Test
    void takes_tenant_and_principal_from_the_configured_claims() {
        JwtFixture tenants =
                new JwtFixture(settings -> settings.tenantClaim("org").principalClaim("email"));
        Identity identity = tenants.identity(token(claims("\"org\":\"acme\",\"email\":\"a@example.com\"")));
        assertThat(identity.tenant()).contains("acme");
        assertThat(identity.subject()).isEqualTo("a@example.com");
        assertThat(tenants.outcomeOf(claims("\"email\":\"a\""))).isEqualTo("tenant");
        assertThat(tenants.outcomeOf(claims("\"email\":\"a\",\"org\":7"))).isEqualTo("tenant");
        assertThat(tenants.outcomeOf(claims("\"email\":\"a\",\"org\":\" \""))).isEqualTo("tenant");
        assertThat(tenants.outcomeOf(claims("\"org\":\"acme\""))).isEqualTo("subject");
        tenants.blocklist.revokeSubject(JwtFixture.ISSUER, "a@example.com", NOW.plusSeconds(1), Duration.ofHours(1));
        assertThat(tenants.outcomeOf(claims("\"org\":\"acme\",\"email\":\"a@example.com\"")))
                .isEqualTo("revoked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt"})
    void accepts_these_types_by_default(String type) {
        assertThat(jwt.outcome(typed(type))).isEqualTo("verified");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dpop+jwt", "logout+jwt", "secevent+jwt", "id+jwt", "application/jwt", "x", "at+jwt "})
    void JWT_10_refuses_other_types(String type) {
        assertThat(jwt.outcome(typed(type))).isEqualTo("type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt"})
    void JWT_10_refuses_a_token_that_says_it_wraps_another(String contentType) {
        String header = "{\"alg\":\"ES256\",\"kid\":\"k1\",\"cty\":\"" + contentType + "\"}";
        assertThat(jwt.outcome(TestKeys.sign(JwsAlgorithm.ES256, JwtFixture.PAIR.getPrivate(), header, claims(""))))
                .isEqualTo("type");
    }

    @Test
    void JWT_07_refuses_the_token_of_another_audience() {
        String elsewhere = claims("").replace("\"aud\":\"orders\"", "\"aud\":\"orders2\"");
        assertThat(jwt.outcomeOf(elsewhere)).isEqualTo("audience");
    }

    @Test
    void JWT_02_refuses_an_algorithm_that_the_keys_know_and_the_settings_do_not() {
        KeyPair wider = TestKeys.ec("secp384r1");
        jwt.keySet(KeySet.parse(
                List.of(TestKeys.jwks(TestKeys.jwk(wider.getPublic()))),
                EnumSet.of(JwsAlgorithm.ES256, JwsAlgorithm.ES384)));
        assertThat(jwt.outcome(
                        TestKeys.sign(JwsAlgorithm.ES384, wider.getPrivate(), "{\"alg\":\"ES384\"}", claims(""))))
                .isEqualTo("algorithm");
    }

    @Test
    void JWT_10_asks_for_the_access_token_type_where_it_is_configured() {
        JwtFixture strict = new JwtFixture(settings -> settings.type(TokenType.ACCESS_TOKEN));
        assertThat(strict.outcome(typed("at+jwt"))).isEqualTo("verified");
        assertThat(strict.outcome(typed("application/at+jwt"))).isEqualTo("verified");
        assertThat(strict.outcome(typed("JWT"))).isEqualTo("type");
        assertThat(strict.outcome(typed(""))).isEqualTo("type");
    }

    private static String typed(String type) {
        String header = "{\"alg\":\"ES256\",\"kid\":\"k1\"" + (type.isEmpty() ? "" : ",\"typ\":\"" + type + "\"") + "}";
        return TestKeys.sign(JwsAlgorithm.ES256, JwtFixture.PAIR.getPrivate(), header, claims(""));
    }

    @Test
    void JWT_19_judges_expiry_and_start_with_the_skew_at_both_edges() {
        long now = NOW.getEpochSecond();
        assertThat(outcomeOfTimes("\"exp\":" + (now - 29))).isEqualTo("verified");
        // RFC 7519 section 4.1.4: on or after the expiry, the skew included, it is expired.
        assertThat(outcomeOfTimes("\"exp\":" + (now - 30))).isEqualTo("expired");
        assertThat(outcomeOfTimes("\"exp\":" + (now - 31) + ".5")).isEqualTo("expired");
        assertThat(outcomeOfTimes("\"exp\":" + (now - 30) + ".5")).isEqualTo("verified");
        assertThat(outcomeOfTimes("\"exp\":" + (now + 60) + ",\"nbf\":" + (now + 30)))
                .isEqualTo("verified");
        assertThat(outcomeOfTimes("\"exp\":" + (now + 60) + ",\"nbf\":" + (now + 31)))
                .isEqualTo("not_before");
        assertThat(outcomeOfTimes("\"exp\":" + (now + 60) + ",\"iat\":" + (now + 30)))
                .isEqualTo("verified");
        assertThat(outcomeOfTimes("\"exp\":" + (now + 60) + ",\"iat\":" + (now + 31)))
                .isEqualTo("issued_at");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"1\"", "null", "{}", "[]", "true", "-1", "1e400", "9223372036854775808", "1767870737000000"})
    void JWT_17_refuses_times_that_are_no_dates(String value) {
        String good = "\"exp\":" + (NOW.getEpochSecond() + 60);
        assertThat(outcomeOfTimes("\"exp\":" + value)).isIn("expiry", "json");
        assertThat(outcomeOfTimes(good + ",\"nbf\":" + value)).isIn("not_before", "json");
        assertThat(outcomeOfTimes(good + ",\"iat\":" + value)).isIn("issued_at", "json");
        JwtFixture lax = new JwtFixture(settings -> settings.requireExpiry(false));
        assertThat(lax.outcomeOf(JwtFixture.timeless("\"exp\":" + value))).isIn("expiry", "json");
    }

    @Test
    void JWT_18_asks_for_an_expiry_and_for_a_bounded_life_where_configured() {
        long now = NOW.getEpochSecond();
        assertThat(outcomeOfTimes("\"iat\":" + now)).isEqualTo("expiry");
        JwtFixture lax = new JwtFixture(settings -> settings.requireExpiry(false));
        assertThat(lax.outcomeOf(JwtFixture.timeless(""))).isEqualTo("verified");
        JwtFixture bounded =
                new JwtFixture(settings -> settings.requireExpiry(false).maxLifetime(Duration.ofHours(1)));
        assertThat(bounded.outcomeOf(JwtFixture.timeless(""))).isEqualTo("lifetime");
        assertThat(bounded.outcomeOf(JwtFixture.timeless("\"exp\":" + (now + 3600))))
                .isEqualTo("verified");
        assertThat(bounded.outcomeOf(JwtFixture.timeless("\"exp\":" + (now + 3601))))
                .isEqualTo("lifetime");
        String old = "\"iat\":" + (now - 3600) + ",\"exp\":" + (now + 1);
        assertThat(bounded.outcomeOf(JwtFixture.timeless(old))).isEqualTo("lifetime");
    }

    private String outcomeOfTimes(String times) {
        return jwt.outcomeOf(JwtFixture.timeless(times));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\" \"",
                "42",
                "null",
                "[]",
                "\"a\\u0000b\"",
                "\"a\\r\\n\"",
                "\"a\\u2028b\"",
                "\"a\\u2029b\""
            })
    void JWT_31_refuses_a_subject_that_names_nobody(String subject) {
        String claims = claims("").replace("\"sub\":\"alice\"", "\"sub\":" + subject);
        assertThat(jwt.outcomeOf(claims)).isEqualTo("subject");
        assertThat(jwt.outcomeOf(claims("").replace("\"sub\":\"alice\",", ""))).isEqualTo("subject");
    }

    @Test
    void JWT_31_refuses_an_unreadable_subject_also_where_another_claim_names_the_principal() {
        JwtFixture emails = new JwtFixture(settings -> settings.principalClaim("email"));
        String claims = claims("\"email\":\"a@example.com\"");
        assertThat(emails.outcomeOf(claims.replace("\"sub\":\"alice\"", "\"sub\":42")))
                .isEqualTo("subject");
        assertThat(emails.outcomeOf(claims.replace("\"sub\":\"alice\",", ""))).isEqualTo("verified");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "[\"t1\"]"})
    void JWT_24_refuses_a_token_whose_id_could_not_be_revoked(String id) {
        assertThat(jwt.outcomeOf(claims("").replace("\"jti\":\"t1\"", "\"jti\":" + id)))
                .isEqualTo("claims");
        assertThat(jwt.outcomeOf(claims("").replace(",\"jti\":\"t1\"", ""))).isEqualTo("verified");
    }

    @Test
    void JWT_24_refuses_the_tokens_of_a_revoked_subject_also_where_another_claim_names_the_principal() {
        JwtFixture emails = new JwtFixture(settings -> settings.principalClaim("email"));
        emails.blocklist.revokeSubject(JwtFixture.ISSUER, "alice", NOW.plusSeconds(1), Duration.ofHours(1));
        assertThat(emails.outcomeOf(claims("\"email\":\"a@example.com\""))).isEqualTo("revoked");
    }

    @Test
    void JWT_16_refuses_an_oversized_token_before_it_is_decoded() {
        assertThat(jwt.scheme.claim(bearer(".".repeat(1_000_000)))).isInstanceOf(Claim.Malformed.class);
        assertThat(jwt.outcome(".".repeat(8192))).isEqualTo("parts");
    }

    @Test
    void R9_says_so_of_two_fields() {
        TestExchange twice = right().header("Authorization", "Basic dTpw");
        assertThat(jwt.scheme.claim(twice))
                .isEqualTo(new Claim.Malformed(RejectionReason.MULTIPLE_CREDENTIALS, "repeated_field"));
    }
}
