package dev.countersign.scheme.basic;

import dev.countersign.password.PasswordHash;
import java.util.Optional;
import java.util.Set;

/**
 * The record of one user.
 *
 * @param name the user-id: 1 to 255 characters, no colon (RFC 7617 section 2), no control character; compared exactly
 * @param password the stored hash
 * @param scopes the granted scopes, or empty if this user takes no part in judging scopes
 * @param roles the roles, or empty if this user takes no part in judging roles
 * @param status whether the user gets in with the right password
 */
public record BasicUser(
        String name, PasswordHash password, Optional<Set<String>> scopes, Optional<Set<String>> roles, Status status) {
    static final int MAX_NAME = 255;
    static final String NAME_RULE = "a name of 1 to 255 characters without colons and control characters";

    /** Whether a user gets in. */
    public enum Status {
        /** Gets in with the right password. */
        ACTIVE,
        /** Switched off by somebody. */
        DISABLED,
        /** Locked, for example after many failures. */
        LOCKED
    }

    /**
     * Checks the name and copies the sets.
     *
     * @throws IllegalArgumentException if no client could send the name
     */
    public BasicUser {
        if (!isName(name)) {
            throw new IllegalArgumentException("A user needs " + NAME_RULE);
        }
        scopes = scopes.map(Set::copyOf);
        roles = roles.map(Set::copyOf);
    }

    /** Whether {@code name} can be sent as a user-id. */
    static boolean isName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME || name.indexOf(':') >= 0) {
            return false;
        }
        return name.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}
