package dev.countersign.benchmarks.steps;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countersign.AuthenticationScheme;
import dev.countersign.Body;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Exchange;
import dev.countersign.Verification;
import dev.countersign.bootstrap.Bootstrap;
import dev.countersign.bootstrap.Deployment;
import dev.countersign.servlet.body.BodyLimits;
import dev.countersign.servlet.body.RequestBody;
import dev.countersign.settings.Settings;
import dev.countersign.signature.GenericSignature;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A signed request, from the stream of its content to the answer, beside the JDK's digest or HMAC over bytes that are there
 * already. With {@code -prof gc} the allocation shows that the content is copied once.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SignedBodies {
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final BodyLimits LIMITS =
            new BodyLimits(2 << 20, 2 << 20, Path.of(System.getProperty("java.io.tmpdir")));

    /** How many bytes the content has. */
    @Param({"1024", "65536", "1048576"})
    public int size;

    /** {@code generic} signs the content's SHA-256, {@code github} is an HMAC of the content itself. */
    @Param({"generic", "github"})
    public String form = "";

    private final SecretKeySpec secret = new SecretKeySpec(KEY.getBytes(US_ASCII), "HmacSHA256");
    private byte[] content = {};
    private @Nullable Deployment deployment;
    private @Nullable AuthenticationScheme scheme;
    private Map<String, List<String>> fields = Map.of();

    /** Makes a scheme of each form and a request that it takes. */
    @Setup
    public void open() throws Exception {
        content = new byte[size];
        new Random(size).nextBytes(content);
        Deployment opened = Bootstrap.builder()
                .sources(Settings.builder()
                        .parameters(
                                "benchmark",
                                Map.of(
                                        "countersign.schemes", "generic, github",
                                        "countersign.scheme.generic.type", "hmac",
                                        "countersign.scheme.generic.profile", "generic",
                                        "countersign.scheme.generic.replay", "off",
                                        "countersign.scheme.generic.secrets.acme-1", "text:" + KEY,
                                        "countersign.scheme.github.type", "webhook",
                                        "countersign.scheme.github.provider", "github",
                                        "countersign.scheme.github.secrets", "text:" + KEY)))
                .applicationName("benchmark")
                .build();
        opened.start();
        deployment = opened;
        scheme = opened.schemes().stream()
                .filter(one -> one.name().equals(form))
                .findFirst()
                .orElseThrow();
        fields = form.equals("github") ? github() : generic();
        if (!(verify() instanceof Verification.Verified)) {
            throw new IllegalStateException("A good signature was refused");
        }
    }

    private Map<String, List<String>> github() throws GeneralSecurityException {
        return Map.of("x-hub-signature-256", List.of("sha256=" + HexFormat.of().formatHex(mac(content))));
    }

    private Map<String, List<String>> generic() throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        GenericSignature request = new GenericSignature(
                "acme-1", now, "", "GET", "localhost", "/orders", GenericSignature.digest(content));
        String signature = HexFormat.of().formatHex(mac(request.canonical().getBytes(US_ASCII)));
        return Map.of(
                "host", List.of("localhost"),
                "x-key-id", List.of("acme-1"),
                "x-timestamp", List.of(String.valueOf(now)),
                "x-signature", List.of(signature));
    }

    /** Ends the thread that watches the files. */
    @TearDown
    public void close() {
        if (deployment != null) {
            deployment.close();
        }
    }

    private byte[] mac(byte[] bytes) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(secret);
        return mac.doFinal(bytes);
    }

    /** The bare operation over the same bytes. */
    @Benchmark
    public byte[] jdkAlone() throws GeneralSecurityException {
        return form.equals("github")
                ? mac(content)
                : MessageDigest.getInstance("SHA-256").digest(content);
    }

    /** The bare operation over a copy, which is what is left for the application. */
    @Benchmark
    public byte[] jdkAndOneCopy() throws GeneralSecurityException {
        byte[] copy = content.clone();
        return form.equals("github") ? mac(copy) : MessageDigest.getInstance("SHA-256").digest(copy);
    }

    /** Ours: reads the content from a stream, keeps it for the application, and judges the signature. */
    @Benchmark
    @SuppressWarnings("NullAway") // JMH calls open first.
    public Verification verify() {
        Exchange exchange = new Signed(new StubExchange(fields), new RequestBody(request(), LIMITS));
        return scheme.verify(credential(scheme.claim(exchange)), exchange);
    }

    private static Credential credential(Claim claim) {
        return claim instanceof Claim.Possible possible
                ? possible.credential()
                : ((Claim.Presented) claim).credential();
    }

    /** A container's request, as far as its content goes. */
    private HttpServletRequest request() {
        ServletInputStream stream = new Stream(content);
        return (HttpServletRequest) Proxy.newProxyInstance(
                SignedBodies.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getInputStream" -> stream;
                    case "getContentLengthLong" -> (long) size;
                    case "getMethod" -> "GET";
                    default -> null;
                });
    }

    /** A request with a content. */
    private record Signed(StubExchange request, Body body) implements Exchange {
        @Override
        public String method() {
            return request.method();
        }

        @Override
        public String rawPath() {
            return request.rawPath();
        }

        @Override
        public @Nullable String rawQuery() {
            return request.rawQuery();
        }

        @Override
        public List<String> headers(String name) {
            return request.headers(name);
        }

        @Override
        public Iterable<String> headerNames() {
            return request.headerNames();
        }

        @Override
        public InetAddress peer() {
            return request.peer();
        }

        @Override
        public InetAddress client() {
            return request.client();
        }

        @Override
        public boolean secure() {
            return request.secure();
        }

        @Override
        public String host() {
            return request.host();
        }

        @Override
        public String requestId() {
            return request.requestId();
        }
    }

    /** Bytes as a container hands them out. */
    private static final class Stream extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Stream(byte[] content) {
            this.bytes = new ByteArrayInputStream(content);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("Blocking alone");
        }
    }
}
