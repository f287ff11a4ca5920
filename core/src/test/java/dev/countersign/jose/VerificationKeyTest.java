package dev.countersign.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which keys are good enough, and what for. */
final class VerificationKeyTest {
    private static final BigInteger F4 = BigInteger.valueOf(65537);

    private record Rsa(BigInteger modulus, BigInteger exponent, String algorithm) implements RSAPublicKey {
        @Override
        public BigInteger getModulus() {
            return modulus;
        }

        @Override
        public BigInteger getPublicExponent() {
            return exponent;
        }

        @Override
        public String getAlgorithm() {
            return algorithm;
        }

        @Override
        public String getFormat() {
            return "none";
        }

        @Override
        public byte[] getEncoded() {
            return new byte[0];
        }
    }

    private record Ec(ECParameterSpec parameters, ECPoint point) implements ECPublicKey {
        @Override
        public ECParameterSpec getParams() {
            return parameters;
        }

        @Override
        public ECPoint getW() {
            return point;
        }

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public String getFormat() {
            return "none";
        }

        @Override
        public byte[] getEncoded() {
            return new byte[0];
        }
    }

    /** Odd, of this length, and without the ROCA fingerprint. */
    private static PublicKey rsa(int bits, BigInteger exponent) {
        return new Rsa(BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.valueOf(3)), exponent, "RSA");
    }

    private static void assertUnusable(PublicKey key) {
        assertThatExceptionOfType(UnusableKeyException.class).isThrownBy(() -> VerificationKey.algorithmsOf(key));
    }

    private static void assertBad(PublicKey key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerificationKey.algorithmsOf(key))
                .isNotInstanceOf(UnusableKeyException.class);
    }

    @Test
    void JWT_22_takes_RSA_keys_of_2048_to_16384_bits() {
        assertUnusable(rsa(2047, F4));
        assertThat(VerificationKey.algorithmsOf(rsa(2048, F4))).hasSize(6).contains(JwsAlgorithm.RS256);
        assertThat(VerificationKey.algorithmsOf(rsa(16384, F4))).hasSize(6);
        assertUnusable(rsa(16385, F4));
    }

    @Test
    void JWT_32_takes_odd_exponents_above_one_of_at_most_64_bits() {
        BigInteger longest = BigInteger.ONE.shiftLeft(63).add(BigInteger.ONE);
        assertThat(VerificationKey.algorithmsOf(rsa(2048, BigInteger.valueOf(3))))
                .isNotEmpty();
        assertThat(VerificationKey.algorithmsOf(rsa(2048, longest))).isNotEmpty();
        for (BigInteger bad : new BigInteger[] {
            BigInteger.ZERO,
            BigInteger.ONE,
            BigInteger.TWO,
            F4.negate(),
            F4.add(BigInteger.ONE),
            BigInteger.ONE.shiftLeft(64).add(BigInteger.ONE)
        }) {
            assertBad(rsa(2048, bad));
        }
    }

    @Test
    void JWT_32_takes_no_even_modulus() {
        assertBad(new Rsa(BigInteger.ONE.shiftLeft(2047), F4, "RSA"));
    }

    @Test
    void JWT_32_keeps_a_key_that_is_for_PSS_to_PSS() {
        PublicKey key = rsa(2048, F4);
        assertThat(VerificationKey.algorithmsOf(new Rsa(((RSAPublicKey) key).getModulus(), F4, "RSASSA-PSS")))
                .containsExactly(JwsAlgorithm.PS256, JwsAlgorithm.PS384, JwsAlgorithm.PS512);
    }

    /** CVE-2017-15361: the moduli are powers of 65537 modulo every small prime, as 65537^128 itself is. */
    @Test
    void JWT_22_takes_no_modulus_with_the_ROCA_fingerprint() {
        BigInteger power = F4.pow(128);
        assertThat(power.bitLength()).isEqualTo(2049);
        assertBad(new Rsa(power, F4, "RSA"));
        assertThat(RocaFingerprint.matches(BigInteger.ONE)).isTrue();
        assertThat(RocaFingerprint.matches(F4)).isTrue();
        assertThat(RocaFingerprint.matches(power.add(BigInteger.TWO))).isFalse();
        // Modulo each single prime but one it is a power; that one decides. 3 divides it, so it is none modulo 3.
        assertThat(RocaFingerprint.matches(power.multiply(BigInteger.valueOf(3))))
                .isFalse();
        assertThat(RocaFingerprint.matches(power.multiply(BigInteger.valueOf(167))))
                .isFalse();
    }

    @Test
    void JWT_27_takes_no_curve_that_differs_from_a_known_one_in_one_parameter() {
        ECPublicKey good = (ECPublicKey) TestKeys.ec("secp256r1").getPublic();
        assertThat(VerificationKey.algorithmsOf(good)).containsExactly(JwsAlgorithm.ES256);
        ECParameterSpec own = good.getParams();
        BigInteger prime = ((ECFieldFp) own.getCurve().getField()).getP();
        BigInteger a = own.getCurve().getA();
        BigInteger b = own.getCurve().getB();
        ECPoint generator = own.getGenerator();
        BigInteger order = own.getOrder();
        assertThat(VerificationKey.algorithmsOf(new Ec(spec(prime, a, b, generator, order), good.getW())))
                .containsExactly(JwsAlgorithm.ES256);
        for (ECParameterSpec other : new ECParameterSpec[] {
            spec(prime.nextProbablePrime(), a, b, generator, order),
            spec(prime, a.subtract(BigInteger.ONE), b, generator, order),
            spec(prime, a, b.subtract(BigInteger.ONE), generator, order),
            // CVE-2020-0601: a generator of the attacker's, for whom any public key is then a private key's.
            spec(prime, a, b, good.getW(), order),
            spec(prime, a, b, generator, order.subtract(BigInteger.ONE))
        }) {
            assertUnusable(new Ec(other, good.getW()));
        }
    }

    private static ECParameterSpec spec(
            BigInteger prime, BigInteger a, BigInteger b, ECPoint generator, BigInteger order) {
        return new ECParameterSpec(new EllipticCurve(new ECFieldFp(prime), a, b), generator, order, 1);
    }

    @Test
    void JWT_27_takes_only_points_of_the_curve_with_coordinates_below_its_prime() {
        ECPublicKey good = (ECPublicKey) TestKeys.ec("secp256r1").getPublic();
        BigInteger prime = ((ECFieldFp) good.getParams().getCurve().getField()).getP();
        BigInteger x = good.getW().getAffineX();
        BigInteger y = good.getW().getAffineY();
        assertThat(VerificationKey.algorithmsOf(new Ec(good.getParams(), new ECPoint(x, prime.subtract(y)))))
                .isNotEmpty();
        for (ECPoint bad : new ECPoint[] {
            ECPoint.POINT_INFINITY,
            new ECPoint(x, y.add(BigInteger.ONE)),
            new ECPoint(x.add(BigInteger.ONE), y),
            new ECPoint(x.add(prime), y),
            new ECPoint(x, y.add(prime)),
            new ECPoint(x.subtract(prime), y),
            new ECPoint(x, y.negate())
        }) {
            assertBad(new Ec(good.getParams(), bad));
        }
    }

    @Test
    void JWT_29_takes_a_secret_as_long_as_the_hash_and_no_shorter_one() {
        for (JwsAlgorithm algorithm : EnumSet.of(JwsAlgorithm.HS256, JwsAlgorithm.HS384, JwsAlgorithm.HS512)) {
            int least = Integer.parseInt(algorithm.name().substring(2)) / 8;
            Set<JwsAlgorithm> wanted = EnumSet.of(algorithm);
            assertThat(VerificationKey.ofSecret(null, new byte[least], wanted).fits(algorithm))
                    .isTrue();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> VerificationKey.ofSecret(null, new byte[least - 1], wanted))
                    .withMessageContaining("at least " + least + " bytes for " + algorithm);
        }
    }

    @Test
    void tells_its_id_and_its_algorithms_alone() {
        assertThat(VerificationKey.ofSecret("k", new byte[32], EnumSet.of(JwsAlgorithm.HS256)))
                .hasToString("VerificationKey[k, [HS256]]");
    }
}
