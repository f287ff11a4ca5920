package dev.countersign.scheme.hmac;

import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.WorkLimit;
import dev.countersign.jose.JwsAlgorithm;
import dev.countersign.jose.KeySet;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.settings.Reloadable;
import dev.countersign.signature.SignatureAlgorithm;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose signature it is: secrets and public keys by their ids, each with the algorithms that it is for. */
final class Rfc9421Keys {
    private static final int ED25519_SIGNATURE_BYTES = 64;

    /** What a check of a signature found. */
    record Outcome(@Nullable Identity identity, String detail) {
        private static final Outcome UNKNOWN = new Outcome(null, "unknown_key");
        private static final Outcome ALGORITHM = new Outcome(null, "algorithm");
        private static final Outcome WRONG = new Outcome(null, "wrong");

        private static Outcome good(Identity identity) {
            return new Outcome(identity, "");
        }
    }

    private final String schemeName;
    private final Set<SignatureAlgorithm> algorithms;
    private final HmacKeys secrets;
    private final @Nullable Reloadable<KeySet> keys;
    private final WorkLimit verifying;

    Rfc9421Keys(
            String schemeName,
            Rfc9421Settings settings,
            HmacKeys secrets,
            @Nullable Reloadable<KeySet> keys,
            SchemeContext context) {
        this.schemeName = schemeName;
        this.algorithms = settings.algorithms();
        this.secrets = secrets;
        this.keys = keys;
        this.verifying = context.verifying();
    }

    /** Whether somebody has this key id. */
    boolean knows(String keyId) {
        return secrets.find(keyId) != null
                || (keys != null && !keys.current().algorithmsOf(keyId).isEmpty());
    }

    /**
     * Whether the key of this id made the signature.
     *
     * @param alg what the message says of the algorithm, which can only confirm what the key is for (RFC 9421 section 3.2)
     */
    Outcome check(String keyId, Optional<String> alg, byte[] base, byte[] signature) {
        HmacKey secret = secrets.find(keyId);
        KeySet set = keys == null ? null : keys.current();
        if (secret == null && set != null && !set.algorithmsOf(keyId).isEmpty()) {
            return check(set, keyId, alg, base, signature);
        }
        // An unknown key costs what a known one does (SIG-18).
        byte[] expected =
                (secret == null ? secrets.decoy() : secret).hmac().start().doFinal(base);
        boolean good = MessageDigest.isEqual(expected, signature);
        if (secret == null) {
            return Outcome.UNKNOWN;
        }
        SignatureAlgorithm hmac = SignatureAlgorithm.HMAC_SHA256;
        if (!algorithms.contains(hmac) || !alg.orElse(hmac.text()).equals(hmac.text())) {
            return Outcome.ALGORITHM;
        }
        return good ? Outcome.good(secret.identity()) : Outcome.WRONG;
    }

    private Outcome check(KeySet set, String keyId, Optional<String> alg, byte[] base, byte[] signature) {
        SignatureAlgorithm algorithm = algorithm(set.algorithmsOf(keyId), alg);
        if (algorithm == null) {
            return Outcome.ALGORITHM;
        }
        boolean fits = algorithm != SignatureAlgorithm.ED25519 || signature.length == ED25519_SIGNATURE_BYTES;
        return fits && set.verifies(keyId, Rfc9421Settings.jws(algorithm), base, signature, verifying)
                ? Outcome.good(identity(keyId))
                : Outcome.WRONG;
    }

    /** The one algorithm that the key is for, or the one of several that the message names; null if that is none. */
    private @Nullable SignatureAlgorithm algorithm(Set<JwsAlgorithm> ofKey, Optional<String> alg) {
        SignatureAlgorithm found = null;
        for (SignatureAlgorithm algorithm : algorithms) {
            boolean named = alg.isEmpty() || alg.get().equals(algorithm.text());
            if (named && !algorithm.isHmac() && ofKey.contains(Rfc9421Settings.jws(algorithm))) {
                if (found != null) {
                    return null;
                }
                found = algorithm;
            }
        }
        return found;
    }

    private Identity identity(String keyId) {
        return Identity.of(schemeName, keyId, IdentityKind.CLIENT)
                .claims(Map.of("key_id", keyId))
                .hint(Rfc9421Credential.hint(keyId))
                .build();
    }
}
