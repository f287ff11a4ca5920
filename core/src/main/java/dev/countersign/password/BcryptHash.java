package dev.countersign.password;

import com.password4j.BcryptFunction;
import com.password4j.types.Bcrypt;
import java.util.Arrays;

/** {@code $2a$}, {@code $2b$} and {@code $2y$}: bcrypt, with a two-digit cost, 22 characters of salt and 31 of hash. */
final class BcryptHash extends PasswordHash {
    /** What bcrypt looks at; an implementation ignores the rest, so that a longer password would match by its head. */
    private static final int MAX_BYTES = 72;

    private static final int MIN_COST = 4;
    private static final int MAX_COST = 15;
    private static final int LENGTH = 60;
    private static final int SALT = 7;
    private static final int HASH = 29;
    private static final String ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final int cost;
    private final Raw function;
    private final byte[] salt;
    private final byte[] hash;

    private BcryptHash(String encoded, int cost) {
        super(encoded);
        this.cost = cost;
        this.function = new Raw(Bcrypt.valueOf(encoded.charAt(2)), cost);
        this.salt = function.decode(encoded.substring(SALT, HASH), 16);
        this.hash = function.decode(encoded.substring(HASH), 23);
    }

    static boolean recognises(String stored) {
        return stored.startsWith("$2a$") || stored.startsWith("$2b$") || stored.startsWith("$2y$");
    }

    static BcryptHash read(String stored) {
        if (stored.length() != LENGTH || stored.charAt(SALT - 1) != '$') {
            throw new IllegalArgumentException("a bcrypt hash is damaged (expected: 60 characters, such as $2b$12$ and"
                    + " 53 characters of salt and hash)");
        }
        int cost = cost(stored.charAt(4), stored.charAt(5));
        for (int i = SALT; i < LENGTH; i++) {
            if (ALPHABET.indexOf(stored.charAt(i)) < 0) {
                throw new IllegalArgumentException("a bcrypt hash has a character that bcrypt does not use");
            }
        }
        // 22 characters carry 132 bits of which 128 are salt, 31 carry 186 of which 184 are hash. What sets the others
        // is compared as text with what never sets them, and would match nothing without anybody being told.
        if ((ALPHABET.indexOf(stored.charAt(HASH - 1)) & 0x0F) != 0
                || (ALPHABET.indexOf(stored.charAt(LENGTH - 1)) & 0x03) != 0) {
            throw new IllegalArgumentException("a bcrypt hash is damaged: unused bits are set");
        }
        return new BcryptHash(stored, cost);
    }

    private static int cost(char tens, char units) {
        int cost = tens >= '0' && tens <= '9' && units >= '0' && units <= '9' ? 10 * (tens - '0') + units - '0' : -1;
        if (cost < MIN_COST || cost > MAX_COST) {
            throw new IllegalArgumentException(
                    "the bcrypt cost is out of bounds (expected: " + MIN_COST + " to " + MAX_COST + ", two digits)");
        }
        return cost;
    }

    @Override
    boolean verify(byte[] password) {
        // A password that is too long is refused, yet costs a hash like any other: who asks learns nothing of the user.
        boolean same = Bytes.equal(hash, function.derive(Bytes.head(password, MAX_BYTES), salt));
        return same && password.length <= MAX_BYTES;
    }

    @Override
    public PasswordHash decoy() {
        byte[] random = random(LENGTH - SALT);
        StringBuilder encoded = new StringBuilder(encoded().substring(0, SALT));
        for (byte b : random) {
            encoded.append(ALPHABET.charAt(b & 0x3F));
        }
        encoded.setCharAt(HASH - 1, ALPHABET.charAt(random[HASH - 1 - SALT] & 0x30));
        encoded.setCharAt(LENGTH - 1, ALPHABET.charAt(random[random.length - 1] & 0x3C));
        return new BcryptHash(encoded.toString(), cost);
    }

    @Override
    public String cost() {
        return "bcrypt cost " + cost;
    }

    @Override
    public long weight() {
        return (1L << cost) * 100;
    }

    @Override
    public boolean isWeak() {
        return cost < 10;
    }

    /**
     * The library's bcrypt on bytes. Its public methods turn them into a string and back, which loses what is not UTF-8,
     * and keep every instance for ever.
     */
    private static final class Raw extends BcryptFunction {
        Raw(Bcrypt type, int cost) {
            super(type, cost);
        }

        byte[] derive(byte[] password, byte[] salt) {
            byte[] terminated = Arrays.copyOf(password, password.length + 1);
            // The last argument would be crypt_blowfish's countermeasure for $2a$; the library takes every password
            // with
            // a byte above 0x7F for one that needs it, and then computes what no other implementation does.
            byte[] raw = cryptRaw(terminated, salt.clone(), getLogarithmicRounds(), false, 0);
            // bcrypt stores 23 of the 24 bytes.
            return Bytes.head(raw, 23);
        }

        byte[] decode(String text, int length) {
            return decodeBase64(text, length);
        }
    }
}
