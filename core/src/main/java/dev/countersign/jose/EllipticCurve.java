package dev.countersign.jose;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Optional;

/** The curves of RFC 7518 section 6.2.1.1. */
enum EllipticCurve {
    P256("P-256", "secp256r1", JwsAlgorithm.ES256),
    P384("P-384", "secp384r1", JwsAlgorithm.ES384),
    P521("P-521", "secp521r1", JwsAlgorithm.ES512);

    private final String jwkName;
    private final JwsAlgorithm algorithm;
    // The JDK's class is immutable, and not marked so.
    @SuppressWarnings("ImmutableEnumChecker")
    private final ECParameterSpec parameters;

    EllipticCurve(String jwkName, String name, JwsAlgorithm algorithm) {
        this.jwkName = jwkName;
        this.algorithm = algorithm;
        try {
            AlgorithmParameters known = AlgorithmParameters.getInstance("EC");
            known.init(new ECGenParameterSpec(name));
            this.parameters = known.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK lacks the curve " + name, e);
        }
    }

    static Optional<EllipticCurve> named(String jwkName) {
        for (EllipticCurve curve : values()) {
            if (curve.jwkName.equals(jwkName)) {
                return Optional.of(curve);
            }
        }
        return Optional.empty();
    }

    /**
     * The curve with exactly these parameters.
     *
     * @throws UnusableKeyException if there is none
     */
    static EllipticCurve of(ECParameterSpec other) {
        for (EllipticCurve curve : values()) {
            ECParameterSpec own = curve.parameters;
            if (own.getCurve().getField().equals(other.getCurve().getField())
                    && own.getCurve().getA().equals(other.getCurve().getA())
                    && own.getCurve().getB().equals(other.getCurve().getB())
                    && own.getGenerator().equals(other.getGenerator())
                    && own.getOrder().equals(other.getOrder())) {
                return curve;
            }
        }
        throw new UnusableKeyException("an EC key on another curve (expected: P-256, P-384 or P-521)");
    }

    /** The name in {@code crv}. */
    String jwkName() {
        return jwkName;
    }

    ECParameterSpec parameters() {
        return parameters;
    }

    JwsAlgorithm algorithm() {
        return algorithm;
    }

    /** How many bytes a coordinate has in a JWK (RFC 7518 section 6.2.1.2). */
    int coordinateBytes() {
        return (parameters.getCurve().getField().getFieldSize() + 7) / 8;
    }

    /**
     * Checks that the point is one of the curve. The JDK does not, where it makes a key of coordinates.
     *
     * @throws IllegalArgumentException if it is not
     */
    void requireContains(ECPoint point) {
        BigInteger prime = ((ECFieldFp) parameters.getCurve().getField()).getP();
        if (!point.equals(ECPoint.POINT_INFINITY) && isOnCurve(point.getAffineX(), point.getAffineY(), prime)) {
            return;
        }
        throw new IllegalArgumentException("an EC key whose point is not on its curve");
    }

    private boolean isOnCurve(BigInteger x, BigInteger y, BigInteger prime) {
        if (x.signum() < 0 || x.compareTo(prime) >= 0 || y.signum() < 0 || y.compareTo(prime) >= 0) {
            return false;
        }
        BigInteger right = x.multiply(x)
                .add(parameters.getCurve().getA())
                .multiply(x)
                .add(parameters.getCurve().getB())
                .mod(prime);
        return y.multiply(y).mod(prime).equals(right);
    }
}
