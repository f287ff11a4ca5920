package dev.countersign.scheme.jwt;

import static dev.countersign.JsonVectors.number;
import static dev.countersign.JsonVectors.object;
import static dev.countersign.JsonVectors.objects;
import static dev.countersign.JsonVectors.text;
import static dev.countersign.JsonVectors.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.countersign.Caller;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.JsonVectors;
import dev.countersign.RejectionReason;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import dev.countersign.WorkLimit;
import dev.countersign.jose.JwsAlgorithm;
import dev.countersign.jose.KeySet;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.state.State;
import dev.countersign.token.Blocklist;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every token of {@code vectors/jose/attack-tokens.json}, through two instances as its configuration has them. */
final class AttackTokensTest {
    private static final Map<String, Object> FILE = JsonVectors.object("jose/attack-tokens.json");
    private static final Map<String, Object> CONFIG = object(FILE, "config");
    private static final Instant NOW = Instant.ofEpochSecond(number(CONFIG, "now"));
    private static final Set<JwsAlgorithm> ALGORITHMS = texts(CONFIG, "allowed_algorithms").stream()
            .map(name -> JwsAlgorithm.named(name).orElseThrow())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(JwsAlgorithm.class)));

    /** What the scope-* tokens may and may not do. */
    private static final Map<String, String> NOT_GRANTED = Map.of(
            "scope-missing", "read",
            "scope-substring", "read",
            "scope-comma", "read",
            "scope-case", "read",
            "scope-tab", "admin");

    static Stream<Arguments> tokens() {
        return objects(FILE, "tokens").stream().map(token -> Arguments.of(text(token, "id"), token));
    }

    @Test
    void reads_all_161_tokens() {
        assertThat(tokens()).hasSize(161);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void JWT_accepts_and_refuses_as_the_vectors_say(String id, Map<String, Object> vector) {
        judge(id, text(vector, "token"), text(vector, "expect"), vector);
    }

    @Test
    void JWT_04_takes_no_key_from_the_token() {
        refused("jwk-embedded", "jwk-embedded-known-kid", "x5c-garbage", "signed-by-stranger-known-kid");
    }

    @Test
    void JWT_05_asks_no_address_in_a_token() throws IOException {
        refused("jku", "jku-prefix-trick", "x5u", "kid-url");
        try (ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + listening.getLocalPort() + "/keys.json";
            for (String parameter : List.of("jku", "x5u", "kid")) {
                refusedMade("{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"" + parameter + "\":\"" + url + "\"}");
            }
            listening.setSoTimeout(200);
            assertThatThrownBy(listening::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void JWT_09_keeps_the_keys_of_two_issuers_apart() {
        refused("other-issuers-key", "other-issuers-key-kid-collision");
    }

    @Test
    void JWT_11_refuses_what_must_be_understood_and_is_not() {
        refused("crit-unknown", "crit-empty", "crit-absent-name", "crit-string", "crit-registered", "b64-false");
    }

    @Test
    void JWT_12_refuses_members_that_stand_twice() {
        refused("dup-alg", "dup-alg-2", "dup-sub", "dup-exp", "dup-escaped-sub");
    }

    @Test
    void JWT_13_refuses_deep_nesting() {
        refused("payload-deep", "header-deep");
        refusedMade("{\"alg\":\"RS256\",\"x\":" + "[".repeat(3000) + "]".repeat(3000) + "}");
    }

    @Test
    void JWT_14_refuses_what_says_that_it_is_compressed() {
        refused("zip-def-not-compressed", "zip-def-compressed", "zip-def-bomb", "zip-def-zlib-wrapped");
        refused("zip-gzip-compressed");
    }

    @Test
    void JWT_15_derives_no_key_from_a_password() {
        for (String algorithm : List.of("PBES2-HS256+A128KW", "PBES2-HS384+A192KW", "PBES2-HS512+A256KW", "dir")) {
            refusedMade("{\"alg\":\"" + algorithm + "\",\"enc\":\"A128GCM\",\"p2c\":2147483647,\"p2s\":\"AAAA\"}");
        }
    }

    @Test
    void JWT_21_refuses_claims_that_are_not_one_object_in_utf_8() {
        refused("payload-array", "payload-null", "payload-string", "payload-empty", "payload-trailing");
        refused("payload-comment", "payload-single-quotes", "payload-nan", "payload-bad-utf8", "payload-utf16");
    }

    @Test
    void JWT_23_refuses_a_token_bound_to_a_key_as_a_bearer_token() {
        refused("cnf-jkt-as-bearer", "cnf-x5t-no-cert", "cnf-unknown");
    }

    /** These vectors are refused, and nothing else about them is in doubt. */
    private static void refused(String... ids) {
        for (String id : ids) {
            Map<String, Object> vector = objects(FILE, "tokens").stream()
                    .filter(token -> text(token, "id").equals(id))
                    .findAny()
                    .orElseThrow();
            assertThat(text(vector, "expect")).as(id).isEqualTo("reject");
            judge(id, text(vector, "token"), "reject", vector);
        }
    }

    /** A token with this header is refused, as three parts and as the five of an encrypted one. */
    private static void refusedMade(String header) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String first = base64.encodeToString(header.getBytes(StandardCharsets.UTF_8));
        String claims = base64.encodeToString("{\"iss\":\"https://issuer.test/\",\"aud\":\"orders-api\",\"sub\":\"u\"}"
                .getBytes(StandardCharsets.UTF_8));
        judge(header, first + "." + claims + "." + "A".repeat(342), "reject", Map.of());
        judge(header, first + ".AAAA.AAAA.AAAA.AAAA", "reject", Map.of());
    }

    private static void judge(String id, String token, String expect, Map<String, Object> vector) {
        State state = State.inMemory(1000, InstantSource.fixed(NOW));
        revoke(vector, new Blocklist(state));
        List<JwtScheme> schemes = schemes(state);
        TestExchange exchange = TestExchange.get("/orders").header("Authorization", "Bearer " + token);

        // Twice: what was remembered of the first time must not change the answer.
        for (int i = 0; i < 2; i++) {
            judge(id, expect, schemes, exchange);
        }
    }

    private static void judge(String id, String expect, List<JwtScheme> schemes, TestExchange exchange) {
        List<Claim> claims =
                schemes.stream().map(scheme -> scheme.claim(exchange)).toList();
        assertThat(claims.stream().filter(Claim.Presented.class::isInstance).count())
                .isLessThanOrEqualTo(1);
        for (int i = 0; i < schemes.size(); i++) {
            if (claims.get(i) instanceof Claim.Presented presented) {
                judge(id, expect, schemes.get(i).verify(presented.credential(), exchange));
                return;
            }
        }
        for (int i = 0; i < schemes.size(); i++) {
            if (claims.get(i) instanceof Claim.Malformed malformed) {
                // R5: the field cannot be read, 400.
                assertThat(malformed.reason()).isEqualTo(RejectionReason.MALFORMED_CREDENTIALS);
                assertThat(expect).isIn("reject", "either");
            } else if (claims.get(i) instanceof Claim.Possible possible) {
                Credential credential = possible.credential();
                judge(id, expect, schemes.get(i).verify(credential, exchange));
            } else {
                fail("%s: a Bearer value is never absent", id);
            }
        }
    }

    private static void judge(String id, String expect, Verification verification) {
        if (verification instanceof Verification.Rejected rejected) {
            assertThat(expect).as("rejected as %s", rejected.detail()).isIn("reject", "either");
            assertThat(rejected.reason())
                    .isEqualTo(
                            id.startsWith("expired") ? RejectionReason.TOKEN_EXPIRED : RejectionReason.TOKEN_INVALID);
            return;
        }
        assertThat(expect).isIn("accept", "either");
        Caller caller = Caller.of(List.of(((Verification.Verified) verification).identity()));
        if (NOT_GRANTED.containsKey(id)) {
            assertThat(caller.hasScope(NOT_GRANTED.get(id))).isFalse();
        } else {
            assertThat(caller.hasScope("read")).isTrue();
        }
    }

    private static void revoke(Map<String, Object> vector, Blocklist blocklist) {
        if (vector.get("policy") == null) {
            return;
        }
        Map<String, Object> policy = object(vector, "policy");
        if (policy.get("revoked_jti") instanceof List<?> ids) {
            ids.forEach(id -> blocklist.revokeToken("https://issuer.test/", (String) id, Duration.ofDays(1)));
        }
        if (policy.get("revoked_subjects") instanceof Map<?, ?> subjects) {
            subjects.forEach((subject, before) -> blocklist.revokeSubject(
                    "https://issuer.test/",
                    (String) subject,
                    Instant.ofEpochSecond((Long) before),
                    Duration.ofDays(1)));
        }
    }

    private static List<JwtScheme> schemes(State state) {
        SchemeContext context = new SchemeContext(
                InstantSource.fixed(NOW),
                state,
                "orders",
                Optional.empty(),
                1 << 20,
                (int) number(CONFIG, "max_token_bytes"),
                32,
                new WorkLimit("password hashing", 1, 1),
                new WorkLimit("token verification", 1, 1));
        List<JwtScheme> schemes = new ArrayList<>();
        object(CONFIG, "issuers").forEach((issuer, jwks) -> {
            JwtSettings settings = JwtSettings.builder(issuer, Set.of(text(CONFIG, "audience")), ALGORITHMS)
                    .clockSkew(Duration.ofSeconds(number(CONFIG, "leeway_seconds")))
                    .type(TokenType.named(text(CONFIG, "required_typ")).orElseThrow())
                    .maxLifetime(Duration.ofSeconds(number(CONFIG, "max_lifetime_seconds")))
                    .build();
            KeySet keys = KeySet.parse(List.of(JsonVectors.format(jwks)), ALGORITHMS);
            schemes.add(new JwtScheme(issuer, settings, () -> keys, context));
        });
        return schemes;
    }
}
