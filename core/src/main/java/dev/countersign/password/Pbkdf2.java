package dev.countersign.password;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** PBKDF2 with HMAC-SHA-256 (RFC 8018 section 5.2), as the JDK computes it. */
final class Pbkdf2 {
    private Pbkdf2() {}

    /**
     * The derived key. The JDK takes characters and encodes them in UTF-8, so the bytes are decoded first; encoding gives
     * the same bytes again.
     *
     * @param password at least one byte
     * @param length in bytes
     * @return empty if the password is not UTF-8, and so never the one that was hashed
     */
    static Optional<byte[]> derive(byte[] password, byte[] salt, int iterations, int length) {
        CharBuffer decoded;
        try {
            decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(password));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        char[] characters = Arrays.copyOf(decoded.array(), decoded.limit());
        PBEKeySpec spec = new PBEKeySpec(characters, salt, iterations, length * Byte.SIZE);
        try {
            return Optional.of(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("PBKDF2WithHmacSHA256 is part of every Java runtime", e);
        } finally {
            spec.clearPassword();
            Arrays.fill(characters, '\0');
            Arrays.fill(decoded.array(), '\0');
        }
    }
}
