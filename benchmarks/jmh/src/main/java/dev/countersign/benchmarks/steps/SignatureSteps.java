package dev.countersign.benchmarks.steps;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countersign.WorkLimit;
import dev.countersign.benchmarks.Credentials;
import dev.countersign.jose.CompactJws;
import dev.countersign.jose.JwsAlgorithm;
import dev.countersign.jose.JwsProblem;
import dev.countersign.jose.KeySet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.openjdk.jmh.annotations.Warmup;

/** Verifying the signature of a token that has been read. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SignatureSteps {
    private static final int MAX_CHARS = 8192;
    private static final int MAX_DEPTH = 8;

    /** The algorithm. */
    @Param({"HS256", "RS256", "ES256", "EdDSA"})
    public String algorithm = "";

    private final WorkLimit verifying = new WorkLimit("signature verification", 1, 1);
    private @Nullable CompactJws token;
    private @Nullable KeySet keys;
    private @Nullable Key key;
    private byte[] input = {};
    private byte[] signature = {};

    /** Signs a token and reads the key, in both ways. */
    @Setup
    public void sign() throws Exception {
        Credentials credentials = Credentials.create(Files.createTempDirectory("steps"), false);
        String text = credentials.token(algorithm);
        token = ((CompactJws.Read) CompactJws.read(text, MAX_CHARS, MAX_DEPTH)).jws();
        int end = text.lastIndexOf('.');
        input = text.substring(0, end).getBytes(US_ASCII);
        signature = Base64.getUrlDecoder().decode(text.substring(end + 1));
        String published = Files.readString(Path.of(credentials.file(algorithm + ".public")));
        keys = KeySet.parse(
                List.of(published), Set.of(JwsAlgorithm.named(algorithm).orElseThrow()));
        key = algorithm.equals("HS256") ? secret(published) : publicKey(published);
    }

    private static Key secret(String text) {
        return new SecretKeySpec(Base64.getUrlDecoder().decode(text.substring("base64url:".length())), "HmacSHA256");
    }

    private PublicKey publicKey(String pem) throws GeneralSecurityException {
        String body = pem.lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat);
        String type = algorithm.equals("RS256") ? "RSA" : algorithm.equals("ES256") ? "EC" : "Ed25519";
        return KeyFactory.getInstance(type)
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(body)));
    }

    /** The bare operation. */
    @Benchmark
    public boolean jdkAlone() throws GeneralSecurityException {
        if (algorithm.equals("HS256")) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return MessageDigest.isEqual(mac.doFinal(input), signature);
        }
        Signature verifier = Signature.getInstance(
                switch (algorithm) {
                    case "RS256" -> "SHA256withRSA";
                    case "ES256" -> "SHA256withECDSAinP1363Format";
                    default -> "Ed25519";
                });
        verifier.initVerify((PublicKey) key);
        verifier.update(input);
        return verifier.verify(signature);
    }

    /** Ours: the key is chosen, algorithm and key must belong together, and the work is bounded. */
    @Benchmark
    @SuppressWarnings("NullAway") // JMH calls sign first.
    public Optional<JwsProblem> verify() {
        return keys.verify(token, verifying);
    }
}
