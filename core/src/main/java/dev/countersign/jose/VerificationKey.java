package dev.countersign.jose;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A key and the algorithms that it is for: an algorithm belongs to the key, never to the token (RFC 8725 section 3.1).
 * Immutable; safe for use by many threads.
 */
final class VerificationKey {
    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 16384;
    private static final int MOST_EXPONENT_BITS = 64;

    private final @Nullable String keyId;
    private final Key key;
    private final Map<JwsAlgorithm, SignatureCheck> checks = new EnumMap<>(JwsAlgorithm.class);

    /**
     * A key for these algorithms.
     *
     * @param keyId its {@code kid}, or null for a key without one
     * @param key a public key, or a secret for HMAC
     * @param algorithms never empty, each of which the key fits
     */
    VerificationKey(@Nullable String keyId, Key key, Set<JwsAlgorithm> algorithms) {
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("A key needs an algorithm");
        }
        this.keyId = keyId;
        this.key = key;
        for (JwsAlgorithm algorithm : algorithms) {
            checks.put(algorithm, algorithm.check(key));
        }
    }

    /** Its {@code kid}, or null if it has none. */
    @Nullable
    String keyId() {
        return keyId;
    }

    /** The SHA-256 thumbprint of a public key (RFC 7638); empty for a secret, of which nothing is told. */
    Optional<String> thumbprint() {
        return key instanceof PublicKey publicKey ? Optional.of(JwkThumbprint.of(publicKey)) : Optional.empty();
    }

    /** Tells the id and the algorithms, nothing of the key. */
    @Override
    public String toString() {
        return "VerificationKey[" + keyId + ", " + checks.keySet() + "]";
    }

    /**
     * Whether {@code signature} is one over the first {@code length} bytes of {@code input} by the owner of this key. Never
     * throws: what cannot be judged is not a signature, nor is one by an algorithm that the key is not for.
     */
    boolean verifies(JwsAlgorithm algorithm, byte[] input, int length, byte[] signature) {
        SignatureCheck check = checks.get(algorithm);
        // The length is checked here, because the JDK reads an EdDSA signature with bytes after it, and because the
        // library can be set to read other encodings of ECDSA.
        if (check == null || signature.length != algorithm.signatureBytes(key)) {
            return false;
        }
        try {
            return check.accepts(input, length, signature);
        } catch (GeneralSecurityException | RuntimeException e) {
            // The library and the JDK's providers tell of an impossible signature by many kinds of exception.
            return false;
        }
    }

    boolean fits(JwsAlgorithm algorithm) {
        return checks.containsKey(algorithm);
    }

    /**
     * The algorithms that a public key of this type and size can verify.
     *
     * @throws UnusableKeyException if it is too weak or of a type that no algorithm here uses
     * @throws IllegalArgumentException if it is not a good key at all
     */
    static Set<JwsAlgorithm> algorithmsOf(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return algorithmsOf(rsa);
        }
        if (key instanceof ECPublicKey ec) {
            EllipticCurve curve = EllipticCurve.of(ec.getParams());
            curve.requireContains(ec.getW());
            return EnumSet.of(curve.algorithm());
        }
        if (key instanceof EdECPublicKey) {
            return EnumSet.of(JwsAlgorithm.EdDSA);
        }
        throw new UnusableKeyException("a " + key.getAlgorithm() + " key (expected: RSA, EC, Ed25519 or Ed448)");
    }

    private static Set<JwsAlgorithm> algorithmsOf(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        if (bits < LEAST_RSA_BITS || bits > MOST_RSA_BITS) {
            throw new UnusableKeyException("an RSA key of " + bits
                    + " bits (expected: at least 2048, RFC 7518 section 3.3, and at most 16384)");
        }
        boolean goodExponent = key.getPublicExponent().signum() > 0
                && key.getPublicExponent().testBit(0)
                && key.getPublicExponent().bitLength() > 1
                && key.getPublicExponent().bitLength() <= MOST_EXPONENT_BITS;
        if (!goodExponent || !key.getModulus().testBit(0)) {
            throw new IllegalArgumentException("an RSA key whose modulus or exponent no good key has");
        }
        if (RocaFingerprint.matches(key.getModulus())) {
            throw new IllegalArgumentException("an RSA key with the ROCA weakness (CVE-2017-15361): make a new one");
        }
        Set<JwsAlgorithm> pss = EnumSet.of(JwsAlgorithm.PS256, JwsAlgorithm.PS384, JwsAlgorithm.PS512);
        // RFC 8017 appendix A.2.3: a key with this identifier is for PSS alone.
        if (!key.getAlgorithm().equals("RSASSA-PSS")) {
            pss.addAll(EnumSet.of(JwsAlgorithm.RS256, JwsAlgorithm.RS384, JwsAlgorithm.RS512));
        }
        return pss;
    }

    /**
     * The HMAC algorithms that a secret is long enough for.
     *
     * @param wanted the algorithms that the key is meant for, each of which it must be long enough for
     * @throws IllegalArgumentException if it is too short, or is a public key in disguise; the message tells nothing of it
     */
    static VerificationKey ofSecret(@Nullable String keyId, byte[] secret, Set<JwsAlgorithm> wanted) {
        int least = 0;
        for (JwsAlgorithm algorithm : wanted) {
            least = Math.max(least, algorithm.leastSecretBytes());
        }
        if (secret.length < least) {
            throw new IllegalArgumentException("an HMAC secret that is too short (expected: at least " + least
                    + " bytes for " + strongest(wanted) + ", RFC 7518 section 3.2)");
        }
        if (PemReader.isPublicKey(secret)) {
            throw new IllegalArgumentException(
                    "an HMAC secret that is a public key, which everybody knows (expected: random bytes)");
        }
        return new VerificationKey(keyId, new SecretKeySpec(secret, "HmacSHA256"), wanted);
    }

    private static JwsAlgorithm strongest(Set<JwsAlgorithm> wanted) {
        return Collections.max(wanted);
    }
}
