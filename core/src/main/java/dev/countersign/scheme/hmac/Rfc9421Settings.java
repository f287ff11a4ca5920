package dev.countersign.scheme.hmac;

import dev.countersign.http.FieldValue;
import dev.countersign.jose.JwsAlgorithm;
import dev.countersign.signature.Component;
import dev.countersign.signature.SignatureAlgorithm;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of the profile {@code rfc9421}.
 *
 * @param realm the realm of its challenge
 * @param window how old a signature may be; as far of the future it may be too, but no more than {@link #skew}
 * @param required what a signature covers at least; empty for the profile's own minimum. Whatever is here, content has to
 *     be covered by {@code content-digest}.
 * @param tag the application that signatures must be for; empty if any will do
 * @param replay whether a signature is good once
 * @param requireNonce whether a signature without a nonce is refused
 * @param algorithms those that signatures may use, at least one
 * @param debugCanonical whether what should have been signed is logged, at level DEBUG, for a signature that is wrong
 */
record Rfc9421Settings(
        String realm,
        Duration window,
        List<Component> required,
        Optional<String> tag,
        ReplayPolicy replay,
        boolean requireNonce,
        Set<SignatureAlgorithm> algorithms,
        boolean debugCanonical) {
    /** What a signature covers at least where the settings say nothing; the last one if there is one. */
    static final List<Component> MINIMUM =
            List.of(Component.METHOD, Component.AUTHORITY, Component.PATH, Component.QUERY, Component.CONTENT_TYPE);

    private static final Duration MOST_SKEW = Duration.ofSeconds(60);

    /** Copies the collections. */
    Rfc9421Settings {
        required = List.copyOf(required);
        algorithms = Set.copyOf(algorithms);
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("algorithms (expected: at least one)");
        }
        // RFC 9421 section 2.3: a string of RFC 8941, which has printable ASCII alone.
        if (tag.isPresent() && !FieldValue.isVisibleAscii(tag.get())) {
            throw new IllegalArgumentException("tag (expected: visible ASCII characters)");
        }
    }

    /** What of the minimum requests need not sign. */
    List<Component> leftOut() {
        return required.isEmpty()
                ? List.of()
                : MINIMUM.stream()
                        .filter(part -> required.stream().noneMatch(component -> component.covers(part)))
                        .toList();
    }

    /** How far of the future a signature may be: clocks differ, but not by minutes. */
    Duration skew() {
        return window.compareTo(MOST_SKEW) < 0 ? window : MOST_SKEW;
    }

    /** What the keys of these algorithms are read for; HMAC is not among them. */
    static Set<JwsAlgorithm> publicKeyAlgorithms(Set<SignatureAlgorithm> algorithms) {
        Set<JwsAlgorithm> names = EnumSet.noneOf(JwsAlgorithm.class);
        for (SignatureAlgorithm algorithm : algorithms) {
            if (!algorithm.isHmac()) {
                names.add(jws(algorithm));
            }
        }
        return names;
    }

    /** RFC 9421 section 3.3.7: the same algorithm, as JWS names it. */
    static JwsAlgorithm jws(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case HMAC_SHA256 -> JwsAlgorithm.HS256;
            case RSA_PSS_SHA512 -> JwsAlgorithm.PS512;
            case RSA_V1_5_SHA256 -> JwsAlgorithm.RS256;
            case ECDSA_P256_SHA256 -> JwsAlgorithm.ES256;
            case ECDSA_P384_SHA384 -> JwsAlgorithm.ES384;
            case ED25519 -> JwsAlgorithm.EdDSA;
        };
    }
}
