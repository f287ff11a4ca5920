package dev.countersign.scheme.basic;

import dev.countersign.password.PasswordHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Users in a properties file, read as a whole into memory:
 *
 * <pre>
 * user.ann.password = {pbkdf2-sha256}600000$…    or bcrypt, or argon2id ({@link PasswordHash}); required
 * user.ann.scopes   = orders:read orders:write   without the line the user takes no part in judging scopes
 * user.ann.roles    = clerk, auditor             likewise
 * user.ann.status   = active                     or disabled, or locked
 * </pre>
 *
 * <p>What follows the last dot is the attribute, so that names may have dots; blanks and {@code =} in a name are escaped
 * with a backslash, as the format of {@link java.util.Properties} has it. Names are case-sensitive.
 */
public final class BasicUserFile implements BasicStore {
    static final PasswordHash DECOY = PasswordHash.decoy(PasswordHash.Target.PBKDF2_SHA256);

    private final Map<String, BasicUser> users;
    private final PasswordHash decoy;
    private final List<String> warnings;

    BasicUserFile(Map<String, BasicUser> users) {
        // Map.copyOf would probe one key after the other, and numbered names stand in long rows there.
        this.users = new HashMap<>(users);
        List<PasswordHash> typical = typical(users.values());
        this.decoy = typical.isEmpty() ? DECOY : typical.get(0).decoy();
        this.warnings = warnings(users.values(), typical.size());
    }

    /**
     * Reads a whole file.
     *
     * @throws IllegalArgumentException with every problem (the first twenty written out), by line number and, where the
     *     line is one of a user, by its key; never with a value, because a wrong file may hold passwords in clear
     */
    public static BasicUserFile parse(String text) {
        return new BasicUserFileParser().parse(text);
    }

    @Override
    public Optional<BasicUser> find(String name) {
        return Optional.ofNullable(users.get(name));
    }

    /** Costs what most users' hashes cost; of equally many, the costlier. */
    @Override
    public PasswordHash decoy() {
        return decoy;
    }

    /** What is allowed and should be better: weak hashes, hashes of different costs, no users; without names. */
    public List<String> warnings() {
        return warnings;
    }

    /** How many users there are. */
    @Override
    public String toString() {
        return "BasicUserFile[" + users.size() + " users]";
    }

    /** One hash of each cost, the most usual first. */
    private static List<PasswordHash> typical(Collection<BasicUser> users) {
        Map<String, List<PasswordHash>> byCost = new HashMap<>();
        for (BasicUser user : users) {
            byCost.computeIfAbsent(user.password().cost(), cost -> new ArrayList<>())
                    .add(user.password());
        }
        return byCost.values().stream()
                .sorted(Comparator.<List<PasswordHash>>comparingInt(List::size)
                        .thenComparingLong(hashes -> hashes.get(0).weight())
                        .reversed())
                .map(hashes -> hashes.get(0))
                .toList();
    }

    private static List<String> warnings(Collection<BasicUser> users, int costs) {
        List<String> warnings = new ArrayList<>();
        if (users.isEmpty()) {
            warnings.add("no user in the file: nobody gets in");
        }
        long weak = users.stream().filter(user -> user.password().isWeak()).count();
        if (weak > 0) {
            warnings.add(weak + " of " + users.size() + " users have a weak password hash (expected: PBKDF2-SHA256 with"
                    + " 600000 iterations, Argon2id with 19 MiB and 2 passes, bcrypt with cost 10, or more)");
        }
        if (costs > 1) {
            warnings.add("password hashes of " + costs + " different costs: the time of an answer tells some users from"
                    + " unknown ones (expected: one format and cost for all)");
        }
        return List.copyOf(warnings);
    }
}
