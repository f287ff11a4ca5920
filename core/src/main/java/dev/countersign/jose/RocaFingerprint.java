package dev.countersign.jose;

import java.math.BigInteger;

/**
 * Recognises RSA moduli of the kind that CVE-2017-15361 made factorable: modulo every small prime they are a power of
 * 65537. By chance a modulus is so about once in 2^28.
 */
final class RocaFingerprint {
    private static final int[] PRIMES = {
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
        113, 127, 131, 137, 139, 149, 151, 157, 163, 167
    };
    private static final int GENERATOR = 65537;

    private RocaFingerprint() {}

    static boolean matches(BigInteger modulus) {
        for (int prime : PRIMES) {
            if (!isPower(modulus.mod(BigInteger.valueOf(prime)).intValueExact(), prime)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPower(int residue, int prime) {
        int generator = GENERATOR % prime;
        int power = 1;
        for (int i = 0; i < prime; i++) {
            if (power == residue) {
                return true;
            }
            power = power * generator % prime;
        }
        return false;
    }
}
