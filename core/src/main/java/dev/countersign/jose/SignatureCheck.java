package dev.countersign.jose;

import dev.countersign.key.Hmac;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import javax.crypto.Mac;

/** Tells good signatures of one key by one algorithm from others. Safe for use by many threads. */
@FunctionalInterface
interface SignatureCheck {
    /**
     * Whether {@code signature}, which has the right length, is one over the first {@code length} bytes of {@code input}.
     *
     * @throws GeneralSecurityException if it cannot be one, or nobody can tell
     */
    boolean accepts(byte[] input, int length, byte[] signature) throws GeneralSecurityException;

    /**
     * HMAC (RFC 7518 section 3.2), by the JDK.
     *
     * @param name the JDK's name of the algorithm
     */
    static SignatureCheck hmac(String name, Key secret) {
        Hmac hmac = new Hmac(name, secret);
        return (input, length, signature) -> {
            Mac mac = hmac.start();
            mac.update(input, 0, length);
            return MessageDigest.isEqual(mac.doFinal(), signature);
        };
    }

    /**
     * RSASSA-PKCS1-v1_5 (RFC 7518 section 3.3), by the JDK.
     *
     * @param name the JDK's name of the algorithm
     */
    static SignatureCheck rsa(String name, PublicKey key) {
        return (input, length, signature) -> {
            Signature verifier = Signature.getInstance(name);
            verifier.initVerify(key);
            verifier.update(input, 0, length);
            return verifier.verify(signature);
        };
    }

    /** Every other algorithm, by the library, which knows the traps of ECDSA and of the providers' names. */
    static SignatureCheck library(JwsAlgorithm algorithm, Key key) {
        return (input, length, signature) -> VerifyRequest.verifies(
                algorithm.algorithm(), key, new ByteArrayInputStream(input, 0, length), signature);
    }
}
