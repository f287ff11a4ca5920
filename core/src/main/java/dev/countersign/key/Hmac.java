package dev.countersign.key;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The JDK's HMAC (RFC 2104) with its key set, for what is computed on every request. Safe for use by many threads. */
public final class Hmac {
    private final String algorithm;
    private final Key key;
    // Copied for each use: asking the providers for the algorithm and setting the key costs more than the digest.
    private final @Nullable Mac unused;

    /**
     * An HMAC of this key.
     *
     * @param algorithm the JDK's name, such as {@code HmacSHA256}
     * @throws IllegalArgumentException if the JDK has no such algorithm, or the key is none for it
     */
    public Hmac(String algorithm, Key key) {
        this.algorithm = algorithm;
        this.key = key;
        Mac fresh = fresh();
        this.unused = canBeCopied(fresh) ? fresh : null;
    }

    /** HMAC-SHA256 of these bytes. */
    public static Hmac sha256(Secret secret) {
        return new Hmac("HmacSHA256", new SecretKeySpec(secret.bytes(), "HmacSHA256"));
    }

    /** An HMAC that nothing was added to, for one thread. */
    public Mac start() {
        Mac from = unused;
        if (from != null) {
            try {
                return (Mac) from.clone();
            } catch (CloneNotSupportedException e) {
                return fresh();
            }
        }
        return fresh();
    }

    private Mac fresh() {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException("The JDK has no " + algorithm, e);
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("Not a key for " + algorithm, e);
        }
    }

    /** Whether copies are apart: a provider may not copy at all, or so shallowly that two copies share what they digest. */
    private boolean canBeCopied(Mac original) {
        try {
            Mac first = (Mac) original.clone();
            Mac second = (Mac) original.clone();
            first.update((byte) 1);
            second.update((byte) 2);
            return Arrays.equals(first.doFinal(), fresh().doFinal(new byte[] {1}))
                    && Arrays.equals(second.doFinal(), fresh().doFinal(new byte[] {2}));
        } catch (CloneNotSupportedException e) {
            return false;
        }
    }

    /** Only the type's name. */
    @Override
    public String toString() {
        return "Hmac[****]";
    }
}
