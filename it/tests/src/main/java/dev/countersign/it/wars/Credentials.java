package dev.countersign.it.wars;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What clients send and what stores keep of it, made with the JDK alone, so that no test takes the library's word for
 * its own formats. Everything follows from a name.
 */
public final class Credentials {
    /** The prefix of every API key made here. */
    public static final String PREFIX = "sk_it_";

    /** The secret that signs tokens, as the value of a {@code keys} setting. */
    public static final String TOKEN_KEY = "hex:" + HexFormat.of().formatHex(digest("the key of the tokens"));

    /** The issuer of every token. */
    public static final String ISSUER = "https://id.example.com";
    /** Whom every token is for. */
    public static final String AUDIENCE = "wars";

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int BODY = 43;
    private static final int CHECK = 6;
    private static final int ITERATIONS = 1_000;

    private Credentials() {}

    /** The API key of a name (SPEC 4). */
    public static String key(String name) {
        String body = PREFIX + base62(new BigInteger(1, digest(name)), BODY);
        CRC32 check = new CRC32();
        check.update(body.getBytes(UTF_8));
        return body + base62(BigInteger.valueOf(check.getValue()), CHECK);
    }

    /** The field that carries {@link #key}. */
    public static String keyField(String name) {
        return "X-API-Key: " + key(name);
    }

    /** The lines of a file of keys for {@link #key}; the owner is the name. */
    public static String keyRecord(String name, String scopes, String roles) {
        return "key." + name + ".sha256 = " + HexFormat.of().formatHex(digest(key(name))) + "\nkey." + name
                + ".owner = " + name + "\nkey." + name + ".scopes = " + scopes + "\nkey." + name + ".roles = " + roles
                + "\n";
    }

    /** The field of HTTP Basic. */
    public static String basicField(String user, String password) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    /** The line of a file of users; few iterations, because a test is not to wait. */
    public static String userRecord(String user, String password) {
        try {
            byte[] salt = digest(user);
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, 256))
                    .getEncoded();
            Base64.Encoder base64 = Base64.getEncoder();
            return "user." + user + ".password = {pbkdf2-sha256}" + ITERATIONS + "$" + base64.encodeToString(salt) + "$"
                    + base64.encodeToString(hash) + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token for a subject, good for ten minutes. */
    public static String token(String subject) {
        return token(subject, TOKEN_KEY);
    }

    /** A token that is signed with another key. */
    public static String token(String subject, String key) {
        return token(subject, key, "");
    }

    /** A token with further claims, such as {@code "scope":"read"}. */
    public static String tokenWith(String subject, String claims) {
        return token(subject, TOKEN_KEY, "," + claims);
    }

    private static String token(String subject, String key, String further) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        long now = Instant.now().getEpochSecond();
        String header = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
        String claims = "{\"iss\":\"" + ISSUER + "\",\"aud\":\"" + AUDIENCE + "\",\"sub\":\"" + subject + "\",\"iat\":"
                + now + ",\"exp\":" + (now + 600) + further + "}";
        String signed =
                base64.encodeToString(header.getBytes(UTF_8)) + "." + base64.encodeToString(claims.getBytes(UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(key.substring("hex:".length())), "HmacSHA256"));
            return signed + "." + base64.encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base62(BigInteger number, int length) {
        StringBuilder digits = new StringBuilder();
        for (BigInteger rest = number; rest.signum() > 0; rest = rest.divide(BASE)) {
            digits.append(DIGITS.charAt(rest.mod(BASE).intValue()));
        }
        while (digits.length() < length) {
            digits.append('0');
        }
        return digits.reverse().toString();
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
