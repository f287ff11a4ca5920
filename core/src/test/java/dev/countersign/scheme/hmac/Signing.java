package dev.countersign.scheme.hmac;

import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.TestExchange;
import dev.countersign.WorkLimit;
import dev.countersign.key.Secret;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.state.State;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A client of the profile {@code generic}, written with the JDK alone, and a server with one key and a clock to set. */
final class Signing {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final String KEY_ID = "acme-1";
    static final String SECRET = "an example of a secret, 32 bytes or more";

    private final State state;
    private Optional<String> baseUrl = Optional.empty();
    private Instant now = NOW;
    private int nonces;

    Signing() {
        this(1000);
    }

    /** @param entries how many nonces are remembered at once */
    Signing(int entries) {
        state = State.inMemory(entries, () -> now);
    }

    Signing baseUrl(String url) {
        baseUrl = Optional.of(url);
        return this;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    State state() {
        return state;
    }

    SchemeContext context() {
        return new SchemeContext(
                () -> now,
                state,
                "orders",
                baseUrl,
                8192,
                8192,
                32,
                new WorkLimit("hashing", 2, 10),
                new WorkLimit("verifying", 2, 10));
    }

    HmacScheme generic() {
        return generic(new GenericSettings("orders", Duration.ofMinutes(5), ReplayPolicy.REFUSE, false));
    }

    HmacScheme generic(GenericSettings settings) {
        return new HmacScheme(
                "hmac", new GenericProfile(settings, keys("hmac"), new Replays(state, "hmac"), context()));
    }

    static HmacKeys keys(String scheme) {
        Identity identity = Identity.of(scheme, "acme", IdentityKind.CLIENT)
                .claims(Map.of("key_id", KEY_ID))
                .hint(KEY_ID)
                .build();
        HmacKey key = new HmacKey(KEY_ID, Secret.parse("text:" + SECRET), identity);
        HmacKey decoy = new HmacKey("-", Secret.parse("text:nobody has this one, which is as long"), identity);
        return new HmacKeys(Map.of(KEY_ID, () -> key), decoy);
    }

    /** A nonce that was not used yet. */
    String nonce() {
        return "n" + nonces++;
    }

    /** The request, without content, signed now in fields of its own, with a fresh nonce. */
    TestExchange signed(TestExchange request) {
        return signed(request, new byte[0], nonce());
    }

    /** The request with this content, signed now in fields of its own. */
    TestExchange signed(TestExchange request, byte[] content, String nonce) {
        return signed(request, content, nonce, now.getEpochSecond());
    }

    /** The request with this content, signed at this second. */
    static TestExchange signed(TestExchange request, byte[] content, String nonce, long second) {
        String signature = signature(request, authority(request), content, KEY_ID, nonce, second, SECRET);
        TestExchange signed = request.content(content)
                .header("X-Key-Id", KEY_ID)
                .header("X-Timestamp", Long.toString(second))
                .header("X-Signature", signature);
        return nonce.isEmpty() ? signed : signed.header("X-Nonce", nonce);
    }

    /** The request, without content, signed now in {@code Authorization}. */
    TestExchange authorized(TestExchange request) {
        String nonce = nonce();
        long second = now.getEpochSecond();
        return request.header(
                "Authorization",
                "HMAC-SHA256 keyId=" + KEY_ID + ", timestamp=" + second + ", nonce=" + nonce + ", signature="
                        + signature(request, authority(request), new byte[0], KEY_ID, nonce, second, SECRET));
    }

    private static String authority(TestExchange request) {
        return Objects.requireNonNull(request.authority());
    }

    static String signature(
            TestExchange request,
            String authority,
            byte[] content,
            String keyId,
            String nonce,
            long second,
            String secret) {
        try {
            String canonical = String.join(
                    "\n",
                    "COUNTERSIGN-HMAC-SHA256",
                    keyId,
                    Long.toString(second),
                    nonce,
                    request.method(),
                    authority,
                    request.rawPath() + (request.rawQuery() == null ? "" : "?" + request.rawQuery()),
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(canonical.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
