package dev.countersign.benchmarks.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** What the frameworks are told to check against, read from the files that Countersign reads in its variants. */
public final class Material {
    /** Who issues the tokens. */
    public static final String ISSUER = "https://id.example.com/realms/orders";

    /** For whom the tokens must be. */
    public static final String AUDIENCE = "orders";

    /** The one user. */
    public static final String USER = "ann";

    /** The user's password. */
    public static final String PASSWORD = "correct horse battery staple";

    private Material() {}

    /** The digests of the keys in a file of Countersign, with the name of each. */
    public static Map<ByteBuffer, String> owners(Path file) throws IOException {
        Map<ByteBuffer, String> owners = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            int end = line.indexOf(".sha256");
            if (end > 0) {
                String hex = line.substring(line.indexOf('=') + 1).strip();
                owners.put(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), line.substring("key.".length(), end));
            }
        }
        return owners;
    }

    /** The digest under which {@link #owners} has a key. */
    public static ByteBuffer digest(String key) {
        return ByteBuffer.wrap(sha256(key));
    }

    /** A hash that costs next to nothing, as if the dear one had been checked a moment ago. */
    public static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The secret of {@code HS256}. */
    public static byte[] secret(Path file) throws IOException {
        return Base64.getUrlDecoder().decode(Files.readString(file).substring("base64url:".length()));
    }

    /** The public key of {@code RS256}, {@code ES256} or {@code EdDSA}. */
    public static PublicKey publicKey(String algorithm, Path file) throws IOException, GeneralSecurityException {
        String body = Files.readString(file)
                .lines()
                .filter(line -> !line.startsWith("-----"))
                .reduce("", String::concat);
        String type = algorithm.equals("RS256") ? "RSA" : algorithm.equals("ES256") ? "EC" : "Ed25519";
        return KeyFactory.getInstance(type)
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(body)));
    }
}
