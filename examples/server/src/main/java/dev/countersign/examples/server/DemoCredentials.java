package dev.countersign.examples.server;

import dev.countersign.password.PasswordHash;
import dev.countersign.scheme.apikey.ApiKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/** An API key, a user and a token issuer for one run: made here, written to a folder, never checked in. */
final class DemoCredentials {
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final String apiKey;
    private final String password;
    private final PrivateKey signingKey;

    private DemoCredentials(String apiKey, String password, PrivateKey signingKey) {
        this.apiKey = apiKey;
        this.password = password;
        this.signingKey = signingKey;
    }

    /**
     * Makes the credentials and writes what the application needs of them (hashes and a public key) to {@code folder},
     * with a {@code demo.properties} that the setting {@code countersign.config} can name.
     */
    static DemoCredentials create(Path folder) throws IOException, GeneralSecurityException {
        ApiKeys.IssuedKey key = ApiKeys.withPrefix("sk_demo_").issue("demo");
        byte[] random = new byte[9];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();

        write(
                folder.resolve("api-keys.properties"),
                "key.demo.sha256=" + key.record().digest().hex(),
                "key.demo.owner=demo-service",
                "key.demo.scopes=orders:read");
        write(
                folder.resolve("users.properties"),
                "user.ada.password="
                        + PasswordHash.create(password, PasswordHash.Target.PBKDF2_SHA256)
                                .encoded(),
                "user.ada.scopes=orders:read",
                "user.ada.roles=auditor");
        write(folder.resolve("jwks.json"), jwks((ECPublicKey) pair.getPublic()));
        write(
                folder.resolve("demo.properties"),
                "countersign.scheme.api-key.store=file:" + path(folder.resolve("api-keys.properties")),
                "countersign.scheme.basic.users=file:" + path(folder.resolve("users.properties")),
                "countersign.scheme.jwt.keys=${file:" + path(folder.resolve("jwks.json")) + "}");
        return new DemoCredentials(key.key(), password, pair.getPrivate());
    }

    String apiKey() {
        return apiKey;
    }

    String password() {
        return password;
    }

    /** A token for {@code grace} with these scopes, signed with ES256 (RFC 7518 section 3.4). */
    String token(String scopes) throws GeneralSecurityException {
        Instant now = Instant.now();
        String header = "{\"alg\":\"ES256\",\"kid\":\"demo\",\"typ\":\"at+jwt\"}";
        String claims = "{\"iss\":\"https://id.example.com\",\"aud\":\"orders\",\"sub\":\"grace\",\"scope\":\"" + scopes
                + "\",\"iat\":" + now.getEpochSecond() + ",\"exp\":"
                + now.plus(TOKEN_LIFETIME).getEpochSecond() + "}";
        String input = encode(header) + "." + encode(claims);
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(signingKey);
        signature.update(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + BASE64URL.encodeToString(signature.sign());
    }

    private static String jwks(ECPublicKey key) {
        return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"demo\",\"alg\":\"ES256\",\"use\":\"sig\",\"x\":\""
                + coordinate(key.getW().getAffineX().toByteArray()) + "\",\"y\":\""
                + coordinate(key.getW().getAffineY().toByteArray()) + "\"}]}";
    }

    /** Big-endian in exactly 32 bytes (RFC 7518 section 6.2.1.2): without the sign byte, with leading zeros. */
    private static String coordinate(byte[] twosComplement) {
        byte[] fixed = new byte[32];
        int length = Math.min(twosComplement.length, fixed.length);
        System.arraycopy(twosComplement, twosComplement.length - length, fixed, fixed.length - length, length);
        return BASE64URL.encodeToString(fixed);
    }

    private static String encode(String json) {
        return BASE64URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String path(Path file) {
        return file.toAbsolutePath().toString().replace('\\', '/');
    }

    private static void write(Path file, String... lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
    }
}
