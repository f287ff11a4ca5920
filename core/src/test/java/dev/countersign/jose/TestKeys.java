package dev.countersign.jose;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys made for one run, and a signer of compact JWS that shares no code with the reader: the JDK's alone. */
public final class TestKeys {
    private TestKeys() {}

    /** A fresh RSA key. */
    public static KeyPair rsa(int bits) {
        return pair("RSA", generator -> generator.initialize(bits));
    }

    /** A fresh EC key; {@code curve} as in {@code secp256r1}. */
    public static KeyPair ec(String curve) {
        return pair("EC", generator -> generator.initialize(new ECGenParameterSpec(curve)));
    }

    /** A fresh Ed25519 or Ed448 key. */
    public static KeyPair edwards(String curve) {
        return pair(curve, generator -> {});
    }

    /** A public key as a JWK, with further members, such as {@code "kid":"a"}. */
    public static String jwk(PublicKey key, String... members) {
        StringBuilder jwk = new StringBuilder("{").append(parameters(key));
        for (String member : members) {
            jwk.append(',').append(member);
        }
        return jwk.append('}').toString();
    }

    /** A JWK set. */
    public static String jwks(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    /** A PEM block. */
    public static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /** A signed token. */
    public static String sign(JwsAlgorithm algorithm, PrivateKey key, String header, String payload) {
        String input = base64(header) + "." + base64(payload);
        return input + "." + base64(signature(algorithm, key, input.getBytes(StandardCharsets.US_ASCII)));
    }

    /** A token with an HMAC. */
    public static String mac(JwsAlgorithm algorithm, byte[] secret, String header, String payload) {
        String input = base64(header) + "." + base64(payload);
        try {
            Mac mac = Mac.getInstance("HmacSHA" + algorithm.name().substring(2));
            mac.init(new SecretKeySpec(secret, mac.getAlgorithm()));
            return input + "." + base64(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Base64url without padding. */
    public static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Base64url without padding. */
    public static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A signature; one of ECDSA is r and s, as JWS has it. */
    public static byte[] signature(JwsAlgorithm algorithm, PrivateKey key, byte[] input) {
        String hash = algorithm.name().substring(2);
        try {
            Signature signature = Signature.getInstance(
                    switch (algorithm) {
                        case RS256, RS384, RS512 -> "SHA" + hash + "withRSA";
                        case PS256, PS384, PS512 -> "RSASSA-PSS";
                        case ES256, ES384, ES512 -> "SHA" + hash + "withECDSAinP1363Format";
                        default -> "EdDSA";
                    });
            if (algorithm.name().startsWith("PS")) {
                int salt = Integer.parseInt(hash) / 8;
                signature.setParameter(
                        new PSSParameterSpec("SHA-" + hash, "MGF1", new MGF1ParameterSpec("SHA-" + hash), salt, 1));
            }
            signature.initSign(key);
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String parameters(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return "\"kty\":\"RSA\",\"n\":\"" + base64(unsigned(rsa.getModulus(), 0)) + "\",\"e\":\""
                    + base64(unsigned(rsa.getPublicExponent(), 0)) + "\"";
        }
        if (key instanceof ECPublicKey ec) {
            int bits = ec.getParams().getCurve().getField().getFieldSize();
            int length = (bits + 7) / 8;
            return "\"kty\":\"EC\",\"crv\":\"P-" + bits + "\",\"x\":\""
                    + base64(unsigned(ec.getW().getAffineX(), length)) + "\",\"y\":\""
                    + base64(unsigned(ec.getW().getAffineY(), length)) + "\"";
        }
        byte[] encoded = key.getEncoded();
        int length = encoded.length > 50 ? 57 : 32;
        return "\"kty\":\"OKP\",\"crv\":\"" + (length == 57 ? "Ed448" : "Ed25519") + "\",\"x\":\""
                + base64(Arrays.copyOfRange(encoded, encoded.length - length, encoded.length)) + "\"";
    }

    private static byte[] unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        byte[] magnitude = Arrays.copyOfRange(bytes, from, bytes.length);
        if (magnitude.length >= length) {
            return magnitude;
        }
        byte[] padded = new byte[length];
        System.arraycopy(magnitude, 0, padded, length - magnitude.length, magnitude.length);
        return padded;
    }

    private interface Setup {
        void initialize(KeyPairGenerator generator) throws GeneralSecurityException;
    }

    private static KeyPair pair(String type, Setup setup) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            setup.initialize(generator);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
