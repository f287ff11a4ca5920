package dev.countersign.jose;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The SHA-256 thumbprint of a JSON Web Key (RFC 7638, RFC 8037 section 2). */
final class JwkThumbprint {
    private JwkThumbprint() {}

    /**
     * The thumbprint, base64url.
     *
     * @throws IllegalArgumentException if the key's type is unknown or a required member is missing or not plain text
     */
    static String of(Map<String, Object> jwk) {
        StringBuilder canonical = new StringBuilder("{");
        for (String member : members(String.valueOf(jwk.get("kty")))) {
            if (!(jwk.get(member) instanceof String value) || !isPlain(value)) {
                throw new IllegalArgumentException(member + " is missing or not plain text");
            }
            canonical.append(canonical.length() == 1 ? "" : ",");
            canonical.append('"').append(member).append("\":\"").append(value).append('"');
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(canonical.append('}').toString().getBytes(StandardCharsets.UTF_8));
            return base64(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /**
     * The thumbprint of a key that came in another form.
     *
     * @throws IllegalArgumentException if it is none that {@link VerificationKey} knows
     */
    static String of(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return of(Map.of("kty", "RSA", "n", base64(rsa.getModulus()), "e", base64(rsa.getPublicExponent())));
        }
        if (key instanceof ECPublicKey ec) {
            EllipticCurve curve = EllipticCurve.of(ec.getParams());
            return of(Map.of(
                    "kty",
                    "EC",
                    "crv",
                    curve.jwkName(),
                    "x",
                    base64(ec.getW().getAffineX(), curve.coordinateBytes()),
                    "y",
                    base64(ec.getW().getAffineY(), curve.coordinateBytes())));
        }
        if (key instanceof EdECPublicKey edwards) {
            // RFC 8410 section 4: the raw bytes stand at the end of the SubjectPublicKeyInfo.
            byte[] encoded = edwards.getEncoded();
            boolean small = edwards.getParams().getName().equals("Ed25519");
            byte[] raw = Arrays.copyOfRange(encoded, encoded.length - (small ? 32 : 57), encoded.length);
            return of(Map.of("kty", "OKP", "crv", small ? "Ed25519" : "Ed448", "x", base64(raw)));
        }
        throw new IllegalArgumentException("a " + key.getAlgorithm() + " key has no thumbprint");
    }

    private static String base64(BigInteger number) {
        return base64(number, (number.bitLength() + 7) / 8);
    }

    /** RFC 7518 section 2: unsigned, big-endian, of this length. */
    private static String base64(BigInteger number, int length) {
        byte[] signed = number.toByteArray();
        byte[] unsigned = new byte[length];
        int count = Math.min(signed.length, length);
        System.arraycopy(signed, signed.length - count, unsigned, length - count, count);
        return base64(unsigned);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** RFC 7638 section 3.2: the required members, in the order of their code points. */
    private static List<String> members(String type) {
        return switch (type) {
            case "RSA" -> List.of("e", "kty", "n");
            case "EC" -> List.of("crv", "kty", "x", "y");
            case "OKP" -> List.of("crv", "kty", "x");
            case "oct" -> List.of("k", "kty");
            default -> throw new IllegalArgumentException("kty is not known");
        };
    }

    /** Whether JSON needs no escape for it; curve names and base64url never do. */
    private static boolean isPlain(String value) {
        return value.chars().allMatch(c -> c > ' ' && c <= '~' && c != '"' && c != '\\');
    }
}
