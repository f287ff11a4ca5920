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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final String BASE_URL = "https://api.example.com";
    private static final Instant START = Instant.parse("2026-11-22T16:00:00Z");
    private static final byte[] BODY = "{\"täxt\":1}".getBytes(StandardCharsets.UTF_8);

    private volatile Instant now = START;
    private final InstantSource clock = () -> now;
    private Deployment deployment = Bootstrap.builder().build();

    /** A way to sign, and the scheme that verifies it. */
    record Way(String name, String scheme, String keyId, RequestSigner signer) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    void start() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("schemes", "generic");
        settings.put("base-url", BASE_URL);
        settings.put("scheme.generic.type", "hmac");
        settings.put("scheme.generic.profile", "generic");
        settings.put("scheme.generic.secrets.acme-1", "text:" + SECRET);
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

    Stream<Way> ways() {
        GenericRequestSigner generic = GenericRequestSigner.of("acme-1", Secret.parse("text:" + SECRET), clock);
        return Stream.of(
                new Way("generic, fields", "generic", "acme-1", generic),
                new Way("generic, Authorization", "generic", "acme-1", generic.inAuthorization()));
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
        for (Way way : ways().toList()) {
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
