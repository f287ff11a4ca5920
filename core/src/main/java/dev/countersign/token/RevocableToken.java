package dev.countersign.token;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a blocklist needs to know of a token, computed once and kept with it. Made by {@link Blocklist#revocable}.
 */
public final class RevocableToken {
    private final @Nullable String tokenKey;
    private final List<String> subjectKeys;
    private final @Nullable Instant issuedAt;

    RevocableToken(@Nullable String tokenKey, List<String> subjectKeys, @Nullable Instant issuedAt) {
        this.tokenKey = tokenKey;
        this.subjectKeys = List.copyOf(subjectKeys);
        this.issuedAt = issuedAt;
    }

    @Nullable
    String tokenKey() {
        return tokenKey;
    }

    List<String> subjectKeys() {
        return subjectKeys;
    }

    @Nullable
    Instant issuedAt() {
        return issuedAt;
    }
}
