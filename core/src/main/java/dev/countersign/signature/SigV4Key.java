package dev.countersign.signature;

import dev.countersign.key.Hmac;
import dev.countersign.key.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/** The key of Signature Version 4 that was derived from a secret for one scope. Immutable; safe for use by many threads. */
public final class SigV4Key {
    /** The algorithm, which is also the scheme of the {@code Authorization} field. */
    public static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final String HMAC = "HmacSHA256";
    private static final String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final String scope;
    private final Hmac hmac;

    private SigV4Key(String scope, Hmac hmac) {
        this.scope = scope;
        this.hmac = hmac;
    }

    /** Derives the key. */
    public static SigV4Key derive(Secret secret, SigV4Scope scope) {
        byte[] start = concatenated(octets("AWS4"), secret.bytes());
        byte[] date = step(start, scope.date());
        byte[] region = step(date, scope.region());
        byte[] service = step(region, scope.service());
        byte[] key = step(service, SigV4Scope.TERMINATOR);
        return new SigV4Key(scope.text(), new Hmac(HMAC, new SecretKeySpec(key, HMAC)));
    }

    /**
     * The signature of a request, 64 lower-case hexadecimal digits.
     *
     * @param timestamp as {@link SigV4Time} formats it
     * @param canonicalSha256 {@link SigV4CanonicalRequest#sha256}
     */
    public String request(String timestamp, String canonicalSha256) {
        return sign(stringToSign(timestamp, canonicalSha256));
    }

    /** What {@link #request} signs. */
    String stringToSign(String timestamp, String canonicalSha256) {
        return ALGORITHM + "\n" + timestamp + "\n" + scope + "\n" + canonicalSha256;
    }

    /** The signature of a chunk of content with this SHA-256, after the one of the request or of the chunk before. */
    public String chunk(String timestamp, String previous, String sha256) {
        return sign(ALGORITHM + "-PAYLOAD\n" + timestamp + "\n" + scope + "\n" + previous + "\n" + EMPTY_SHA256 + "\n"
                + sha256);
    }

    /** The signature of trailers with this SHA-256, after that of the last chunk. */
    public String trailer(String timestamp, String previous, String sha256) {
        return sign("AWS4-HMAC-SHA256-TRAILER\n" + timestamp + "\n" + scope + "\n" + previous + "\n" + sha256);
    }

    private String sign(String text) {
        return HexFormat.of().formatHex(hmac.start().doFinal(octets(text)));
    }

    private static byte[] step(byte[] key, String data) {
        return new Hmac(HMAC, new SecretKeySpec(key, HMAC)).start().doFinal(octets(data));
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The scope, never the key. */
    @Override
    public String toString() {
        return "SigV4Key[" + scope + "]";
    }
}
