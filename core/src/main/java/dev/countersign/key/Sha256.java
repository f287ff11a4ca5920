package dev.countersign.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The JDK's SHA-256 (FIPS 180-4), for what is digested on every request. */
public final class Sha256 {
    // Copied for each use: asking the providers for the algorithm costs more than digesting a key.
    private static final MessageDigest UNUSED = find();

    private Sha256() {}

    /** A digest that nothing was added to, for one thread. */
    public static MessageDigest start() {
        try {
            return (MessageDigest) UNUSED.clone();
        } catch (CloneNotSupportedException e) {
            // A provider may not be able to.
            return find();
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
