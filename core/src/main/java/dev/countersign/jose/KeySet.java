package dev.countersign.jose;

import dev.countersign.WorkLimit;
import dev.countersign.json.InvalidJsonException;
import dev.countersign.json.StrictJson;
import dev.countersign.key.Secret;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys that tokens of one issuer are verified with, and for each the algorithms that it is for. Immutable; a new set
 * of keys is a new object.
 *
 * <p>Which keys are tried: those whose {@code kid} is the token's, if there is one; for a token without {@code kid}, all;
 * and those without a {@code kid} of their own (PEM keys, secrets) where no other has the token's. Of these, the ones that
 * fit the token's {@code alg}, at most {@value #MOST_TRIED}. A token whose {@code kid} nobody has is refused if all keys
 * have one.
 *
 * <pre>{@code
 * KeySet keys = KeySet.parse(List.of(jwksDocument), EnumSet.of(JwsAlgorithm.ES256));
 * }</pre>
 */
public final class KeySet {
    static final String PRIVATE_KEY =
            "a private key (expected: the public key alone; verifying needs no private key, and this one has been shown)";

    private static final int MOST_TRIED = 8;
    private static final int MOST_KEYS = 1000;
    private static final int MAX_DEPTH = 8;

    private final Set<JwsAlgorithm> algorithms;
    private final List<VerificationKey> all;
    private final List<VerificationKey> nameless;
    private final Map<String, List<VerificationKey>> byKeyId;
    private final Map<String, List<VerificationKey>> byThumbprint;
    private final List<String> ignored;

    private KeySet(Set<JwsAlgorithm> algorithms, List<VerificationKey> keys, List<String> ignored) {
        this.algorithms = algorithms;
        this.all = List.copyOf(keys);
        this.nameless = keys.stream().filter(key -> key.keyId() == null).toList();
        this.byKeyId = new HashMap<>();
        for (VerificationKey key : keys) {
            if (key.keyId() != null) {
                byKeyId.computeIfAbsent(key.keyId(), id -> new ArrayList<>()).add(key);
            }
        }
        this.byThumbprint = new HashMap<>();
        for (VerificationKey key : nameless) {
            key.thumbprint()
                    .ifPresent(id -> byThumbprint
                            .computeIfAbsent(id, ignoredId -> new ArrayList<>())
                            .add(key));
        }
        this.ignored = List.copyOf(ignored);
    }

    /**
     * Reads key values as settings hold them: a JWK set or a single JWK, PEM public keys or certificates (whose dates and
     * issuers are not judged), and for HMAC secrets {@code base64:…}, {@code base64url:…}, {@code hex:…} or {@code text:…}.
     *
     * <p>Keys of a JWK set that are well-formed and not for this use (another {@code use}, {@code key_ops}, {@code alg} or
     * curve, an RSA modulus below 2048 bits) are left out, as RFC 7517 section 5 has it; {@link #ignored} names them.
     *
     * @param values at least one
     * @param algorithms those that tokens may use, at least one: all HMAC, or none; there is no key for any other
     * @throws IllegalArgumentException if a key is broken, private, too short a secret, or of the wrong kind for the
     *     algorithms, or if no key is left; the message names keys by position and {@code kid} and carries nothing of them
     */
    public static KeySet parse(List<String> values, Set<JwsAlgorithm> algorithms) {
        requireUnmixed(algorithms);
        Set<JwsAlgorithm> allowed = Collections.unmodifiableSet(EnumSet.copyOf(algorithms));
        Collected collected = new Collected(allowed);
        values.forEach(collected::add);
        if (!collected.problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", collected.problems));
        }
        if (collected.keys.isEmpty()) {
            String why = collected.ignored.isEmpty() ? "" : ": " + String.join("; ", collected.ignored);
            throw new IllegalArgumentException("no key that fits " + allowed + why);
        }
        return new KeySet(allowed, collected.keys, collected.ignored);
    }

    /**
     * Checks that the algorithms share one kind of key: with both kinds a public key could be taken for a secret.
     *
     * @throws IllegalArgumentException if there is none, or HMAC and public-key algorithms are mixed
     */
    public static void requireUnmixed(Set<JwsAlgorithm> algorithms) {
        long hmac = algorithms.stream().filter(JwsAlgorithm::isHmac).count();
        if (algorithms.isEmpty() || (hmac != 0 && hmac != algorithms.size())) {
            throw new IllegalArgumentException(
                    algorithms + " (expected: at least one, and not HMAC together with public-key algorithms)");
        }
    }

    /** What was left out of the set and why, one line a key, for a warning; names keys by position and {@code kid}. */
    public List<String> ignored() {
        return ignored;
    }

    /** How many keys there are, at least one. */
    public int size() {
        return all.size();
    }

    /**
     * Whether a key of this set made the token's signature (RFC 7515 section 5.2), over exactly the bytes that came.
     *
     * @param verifying bounds public-key verification, which is dear; HMAC is not and takes no place in it
     * @return why not; empty if the signature is good
     * @throws dev.countersign.StoreUnavailableException if {@code verifying} is full
     */
    public Optional<JwsProblem> verify(CompactJws jws, WorkLimit verifying) {
        if (!algorithms.contains(jws.algorithm())) {
            return Optional.of(JwsProblem.ALGORITHM);
        }
        List<VerificationKey> candidates = candidates(jws);
        if (candidates.isEmpty()) {
            return Optional.of(JwsProblem.KEY);
        }
        boolean good = jws.algorithm().isHmac()
                ? isSignedByOneOf(candidates, jws)
                : verifying.check(() -> isSignedByOneOf(candidates, jws));
        return good ? Optional.empty() : Optional.of(JwsProblem.SIGNATURE);
    }

    /**
     * Whether a key of this set made a signature that stands outside of any token; at most {@value #MOST_TRIED} keys are
     * tried.
     *
     * @param algorithm what it was made with
     * @param input the bytes that are signed
     * @param verifying bounds public-key verification
     * @throws dev.countersign.StoreUnavailableException if {@code verifying} is full
     */
    public boolean verifies(JwsAlgorithm algorithm, byte[] input, byte[] signature, WorkLimit verifying) {
        return verifying.check(() -> {
            int tried = 0;
            for (VerificationKey key : all) {
                if (key.fits(algorithm)
                        && tried++ < MOST_TRIED
                        && key.verifies(algorithm, input, input.length, signature)) {
                    return true;
                }
            }
            return false;
        });
    }

    private List<VerificationKey> candidates(CompactJws jws) {
        List<VerificationKey> possible = all;
        if (jws.keyId().isPresent()) {
            possible = byKeyId.getOrDefault(jws.keyId().get(), nameless);
        }
        return fitting(possible, jws.algorithm());
    }

    private static List<VerificationKey> fitting(List<VerificationKey> possible, JwsAlgorithm algorithm) {
        List<VerificationKey> fitting = new ArrayList<>(1);
        for (VerificationKey key : possible) {
            if (key.fits(algorithm) && fitting.size() < MOST_TRIED) {
                fitting.add(key);
            }
        }
        return fitting;
    }

    private static boolean isSignedByOneOf(List<VerificationKey> candidates, CompactJws jws) {
        return isSignedByOneOf(
                candidates, jws.algorithm(), jws.signingInput(), jws.signingInputLength(), jws.signature());
    }

    private static boolean isSignedByOneOf(
            List<VerificationKey> candidates, JwsAlgorithm algorithm, byte[] input, int length, byte[] signature) {
        for (VerificationKey candidate : candidates) {
            if (candidate.verifies(algorithm, input, length, signature)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The algorithms that a key of this id is for, among those of this set; empty if nobody has the id. A key without an
     * id of its own (PEM) has its SHA-256 thumbprint (RFC 7638) for one.
     */
    public Set<JwsAlgorithm> algorithmsOf(String keyId) {
        Set<JwsAlgorithm> fitting = EnumSet.noneOf(JwsAlgorithm.class);
        for (VerificationKey key : named(keyId)) {
            for (JwsAlgorithm algorithm : algorithms) {
                if (key.fits(algorithm)) {
                    fitting.add(algorithm);
                }
            }
        }
        return fitting;
    }

    /**
     * Whether a key of this id made a signature that is no token's, such as that of an HTTP message (RFC 9421 section
     * 3.3). ECDSA signatures are r and s, one after the other.
     *
     * @param keyId the id as {@link #algorithmsOf} has it; no other key is tried
     * @param verifying bounds public-key verification, as for {@link #verify(CompactJws, WorkLimit)}
     * @return false also where the key is unknown or is not for the algorithm
     * @throws dev.countersign.StoreUnavailableException if {@code verifying} is full
     */
    public boolean verifies(String keyId, JwsAlgorithm algorithm, byte[] input, byte[] signature, WorkLimit verifying) {
        List<VerificationKey> candidates =
                algorithms.contains(algorithm) ? fitting(named(keyId), algorithm) : List.of();
        if (candidates.isEmpty()) {
            return false;
        }
        return algorithm.isHmac()
                ? isSignedByOneOf(candidates, algorithm, input, input.length, signature)
                : verifying.check(() -> isSignedByOneOf(candidates, algorithm, input, input.length, signature));
    }

    private List<VerificationKey> named(String keyId) {
        List<VerificationKey> keys = byKeyId.get(keyId);
        return keys != null ? keys : byThumbprint.getOrDefault(keyId, List.of());
    }

    /** Tells the keys' ids and algorithms, nothing of the keys. */
    @Override
    public String toString() {
        return "KeySet" + all;
    }

    /** What a reading of several values found. */
    private static final class Collected {
        private final Set<JwsAlgorithm> algorithms;
        private final boolean hmac;
        private final List<VerificationKey> keys = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private final List<String> ignored = new ArrayList<>();

        Collected(Set<JwsAlgorithm> algorithms) {
            this.algorithms = algorithms;
            this.hmac = algorithms.iterator().next().isHmac();
        }

        void add(String value) {
            try {
                if (value.startsWith("{")) {
                    addJson(value);
                } else if (PemReader.isPem(value)) {
                    addPem(value);
                } else {
                    addSecret(value);
                }
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }

        private void addJson(String value) {
            Map<String, Object> document;
            try {
                document = StrictJson.parseObject(value.getBytes(StandardCharsets.UTF_8), MAX_DEPTH);
            } catch (InvalidJsonException e) {
                throw new IllegalArgumentException("not a JWK set: not JSON, or a member twice", e);
            }
            if (!document.containsKey("keys")) {
                keys.add(JwkReader.read(document, algorithms));
                return;
            }
            if (!(document.get("keys") instanceof List<?> entries) || entries.size() > MOST_KEYS) {
                throw new IllegalArgumentException("not a JWK set: keys is not a list of at most 1000");
            }
            for (int i = 0; i < entries.size(); i++) {
                addEntry(i, entries.get(i));
            }
        }

        private void addEntry(int index, Object entry) {
            if (!(entry instanceof Map<?, ?> members)) {
                problems.add("key " + index + ": not an object");
                return;
            }
            @SuppressWarnings("unchecked")
            Map<String, Object> jwk = (Map<String, Object>) members;
            String name =
                    jwk.get("kid") instanceof String id ? "key " + index + " (" + printable(id) + ")" : "key " + index;
            try {
                keys.add(JwkReader.read(jwk, algorithms));
            } catch (UnusableKeyException e) {
                ignored.add(name + ": " + e.getMessage());
            } catch (IllegalArgumentException e) {
                problems.add(name + ": " + e.getMessage());
            }
        }

        private void addPem(String value) {
            for (PublicKey key : PemReader.read(value)) {
                if (hmac) {
                    throw new IllegalArgumentException("a public key where HMAC is used (expected: a secret)");
                }
                Set<JwsAlgorithm> fitting = EnumSet.copyOf(algorithms);
                fitting.retainAll(VerificationKey.algorithmsOf(key));
                if (fitting.isEmpty()) {
                    throw new IllegalArgumentException("a key that fits none of " + algorithms);
                }
                keys.add(new VerificationKey(null, key, fitting));
            }
        }

        private void addSecret(String value) {
            if (!hmac) {
                throw new IllegalArgumentException(
                        "neither a JWK set nor PEM (expected: a JWK set, a PEM public key or a certificate)");
            }
            keys.add(VerificationKey.ofSecret(null, Secret.parse(value).bytes(), algorithms));
        }

        private static String printable(String id) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < id.length() && i < 64; i++) {
                char c = id.charAt(i);
                text.append(c >= ' ' && c <= '~' ? c : '?');
            }
            return text.toString();
        }
    }
}
