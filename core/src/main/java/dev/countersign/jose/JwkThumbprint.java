package dev.countersign.jose;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
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
