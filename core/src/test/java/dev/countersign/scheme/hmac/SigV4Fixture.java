package dev.countersign.scheme.hmac;

import dev.countersign.Claim;
import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.RejectionReason;
import dev.countersign.TestExchange;
import dev.countersign.Verification;
import dev.countersign.WorkLimit;
import dev.countersign.key.Secret;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.settings.Reloadable;
import dev.countersign.signature.Digests;
import dev.countersign.signature.SigV4Request;
import dev.countersign.signature.SigV4Signer;
import dev.countersign.state.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server of the profile {@code sigv4} with a clock to set, and its clients. */
final class SigV4Fixture {
    static final Instant NOW = Instant.parse("2026-01-06T03:24:20Z");
    static final String KEY_ID = "AKIDEXAMPLE";
    static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    static final String REGION = "us-east-1";
    static final String SERVICE = "orders";
    static final SigV4Settings SETTINGS = SigV4Settings.of("orders", REGION, SERVICE);
    static final SigV4Signer SIGNER = new SigV4Signer(KEY_ID, Secret.parse("text:" + SECRET), REGION, SERVICE);
    static final Verification.Rejected ABSENT =
            new Verification.Rejected(RejectionReason.CREDENTIALS_REQUIRED, "absent");

    private final Map<String, Reloadable<HmacKey>> keys = new HashMap<>();
    private final State state = State.inMemory(1000, this::now);
    private SigV4Settings settings = SETTINGS;
    private Optional<String> baseUrl = Optional.empty();
    private Instant now = NOW;

    SigV4Fixture() {
        key(KEY_ID, SECRET);
    }

    SigV4Fixture key(String id, String secret) {
        HmacKey key = new HmacKey(id, Secret.parse("text:" + secret), identity(id));
        keys.put(id, () -> key);
        return this;
    }

    SigV4Fixture settings(SigV4Settings changed) {
        settings = changed;
        return this;
    }

    SigV4Fixture baseUrl(String url) {
        baseUrl = Optional.of(url);
        return this;
    }

    SigV4Fixture at(Instant time) {
        now = time;
        return this;
    }

    Instant now() {
        return now;
    }

    SigV4Profile profile() {
        SchemeContext context = new SchemeContext(
                this::now,
                state,
                "orders",
                baseUrl,
                8192,
                8192,
                32,
                new WorkLimit("hashing", 1, 1),
                new WorkLimit("verifying", 1, 1));
        HmacKey decoy = new HmacKey("-", Secret.parse("text:nobody has this one, which is as long"), identity("-"));
        return new SigV4Profile(settings, new HmacKeys(keys, decoy), new Replays(state, "hmac"), context);
    }

    /** What a fresh profile says of the request; {@link #ABSENT} if it sees no signature. */
    Verification judge(TestExchange request) {
        return judge(profile(), request);
    }

    static Verification judge(SigV4Profile profile, TestExchange request) {
        return profile.claim(request)
                .match(
                        () -> ABSENT,
                        presented -> profile.verify(presented.credential(), request),
                        possible -> {
                            throw new AssertionError("A signature belongs to its form");
                        },
                        malformed -> new Verification.Rejected(malformed.reason(), malformed.detail()));
    }

    static boolean accepts(Verification verification) {
        return verification instanceof Verification.Verified;
    }

    static Verification.Rejected rejected(RejectionReason reason, String detail) {
        return new Verification.Rejected(reason, detail);
    }

    static Verification.Rejected invalid(String detail) {
        return rejected(RejectionReason.SIGNATURE_INVALID, detail);
    }

    static SigV4Settings replay(ReplayPolicy replay) {
        return settings(Duration.ofMinutes(5), SERVICE, replay, false, false, false);
    }

    /** A setting with a signature in the query allowed, and content unsigned or not. */
    static SigV4Settings presigned(String service, boolean unsigned) {
        return settings(Duration.ofMinutes(5), service, ReplayPolicy.OFF, true, unsigned, false);
    }

    static SigV4Settings debugging() {
        return settings(Duration.ofMinutes(5), SERVICE, ReplayPolicy.OFF, true, false, true);
    }

    private static SigV4Settings settings(
            Duration window, String service, ReplayPolicy replay, boolean presigned, boolean unsigned, boolean debug) {
        return new SigV4Settings("orders", REGION, service, window, replay, presigned, unsigned, false, debug);
    }

    /** A request with a host. */
    static TestExchange request(String method, String target) {
        return TestExchange.of(method, target).header("Host", "orders.example.com");
    }

    /** The request with this content, signed now in {@code Authorization}. */
    static TestExchange signed(SigV4Signer signer, TestExchange request, byte[] content) {
        return signed(signer, request, content, Digests.sha256(content));
    }

    /** The same with another word for the content. */
    static TestExchange signed(SigV4Signer signer, TestExchange request, byte[] content, String payload) {
        TestExchange signed = request.content(content);
        for (Map.Entry<String, String> field :
                signer.sign(unsigned(request), payload, NOW).entrySet()) {
            signed = signed.onlyHeader(field.getKey(), field.getValue());
        }
        return signed;
    }

    /** The request signed now in the query, for fifteen minutes. */
    static TestExchange presigned(SigV4Signer signer, TestExchange request, byte[] content, String payload) {
        String query = signer.presign(unsigned(request), payload, NOW, Duration.ofMinutes(15));
        return retargeted(request, request.rawPath() + "?" + query).content(content);
    }

    /** The same request with another target. */
    static TestExchange retargeted(TestExchange request, String target) {
        TestExchange changed = TestExchange.of(request.method(), target).content(request.body());
        for (TestExchange.Field field : request.fields()) {
            changed = changed.header(field.name(), field.value());
        }
        return changed;
    }

    /** The same request with another method. */
    static TestExchange withMethod(TestExchange request, String method) {
        TestExchange changed = TestExchange.of(method, target(request)).content(request.body());
        for (TestExchange.Field field : request.fields()) {
            changed = changed.header(field.name(), field.value());
        }
        return changed;
    }

    /** Path and query. */
    static String target(TestExchange request) {
        return request.rawQuery() == null ? request.rawPath() : request.rawPath() + "?" + request.rawQuery();
    }

    private static SigV4Request unsigned(TestExchange request) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (TestExchange.Field field : request.fields()) {
            fields.computeIfAbsent(field.name(), name -> new ArrayList<>()).add(field.value());
        }
        return new SigV4Request(request.method(), request.rawPath(), request.rawQuery(), fields);
    }

    private static Identity identity(String id) {
        return Identity.of("hmac", "owner of " + id, IdentityKind.CLIENT)
                .hint(id)
                .build();
    }

    /** The credential that a request carries. */
    static SigV4Credential credential(SigV4Profile profile, TestExchange request) {
        return profile.claim(request)
                .match(
                        () -> {
                            throw new AssertionError("absent");
                        },
                        presented -> (SigV4Credential) presented.credential(),
                        possible -> {
                            throw new AssertionError("possible");
                        },
                        malformed -> {
                            throw new AssertionError(malformed.detail());
                        });
    }

    static Claim claim(TestExchange request) {
        return new SigV4CredentialParser(8192, true).parse(request);
    }
}
