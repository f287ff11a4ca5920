package dev.countersign.it.signers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Keys for each algorithm of RFC 9421 section 3.3, made anew for each run. */
final class MessageKeys {
    /** Of the one shared key. */
    static final String HMAC = "hmac-sha256";

    /** The bytes of the shared key. */
    static final String SHARED =
            Base64.getEncoder().encodeToString("32 bytes that two sides both know".getBytes(US_ASCII));

    /** The names of the algorithms in RFC 7518 and RFC 8037. */
    private static final Map<String, String> JWS = Map.of(
            "ed25519", "EdDSA",
            "ecdsa-p256-sha256", "ES256",
            "ecdsa-p384-sha384", "ES384",
            "rsa-v1_5-sha256", "RS256",
            "rsa-pss-sha512", "PS512");

    private static final Map<String, KeyPair> PAIRS = pairs();

    private MessageKeys() {}

    /** The public keys as a JWK set (RFC 7517); the name of its algorithm in RFC 9421 is the id of each. */
    static String jwks() {
        JsonArrayBuilder keys = Json.createArrayBuilder();
        PAIRS.forEach((algorithm, pair) -> keys.add(
                jwk(pair.getPublic()).add("kid", algorithm).add("alg", Objects.requireNonNull(JWS.get(algorithm)))));
        return Json.createObjectBuilder().add("keys", keys).build().toString();
    }

    private static JsonObjectBuilder jwk(PublicKey key) {
        JsonObjectBuilder jwk = Json.createObjectBuilder();
        byte[] encoded = key.getEncoded();
        if (key instanceof RSAPublicKey rsa) {
            return jwk.add("kty", "RSA")
                    .add("n", base64(unsigned(rsa.getModulus())))
                    .add("e", base64(unsigned(rsa.getPublicExponent())));
        }
        if (key instanceof ECPublicKey ec) {
            // The point is the end of the encoding (RFC 5480 section 2.2).
            int length = (ec.getParams().getCurve().getField().getFieldSize() + 7) / 8;
            int end = encoded.length;
            return jwk.add("kty", "EC")
                    .add("crv", length == 32 ? "P-256" : "P-384")
                    .add("x", base64(Arrays.copyOfRange(encoded, end - 2 * length, end - length)))
                    .add("y", base64(Arrays.copyOfRange(encoded, end - length, end)));
        }
        // So is the key (RFC 8410 section 4).
        return jwk.add("kty", "OKP")
                .add("crv", "Ed25519")
                .add("x", base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What a signer is given. */
    static String signing(String algorithm) {
        KeyPair pair = PAIRS.get(algorithm);
        return pair == null ? SHARED : pem("PRIVATE KEY", pair.getPrivate());
    }

    /** What a verifier is given. */
    static String verifying(String algorithm) {
        KeyPair pair = PAIRS.get(algorithm);
        return pair == null ? SHARED : pem("PUBLIC KEY", pair.getPublic());
    }

    /** Empty for the shared key. */
    static Optional<PrivateKey> privateKey(String algorithm) {
        return Optional.ofNullable(PAIRS.get(algorithm)).map(KeyPair::getPrivate);
    }

    private static Map<String, KeyPair> pairs() {
        Map<String, KeyPair> pairs = new LinkedHashMap<>();
        AlgorithmParameterSpec rsa = new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);
        pairs.put("ed25519", pair("EdDSA", NamedParameterSpec.ED25519));
        pairs.put("ecdsa-p256-sha256", pair("EC", new ECGenParameterSpec("secp256r1")));
        pairs.put("ecdsa-p384-sha384", pair("EC", new ECGenParameterSpec("secp384r1")));
        pairs.put("rsa-v1_5-sha256", pair("RSA", rsa));
        pairs.put("rsa-pss-sha512", pair("RSA", rsa));
        return Collections.unmodifiableMap(pairs);
    }

    private static KeyPair pair(String type, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, Key key) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END " + label + "-----\n";
    }
}
