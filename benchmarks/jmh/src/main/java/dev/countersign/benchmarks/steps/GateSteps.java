package dev.countersign.benchmarks.steps;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.AccessRule;
import dev.countersign.Decision;
import dev.countersign.Exchange;
import dev.countersign.Gate;
import dev.countersign.authorization.CompiledRule;
import dev.countersign.benchmarks.Credentials;
import dev.countersign.bootstrap.Bootstrap;
import dev.countersign.bootstrap.Deployment;
import dev.countersign.http.ChallengeText;
import dev.countersign.scheme.apikey.ApiKeyDigest;
import dev.countersign.settings.Settings;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The gate's decision for each scheme, warm, and steps of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class GateSteps {
    private @Nullable Deployment deployment;
    private @Nullable Gate gate;
    private @Nullable AccessRule rule;
    private String key = "";
    private Exchange nobody = new StubExchange(Map.of());
    private Exchange withKey = nobody;
    private Exchange withPassword = nobody;
    private Exchange withToken = nobody;

    /** A gate of three schemes, any of which is enough. */
    @Setup
    public void open() throws Exception {
        Credentials credentials = Credentials.create(Files.createTempDirectory("steps"), false);
        Deployment opened = Bootstrap.builder()
                .sources(Settings.builder()
                        .parameters(
                                "benchmark",
                                Map.of(
                                        "countersign.schemes", "api-key, jwt, basic",
                                        "countersign.scheme.api-key.prefixes", "sk_live_",
                                        "countersign.scheme.api-key.store", "file:" + credentials.file("keys"),
                                        "countersign.scheme.basic.users", "file:" + credentials.file("users"),
                                        "countersign.scheme.basic.verified-cache", "PT1H",
                                        "countersign.scheme.jwt.issuer", "https://id.example.com/realms/orders",
                                        "countersign.scheme.jwt.audience", "orders",
                                        "countersign.scheme.jwt.algorithms", "RS256",
                                        "countersign.scheme.jwt.keys",
                                                "${file:" + credentials.file("RS256.public") + "}")))
                .applicationName("benchmark")
                .build();
        rule = opened.rules()
                .compileRequire("GET /orders", "schemes=basic, jwt, api-key", opened.problems())
                .map(CompiledRule::rule)
                .orElseThrow();
        opened.start();
        deployment = opened;
        gate = opened.gate();
        key = credentials.apiKey();
        withKey = new StubExchange(Map.of("x-api-key", List.of(key)));
        withPassword = new StubExchange(Map.of("authorization", List.of(Credentials.BASIC)));
        withToken = new StubExchange(Map.of("authorization", List.of("Bearer " + credentials.token("RS256"))));
        requireAdmitted(withKey);
        requireAdmitted(withPassword);
        requireAdmitted(withToken);
        if (decide(nobody) instanceof Decision.Admitted) {
            throw new IllegalStateException("Nobody got in");
        }
    }

    /** Ends the thread that watches the files. */
    @TearDown
    public void close() {
        if (deployment != null) {
            deployment.close();
        }
    }

    private void requireAdmitted(Exchange exchange) {
        if (!(decide(exchange) instanceof Decision.Admitted)) {
            throw new IllegalStateException("A good credential was refused");
        }
    }

    @SuppressWarnings("NullAway") // JMH calls open first.
    private Decision decide(Exchange exchange) {
        return gate.decide(exchange, rule);
    }

    /** A key that is good. */
    @Benchmark
    public Decision apiKey() {
        return decide(withKey);
    }

    /** A password that was verified before. */
    @Benchmark
    public Decision basic() {
        return decide(withPassword);
    }

    /** A token that was verified before. */
    @Benchmark
    public Decision seenToken() {
        return decide(withToken);
    }

    /** Nothing: 401 with three challenges and a body. */
    @Benchmark
    public Decision challenged() {
        return decide(nobody);
    }

    /** The digest of a key by the JDK alone. */
    @Benchmark
    public byte[] sha256Alone() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
    }

    /** The digest of a key as the store looks it up. */
    @Benchmark
    public ApiKeyDigest keyDigest() {
        return ApiKeyDigest.of(key);
    }

    /** One challenge, put together by hand. */
    @Benchmark
    public String challengeByHand() {
        return "Bearer realm=\"" + key.length() + "\", error=\"invalid_token\"";
    }

    /** One challenge, quoted and checked. */
    @Benchmark
    public String challenge() {
        return ChallengeText.of("Bearer")
                .with("realm", String.valueOf(key.length()))
                .with("error", "invalid_token")
                .toString();
    }
}
