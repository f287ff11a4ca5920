package dev.countersign.scheme.hmac;

import dev.countersign.key.Sha256;
import dev.countersign.state.State;
import dev.countersign.state.StateLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Nonces, or signatures, of one instance that were good before. Asked only after the signature was verified, so that
 * strangers fill nothing. Safe for use by many threads.
 */
final class Replays {
    private static final String USE = "nonces-";
    private static final byte[] SEEN = new byte[0];

    private final State state;
    private final byte[] scheme;
    private final String use;

    /** @param scheme the name of the instance, which is a name space of its own: one that is full leaves the others alone */
    Replays(State state, String scheme) {
        this.state = state;
        this.scheme = scheme.getBytes(StandardCharsets.UTF_8);
        this.use = USE + (USE.length() + scheme.length() <= StateLimits.MAX_USE_CHARS ? scheme : digest(this.scheme));
    }

    /** Stands for a name that is too long. */
    private static String digest(byte[] name) {
        return HexFormat.of()
                .formatHex(Sha256.start().digest(name))
                .substring(0, StateLimits.MAX_USE_CHARS - USE.length());
    }

    /**
     * Whether this nonce of this key comes for the first time; from now on it does not.
     *
     * @param keep how long to remember it: at least until its signature has expired
     * @throws dev.countersign.StoreUnavailableException if the state is full or out of reach
     */
    boolean isFirst(String keyId, String nonce, Duration keep) {
        MessageDigest digest = Sha256.start();
        add(digest, scheme);
        add(digest, keyId.getBytes(StandardCharsets.UTF_8));
        add(digest, nonce.getBytes(StandardCharsets.UTF_8));
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
        return state.putIfAbsent(use, key, SEEN, keep);
    }

    /** With its length, so that no three parts look like another three. */
    private static void add(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        digest.update(part);
    }
}
