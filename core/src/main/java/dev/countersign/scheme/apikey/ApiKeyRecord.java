package dev.countersign.scheme.apikey;

import dev.countersign.http.CidrList;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a store knows of one key. Immutable; the key itself is not in it and cannot be had from it.
 *
 * @param id names the key in logs and claims: 1 to 64 characters of {@code A-Z a-z 0-9 _ -}
 * @param digest the SHA-256 of the whole key
 * @param owner whom the key speaks for, if it is not the key itself
 * @param scopes the granted scopes; empty optional: the key takes no part in judging scopes; empty set: it grants none
 * @param roles the roles, in the same way
 * @param expires from which moment on the key is refused; required of a rotating key
 * @param cidrs the addresses from which the key may be used; empty optional: from everywhere
 * @param status whether the key is in use
 */
public record ApiKeyRecord(
        String id,
        ApiKeyDigest digest,
        Optional<String> owner,
        Optional<Set<String>> scopes,
        Optional<Set<String>> roles,
        Optional<Instant> expires,
        Optional<CidrList> cidrs,
        Status status) {
    private static final int MAX_ID = 64;

    /** Where a key is in its life. */
    public enum Status {
        /** In use. */
        ACTIVE,
        /** Replaced by another key of its owner, and accepted until it expires. */
        ROTATING,
        /** Never accepted again. */
        REVOKED
    }

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if the id is no id, the owner is empty, or a rotating key does not expire
     */
    public ApiKeyRecord {
        if (!isId(id)) {
            throw new IllegalArgumentException("id: not 1 to " + MAX_ID + " characters of A-Z a-z 0-9 _ -");
        }
        if (owner.isPresent() && owner.get().isEmpty()) {
            throw new IllegalArgumentException("owner: empty (expected: a name, or no owner)");
        }
        if (status == Status.ROTATING && expires.isEmpty()) {
            throw new IllegalArgumentException("expires: missing (expected: the end of the rotation)");
        }
        scopes = scopes.map(Set::copyOf);
        roles = roles.map(Set::copyOf);
    }

    /** An active key that nothing more is known of. */
    public static ApiKeyRecord of(String id, ApiKeyDigest digest) {
        return new ApiKeyRecord(
                id,
                digest,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Status.ACTIVE);
    }

    /** The same grants for another key: active, with this end. */
    ApiKeyRecord successor(String otherId, ApiKeyDigest otherDigest, Optional<Instant> otherExpires) {
        return new ApiKeyRecord(otherId, otherDigest, owner, scopes, roles, otherExpires, cidrs, Status.ACTIVE);
    }

    /** This key while it is being replaced: accepted until then, or until its own end if that is sooner. */
    ApiKeyRecord rotating(Instant until) {
        Instant end = expires.filter(own -> own.isBefore(until)).orElse(until);
        return new ApiKeyRecord(id, digest, owner, scopes, roles, Optional.of(end), cidrs, Status.ROTATING);
    }

    static boolean isId(String id) {
        boolean valid = !id.isEmpty() && id.length() <= MAX_ID;
        for (int i = 0; valid && i < id.length(); i++) {
            char c = id.charAt(i);
            valid = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        }
        return valid;
    }
}
