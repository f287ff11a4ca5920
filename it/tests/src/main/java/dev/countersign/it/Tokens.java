package dev.countersign.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes access tokens, good and bad ones. The keys sign for tests alone. */
public final class Tokens {
    public static final String ISSUER = "https://id.example.com";
    public static final String PARTNER = "https://partner.example.com";

    private static final String ISSUERS_KEY =
            "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgLvhNxVdVcOZ3bh6Pm0F/6sHimUFBV0mNzj32HegTVPShRANCAAQY"
                    + "TB+2qBZ2DFKdh5jjtXY/9ilYvaXTN+DzJ73+pZ8DkpqXGhcT6H3cyw54KQjAoParwc4aaA3dabN0fhNOmyQy";
    private static final String PARTNERS_KEY =
            "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgVR11XKA4kDWmZYaYFWAlTp3bCeiugeep0KyeM942SWKhRANCAATc"
                    + "t3LVCnfaWUyGRMUmlhlQCZ0VGTnuheNyBzuV1svT07/ZiDyYb9z9ZNwgNwqC2k4IkFY5QoKovVXN39aMk17E";
    private static final String STRANGERS_KEY =
            "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgglhGnXd8cVsiX064vHIwxYHy7nqB3zgw0P3UXgzVVbChRANCAASG"
                    + "1A4SmqIbGzdjK4xch1UJqWbEBtyAnaKB6Zhk8JPzrf1h+3w5SCLaah0I0Z+8WT9odJROeTMKsEhq+QQCnlNZ";

    private final Map<String, String> claims = new LinkedHashMap<>();
    private final Map<String, String> header = new LinkedHashMap<>();
    private String algorithm = "ES256";
    private String kid = "it-1";
    private String key = ISSUERS_KEY;

    private Tokens(String issuer) {
        claim("iss", issuer).claim("aud", "orders").claim("sub", "sue");
        number("exp", Instant.now().getEpochSecond() + 600);
    }

    /** A good token for sue, with these scopes. */
    public static Tokens granting(String scope) {
        return new Tokens(ISSUER).claim("scope", scope);
    }

    /** A good token of the partner's. */
    public static Tokens ofPartner() {
        Tokens token = new Tokens(PARTNER);
        token.kid = "partner";
        token.key = PARTNERS_KEY;
        return token;
    }

    /** Sets a claim to a text. */
    public Tokens claim(String name, String value) {
        claims.put(name, '"' + value + '"');
        return this;
    }

    /** A claim as JSON. */
    public Tokens json(String name, String json) {
        claims.put(name, json);
        return this;
    }

    /** Sets a claim to a number. */
    public Tokens number(String name, long value) {
        claims.put(name, Long.toString(value));
        return this;
    }

    /** Leaves a claim out. */
    public Tokens without(String name) {
        claims.remove(name);
        return this;
    }

    /** Adds a parameter to the header, as JSON. */
    public Tokens header(String name, String json) {
        header.put(name, json);
        return this;
    }

    /** Sets the header's {@code kid}, not the key that signs. */
    public Tokens kid(String kid) {
        this.kid = kid;
        return this;
    }

    /** Sets the header's {@code alg}, not the algorithm that signs. */
    public Tokens algorithm(String algorithm) {
        this.algorithm = algorithm;
        return this;
    }

    /** Signed with a key that the WAR does not know. */
    public String signedByStranger() {
        key = STRANGERS_KEY;
        return signed();
    }

    /** Without any signature. */
    public String unsigned() {
        algorithm = "none";
        return content() + ".";
    }

    /** The token with its signature. */
    public String signed() {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key))));
            String content = content();
            signature.update(content.getBytes(UTF_8));
            return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String content() {
        String first = "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + kid + "\""
                + header.entrySet().stream()
                        .map(parameter -> ",\"" + parameter.getKey() + "\":" + parameter.getValue())
                        .collect(Collectors.joining())
                + "}";
        String payload = claims.entrySet().stream()
                .map(claim -> '"' + claim.getKey() + "\":" + claim.getValue())
                .collect(Collectors.joining(",", "{", "}"));
        return encoded(first) + "." + encoded(payload);
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }
}
