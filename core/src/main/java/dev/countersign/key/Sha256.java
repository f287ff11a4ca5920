package dev.countersign.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The JDK's SHA-256 (FIPS 180-4), for what is digested on every request. */
public final class Sha256 {
    // Copied for each use: asking the providers for the algorithm costs more than digesting a key.
    private static final MessageDigest UNUSED = find();
    private static final boolean COPIED = canBeCopied();

    private Sha256() {}

    /** A digest that nothing was added to, for one thread. */
    public static MessageDigest start() {
        if (COPIED) {
            try {
                return (MessageDigest) UNUSED.clone();
            } catch (CloneNotSupportedException e) {
                return find();
            }
        }
        return find();
    }

    /** Whether copies are apart, as {@link Hmac} asks of its own: a token must not get the digest of another one. */
    private static boolean canBeCopied() {
        try {
            MessageDigest first = (MessageDigest) UNUSED.clone();
            MessageDigest second = (MessageDigest) UNUSED.clone();
            first.update((byte) 1);
            second.update((byte) 2);
            return MessageDigest.isEqual(first.digest(), find().digest(new byte[] {1}))
                    && MessageDigest.isEqual(second.digest(), find().digest(new byte[] {2}));
        } catch (CloneNotSupportedException e) {
            return false;
        }
    }

    private static MessageDigest find() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
