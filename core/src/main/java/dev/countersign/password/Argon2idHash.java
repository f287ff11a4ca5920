package dev.countersign.password;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import dev.countersign.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * {@code $argon2id$v=19$m=memory,t=passes,p=lanes$salt$hash} (RFC 9106, the string form of the reference code), without
 * the secret and the associated data that the RFC allows.
 *
 * <p>password4j computes it and, in version 1.8.4, keeps for ever what it makes for each distinct set of memory, passes,
 * lanes and hash length: an instance with a block memory of its own (as much as one hash takes), a thread pool with at
 * most one daemon thread for each processor (which has threads only once a hash of more than one lane was computed), and
 * a JVM shutdown hook. The hook holds the class loader, so that a redeployed web application in which an Argon2id hash was
 * computed leaves its class loader and that memory behind. PBKDF2 and bcrypt leave nothing.
 *
 * <p>What is kept is bounded by the sets that stored hashes have, from deployment on and with every reload: users' records
 * are written by whoever runs the application, and nothing of a request, neither a name nor a password, makes a set.
 * Nothing is made for a hash that is only read; the first check of a set makes it.
 */
final class Argon2idHash extends PasswordHash {
    /** What a hash costs: memory in KiB, at least 8 a lane; passes; lanes. */
    record Parameters(int memoryKib, int passes, int lanes) {}

    static final String PREFIX = "$argon2id$";
    static final Parameters TARGET = new Parameters(19 * 1024, 2, 1);

    private static final String VERSION = "v=19";
    private static final int MAX_MEMORY_KIB = 256 * 1024;
    private static final int MAX_PASSES = 64;
    private static final int MAX_WORK_KIB = 1024 * 1024;
    private static final int MAX_LANES = 16;

    private final Parameters parameters;
    private final byte[] salt;
    private final byte[] hash;

    private Argon2idHash(String encoded, Parameters parameters, byte[] salt, byte[] hash) {
        super(encoded);
        this.parameters = parameters;
        this.salt = salt;
        this.hash = hash;
    }

    static Argon2idHash read(String stored) {
        List<String> parts = split(stored.substring(PREFIX.length()), '$');
        List<String> settings = parts.size() == 4 ? split(parts.get(1), ',') : List.of();
        if (settings.size() != 3 || !parts.get(0).equals(VERSION)) {
            throw new IllegalArgumentException(
                    "an Argon2id hash is damaged (expected: $argon2id$v=19$m=memory,t=passes,p=lanes$salt$hash)");
        }
        int lanes = Bytes.decimal(value(settings.get(2), "p="), "number of Argon2id lanes", 1, MAX_LANES);
        int memory = Bytes.decimal(value(settings.get(0), "m="), "Argon2id memory in KiB", 8 * lanes, MAX_MEMORY_KIB);
        int passes = Bytes.decimal(value(settings.get(1), "t="), "number of Argon2id passes", 1, MAX_PASSES);
        if ((long) memory * passes > MAX_WORK_KIB) {
            throw new IllegalArgumentException(
                    "an Argon2id hash costs too much (expected: memory times passes of at most 1 GiB)");
        }
        byte[] salt = Bytes.base64(parts.get(2), "Argon2id salt", 8, 64, false);
        byte[] hash = Bytes.base64(parts.get(3), "Argon2id hash", 16, 64, false);
        return new Argon2idHash(stored, new Parameters(memory, passes, lanes), salt, hash);
    }

    static Argon2idHash create(byte[] password, Parameters parameters, byte[] salt) {
        return of(parameters, salt, derive(password, salt, parameters, 32));
    }

    static Argon2idHash decoy(Parameters parameters, int saltLength, int hashLength) {
        return of(parameters, random(saltLength), random(hashLength));
    }

    private static Argon2idHash of(Parameters parameters, byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        String encoded = PREFIX + VERSION + "$m=" + parameters.memoryKib() + ",t=" + parameters.passes() + ",p="
                + parameters.lanes() + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
        return new Argon2idHash(encoded, parameters, salt, hash);
    }

    @Override
    boolean verify(byte[] password) {
        return Bytes.equal(hash, derive(password, salt, parameters, hash.length));
    }

    @Override
    public PasswordHash decoy() {
        return decoy(parameters, salt.length, hash.length);
    }

    @Override
    public String cost() {
        return String.format(
                Locale.ROOT,
                "Argon2id m=%d,t=%d,p=%d",
                parameters.memoryKib(),
                parameters.passes(),
                parameters.lanes());
    }

    @Override
    public long weight() {
        return (long) parameters.memoryKib() * parameters.passes() * 3;
    }

    @Override
    public boolean isWeak() {
        return (long) parameters.memoryKib() * parameters.passes() < (long) TARGET.memoryKib() * TARGET.passes();
    }

    /**
     * The raw hash of {@code length} bytes.
     *
     * @throws StoreUnavailableException if the thread was interrupted, or a worker failed, before several lanes were done
     */
    private static byte[] derive(byte[] password, byte[] salt, Parameters parameters, int length) {
        // The library reports an interrupt, and a worker's failure, by the thread's flag alone and goes on with a
        // memory
        // of zeros: its result would then depend on no password, and equal that of any other check that was
        // interrupted.
        boolean interrupted = parameters.lanes() > 1 && Thread.interrupted();
        try {
            byte[] raw =
                    Library.function(parameters, length).hash(password, salt).getBytes();
            if (parameters.lanes() > 1 && Thread.currentThread().isInterrupted()) {
                throw StoreUnavailableException.outage("An Argon2id hash was interrupted");
            }
            return raw;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * The library's functions. A class of its own, so that none of the library's is loaded before a hash is computed. One
     * function may be used by many threads: each hash has a memory of its own, and what the threads share stays zero.
     */
    private static final class Library {
        /**
         * Finds each function once: {@code getInstance} alone, called by two threads at the same time, would make two and
         * leave the pool and the memory of one behind.
         */
        private static final ConcurrentMap<Key, Argon2Function> FUNCTIONS = new ConcurrentHashMap<>();

        private record Key(Parameters parameters, int length) {}

        static Argon2Function function(Parameters parameters, int length) {
            return FUNCTIONS.computeIfAbsent(
                    new Key(parameters, length),
                    key -> Argon2Function.getInstance(
                            parameters.memoryKib(),
                            parameters.passes(),
                            parameters.lanes(),
                            length,
                            Argon2.ID,
                            Argon2Function.ARGON2_VERSION_13));
        }
    }

    private static String value(String setting, String name) {
        return setting.startsWith(name) ? setting.substring(name.length()) : "";
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, start)) {
            parts.add(text.substring(start, at));
            start = at + 1;
        }
        parts.add(text.substring(start));
        return parts;
    }
}
