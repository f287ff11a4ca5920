package dev.countersign.password;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** {@code $argon2id$v=19$m=memory,t=passes,p=lanes$salt$hash} (RFC 9106, the string form of the reference code). */
final class Argon2idHash extends PasswordHash {
    static final String PREFIX = "$argon2id$";
    static final Argon2id.Parameters TARGET = new Argon2id.Parameters(19 * 1024, 2, 1);

    private static final String VERSION = "v=19";
    private static final int MAX_MEMORY_KIB = 256 * 1024;
    private static final int MAX_PASSES = 64;
    private static final int MAX_WORK_KIB = 1024 * 1024;
    private static final int MAX_LANES = 16;

    private final Argon2id.Parameters parameters;
    private final byte[] salt;
    private final byte[] hash;

    private Argon2idHash(String encoded, Argon2id.Parameters parameters, byte[] salt, byte[] hash) {
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
        return new Argon2idHash(stored, new Argon2id.Parameters(memory, passes, lanes), salt, hash);
    }

    static Argon2idHash create(byte[] password, Argon2id.Parameters parameters, byte[] salt) {
        return of(parameters, salt, Argon2id.derive(password, salt, parameters, 32));
    }

    static Argon2idHash decoy(Argon2id.Parameters parameters, int saltLength, int hashLength) {
        return of(parameters, random(saltLength), random(hashLength));
    }

    private static Argon2idHash of(Argon2id.Parameters parameters, byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        String encoded = PREFIX + VERSION + "$m=" + parameters.memoryKib() + ",t=" + parameters.passes() + ",p="
                + parameters.lanes() + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
        return new Argon2idHash(encoded, parameters, salt, hash);
    }

    @Override
    boolean verify(byte[] password) {
        return Bytes.equal(hash, Argon2id.derive(password, salt, parameters, hash.length));
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
