package dev.countersign.password;

import java.util.Base64;
import java.util.Locale;

/** {@code {pbkdf2-sha256}iterations$base64salt$base64hash} (RFC 8018 section 5.2 with HMAC-SHA-256). */
final class Pbkdf2Hash extends PasswordHash {
    static final String PREFIX = "{pbkdf2-sha256}";
    static final int TARGET_ITERATIONS = 600_000;

    private static final int MIN_ITERATIONS = 1_000;
    private static final int MAX_ITERATIONS = 10_000_000;

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private Pbkdf2Hash(String encoded, int iterations, byte[] salt, byte[] hash) {
        super(encoded);
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    static Pbkdf2Hash read(String stored) {
        int first = stored.indexOf('$');
        int second = stored.indexOf('$', first + 1);
        if (first < 0 || second < 0 || stored.indexOf('$', second + 1) >= 0) {
            throw new IllegalArgumentException(
                    "a PBKDF2 hash is damaged (expected: {pbkdf2-sha256}iterations$base64salt$base64hash)");
        }
        int iterations = Bytes.decimal(
                stored.substring(PREFIX.length(), first),
                "number of PBKDF2 iterations",
                MIN_ITERATIONS,
                MAX_ITERATIONS);
        byte[] salt = Bytes.base64(stored.substring(first + 1, second), "PBKDF2 salt", 8, 64, true);
        byte[] hash = Bytes.base64(stored.substring(second + 1), "PBKDF2 hash", 16, 64, true);
        return new Pbkdf2Hash(stored, iterations, salt, hash);
    }

    static Pbkdf2Hash create(byte[] password, int iterations, byte[] salt) {
        return of(
                iterations,
                salt,
                Pbkdf2.derive(password, salt, iterations, 32)
                        .orElseThrow(() -> new IllegalArgumentException("A password is text")));
    }

    static Pbkdf2Hash decoy(int iterations, int saltLength, int hashLength) {
        return of(iterations, random(saltLength), random(hashLength));
    }

    private static Pbkdf2Hash of(int iterations, byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder();
        String encoded = PREFIX + iterations + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
        return new Pbkdf2Hash(encoded, iterations, salt, hash);
    }

    @Override
    boolean verify(byte[] password) {
        return Pbkdf2.derive(password, salt, iterations, hash.length)
                .filter(derived -> Bytes.equal(hash, derived))
                .isPresent();
    }

    @Override
    public PasswordHash decoy() {
        return decoy(iterations, salt.length, hash.length);
    }

    @Override
    public String cost() {
        // A hash of more than 32 bytes is two blocks, and takes twice as long.
        return String.format(Locale.ROOT, "PBKDF2-SHA256 %d × %d", iterations, blocks());
    }

    @Override
    public long weight() {
        return (long) iterations * blocks() / 2;
    }

    @Override
    public boolean isWeak() {
        return iterations < TARGET_ITERATIONS;
    }

    private int blocks() {
        return (hash.length + 31) / 32;
    }
}
