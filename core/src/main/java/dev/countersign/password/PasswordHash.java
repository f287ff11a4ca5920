package dev.countersign.password;

import dev.countersign.StoreUnavailableException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A stored password hash, read strictly and bounded in the work that checking a password against it costs. Immutable and
 * safe for use by many threads.
 *
 * <p>Three formats are read:
 *
 * <ul>
 *   <li>bcrypt, {@code $2a$}, {@code $2b$} or {@code $2y$}: cost 4 to 15;
 *   <li>{@code $argon2id$v=19$m=…,t=…,p=…$salt$hash} (RFC 9106): 8 KiB a lane to 256 MiB, at most 64 passes and 1 GiB of
 *       memory times passes, 1 to 16 lanes;
 *   <li>{@code {pbkdf2-sha256}iterations$base64salt$base64hash} (RFC 8018 section 5.2): 1,000 to 10,000,000 iterations.
 * </ul>
 *
 * Passwords are compared as the UTF-8 bytes that came, without any Unicode normalisation. An empty password, one with a
 * NUL, one above {@value #MAX_PASSWORD_BYTES} bytes, and for bcrypt one above 72 bytes, match nothing.
 *
 * <pre>{@code
 * PasswordHash hash = PasswordHash.create("open sesame", PasswordHash.Target.PBKDF2_SHA256);
 * store(hash.encoded());
 * }</pre>
 */
public abstract class PasswordHash {
    /** The longest password that is hashed, in bytes of UTF-8. */
    public static final int MAX_PASSWORD_BYTES = 1024;

    /** What a new hash is made with. */
    public enum Target {
        /** PBKDF2 with HMAC-SHA-256, 600,000 iterations, a salt of 16 bytes. */
        PBKDF2_SHA256,
        /** Argon2id with 19 MiB, 2 passes, 1 lane, a salt of 16 bytes. */
        ARGON2ID
    }

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String encoded;

    PasswordHash(String encoded) {
        this.encoded = encoded;
    }

    /**
     * Reads a stored hash.
     *
     * @throws IllegalArgumentException if it is none of the formats, is damaged, too weak to mean anything, or would cost
     *     more than the bounds allow; the message says what is expected and tells nothing of the value
     */
    public static PasswordHash parse(String stored) {
        if (stored.startsWith(Argon2idHash.PREFIX)) {
            return Argon2idHash.read(stored);
        }
        if (stored.startsWith(Pbkdf2Hash.PREFIX)) {
            return Pbkdf2Hash.read(stored);
        }
        if (BcryptHash.recognises(stored)) {
            return BcryptHash.read(stored);
        }
        throw new IllegalArgumentException("not a password hash of a known format (expected: $2a$, $2b$ or $2y$ bcrypt,"
                + " $argon2id$ or {pbkdf2-sha256}; plain text is never accepted)");
    }

    /**
     * Hashes a new password with a random salt.
     *
     * @throws IllegalArgumentException if the password is empty, has a NUL or an unpaired surrogate, or is longer than
     *     {@value #MAX_PASSWORD_BYTES} bytes of UTF-8
     */
    public static PasswordHash create(String password, Target target) {
        byte[] utf8 = utf8(password);
        if (utf8 == null || !isHashable(utf8)) {
            throw new IllegalArgumentException("A password needs 1 to " + MAX_PASSWORD_BYTES
                    + " bytes of UTF-8 and no NUL (it is empty, too long or not text)");
        }
        return switch (target) {
            case PBKDF2_SHA256 -> Pbkdf2Hash.create(utf8, Pbkdf2Hash.TARGET_ITERATIONS, random(16));
            case ARGON2ID -> Argon2idHash.create(utf8, Argon2idHash.TARGET, random(16));
        };
    }

    /**
     * A hash that costs what a new hash of this target costs and that no password matches: what is checked for a user
     * who does not exist.
     */
    public static PasswordHash decoy(Target target) {
        return switch (target) {
            case PBKDF2_SHA256 -> Pbkdf2Hash.decoy(Pbkdf2Hash.TARGET_ITERATIONS, 16, 32);
            case ARGON2ID -> Argon2idHash.decoy(Argon2idHash.TARGET, 16, 32);
        };
    }

    /**
     * Whether {@code password} is the one that was hashed. Computes exactly one hash, unless the password is one that is
     * refused whoever the user is; the comparison takes constant time.
     *
     * @param password null matches nothing
     * @throws StoreUnavailableException if the thread is interrupted while it computes Argon2id with several lanes
     */
    public final boolean matches(@Nullable String password) {
        byte[] utf8 = password == null ? null : utf8(password);
        return utf8 != null && matches(utf8);
    }

    /**
     * Whether {@code password} is the one that was hashed.
     *
     * @param password the bytes as they came, in UTF-8; see {@link #matches(String)}
     * @throws StoreUnavailableException as {@link #matches(String)}
     */
    public final boolean matches(byte[] password) {
        return isHashable(password) && verify(password);
    }

    /** Computes one hash of 1 to {@value #MAX_PASSWORD_BYTES} bytes without NUL, and compares. */
    abstract boolean verify(byte[] password);

    /**
     * A hash of the same format and cost, with a random salt and a random result, so that no password matches it: what is
     * checked for a user who does not exist.
     */
    public abstract PasswordHash decoy();

    /** The format and what it costs, such as {@code bcrypt cost 12}: equal for hashes that take the same time. */
    public abstract String cost();

    /** Roughly how long one check takes, in microseconds of one ordinary core: to order hashes of different formats. */
    public abstract long weight();

    /** Whether a check costs less than current advice: PBKDF2 below 600,000, Argon2id below 19 MiB × 2, bcrypt below 10. */
    public abstract boolean isWeak();

    /** The stored form, which {@link #parse} reads. It is a secret: it lets its reader guess passwords. */
    public final String encoded() {
        return encoded;
    }

    /** Whether the stored forms are equal. */
    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof PasswordHash hash
                && Bytes.equal(encoded.getBytes(StandardCharsets.UTF_8), hash.encoded.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public final int hashCode() {
        return encoded.hashCode();
    }

    /** The format and cost, never salt or hash. */
    @Override
    public final String toString() {
        return "PasswordHash[" + cost() + "]";
    }

    /** {@code length} random bytes. */
    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** Whether a password can match anything at all. */
    static boolean isHashable(String password) {
        // Asked for each request: most passwords need not be encoded for the answer.
        if (isPrintableAscii(password)) {
            return !password.isEmpty() && password.length() <= MAX_PASSWORD_BYTES;
        }
        byte[] utf8 = utf8(password);
        return utf8 != null && isHashable(utf8);
    }

    private static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isHashable(byte[] password) {
        if (password.length == 0 || password.length > MAX_PASSWORD_BYTES) {
            return false;
        }
        for (byte b : password) {
            // HMAC pads its key with zeros and C implementations of bcrypt stop at one: "a" and "a\0" would be the
            // same.
            if (b == 0) {
                return false;
            }
        }
        return true;
    }

    /** Null if the text has an unpaired surrogate, or so many characters that it is too long in any encoding. */
    private static byte @Nullable [] utf8(String password) {
        if (password.length() > MAX_PASSWORD_BYTES) {
            return null;
        }
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
