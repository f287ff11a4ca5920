package dev.countersign.signature;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * The algorithms of RFC 9421 section 3.3. An algorithm belongs to a key: what a message says of it can only confirm it.
 */
public enum SignatureAlgorithm {
    /** HMAC with SHA-256; a secret of at least 32 bytes. */
    HMAC_SHA256("hmac-sha256", "HmacSHA256"),
    /** RSASSA-PSS with SHA-512, MGF1 over SHA-512 and 64 bytes of salt. */
    RSA_PSS_SHA512("rsa-pss-sha512", "RSASSA-PSS"),
    /** RSASSA-PKCS1-v1_5 with SHA-256. */
    RSA_V1_5_SHA256("rsa-v1_5-sha256", "SHA256withRSA"),
    /** ECDSA with P-256 and SHA-256; the signature is r and s, 32 bytes each. */
    ECDSA_P256_SHA256("ecdsa-p256-sha256", "SHA256withECDSAinP1363Format"),
    /** ECDSA with P-384 and SHA-384; the signature is r and s, 48 bytes each. */
    ECDSA_P384_SHA384("ecdsa-p384-sha384", "SHA384withECDSAinP1363Format"),
    /** EdDSA with Ed25519. */
    ED25519("ed25519", "Ed25519");

    private static final int LEAST_RSA_BITS = 2048;
    private static final int LEAST_SECRET_BYTES = 32;
    private static final int PSS_SALT_BYTES = 64;

    private final String text;
    private final String jdkName;

    SignatureAlgorithm(String text, String jdkName) {
        this.text = text;
        this.jdkName = jdkName;
    }

    /** The algorithm of this name, compared exactly; empty for every other one. */
    public static Optional<SignatureAlgorithm> named(String text) {
        for (SignatureAlgorithm algorithm : values()) {
            if (algorithm.text.equals(text)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The registered name (RFC 9421 section 6.2). */
    public String text() {
        return text;
    }

    /** Whether the key is a secret that both sides share. */
    public boolean isHmac() {
        return this == HMAC_SHA256;
    }

    /**
     * The signature over these bytes.
     *
     * @param key a secret key for HMAC, else a private key of the algorithm's kind
     * @throws IllegalArgumentException if the key is none for this algorithm, or too weak
     */
    public byte[] sign(Key key, byte[] bytes) {
        try {
            if (isHmac()) {
                requireSecret(key);
                Mac mac = Mac.getInstance(jdkName);
                mac.init(key);
                return mac.doFinal(bytes);
            }
            if (!(key instanceof PrivateKey privateKey) || !fits(key)) {
                throw unfit();
            }
            Signature signature = Signature.getInstance(jdkName);
            if (this == RSA_PSS_SHA512) {
                signature.setParameter(new PSSParameterSpec(
                        "SHA-512",
                        "MGF1",
                        MGF1ParameterSpec.SHA512,
                        PSS_SALT_BYTES,
                        PSSParameterSpec.TRAILER_FIELD_BC));
            }
            signature.initSign(privateKey);
            signature.update(bytes);
            return signature.sign();
        } catch (InvalidKeyException e) {
            throw unfit();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK does not sign with " + text, e);
        }
    }

    private void requireSecret(Key key) {
        byte[] secret = key.getEncoded();
        // A private or public key has bytes too, which everybody may know.
        boolean good = key.getFormat() != null && key.getFormat().equals("RAW") && secret != null;
        if (!good || secret.length < LEAST_SECRET_BYTES) {
            throw unfit();
        }
    }

    private boolean fits(Key key) {
        return switch (this) {
            case HMAC_SHA256 -> false;
            case RSA_PSS_SHA512 -> isRsa(key);
            case RSA_V1_5_SHA256 -> isRsa(key) && key.getAlgorithm().equals("RSA");
            case ECDSA_P256_SHA256 -> isCurve(key, 256);
            case ECDSA_P384_SHA384 -> isCurve(key, 384);
            // The JDK refuses a key of Ed448 itself.
            case ED25519 -> true;
        };
    }

    private static boolean isRsa(Key key) {
        return key instanceof RSAKey rsa && rsa.getModulus().bitLength() >= LEAST_RSA_BITS;
    }

    private static boolean isCurve(Key key, int bits) {
        return key instanceof ECKey ec && ec.getParams().getOrder().bitLength() == bits;
    }

    private IllegalArgumentException unfit() {
        return new IllegalArgumentException("not a key for " + text + " (expected: "
                + (isHmac() ? "a secret of at least 32 bytes" : "a private key of that kind, RSA of at least 2048 bits")
                + ")");
    }
}
