package dev.countersign.scheme.hmac;

import static dev.countersign.JsonVectors.object;
import static dev.countersign.JsonVectors.text;

import dev.countersign.Claim;
import dev.countersign.Exchange;
import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.JsonVectors;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import dev.countersign.WorkLimit;
import dev.countersign.jose.JwsAlgorithm;
import dev.countersign.jose.KeySet;
import dev.countersign.key.Secret;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.signature.Component;
import dev.countersign.signature.RequestParts;
import dev.countersign.signature.SignatureAlgorithm;
import dev.countersign.signature.SignatureBase;
import dev.countersign.signature.SignatureInput;
import dev.countersign.signature.SignatureParameters;
import dev.countersign.state.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** One instance with a clock that can be set, and with the keys of {@code vectors/http-message-signatures/own-keys.json}. */
final class Rfc9421Fixture {
    static final String SCHEME = "signed";
    static final Instant NOW = Instant.ofEpochSecond(1_767_907_593);
    static final String NONCE = "fresh";
    static final Rfc9421Settings SETTINGS = new Rfc9421Settings(
            "orders",
            Duration.ofMinutes(5),
            List.of(),
            Optional.empty(),
            ReplayPolicy.REFUSE,
            false,
            Set.of(SignatureAlgorithm.values()),
            false);

    private static final List<Map<String, Object>> KEYS = JsonVectors.array("http-message-signatures/own-keys.json");

    private Instant now = NOW;
    private final InstantSource clock = () -> now;
    final State state;
    final Rfc9421Profile profile;

    Rfc9421Fixture() {
        this(SETTINGS);
    }

    Rfc9421Fixture(Rfc9421Settings settings) {
        this(settings, Optional.empty(), 1000);
    }

    Rfc9421Fixture(Rfc9421Settings settings, Optional<String> baseUrl, int maxEntries) {
        state = State.inMemory(maxEntries, clock);
        KeySet keys = publicKeys();
        SchemeContext context = new SchemeContext(
                clock,
                state,
                "api",
                baseUrl,
                8192,
                8192,
                32,
                new WorkLimit("password hashing", 1, 1),
                new WorkLimit("verification", 8, 8));
        profile = new Rfc9421Profile(
                SCHEME, settings, secrets(), () -> keys, new Replays(state, SCHEME), context, () -> NONCE);
    }

    static Rfc9421Settings settings(List<String> required, @Nullable String tag, boolean requireNonce) {
        return new Rfc9421Settings(
                SETTINGS.realm(),
                SETTINGS.window(),
                required.stream().map(Component::of).toList(),
                Optional.ofNullable(tag),
                SETTINGS.replay(),
                requireNonce,
                SETTINGS.algorithms(),
                false);
    }

    void at(Instant instant) {
        now = instant;
    }

    /** What the whole way says: claimed or not, and then judged. */
    Verification judge(Exchange exchange) {
        Claim claim = profile.claim(exchange);
        if (claim instanceof Claim.Malformed malformed) {
            return new Verification.Rejected(malformed.reason(), malformed.detail());
        }
        return profile.verify(((Claim.Presented) claim).credential(), exchange);
    }

    /** The request, signed with the secret {@code s-h1}. */
    static TestExchange signed(TestExchange request, SignatureParameters parameters, String... components) {
        return signed(request, "sig1", "s-h1", parameters, components);
    }

    /** The request with one more signature. */
    static TestExchange signed(
            TestExchange request, String label, String keyId, SignatureParameters parameters, String... components) {
        List<Component> covered = new ArrayList<>();
        for (String component : components) {
            covered.add(Component.of(component));
        }
        SignatureInput input = SignatureInput.of(label, covered, parameters);
        byte[] base = SignatureBase.of(RequestParts.of(request, Optional.empty()), input)
                .orElseThrow()
                .bytes();
        TestExchange signed = request;
        for (Map.Entry<String, String> field : input.fields(mac(keyId, base)).entrySet()) {
            signed = signed.header(field.getKey(), field.getValue());
        }
        return signed;
    }

    static byte[] mac(String keyId, byte[] base) {
        return SignatureAlgorithm.HMAC_SHA256.sign(
                new SecretKeySpec(secret(keyId).bytes(), "HmacSHA256"), base);
    }

    static Map<String, Object> key(String keyId) {
        return KEYS.stream()
                .filter(key -> text(key, "keyid").equals(keyId))
                .findFirst()
                .orElseThrow();
    }

    private static Secret secret(String keyId) {
        return Secret.parse("base64:" + text(key(keyId), "secret_b64"));
    }

    private static HmacKeys secrets() {
        HmacKey one = hmacKey("s-h1", secret("s-h1"));
        HmacKey other = hmacKey("s-h2", secret("s-h2"));
        return new HmacKeys(Map.of("s-h1", () -> one, "s-h2", () -> other), hmacKey("-", Secret.of(new byte[32])));
    }

    private static HmacKey hmacKey(String id, Secret secret) {
        return new HmacKey(
                id,
                secret,
                Identity.of(SCHEME, "owner-of-" + id, IdentityKind.CLIENT)
                        .hint(id)
                        .build());
    }

    /** Each with the algorithm that it is for, as whoever publishes a key says it. */
    private static KeySet publicKeys() {
        Set<JwsAlgorithm> all = EnumSet.noneOf(JwsAlgorithm.class);
        List<String> jwks = new ArrayList<>();
        for (Map<String, Object> key : KEYS) {
            SignatureAlgorithm algorithm =
                    SignatureAlgorithm.named(text(key, "alg")).orElseThrow();
            if (algorithm.isHmac()) {
                continue;
            }
            JwsAlgorithm jws = Rfc9421Settings.jws(algorithm);
            all.add(jws);
            Map<String, Object> jwk = new HashMap<>(object(key, "jwk"));
            jwk.keySet().removeAll(List.of("d", "p", "q", "dp", "dq", "qi"));
            jwk.put("kid", text(key, "keyid"));
            jwk.put("alg", jws.name());
            jwks.add(JsonVectors.format(jwk));
        }
        return KeySet.parse(jwks, all);
    }
}
