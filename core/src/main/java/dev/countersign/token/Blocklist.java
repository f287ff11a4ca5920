package dev.countersign.token;

import dev.countersign.key.Sha256;
import dev.countersign.state.State;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that are refused although they are good: one by its {@code jti}, or all of one subject that were issued before
 * an instant (RFC 7009 section 3 leaves the means to the implementation). Kept in the shared {@link State}, so that every
 * node that shares it refuses them; verified tokens that are cached are asked about at each use.
 *
 * <pre>{@code
 * Blocklist blocklist = new Blocklist(state);
 * blocklist.revokeSubject("https://id.example.com", "alice", clock.instant(), Duration.ofHours(12));
 * }</pre>
 *
 * <p>Safe for use by many threads. Every operation throws {@link dev.countersign.StoreUnavailableException} if the state
 * is full or out of reach.
 */
public final class Blocklist {
    private static final String USE = "blocklist";
    private static final byte[] REVOKED = new byte[0];

    private final State state;

    /** A blocklist in this state; all blocklists of one state are the same. */
    public Blocklist(State state) {
        this.state = state;
    }

    /**
     * Refuses one token from now on.
     *
     * @param issuer its {@code iss}
     * @param tokenId its {@code jti}
     * @param keep how long to remember it: at least until the token's {@code exp} and the clock skew have passed
     */
    public void revokeToken(String issuer, String tokenId, Duration keep) {
        String key = key("jti", issuer, tokenId);
        while (true) {
            Optional<byte[]> entry = state.get(USE, key);
            if (state.compareAndSet(USE, key, entry.orElse(null), REVOKED, keep)) {
                return;
            }
        }
    }

    /**
     * Refuses every token of a subject that was issued before an instant, and every one that does not tell when it was
     * issued. {@code iat} has whole seconds as a rule, so a token of the same second is refused too. Of several
     * revocations of one subject the latest instant counts.
     *
     * @param issuer their {@code iss}
     * @param subject their {@code sub}, or the subject that identities show where another claim is configured for it
     * @param issuedBefore tokens issued at this instant or later stay good
     * @param keep how long to remember it: at least as long as the issuer's tokens live, and the clock skew
     */
    public void revokeSubject(String issuer, String subject, Instant issuedBefore, Duration keep) {
        String key = key("sub", issuer, subject);
        while (true) {
            byte[] before = state.get(USE, key).orElse(null);
            Instant limit = issuedBefore;
            if (before != null && decode(before).isAfter(limit)) {
                limit = decode(before);
            }
            if (state.compareAndSet(USE, key, before, encode(limit), keep)) {
                return;
            }
        }
    }

    /**
     * What {@link #isRevoked} needs to know of a token.
     *
     * @param issuer its {@code iss}
     * @param tokenId its {@code jti}, or null if it has none: then it can be revoked by subject alone
     * @param subjects the names by which its subject can be revoked
     * @param issuedAt its {@code iat}, or null if it has none
     */
    public static RevocableToken revocable(
            String issuer, @Nullable String tokenId, List<String> subjects, @Nullable Instant issuedAt) {
        return new RevocableToken(issuer, tokenId, subjects, issuedAt);
    }

    /** Whether the token was revoked, by its id or with its subject. */
    public boolean isRevoked(RevocableToken token) {
        if (state.isUntouched(USE)) {
            return false;
        }
        RevocableToken.Keys keys = token.keys();
        if (keys.token() != null && state.get(USE, keys.token()).isPresent()) {
            return true;
        }
        for (String subjectKey : keys.subjects()) {
            byte[] limit = state.get(USE, subjectKey).orElse(null);
            if (limit != null && wasIssuedBefore(token.issuedAt(), decode(limit))) {
                return true;
            }
        }
        return false;
    }

    static RevocableToken.Keys keys(String issuer, @Nullable String tokenId, List<String> subjects) {
        List<String> subjectKeys = new ArrayList<>(subjects.size());
        for (String subject : subjects) {
            subjectKeys.add(key("sub", issuer, subject));
        }
        return new RevocableToken.Keys(tokenId == null ? null : key("jti", issuer, tokenId), subjectKeys);
    }

    private static boolean wasIssuedBefore(@Nullable Instant issuedAt, Instant limit) {
        return issuedAt == null || issuedAt.isBefore(limit);
    }

    private static byte[] encode(Instant instant) {
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(instant.getEpochSecond())
                .putInt(instant.getNano())
                .array();
    }

    private static Instant decode(byte[] value) {
        ByteBuffer buffer = ByteBuffer.wrap(value);
        return Instant.ofEpochSecond(buffer.getLong(), buffer.getInt());
    }

    /** A digest, because names may be longer than a key of the state and have other characters. */
    private static String key(String kind, String issuer, String name) {
        MessageDigest digest = Sha256.start();
        byte[] from = issuer.getBytes(StandardCharsets.UTF_8);
        // The length first, so that no issuer and name together look like another pair.
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(from.length).array());
        digest.update(from);
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        return kind + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    }
}
