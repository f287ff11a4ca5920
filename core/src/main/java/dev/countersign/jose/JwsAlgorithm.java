package dev.countersign.jose;

import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.Optional;

/**
 * The signature algorithms of RFC 7518 section 3.1 and RFC 8037 section 3.1. There is no {@code none}: a token without a
 * signature cannot be named, let alone accepted.
 */
public enum JwsAlgorithm {
    /** HMAC with SHA-256; a secret of at least 32 bytes. */
    HS256(Family.HMAC, 32, Jwts.SIG.HS256),
    /** HMAC with SHA-384; a secret of at least 48 bytes. */
    HS384(Family.HMAC, 48, Jwts.SIG.HS384),
    /** HMAC with SHA-512; a secret of at least 64 bytes. */
    HS512(Family.HMAC, 64, Jwts.SIG.HS512),
    /** RSASSA-PKCS1-v1_5 with SHA-256. */
    RS256(Family.RSA_PKCS1, 0, Jwts.SIG.RS256),
    /** RSASSA-PKCS1-v1_5 with SHA-384. */
    RS384(Family.RSA_PKCS1, 0, Jwts.SIG.RS384),
    /** RSASSA-PKCS1-v1_5 with SHA-512. */
    RS512(Family.RSA_PKCS1, 0, Jwts.SIG.RS512),
    /** RSASSA-PSS with SHA-256. */
    PS256(Family.RSA_PSS, 0, Jwts.SIG.PS256),
    /** RSASSA-PSS with SHA-384. */
    PS384(Family.RSA_PSS, 0, Jwts.SIG.PS384),
    /** RSASSA-PSS with SHA-512. */
    PS512(Family.RSA_PSS, 0, Jwts.SIG.PS512),
    /** ECDSA with P-256 and SHA-256. */
    ES256(Family.EC, 64, Jwts.SIG.ES256),
    /** ECDSA with P-384 and SHA-384. */
    ES384(Family.EC, 96, Jwts.SIG.ES384),
    /** ECDSA with P-521 and SHA-512. */
    ES512(Family.EC, 132, Jwts.SIG.ES512),
    /** Ed25519 or Ed448, as the key says. */
    EdDSA(Family.EDWARDS, 0, Jwts.SIG.EdDSA);

    enum Family {
        HMAC,
        RSA_PKCS1,
        RSA_PSS,
        EC,
        EDWARDS
    }

    private static final int ED25519_SIGNATURE_BYTES = 64;
    private static final int ED448_SIGNATURE_BYTES = 114;

    private final Family family;
    private final int signatureBytes;
    // The library's algorithms are immutable, and not marked so.
    @SuppressWarnings("ImmutableEnumChecker")
    private final SecureDigestAlgorithm<? extends Key, ? extends Key> algorithm;

    JwsAlgorithm(Family family, int signatureBytes, SecureDigestAlgorithm<? extends Key, ? extends Key> algorithm) {
        this.family = family;
        this.signatureBytes = signatureBytes;
        this.algorithm = algorithm;
    }

    /** The algorithm of this name, compared exactly (RFC 7515 section 4.1.1); empty for every other one. */
    public static Optional<JwsAlgorithm> named(String name) {
        for (JwsAlgorithm algorithm : values()) {
            if (algorithm.name().equals(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** Whether the key is a secret that signer and verifier share. */
    public boolean isHmac() {
        return family == Family.HMAC;
    }

    /** Whether a signature is verified in some ten microseconds, by HMAC or RSA; the JDK takes a millisecond for the others. */
    public boolean isCheap() {
        return family == Family.HMAC || family == Family.RSA_PKCS1 || family == Family.RSA_PSS;
    }

    Family family() {
        return family;
    }

    /** The least bytes of an HMAC secret: as many as the hash has (RFC 7518 section 3.2). */
    int leastSecretBytes() {
        return signatureBytes;
    }

    /** The library's part of it. */
    SecureDigestAlgorithm<? extends Key, ? extends Key> algorithm() {
        return algorithm;
    }

    /**
     * What tells signatures of this key's owner from others.
     *
     * @param key one that fits this algorithm
     */
    SignatureCheck check(Key key) {
        return switch (family) {
            case HMAC -> SignatureCheck.hmac("Hmac" + hash(), key);
            case RSA_PKCS1 -> SignatureCheck.rsa(hash() + "withRSA", (PublicKey) key);
            case RSA_PSS, EC, EDWARDS -> SignatureCheck.library(this, key);
        };
    }

    /** The JDK's name of the hash. */
    private String hash() {
        return "SHA" + name().substring(2);
    }

    /** How long a signature is: the algorithm tells, or else the key (RFC 8017 section 8, RFC 8032 section 5). */
    int signatureBytes(Key key) {
        if (key instanceof RSAKey rsa) {
            return (rsa.getModulus().bitLength() + 7) / 8;
        }
        if (key instanceof EdECKey edwards) {
            return edwards.getParams().getName().equals("Ed25519") ? ED25519_SIGNATURE_BYTES : ED448_SIGNATURE_BYTES;
        }
        return signatureBytes;
    }
}
