package dev.countersign.scheme.basic;

import dev.countersign.StoreUnavailableException;
import dev.countersign.password.PasswordHash;
import java.util.Optional;

/**
 * Where user records live: a file ({@link BasicUserFile}), or what an application brings. Safe for use by many threads; it
 * may block.
 *
 * <pre>{@code
 * BasicStore store = name -> accounts.byName(name).map(MyStore::toBasicUser);
 * }</pre>
 */
@FunctionalInterface
public interface BasicStore {
    /**
     * The record of this user, whatever its status.
     *
     * @param name what a client sent: hostile text, at most 255 characters, without colons and control characters. It is
     *     compared exactly; a record of another name (a store that ignores case) is taken for none
     * @return empty if there is none
     * @throws StoreUnavailableException if it cannot be told now: the answer is then 503, not "unknown"
     */
    Optional<BasicUser> find(String name);

    /**
     * What is checked instead of a stored hash if there is no such user, so that an unknown user costs what a known one
     * does. By default what a new PBKDF2-SHA256 hash costs: a store with other hashes returns {@link PasswordHash#decoy()}
     * of a typical one, the same each time.
     */
    default PasswordHash decoy() {
        return BasicUserFile.DECOY;
    }
}
