package dev.countersign.benchmarks.steps;

import dev.countersign.benchmarks.Credentials;
import dev.countersign.jose.CompactJws;
import dev.countersign.json.StrictJson;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading a token, all but its signature. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TokenSteps {
    private static final int MAX_CHARS = 8192;
    private static final int MAX_DEPTH = 8;

    private String token = "";
    private byte[] claims = {};

    /** Signs one. */
    @Setup
    public void sign() throws Exception {
        token = Credentials.create(Files.createTempDirectory("steps"), false).token("HS256");
        claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    }

    /** The least: its three parts, decoded. */
    @Benchmark
    public int base64Alone() {
        int length = 0;
        int start = 0;
        while (start <= token.length()) {
            int end = token.indexOf('.', start);
            end = end < 0 ? token.length() : end;
            length += Base64.getUrlDecoder().decode(token.substring(start, end)).length;
            start = end + 1;
        }
        return length;
    }

    /** Its parts and its header. */
    @Benchmark
    public CompactJws.Reading readHeader() {
        return CompactJws.read(token, MAX_CHARS, MAX_DEPTH);
    }

    /** Its parts, its header and its claims. */
    @Benchmark
    public Optional<Map<String, Object>> readHeaderAndClaims() {
        return ((CompactJws.Read) CompactJws.read(token, MAX_CHARS, MAX_DEPTH))
                .jws()
                .unverifiedClaims(MAX_DEPTH);
    }

    /** The text of the claims, once it is decoded. */
    @Benchmark
    public Map<String, Object> parseClaims() {
        return StrictJson.parseObject(claims, MAX_DEPTH);
    }
}
