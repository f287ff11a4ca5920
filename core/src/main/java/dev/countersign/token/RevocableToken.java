package dev.countersign.token;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a blocklist needs to know of a token, kept with it; the keys to look up are computed when they are asked for first.
 * Made by {@link Blocklist#revocable}. Safe for use by many threads.
 */
public final class RevocableToken {
    /** What to look up: the key of the token, null if it has no id, and those of its subjects. */
    record Keys(@Nullable String token, List<String> subjects) {}

    private final String issuer;
    private final @Nullable String tokenId;
    private final List<String> subjects;
    private final @Nullable Instant issuedAt;
    // Threads that ask at once compute the same twice.
    private volatile @Nullable Keys keys;

    RevocableToken(String issuer, @Nullable String tokenId, List<String> subjects, @Nullable Instant issuedAt) {
        this.issuer = issuer;
        this.tokenId = tokenId;
        this.subjects = List.copyOf(subjects);
        this.issuedAt = issuedAt;
    }

    Keys keys() {
        Keys known = keys;
        if (known == null) {
            known = Blocklist.keys(issuer, tokenId, subjects);
            keys = known;
        }
        return known;
    }

    @Nullable
    Instant issuedAt() {
        return issuedAt;
    }
}
