package dev.countersign.signature;

import dev.countersign.http.Ascii;
import dev.countersign.http.ConstantTime;
import dev.countersign.http.FieldValue;
import dev.countersign.key.Hmac;
import dev.countersign.key.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Countersign's own form of a signed request: what the signature covers, and the signature itself. Both sides use it, so
 * that they cannot differ. Immutable; safe for use by many threads.
 *
 * <pre>{@code
 * Hmac hmac = Hmac.sha256(secret);
 * var request = new GenericSignature(
 *         "acme-1", 1700000000, nonce, "POST", "api.example.com", "/orders?dry=1", GenericSignature.digest(body));
 * request.fields(hmac).forEach(connection::setRequestProperty);
 * }</pre>
 *
 * <p>No part can have a line break in it, so that no two requests have one canonical form.
 *
 * @param keyId names the secret: 1 to {@value #MAX_KEY_ID} characters of {@code A-Z a-z 0-9 _ -}
 * @param timestamp when it is signed, in seconds since 1970 (UTC), without leap seconds
 * @param nonce what the client uses once: at most {@value #MAX_NONCE} visible ASCII characters; empty for none
 * @param method the method, case-sensitive
 * @param authority host and port as in {@link #authority}
 * @param target path and query as in {@link #target}
 * @param digest the SHA-256 of the content as in {@link #digest}
 */
public record GenericSignature(
        String keyId, long timestamp, String nonce, String method, String authority, String target, String digest) {
    /** The scheme in {@code Authorization}, and of the challenge. */
    public static final String SCHEME = "HMAC-SHA256";

    /** The field that names the secret. */
    public static final String KEY_ID = "X-Key-Id";

    /** The field that tells when the request was signed. */
    public static final String TIMESTAMP = "X-Timestamp";

    /** The field with what the client uses once. */
    public static final String NONCE = "X-Nonce";

    /** The field with the signature. */
    public static final String SIGNATURE = "X-Signature";

    /** The longest key id, in characters. */
    public static final int MAX_KEY_ID = 128;

    /** The longest nonce, in characters. */
    public static final int MAX_NONCE = 128;

    private static final String FIRST_LINE = "COUNTERSIGN-HMAC-SHA256";
    private static final int HEX_DIGITS = 64;
    private static final int MAX_TIMESTAMP_DIGITS = 12;
    private static final long MAX_TIMESTAMP = 999_999_999_999L;

    /**
     * Checks every part.
     *
     * @throws IllegalArgumentException naming the part that is out of its range
     */
    public GenericSignature {
        require(isKeyId(keyId), "keyId", "1 to 128 characters of A-Z a-z 0-9 _ -");
        require(timestamp > 0 && timestamp <= MAX_TIMESTAMP, "timestamp", "seconds since 1970, at most twelve digits");
        require(nonce.isEmpty() || isNonce(nonce), "nonce", "at most 128 visible ASCII characters");
        require(isSignable(method, authority, target), "request", "a token, and visible ASCII characters twice");
        require(isHex(digest), "digest", "64 hexadecimal digits in lower case");
    }

    /** Whether it may name a secret. */
    public static boolean isKeyId(String text) {
        if (text.isEmpty() || text.length() > MAX_KEY_ID) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean good =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
            if (!good) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is a nonce, which is not empty. */
    public static boolean isNonce(String text) {
        return text.length() <= MAX_NONCE && FieldValue.isVisibleAscii(text);
    }

    /** Whether it is the text of a signature, or of a digest: 64 hexadecimal digits in lower case. */
    public static boolean isHex(String text) {
        if (text.length() != HEX_DIGITS) {
            return false;
        }
        for (int i = 0; i < HEX_DIGITS; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** Whether these parts of a request can be signed: a method that is a token, the others visible ASCII. */
    public static boolean isSignable(String method, String authority, String target) {
        return FieldValue.isToken(method) && FieldValue.isVisibleAscii(authority) && FieldValue.isVisibleAscii(target);
    }

    /** Reads a timestamp, which has one spelling: 1 to 12 digits, the first of them not zero. */
    public static OptionalLong timestamp(String text) {
        if (text.isEmpty() || text.length() > MAX_TIMESTAMP_DIGITS || text.charAt(0) == '0') {
            return OptionalLong.empty();
        }
        long seconds = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return OptionalLong.empty();
            }
            seconds = seconds * 10 + (c - '0');
        }
        return OptionalLong.of(seconds);
    }

    /**
     * The authority as it is signed: in lower case, and without a port that is empty or the scheme's own (RFC 9110 section
     * 4.2.3).
     *
     * @param authority host and port, as in {@code Host}
     * @param https whether the URL has that scheme, else it is plain HTTP
     */
    public static String authority(String authority, boolean https) {
        String lower = Ascii.lowerCase(authority);
        String port = https ? ":443" : ":80";
        if (lower.endsWith(port)) {
            return lower.substring(0, lower.length() - port.length());
        }
        return lower.endsWith(":") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /**
     * The target as it is signed: path and query as they go over the wire, nothing decoded, normalised or sorted.
     *
     * @param rawPath the path
     * @param rawQuery the query without its question mark; null for none
     */
    public static String target(String rawPath, @Nullable String rawQuery) {
        return rawQuery == null ? rawPath : rawPath + "?" + rawQuery;
    }

    /** The digest of a content: SHA-256, in lower-case hexadecimal digits. */
    public static String digest(byte[] content) {
        return hex(Sha256.start().digest(content));
    }

    /** Bytes in lower-case hexadecimal digits. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** What is signed: eight lines, the last one without a line break. ASCII alone. */
    public String canonical() {
        return FIRST_LINE
                + '\n'
                + keyId
                + '\n'
                + timestamp
                + '\n'
                + nonce
                + '\n'
                + method
                + '\n'
                + authority
                + '\n'
                + target
                + '\n'
                + digest;
    }

    /**
     * The signature.
     *
     * @param hmac of HMAC-SHA256: {@link Hmac#sha256}
     * @return 64 hexadecimal digits in lower case
     */
    public String sign(Hmac hmac) {
        return hex(hmac.start().doFinal(canonical().getBytes(StandardCharsets.US_ASCII)));
    }

    /** Whether a signature is the one of this request, in a time that does not tell how much of it is right. */
    public boolean isSigned(Hmac hmac, String signature) {
        return ConstantTime.equals(sign(hmac), signature);
    }

    /** The header fields of the signed request, by their names, in the form with fields of its own. */
    public Map<String, String> fields(Hmac hmac) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(KEY_ID, keyId);
        fields.put(TIMESTAMP, Long.toString(timestamp));
        if (!nonce.isEmpty()) {
            fields.put(NONCE, nonce);
        }
        fields.put(SIGNATURE, sign(hmac));
        return fields;
    }

    /** The value of {@code Authorization} of the signed request, in the form with that field alone. */
    public String authorization(Hmac hmac) {
        String once = nonce.isEmpty()
                ? ""
                : ", nonce=\"" + nonce.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        return SCHEME + " keyId=" + keyId + ", timestamp=" + timestamp + once + ", signature=" + sign(hmac);
    }

    private static void require(boolean met, String part, String expected) {
        if (!met) {
            throw new IllegalArgumentException(part + " cannot be signed (expected: " + expected + ")");
        }
    }
}
