package dev.countersign.scheme.hmac;

import dev.countersign.Body;
import dev.countersign.Exchange;
import dev.countersign.Identity;
import dev.countersign.RejectionReason;
import dev.countersign.Verification;
import dev.countersign.key.Sha256;
import dev.countersign.scheme.BodyRejections;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.signature.Component;
import dev.countersign.signature.ContentDigest;
import dev.countersign.signature.MessageSignature;
import dev.countersign.signature.RequestParts;
import dev.countersign.signature.SignatureBase;
import dev.countersign.signature.SignatureInput;
import dev.countersign.signature.SignatureParameters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges the signatures of a request, the cheap questions first: which of them is for us, when it was made, what it
 * covers, who made it, whether the content is the signed one, whether it came before.
 */
final class Rfc9421Verifier {
    private static final Logger LOG = LoggerFactory.getLogger(HmacScheme.class);

    /** How far the clocks of two nodes may differ: one of them must not take for new what the other has forgotten. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    /** The fields whose values a log may show; any other may be a credential. */
    private static final Set<String> SHOWN =
            Set.of("content-digest", "content-encoding", "content-length", "content-type", "date", "host");

    /** What is known of the content: how reading it ended, whether there is any, whether it is what its digests tell of. */
    private record Content(Body.Outcome outcome, boolean empty, boolean matches) {}

    private record Good(String keyId, SignatureParameters parameters, SignatureBase base, Identity identity) {}

    private final Rfc9421Settings settings;
    private final Rfc9421Keys keys;
    private final Replays replays;
    private final InstantSource clock;
    private final Optional<String> baseUrl;
    private final int maxLength;

    Rfc9421Verifier(Rfc9421Settings settings, Rfc9421Keys keys, Replays replays, SchemeContext context) {
        this.settings = settings;
        this.keys = keys;
        this.replays = replays;
        this.clock = context.clock();
        this.baseUrl = context.baseUrl();
        this.maxLength = context.headersMax();
    }

    /**
     * Every signature for us has to be good, and is used up: one that was passed over could come back alone. The first
     * tells who the caller is.
     */
    Verification verify(Rfc9421Credential credential, Exchange exchange) {
        List<MessageSignature> ours = ours(credential.signatures());
        if (ours.isEmpty()) {
            return rejected(RejectionReason.SIGNATURE_INVALID, "tag");
        }
        Instant now = clock.instant();
        for (MessageSignature signature : ours) {
            Verification unfit = unfit(signature.input(), exchange, now);
            if (unfit != null) {
                return unfit;
            }
        }
        Content content = read(exchange);
        if (content.outcome() != Body.Outcome.COMPLETE) {
            return BodyRejections.of(content.outcome());
        }
        List<Good> good = new ArrayList<>(1);
        for (MessageSignature signature : ours) {
            Verification wrong = judge(signature, exchange, content, good);
            if (wrong != null) {
                return wrong;
            }
        }
        if (settings.replay().isOnce(exchange.method())) {
            for (Good signature : good) {
                if (!isFirst(signature, now)) {
                    return rejected(RejectionReason.SIGNATURE_REPLAYED, "replayed");
                }
            }
        }
        return new Verification.Verified(good.get(0).identity());
    }

    /** Those with our tag; without one, those of known keys, or else the first, to which an unknown key is no news. */
    private List<MessageSignature> ours(List<MessageSignature> signatures) {
        if (settings.tag().isPresent()) {
            return signatures.stream()
                    .filter(signature -> signature.input().parameters().tag().equals(settings.tag()))
                    .toList();
        }
        List<MessageSignature> known = signatures.stream()
                .filter(signature ->
                        signature.input().parameters().keyId().map(keys::knows).orElse(false))
                .toList();
        return known.isEmpty() ? signatures.subList(0, 1) : known;
    }

    /** What can be said before the content is read, and of whomever the key is; null if nothing is wrong. */
    private @Nullable Verification unfit(SignatureInput input, Exchange exchange, Instant now) {
        Verification untimely = untimely(input.parameters(), now);
        if (untimely != null) {
            return untimely;
        }
        return isCovered(input, exchange) ? null : rejected(RejectionReason.SIGNATURE_COVERAGE, "component_missing");
    }

    /** Adds a good signature to the others; what is wrong with it, or null. */
    private @Nullable Verification judge(
            MessageSignature signature, Exchange exchange, Content content, List<Good> good) {
        SignatureInput input = signature.input();
        boolean digested = input.covers(Component.CONTENT_DIGEST);
        if (!digested && !content.empty()) {
            return rejected(RejectionReason.SIGNATURE_COVERAGE, "content_not_covered");
        }
        // After the content, because trailers come behind it.
        SignatureBase base =
                SignatureBase.of(RequestParts.of(exchange, baseUrl), input).orElse(null);
        if (base == null) {
            return rejected(RejectionReason.SIGNATURE_INVALID, "component_value");
        }
        String keyId = input.parameters().keyId().orElse("");
        Rfc9421Keys.Outcome outcome = keys.check(keyId, input.parameters().alg(), base.bytes(), signature.value());
        if (outcome.identity() == null) {
            tell(base, exchange);
            return rejected(RejectionReason.SIGNATURE_INVALID, outcome.detail());
        }
        if (digested && !content.matches()) {
            return rejected(RejectionReason.SIGNATURE_INVALID, "content_digest");
        }
        good.add(new Good(keyId, input.parameters(), base, outcome.identity()));
        return null;
    }

    /** What is wrong with the times of a signature, and with its nonce; null if nothing is. */
    private @Nullable Verification untimely(SignatureParameters parameters, Instant now) {
        if (parameters.created().isEmpty()) {
            return rejected(RejectionReason.SIGNATURE_INVALID, "created_missing");
        }
        if (settings.requireNonce() && parameters.nonce().isEmpty()) {
            return rejected(RejectionReason.SIGNATURE_INVALID, "nonce_missing");
        }
        Instant created = Instant.ofEpochSecond(parameters.created().getAsLong());
        if (created.isAfter(now.plus(settings.skew()))) {
            return rejected(RejectionReason.SIGNATURE_EXPIRED, "future");
        }
        boolean old = created.plus(settings.window()).isBefore(now);
        // A signature that expires now has expired, as a token has (RFC 7519 section 4.1.4).
        boolean ended = parameters.expires().isPresent()
                && !Instant.ofEpochSecond(parameters.expires().getAsLong()).isAfter(now);
        return old || ended ? rejected(RejectionReason.SIGNATURE_EXPIRED, "expired") : null;
    }

    private boolean isCovered(SignatureInput input, Exchange exchange) {
        for (Component component : settings.required().isEmpty() ? Rfc9421Settings.MINIMUM : settings.required()) {
            boolean wanted = switch (component.text()) {
                // Asked for once it is known whether there is content.
                case "\"content-digest\"" -> false;
                case "\"content-type\"" -> !exchange.headers("Content-Type").isEmpty();
                default -> true;
            };
            if (wanted && !input.covers(component)) {
                return false;
            }
        }
        return true;
    }

    private Content read(Exchange exchange) {
        List<String> lines = exchange.headers(ContentDigest.FIELD);
        ContentDigest digest =
                lines.isEmpty() ? null : ContentDigest.parse(lines, maxLength).orElse(null);
        Count count = new Count();
        Body.Outcome outcome = exchange.body().read((bytes, offset, length) -> {
            count.bytes += length;
            if (digest != null) {
                digest.accept(bytes, offset, length);
            }
        });
        return new Content(outcome, count.bytes == 0, digest != null && digest.matches());
    }

    private static final class Count {
        private long bytes;
    }

    /**
     * Without a nonce the signed bytes are what must not come twice, not the signature: of an ECDSA signature anybody makes
     * a second one over the same bytes.
     */
    private boolean isFirst(Good signature, Instant now) {
        Instant created = Instant.ofEpochSecond(signature.parameters().created().orElseThrow());
        Duration keep = Duration.between(now, created.plus(settings.window())).plus(CLOCKS_APART);
        // Marked, so that no client can choose a nonce that stands for another request.
        String once = signature
                .parameters()
                .nonce()
                .map(nonce -> "n" + nonce)
                .orElseGet(() -> "s"
                        + Base64.getEncoder()
                                .encodeToString(
                                        Sha256.start().digest(signature.base().bytes())));
        return replays.isFirst(signature.keyId(), once, keep);
    }

    /**
     * What should have been signed, for the author of a client, without any value that may be a credential; it has ASCII
     * and our own line breaks in it.
     */
    private void tell(SignatureBase base, Exchange exchange) {
        if (!settings.debugCanonical() || !LOG.isDebugEnabled()) {
            return;
        }
        LOG.debug(
                "Request {} is not signed; what to sign, with \\n for line breaks: {}",
                exchange.requestId(),
                base.text(Rfc9421Verifier::isShown).replace("\n", "\\n"));
    }

    private static boolean isShown(Component component) {
        return component.name().startsWith("@") || SHOWN.contains(component.name());
    }

    private static Verification rejected(RejectionReason reason, String detail) {
        return new Verification.Rejected(reason, detail);
    }
}
