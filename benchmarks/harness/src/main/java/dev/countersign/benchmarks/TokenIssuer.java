package dev.countersign.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Signs tokens of one algorithm with the JDK alone, each with an id of its own. Not for use by several threads. */
final class TokenIssuer {
    private final String header;
    private final @Nullable Mac mac;
    private final @Nullable Signature signature;
    private final long end = Instant.now().getEpochSecond() + 86_400;
    private long next = System.nanoTime();

    private TokenIssuer(String algorithm, @Nullable Mac mac, @Nullable Signature signature) {
        this.header = base64("{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\",\"kid\":\"bench-1\"}");
        this.mac = mac;
        this.signature = signature;
    }

    /** The issuer for an algorithm whose private key or secret is in the folder. */
    static TokenIssuer of(String algorithm, Path keys) throws GeneralSecurityException, IOException {
        byte[] key = Files.readAllBytes(keys.resolve(algorithm + ".private"));
        if (algorithm.equals("HS256")) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return new TokenIssuer(algorithm, mac, null);
        }
        PrivateKey privateKey =
                KeyFactory.getInstance(keyAlgorithm(algorithm)).generatePrivate(new PKCS8EncodedKeySpec(key));
        Signature signature = Signature.getInstance(signatureAlgorithm(algorithm));
        signature.initSign(privateKey);
        return new TokenIssuer(algorithm, null, signature);
    }

    static String keyAlgorithm(String algorithm) {
        return switch (algorithm) {
            case "RS256" -> "RSA";
            case "ES256" -> "EC";
            default -> "Ed25519";
        };
    }

    static String signatureAlgorithm(String algorithm) {
        return switch (algorithm) {
            case "RS256" -> "SHA256withRSA";
            case "ES256" -> "SHA256withECDSAinP1363Format";
            default -> "Ed25519";
        };
    }

    /** A token that nobody has seen, good for a day, with the claims that access tokens usually have. */
    String token() throws GeneralSecurityException {
        String claims = claims();
        byte[] input = (header + "." + claims).getBytes(StandardCharsets.US_ASCII);
        byte[] signed;
        if (mac != null) {
            signed = mac.doFinal(input);
        } else if (signature != null) {
            signature.update(input);
            signed = signature.sign();
        } else {
            throw new IllegalStateException("Neither a secret nor a private key");
        }
        return header + "." + claims + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    /** A token whose signature is not good, though it has the right form. */
    String forged() throws GeneralSecurityException {
        return forged(token());
    }

    /** Header fields with tokens that nobody has seen, each with the signature of another; made without signing each. */
    List<String> forged(int count) throws GeneralSecurityException {
        String token = token();
        String signature = token.substring(token.lastIndexOf('.'));
        List<String> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            fields.add("Bearer " + header + "." + claims() + signature);
        }
        return fields;
    }

    /** A token, or the header field with it, whose signature is not good any more. */
    static String forged(String token) {
        int middle = token.lastIndexOf('.') + 20;
        char other = token.charAt(middle) == 'A' ? 'B' : 'A';
        return token.substring(0, middle) + other + token.substring(middle + 1);
    }

    private String claims() {
        long now = end - 86_400;
        return base64("{\"iss\":\"https://id.example.com/realms/orders\",\"sub\":\"f3b2c1d0-7c1e-4b1e-9d55-2f6b1a"
                + "0c9e11\",\"aud\":[\"orders\",\"account\"],\"exp\":" + end + ",\"iat\":" + now + ",\"nbf\":"
                + now
                + ",\"jti\":\"" + next++
                + "\",\"client_id\":\"web-shop\",\"scope\":\"openid profile orders:read"
                + " orders:write\",\"roles\":[\"clerk\",\"auditor\"],\"name\":\"Ann Example\",\"preferred_username\":"
                + "\"ann\",\"email\":\"ann@example.com\"}");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
