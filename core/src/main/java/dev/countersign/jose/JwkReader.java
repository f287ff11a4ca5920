package dev.countersign.jose;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One JSON Web Key (RFC 7517 section 4, RFC 7518 section 6, RFC 8037 section 2) as a key that verifies signatures. */
final class JwkReader {
    /** What stands before the raw bytes in a SubjectPublicKeyInfo (RFC 8410 section 4). */
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final byte[] ED448 = HexFormat.of().parseHex("3043300506032b6571033a00");
    private static final int ED25519_BYTES = 32;
    private static final int ED448_BYTES = 57;

    private static final List<String> PRIVATE_MEMBERS = List.of("d", "p", "q", "dp", "dq", "qi", "oth");

    private JwkReader() {}

    /**
     * Reads a key.
     *
     * @param wanted the algorithms it will be used with: all HMAC, or none
     * @throws UnusableKeyException if it is not for verifying signatures with one of these algorithms
     * @throws IllegalArgumentException if it is broken, private, or a secret among public keys
     */
    static VerificationKey read(Map<String, Object> jwk, Set<JwsAlgorithm> wanted) {
        String type = requiredText(jwk, "kty");
        String keyId = text(jwk, "kid");
        boolean secret = type.equals("oct");
        if (!secret && PRIVATE_MEMBERS.stream().anyMatch(jwk::containsKey)) {
            throw new IllegalArgumentException(KeySet.PRIVATE_KEY);
        }
        Set<JwsAlgorithm> algorithms = EnumSet.copyOf(wanted);
        String name = text(jwk, "alg");
        if (name != null) {
            algorithms.removeIf(algorithm -> !algorithm.name().equals(name));
        }
        boolean hmac = wanted.iterator().next().isHmac();
        if (secret != hmac) {
            throw new IllegalArgumentException(
                    secret ? "a secret (kty oct) where public keys are expected" : "a public key where HMAC is used");
        }
        requireVerifies(jwk);
        if (algorithms.isEmpty()) {
            throw new UnusableKeyException("its alg is none of the algorithms");
        }
        if (secret) {
            return VerificationKey.ofSecret(keyId, requiredBytes(jwk, "k"), algorithms);
        }
        PublicKey key = publicKey(type, jwk);
        algorithms.retainAll(VerificationKey.algorithmsOf(key));
        if (algorithms.isEmpty()) {
            throw new UnusableKeyException("its type fits none of the algorithms");
        }
        return new VerificationKey(keyId, key, algorithms);
    }

    /** RFC 7517 sections 4.2 and 4.3: a key that says what it is for is used for nothing else. */
    private static void requireVerifies(Map<String, Object> jwk) {
        String use = text(jwk, "use");
        if (use != null && !use.equals("sig")) {
            throw new UnusableKeyException("its use is not sig");
        }
        Object operations = jwk.get("key_ops");
        if (operations == null) {
            return;
        }
        if (!(operations instanceof List<?> list)) {
            throw new IllegalArgumentException("key_ops is not a list");
        }
        if (!list.contains("verify")) {
            throw new UnusableKeyException("its key_ops lack verify");
        }
    }

    private static PublicKey publicKey(String type, Map<String, Object> jwk) {
        try {
            return switch (type) {
                case "RSA" ->
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e")));
                case "EC" -> elliptic(jwk);
                case "OKP" -> edwards(jwk);
                default -> throw new UnusableKeyException("its kty is not known (expected: RSA, EC, OKP or oct)");
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a good " + type + " key", e);
        }
    }

    private static PublicKey elliptic(Map<String, Object> jwk) throws GeneralSecurityException {
        EllipticCurve curve = EllipticCurve.named(requiredText(jwk, "crv"))
                .orElseThrow(() -> new UnusableKeyException("its crv is not known (expected: P-256, P-384 or P-521)"));
        byte[] x = requiredBytes(jwk, "x");
        byte[] y = requiredBytes(jwk, "y");
        // RFC 7518 sections 6.2.1.2 and 6.2.1.3: the length MUST be that of a coordinate of the curve.
        if (x.length != curve.coordinateBytes() || y.length != curve.coordinateBytes()) {
            throw new IllegalArgumentException("a coordinate of the wrong length for its curve");
        }
        ECPoint point = new ECPoint(new BigInteger(1, x), new BigInteger(1, y));
        curve.requireContains(point);
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve.parameters()));
    }

    private static PublicKey edwards(Map<String, Object> jwk) throws GeneralSecurityException {
        byte[] prefix;
        int length;
        switch (requiredText(jwk, "crv")) {
            case "Ed25519" -> {
                prefix = ED25519;
                length = ED25519_BYTES;
            }
            case "Ed448" -> {
                prefix = ED448;
                length = ED448_BYTES;
            }
            default -> throw new UnusableKeyException("its crv is not for signatures (expected: Ed25519 or Ed448)");
        }
        byte[] x = requiredBytes(jwk, "x");
        if (x.length != length) {
            throw new IllegalArgumentException("x of the wrong length for its crv");
        }
        byte[] encoded = new byte[prefix.length + length];
        System.arraycopy(prefix, 0, encoded, 0, prefix.length);
        System.arraycopy(x, 0, encoded, prefix.length, length);
        return KeyFactory.getInstance("EdDSA").generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static BigInteger number(Map<String, Object> jwk, String member) {
        return new BigInteger(1, requiredBytes(jwk, member));
    }

    private static byte[] requiredBytes(Map<String, Object> jwk, String member) {
        byte[] bytes = Base64Url.decode(requiredText(jwk, member));
        if (bytes == null || bytes.length == 0) {
            throw new IllegalArgumentException(member + " is not base64url");
        }
        return bytes;
    }

    private static String requiredText(Map<String, Object> jwk, String member) {
        String text = text(jwk, member);
        if (text == null) {
            throw new IllegalArgumentException(member + " is missing");
        }
        return text;
    }

    private static @Nullable String text(Map<String, Object> jwk, String member) {
        Object value = jwk.get(member);
        if (value == null) {
            return null;
        }
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(member + " is not a string");
    }
}
