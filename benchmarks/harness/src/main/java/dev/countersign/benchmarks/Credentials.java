package dev.countersign.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.scheme.apikey.ApiKeyFile;
import dev.countersign.scheme.apikey.ApiKeys;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Keys, users and secrets for one run, in a folder that all variants read. */
public final class Credentials {
    static final String PASSWORD = "correct horse battery staple";
    /** The user's field {@code Authorization}. */
    public static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString(("ann:" + PASSWORD).getBytes(UTF_8));

    static final String WRONG_BASIC =
            "Basic " + Base64.getEncoder().encodeToString(("ann:not the " + PASSWORD).getBytes(UTF_8));

    /** bcrypt of the password, cost 10. */
    private static final String BCRYPT = "$2b$10$1Lt.PfE78WSgmtPKDzf1a.S4j0Yw38W60RV0zoQ8Of.VxtDYs.2Su";

    /** Few keys or users, and many. */
    static final int FEW = 1_000;

    static final int MANY = 1_000_000;

    private final Path folder;
    private final String apiKey;
    private final String otherApiKey;

    private Credentials(Path folder, String apiKey, String otherApiKey) {
        this.folder = folder;
        this.apiKey = apiKey;
        this.otherApiKey = otherApiKey;
    }

    /**
     * Makes them.
     *
     * @param many whether the files of a million entries are made, too
     */
    public static Credentials create(Path folder, boolean many) throws IOException, GeneralSecurityException {
        Files.createDirectories(folder);
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        Files.write(folder.resolve("HS256.private"), secret);
        Files.writeString(
                folder.resolve("HS256.public"),
                "base64url:" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        for (String algorithm : List.of("RS256", "ES256", "EdDSA")) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(TokenIssuer.keyAlgorithm(algorithm));
            if (algorithm.equals("RS256")) {
                generator.initialize(2048);
            } else if (algorithm.equals("ES256")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            KeyPair pair = generator.generateKeyPair();
            Files.write(
                    folder.resolve(algorithm + ".private"), pair.getPrivate().getEncoded());
            Files.writeString(
                    folder.resolve(algorithm + ".public"),
                    "-----BEGIN PUBLIC KEY-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                    .encodeToString(pair.getPublic().getEncoded())
                            + "\n-----END PUBLIC KEY-----\n");
        }
        ApiKeys keys = ApiKeys.withPrefix("sk_live_");
        ApiKeys.IssuedKey issued = keys.issue("acme");
        writeKeys(folder.resolve("keys"), issued, keys, FEW);
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        String cheap = pbkdf2(PASSWORD, salt, 1000);
        writeUsers(folder.resolve("users"), cheap, FEW);
        writeUsers(folder.resolve("bcrypt-users"), BCRYPT, FEW);
        if (many) {
            writeKeys(folder.resolve("many-keys"), issued, keys, MANY);
            writeUsers(folder.resolve("many-users"), cheap, MANY);
        }
        return new Credentials(folder, issued.key(), keys.issue("nobody").key());
    }

    private static void writeKeys(Path file, ApiKeys.IssuedKey issued, ApiKeys keys, int count) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int i = 0; i < count; i++) {
                ApiKeys.IssuedKey key = i == count / 2 ? issued : keys.issue("other-" + i);
                for (String line : ApiKeyFile.format(key.record())) {
                    writer.write(line);
                    writer.write('\n');
                }
            }
        }
    }

    private static void writeUsers(Path file, String hash, int count) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int i = 0; i < count; i++) {
                writer.write("user." + (i == count / 2 ? "ann" : "other-" + i) + ".password = " + hash + "\n");
            }
        }
    }

    private static String pbkdf2(String password, byte[] salt, int iterations) throws GeneralSecurityException {
        byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 256))
                .getEncoded();
        Base64.Encoder base64 = Base64.getEncoder();
        return "{pbkdf2-sha256}" + iterations + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /** The folder with {@code <algorithm>.private}, {@code <algorithm>.public}, {@code keys}, {@code users}. */
    Path folder() {
        return folder;
    }

    /** The path of one of the files. */
    public String file(String name) {
        return folder.resolve(name).toAbsolutePath().toString();
    }

    /** The one key that requests are sent with. */
    public String apiKey() {
        return apiKey;
    }

    /** The same header fields, name and value by turns, each with a credential of the right form that is not good. */
    List<String> wrong(List<String> headers) {
        List<String> wrong = new ArrayList<>(headers);
        for (int i = 1; i < wrong.size(); i += 2) {
            String value = wrong.get(i);
            if (value.startsWith("Bearer ")) {
                wrong.set(i, TokenIssuer.forged(value));
            } else {
                wrong.set(i, value.startsWith("Basic ") ? WRONG_BASIC : otherApiKey);
            }
        }
        return wrong;
    }

    /** A token that every variant accepts. */
    public String token(String algorithm) throws IOException, GeneralSecurityException {
        return TokenIssuer.of(algorithm, folder).token();
    }
}
