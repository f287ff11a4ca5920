package dev.countersign.scheme.webhook;

import dev.countersign.WorkLimit;
import dev.countersign.jose.JwsAlgorithm;
import dev.countersign.jose.KeySet;
import dev.countersign.jose.PemReader;
import dev.countersign.key.Hmac;
import dev.countersign.key.Secret;
import dev.countersign.signature.SignatureNotation;
import dev.countersign.signature.WebhookProfile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What the signatures of one provider are verified with: secrets, public keys, or both, which are two kinds and never taken
 * for each other. Immutable; safe for use by many threads.
 */
public final class WebhookKeys {
    /** The most secrets and public keys of one scheme. */
    public static final int MOST = 8;

    static final String EXPECTED =
            "secrets of the provider, newest first, usually brought in with ${file:…} or ${env:…}";

    private static final String SHARED = "whsec_";
    private static final String PUBLIC = "whpk_";
    private static final String PRIVATE = "whsk_";

    private final List<Hmac> secrets;
    private final @Nullable KeySet publicKeys;
    private final JwsAlgorithm publicAlgorithm;

    private WebhookKeys(List<Hmac> secrets, @Nullable KeySet publicKeys, JwsAlgorithm publicAlgorithm) {
        this.secrets = List.copyOf(secrets);
        this.publicKeys = publicKeys;
        this.publicAlgorithm = publicAlgorithm;
    }

    /**
     * Reads the secrets of a provider, newest first. Each value is a list, separated by commas, of secrets in the forms of
     * {@link Secret#parse} and in the provider's own: {@code whsec_…} is text for Stripe and base64 for Standard Webhooks,
     * whose {@code whpk_…} is an Ed25519 public key.
     *
     * @throws IllegalArgumentException if there is none, more than {@value #MOST}, or one cannot be read; the message tells
     *     nothing of them
     */
    public static WebhookKeys ofSecrets(WebhookProfile profile, List<String> values) {
        List<String> items = items(values);
        if (items.isEmpty() || items.size() > MOST) {
            throw new IllegalArgumentException("expected: 1 to " + MOST + " secrets");
        }
        List<Hmac> secrets = new ArrayList<>();
        List<String> publicKeys = new ArrayList<>();
        for (String item : items) {
            if (item.startsWith(PUBLIC) && knowsPublicKeys(profile)) {
                publicKeys.add(jwk(item.substring(PUBLIC.length())));
            } else if (item.startsWith(PRIVATE)) {
                throw new IllegalArgumentException("a private key (expected: the public one, " + PUBLIC + "…)");
            } else {
                secrets.add(hmac(profile, unpublished(secret(profile, item))));
            }
        }
        KeySet keySet = publicKeys.isEmpty() ? null : KeySet.parse(publicKeys, EnumSet.of(JwsAlgorithm.EdDSA));
        return new WebhookKeys(secrets, keySet, JwsAlgorithm.EdDSA);
    }

    /**
     * Reads RSA public keys or certificates in PEM, or JWK sets. Dates and issuers of certificates are not judged: they are
     * believed because they are configured.
     *
     * @throws IllegalArgumentException if one cannot be read, or there are more than {@value #MOST}
     */
    public static WebhookKeys ofPublicKeys(List<String> values) {
        KeySet keySet = KeySet.parse(values, EnumSet.of(JwsAlgorithm.RS256));
        if (keySet.size() > MOST) {
            throw new IllegalArgumentException("expected: at most " + MOST + " keys");
        }
        return new WebhookKeys(List.of(), keySet, JwsAlgorithm.RS256);
    }

    /** A Mac for each secret, newest first, with nothing added to them. */
    List<Mac> start() {
        List<Mac> macs = new ArrayList<>(secrets.size());
        for (Hmac secret : secrets) {
            macs.add(secret.start());
        }
        return macs;
    }

    /** Whether there are public keys. */
    boolean hasPublicKeys() {
        return publicKeys != null;
    }

    /**
     * Whether a public key made the signature of these bytes.
     *
     * @throws dev.countersign.StoreUnavailableException if {@code verifying} is full
     */
    boolean verifies(byte[] text, byte[] signature, WorkLimit verifying) {
        KeySet keys = publicKeys;
        return keys != null && keys.verifies(publicAlgorithm, text, signature, verifying);
    }

    /** How many there are of each kind; nothing of them. */
    @Override
    public String toString() {
        KeySet keys = publicKeys;
        return "WebhookKeys[" + secrets.size() + " secrets, " + (keys == null ? 0 : keys.size()) + " public keys]";
    }

    private static boolean knowsPublicKeys(WebhookProfile profile) {
        return profile.notation() instanceof SignatureNotation.Versioned versioned
                && versioned.publicVersion().isPresent();
    }

    private static Secret secret(WebhookProfile profile, String item) {
        if (item.startsWith(SHARED) && profile.provider().equals(WebhookProfile.STRIPE.provider())) {
            return Secret.of(item.getBytes(StandardCharsets.UTF_8));
        }
        if (item.startsWith(SHARED) && knowsPublicKeys(profile)) {
            return Secret.parse("base64:" + item.substring(SHARED.length()));
        }
        return Secret.parse(item);
    }

    private static Secret unpublished(Secret secret) {
        byte[] bytes = secret.bytes();
        // Of our own notation it is the prefix alone that tells.
        boolean marked = new String(bytes, StandardCharsets.ISO_8859_1).strip().startsWith(PUBLIC);
        if (marked || PemReader.isPublicKey(bytes)) {
            throw new IllegalArgumentException(
                    "a secret that is a public key, which everybody knows (expected: the secret of the provider)");
        }
        return secret;
    }

    private static Hmac hmac(WebhookProfile profile, Secret secret) {
        String algorithm = profile.algorithm().jdkName();
        return new Hmac(algorithm, new SecretKeySpec(secret.bytes(), algorithm));
    }

    private static String jwk(String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a public key is not valid base64");
        }
        String x = Base64.getUrlEncoder().withoutPadding().encodeToString(key);
        return "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + x + "\"}";
    }

    private static List<String> items(List<String> values) {
        List<String> items = new ArrayList<>();
        for (String value : values) {
            int start = 0;
            while (start <= value.length()) {
                int comma = value.indexOf(',', start);
                int end = comma < 0 ? value.length() : comma;
                String item = value.substring(start, end).strip();
                if (item.isEmpty()) {
                    throw new IllegalArgumentException("a secret is empty (expected: a list, separated by commas)");
                }
                items.add(item);
                start = end + 1;
            }
        }
        return items;
    }
}
