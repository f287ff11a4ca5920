package dev.countersign.scheme.jwt;

import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Identity;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import dev.countersign.WorkLimit;
import dev.countersign.jose.JwsAlgorithm;
import dev.countersign.jose.KeySet;
import dev.countersign.jose.TestKeys;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.state.State;
import dev.countersign.token.Blocklist;
import java.security.KeyPair;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One instance with a clock that can be set and a key of its own. */
final class JwtFixture {
    static final Instant NOW = Instant.parse("2026-01-08T11:13:57Z");
    static final String ISSUER = "https://id.example.com";
    static final KeyPair PAIR = TestKeys.ec("secp256r1");
    static final KeyPair OTHER_PAIR = TestKeys.ec("secp256r1");
    static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"k1\"}";

    private Instant now = NOW;
    private final InstantSource clock = () -> now;
    private final State state = State.inMemory(1000, clock);
    private KeySet keys;
    final JwtScheme scheme;
    final Blocklist blocklist = new Blocklist(state);

    JwtFixture() {
        this(settings -> settings);
    }

    JwtFixture(UnaryOperator<JwtSettings.Builder> changed) {
        this(changed, new WorkLimit("token verification", 1, 1));
    }

    JwtFixture(UnaryOperator<JwtSettings.Builder> changed, WorkLimit verifying) {
        JwtSettings settings = changed.apply(
                        JwtSettings.builder(ISSUER, Set.of("orders"), EnumSet.of(JwsAlgorithm.ES256))
                                .realm("orders"))
                .build();
        keys = keys(PAIR);
        scheme = new JwtScheme("jwt", settings, () -> keys, context(verifying));
    }

    SchemeContext context(WorkLimit verifying) {
        return new SchemeContext(
                clock,
                state,
                "api",
                Optional.empty(),
                8192,
                8192,
                32,
                new WorkLimit("password hashing", 1, 1),
                verifying);
    }

    static KeySet keys(KeyPair pair) {
        return KeySet.parse(
                List.of(TestKeys.jwks(TestKeys.jwk(pair.getPublic(), "\"kid\":\"k1\""))),
                EnumSet.of(JwsAlgorithm.ES256));
    }

    void at(Instant instant) {
        now = instant;
    }

    void keySet(KeySet changed) {
        keys = changed;
    }

    /** The claims of a good token without its braces, with more or other ones after them. */
    static String claims(String more) {
        return "{\"iss\":\"" + ISSUER + "\",\"aud\":\"orders\",\"sub\":\"alice\",\"iat\":" + NOW.getEpochSecond()
                + ",\"exp\":" + (NOW.getEpochSecond() + 600) + ",\"jti\":\"t1\"" + (more.isEmpty() ? "" : "," + more)
                + "}";
    }

    /** Claims without the usual times. */
    static String timeless(String more) {
        return "{\"iss\":\"" + ISSUER + "\",\"aud\":\"orders\",\"sub\":\"alice\"" + (more.isEmpty() ? "" : "," + more)
                + "}";
    }

    static String token(String payload) {
        return TestKeys.sign(JwsAlgorithm.ES256, PAIR.getPrivate(), HEADER, payload);
    }

    static TestExchange bearer(String token) {
        return TestExchange.get("/orders").header("Authorization", "Bearer " + token);
    }

    Credential credential(String token) {
        return scheme.claim(bearer(token))
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

    Verification verify(String token) {
        return scheme.verify(credential(token), bearer(token));
    }

    Identity identity(String token) {
        return verify(token).match(Verification.Verified::identity, rejected -> {
            throw new AssertionError("rejected: " + rejected.detail());
        });
    }

    /** {@code verified}, or the detail of the refusal. */
    String outcome(String token) {
        return verify(token).match(verified -> "verified", Verification.Rejected::detail);
    }

    /** {@code verified}, or the detail of the refusal of a token with these claims. */
    String outcomeOf(String payload) {
        return outcome(token(payload));
    }
}
