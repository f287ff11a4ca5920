package dev.countersign.scheme.hmac;

import dev.countersign.ChallengeTemplate;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Decision;
import dev.countersign.Exchange;
import dev.countersign.RejectionReason;
import dev.countersign.Verification;
import dev.countersign.jose.KeySet;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.settings.Reloadable;
import dev.countersign.signature.Component;
import dev.countersign.signature.MessageSignatures;
import dev.countersign.signature.SignatureInput;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** HTTP Message Signatures (RFC 9421), with content covered by {@code Content-Digest} (RFC 9530). */
final class Rfc9421Profile implements SignatureProfile {
    private static final String SIGNATURE_INPUT = "signature-input";
    private static final Set<String> CARRIERS = Set.of(SIGNATURE_INPUT, Rfc9421Credential.CARRIER);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 16;

    private final Rfc9421Settings settings;
    private final Rfc9421Verifier verifier;
    private final ChallengeTemplate challenge;
    private final int maxLength;
    private final Supplier<String> nonces;

    /**
     * A profile over its keys.
     *
     * @param schemeName the configured name of the scheme
     * @param secrets those of the clients that share one
     * @param keys the public keys of the others; null if there are none
     * @param replays what was good before
     */
    Rfc9421Profile(
            String schemeName,
            Rfc9421Settings settings,
            HmacKeys secrets,
            @Nullable Reloadable<KeySet> keys,
            Replays replays,
            SchemeContext context) {
        this(schemeName, settings, secrets, keys, replays, context, Rfc9421Profile::randomNonce);
    }

    /** @param nonces what clients are asked to sign with, never the same twice */
    Rfc9421Profile(
            String schemeName,
            Rfc9421Settings settings,
            HmacKeys secrets,
            @Nullable Reloadable<KeySet> keys,
            Replays replays,
            SchemeContext context,
            Supplier<String> nonces) {
        this.settings = settings;
        this.verifier = new Rfc9421Verifier(
                settings, new Rfc9421Keys(schemeName, settings, secrets, keys, context), replays, context);
        this.challenge = new ChallengeTemplate("HTTPSig", settings.realm(), List.of(), false, SignatureErrors::explain);
        this.maxLength = context.headersMax();
        this.nonces = nonces;
    }

    @Override
    public Claim claim(Exchange exchange) {
        List<String> inputs = exchange.headers(SIGNATURE_INPUT);
        List<String> values = exchange.headers(Rfc9421Credential.CARRIER);
        if (inputs.isEmpty() && values.isEmpty()) {
            return Claim.absent();
        }
        return MessageSignatures.read(inputs, values, maxLength)
                .match(
                        read -> new Claim.Presented(new Rfc9421Credential(read.signatures())),
                        unreadable -> new Claim.Malformed(
                                RejectionReason.SIGNATURE_INVALID,
                                unreadable.problem().detail()));
    }

    @Override
    public Verification verify(Credential credential, Exchange exchange) {
        return verifier.verify((Rfc9421Credential) credential, exchange);
    }

    @Override
    public ChallengeTemplate challengeTemplate() {
        return challenge;
    }

    @Override
    public Set<String> carriers() {
        return CARRIERS;
    }

    @Override
    public Set<String> shapes() {
        return Set.of("Signature-Input and Signature");
    }

    @Override
    public List<Decision.Field> answerFields(Exchange exchange) {
        return List.of(new Decision.Field("Accept-Signature", acceptSignature(exchange)));
    }

    /**
     * The value of {@code Accept-Signature} that asks for a signature of a request like this one (RFC 9421 section 5.1).
     * It has a fresh nonce, and nothing of the request.
     */
    String acceptSignature(Exchange exchange) {
        List<Component> asked = new ArrayList<>(
                settings.required().isEmpty() ? List.of(Component.METHOD, Component.TARGET_URI) : settings.required());
        asked.remove(Component.CONTENT_DIGEST);
        if (hasContent(exchange.method())) {
            asked.add(Component.CONTENT_DIGEST);
        }
        // Nobody can sign a field that is not there, and then it is not needed.
        if (exchange.headers(Component.CONTENT_TYPE.name()).isEmpty()) {
            asked.remove(Component.CONTENT_TYPE);
        }
        Optional<String> algorithm = settings.algorithms().size() == 1
                ? Optional.of(settings.algorithms().iterator().next().text())
                : Optional.empty();
        return SignatureInput.accept("sig1", asked, nonces.get(), algorithm, settings.tag());
    }

    /** RFC 9110 section 9.3: in requests of these methods content has no meaning. */
    private static boolean hasContent(String method) {
        return switch (method) {
            case "GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT" -> false;
            default -> true;
        };
    }

    private static String randomNonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The settings, which have no secret. */
    @Override
    public String toString() {
        return "Rfc9421Profile[" + settings + "]";
    }
}
