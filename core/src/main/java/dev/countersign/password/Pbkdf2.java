package dev.countersign.password;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * PBKDF2 with HMAC-SHA-256 (RFC 8018 section 5.2) over the JDK's {@code Mac}. The JDK's own {@code SecretKeyFactory} takes
 * characters; this takes the bytes that came, so that no encoding stands between the client and the hash.
 */
final class Pbkdf2 {
    private Pbkdf2() {}

    /** @param password at least one byte */
    static byte[] derive(byte[] password, byte[] salt, int iterations, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(password, "HmacSHA256"));
            byte[] derived = new byte[length];
            byte[] u = new byte[mac.getMacLength()];
            byte[] t = new byte[u.length];
            for (int block = 1, at = 0; at < length; block++, at += t.length) {
                mac.update(salt);
                mac.update(
                        new byte[] {(byte) (block >>> 24), (byte) (block >>> 16), (byte) (block >>> 8), (byte) block});
                mac.doFinal(u, 0);
                System.arraycopy(u, 0, t, 0, t.length);
                for (int i = 1; i < iterations; i++) {
                    mac.update(u);
                    mac.doFinal(u, 0);
                    for (int j = 0; j < t.length; j++) {
                        t[j] ^= u[j];
                    }
                }
                System.arraycopy(t, 0, derived, at, Math.min(t.length, length - at));
            }
            return derived;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java runtime", e);
        }
    }
}
