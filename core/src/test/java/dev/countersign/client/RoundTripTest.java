package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AccessRule;
import dev.countersign.AccessRule.Alternative;
import dev.countersign.Caller;
import dev.countersign.Decision;
import dev.countersign.RejectionReason;
import dev.countersign.TestExchange;
import dev.countersign.bootstrap.Bootstrap;
import dev.countersign.bootstrap.Deployment;
import dev.countersign.key.Secret;
import dev.countersign.settings.Settings;
import dev.countersign.signature.SignatureAlgorithm;
import dev.countersign.signature.WebhookProfile;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is signed here is accepted by the schemes of the same library, and nothing else is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoundTripTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String OLD_SECRET = "fedcba9876543210fedcba9876543210";
    private static final String BASE_URL = "https://api.example.com";
    private static final Instant START = Instant.parse("2026-11-22T16:00:00Z");
    private static final byte[] BODY = "{\"täxt\":1}".getBytes(StandardCharsets.UTF_8);

    private volatile Instant now = START;
    private final InstantSource clock = () -> now;
    private final Map<SignatureAlgorithm, KeyPair> pairs = new EnumMap<>(SignatureAlgorithm.class);
    private Deployment deployment = Bootstrap.builder().build();

    /** A way to sign, and the scheme that verifies it. */
    record Way(String name, String scheme, String keyId, RequestSigner signer) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    void start() throws GeneralSecurityException {
        pairs.put(SignatureAlgorithm.RSA_PSS_SHA512, pair("RSA", 2048));
        pairs.put(SignatureAlgorithm.RSA_V1_5_SHA256, pair("RSA", 2048));
        pairs.put(SignatureAlgorithm.ECDSA_P256_SHA256, pair("EC", 256));
        pairs.put(SignatureAlgorithm.ECDSA_P384_SHA384, pair("EC", 384));
        pairs.put(SignatureAlgorithm.ED25519, pair("Ed25519", 255));

        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("schemes", "generic, aws, messages, stripe, github, slack, shopify, standard, twilio");
        settings.put("base-url", BASE_URL);
        settings.put("scheme.generic.type", "hmac");
        settings.put("scheme.generic.profile", "generic");
        settings.put("scheme.generic.secrets.acme-1", "text:" + SECRET);
        settings.put("scheme.aws.type", "hmac");
        settings.put("scheme.aws.profile", "sigv4");
        settings.put("scheme.aws.region", "eu-central-1");
        settings.put("scheme.aws.service", "orders");
        settings.put("scheme.aws.presigned", "true");
        settings.put("scheme.aws.secrets.AKIDEXAMPLE", "text:" + SECRET);
        settings.put("scheme.messages.type", "hmac");
        settings.put("scheme.messages.profile", "rfc9421");
        settings.put("scheme.messages.tag", "orders");
        settings.put("scheme.messages.secrets.hmac-sha256", "text:" + SECRET);
        settings.put(
                "scheme.messages.keys",
                pairs.entrySet().stream()
                        .map(pair -> jwk(pair.getKey(), pair.getValue().getPublic()))
                        .collect(Collectors.joining(",", "{\"keys\":[", "]}")));
        for (String provider : List.of("stripe", "github", "slack", "shopify", "standard", "twilio")) {
            settings.put("scheme." + provider + ".type", "webhook");
            settings.put("scheme." + provider + ".provider", provider);
            settings.put("scheme." + provider + ".secrets", "text:" + OLD_SECRET);
        }
        Map<String, String> prefixed = new LinkedHashMap<>();
        settings.forEach((key, value) -> prefixed.put("countersign." + key, value));
        deployment = Bootstrap.builder()
                .clock(clock)
                .sources(Settings.builder().parameters("the test", prefixed))
                .build();
        deployment.start();
    }

    @AfterAll
    void stop() {
        deployment.close();
    }

    private static KeyPair pair(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (!algorithm.equals("Ed25519")) {
            generator.initialize(bits);
        }
        return generator.generateKeyPair();
    }

    private static String keyId(SignatureAlgorithm algorithm) {
        return algorithm.text().replace('_', '-');
    }

    private static String jwk(SignatureAlgorithm algorithm, PublicKey key) {
        String members;
        if (key instanceof RSAPublicKey rsa) {
            members = "\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + base64(bytes(rsa.getModulus(), 256)) + "\",\"alg\":\""
                    + (algorithm == SignatureAlgorithm.RSA_PSS_SHA512 ? "PS512" : "RS256") + "\"";
        } else if (key instanceof ECPublicKey ec) {
            int length = ec.getParams().getOrder().bitLength() / 8;
            members = "\"kty\":\"EC\",\"crv\":\"P-" + length * 8 + "\",\"x\":\""
                    + base64(bytes(ec.getW().getAffineX(), length)) + "\",\"y\":\""
                    + base64(bytes(ec.getW().getAffineY(), length)) + "\"";
        } else {
            byte[] encoded = key.getEncoded();
            members = "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\""
                    + base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)) + "\"";
        }
        return "{\"kid\":\"" + keyId(algorithm) + "\"," + members + "}";
    }

    private static byte[] bytes(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[length];
        int kept = Math.min(length, bytes.length);
        System.arraycopy(bytes, bytes.length - kept, padded, length - kept, kept);
        return padded;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    Stream<Way> ways() {
        Secret secret = Secret.parse("text:" + SECRET);
        GenericRequestSigner generic = GenericRequestSigner.of("acme-1", secret, clock);
        SigV4RequestSigner aws = SigV4RequestSigner.of("AKIDEXAMPLE", secret, "eu-central-1", "orders", clock);
        Stream<Way> symmetric = Stream.of(
                new Way("generic, fields", "generic", "acme-1", generic),
                new Way("generic, Authorization", "generic", "acme-1", generic.inAuthorization()),
                new Way("SigV4", "aws", "AKIDEXAMPLE", aws),
                new Way("SigV4 without hash", "aws", "AKIDEXAMPLE", aws.withoutContentHash()),
                new Way("SigV4 presigned", "aws", "AKIDEXAMPLE", aws.presigned(Duration.ofMinutes(1))),
                new Way(
                        "hmac-sha256",
                        "messages",
                        "hmac-sha256",
                        Rfc9421RequestSigner.hmac("hmac-sha256", secret, clock).tag("orders")));
        Stream<Way> asymmetric = pairs.entrySet().stream()
                .map(pair -> new Way(
                        pair.getKey().text(),
                        "messages",
                        keyId(pair.getKey()),
                        Rfc9421RequestSigner.of(
                                        keyId(pair.getKey()),
                                        pair.getKey(),
                                        pair.getValue().getPrivate(),
                                        clock)
                                .tag("orders")
                                .withAlgorithm()
                                .expires(Duration.ofSeconds(30))));
        return Stream.concat(symmetric, asymmetric);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void accepts_what_was_signed(Way way) {
        for (OutgoingRequest request : requests()) {
            OutgoingRequest signed = way.signer().sign(request);
            assertThat(caller(decide(way.scheme(), signed)).getName()).isEqualTo(way.keyId());
        }
    }

    private static List<OutgoingRequest> requests() {
        URI plain = URI.create(BASE_URL + "/orders");
        return List.of(
                OutgoingRequest.of("GET", plain),
                OutgoingRequest.of("DELETE", URI.create(BASE_URL + "/orders/a%20b%C3%A4?b=2&a=%2F&b=1&c=&d")),
                OutgoingRequest.of("GET", URI.create(BASE_URL)).header("Accept", "text/plain"),
                OutgoingRequest.of("POST", plain),
                OutgoingRequest.of("POST", plain)
                        .header("Content-Type", "application/json")
                        .body(BODY),
                OutgoingRequest.of("PUT", URI.create(BASE_URL + "/orders?x=y")).body(new byte[100_000]));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void refuses_it_once_anything_was_changed(Way way) {
        OutgoingRequest request = OutgoingRequest.of("POST", URI.create(BASE_URL + "/orders?a=1"))
                .header("Content-Type", "application/json")
                .body(BODY);
        OutgoingRequest signed = way.signer().sign(request);
        String uri = signed.uri().toString();
        List<TestExchange> changed = List.of(
                arriving(signed.body("{\"täxt\":2}".getBytes(StandardCharsets.UTF_8))),
                arriving(signed.body(new byte[0])),
                arriving(signed.to(URI.create(uri.replace("/orders", "/orderz")))),
                arriving(signed.to(URI.create(uri.replace("a=1", "a=2")))),
                withMethod("PUT", signed));
        for (TestExchange exchange : changed) {
            assertThat(decide(way.scheme(), exchange)).isInstanceOf(Decision.Challenged.class);
        }
        assertThat(caller(decide(way.scheme(), signed)).getName()).isEqualTo(way.keyId());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void refuses_it_when_it_is_old_and_accepts_it_signed_again(Way way) {
        OutgoingRequest request = OutgoingRequest.of("GET", URI.create(BASE_URL + "/orders"));
        OutgoingRequest signed = way.signer().sign(request);
        now = now.plus(Duration.ofMinutes(6));
        assertThat(decide(way.scheme(), signed)).isInstanceOf(Decision.Challenged.class);
        OutgoingRequest again = way.signer().sign(request);
        assertThat(caller(decide(way.scheme(), again)).getName()).isEqualTo(way.keyId());
    }

    @Test
    void SIG_08_refuses_a_request_that_is_sent_twice_and_takes_one_that_is_signed_twice() {
        OutgoingRequest request = OutgoingRequest.of("GET", URI.create(BASE_URL + "/orders"));
        for (Way way : ways().filter(way -> !way.scheme().equals("aws")).toList()) {
            OutgoingRequest signed = way.signer().sign(request);
            assertThat(caller(decide(way.scheme(), signed)).getName()).isEqualTo(way.keyId());
            assertThat(decide(way.scheme(), signed))
                    .isInstanceOfSatisfying(
                            Decision.Challenged.class,
                            challenged ->
                                    assertThat(challenged.reason()).isEqualTo(RejectionReason.SIGNATURE_REPLAYED));
            assertThat(caller(decide(way.scheme(), way.signer().sign(signed))).getName())
                    .isEqualTo(way.keyId());
        }
    }

    static List<WebhookProfile> providers() {
        return WebhookProfile.OF_SECRETS;
    }

    @ParameterizedTest
    @MethodSource("providers")
    void accepts_the_webhooks_of_each_provider(WebhookProfile provider) {
        WebhookSender sender = WebhookSender.of(provider, List.of(Secret.parse("text:" + OLD_SECRET)), clock);
        String type = provider.provider().equals("twilio") ? "application/x-www-form-urlencoded" : "application/json";
        byte[] content = provider.provider().equals("twilio") ? "B=2&A=1".getBytes(StandardCharsets.UTF_8) : BODY;
        OutgoingRequest request =
                sender.request(URI.create(BASE_URL + "/hooks"), new WebhookEvent("evt_1", "order.paid", type, content));
        assertThat(decide(provider.provider(), request)).isInstanceOf(Decision.Admitted.class);
        byte[] changed = content.clone();
        changed[changed.length - 1] ^= 1;
        assertThat(decide(provider.provider(), request.body(changed))).isInstanceOf(Decision.Challenged.class);
    }

    @Test
    void accepts_a_webhook_of_twilio_that_is_no_form() {
        WebhookSender sender =
                WebhookSender.of(WebhookProfile.TWILIO, List.of(Secret.parse("text:" + OLD_SECRET)), clock);
        OutgoingRequest request = sender.request(URI.create(BASE_URL + "/hooks?a=1"), WebhookEvent.json("", BODY));
        assertThat(decide("twilio", request)).isInstanceOf(Decision.Admitted.class);
        assertThat(decide("twilio", request.body(new byte[] {1}))).isInstanceOf(Decision.Challenged.class);
    }

    @Test
    void WH_11_accepts_a_new_secret_of_the_sender_before_the_receiver_knows_it() {
        List<Secret> both = List.of(Secret.parse("text:" + SECRET), Secret.parse("text:" + OLD_SECRET));
        for (WebhookProfile provider : List.of(WebhookProfile.STRIPE, WebhookProfile.STANDARD)) {
            WebhookEvent event = WebhookEvent.json("order.paid", BODY);
            URI endpoint = URI.create(BASE_URL + "/hooks");
            assertThat(decide(
                            provider.provider(),
                            WebhookSender.of(provider, both, clock).request(endpoint, event)))
                    .isInstanceOf(Decision.Admitted.class);
            assertThat(decide(
                            provider.provider(),
                            WebhookSender.of(provider, both.subList(0, 1), clock)
                                    .request(endpoint, event)))
                    .isInstanceOf(Decision.Challenged.class);
        }
    }

    private Decision decide(String scheme, OutgoingRequest request) {
        return decide(scheme, arriving(request));
    }

    private Decision decide(String scheme, TestExchange exchange) {
        AccessRule rule = AccessRule.builder(AccessRule.Mode.REQUIRED, List.of(new Alternative(List.of(scheme))))
                .build();
        return deployment.gate().decide(exchange, rule);
    }

    private static Caller caller(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Admitted.class);
        return ((Decision.Admitted) decision).caller();
    }

    private static TestExchange arriving(OutgoingRequest request) {
        return withMethod(request.method(), request);
    }

    private static TestExchange withMethod(String method, OutgoingRequest request) {
        TestExchange exchange = TestExchange.of(
                        method,
                        request.rawPath()
                                + request.rawQuery().map(query -> "?" + query).orElse(""))
                .header("Host", request.authority())
                .content(request.body());
        for (HeaderField field : request.fields()) {
            exchange = exchange.header(field.name(), field.value());
        }
        return exchange;
    }
}
