package dev.countersign.scheme.hmac;

import dev.countersign.Body;
import dev.countersign.Exchange;
import dev.countersign.RejectionReason;
import dev.countersign.Verification;
import dev.countersign.key.Sha256;
import dev.countersign.scheme.BodyRejections;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.signature.GenericSignature;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges a generic signature: its time first, then the signature over the content, then whether it came before. */
final class GenericVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(HmacScheme.class);

    /** How far the clocks of two nodes may differ: one of them must not take for new what the other has forgotten. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private final GenericSettings settings;
    private final HmacKeys keys;
    private final Replays replays;
    private final InstantSource clock;
    private final @Nullable String externalAuthority;

    GenericVerifier(GenericSettings settings, HmacKeys keys, Replays replays, SchemeContext context) {
        this.settings = settings;
        this.keys = keys;
        this.replays = replays;
        this.clock = context.clock();
        this.externalAuthority = context.baseUrl()
                .map(URI::create)
                .map(url -> GenericSignature.authority(
                        url.getRawAuthority(), url.getScheme().equals("https")))
                .orElse(null);
    }

    Verification verify(GenericCredential credential, Exchange exchange) {
        Instant now = clock.instant();
        Instant signed = Instant.ofEpochSecond(credential.timestamp());
        // Before anything dear, and whoever the key's owner is: it tells nothing of a key.
        if (Duration.between(signed, now).abs().compareTo(settings.window()) > 0) {
            return rejected(RejectionReason.SIGNATURE_EXPIRED, signed.isAfter(now) ? "future" : "expired");
        }
        String authority = authority(exchange);
        String target = GenericSignature.target(exchange.rawPath(), exchange.rawQuery());
        if (authority == null || !GenericSignature.isSignable(exchange.method(), authority, target)) {
            return rejected(RejectionReason.SIGNATURE_INVALID, authority == null ? "authority" : "characters");
        }
        MessageDigest digest = Sha256.start();
        Body.Outcome outcome = exchange.body().read(digest::update);
        if (outcome != Body.Outcome.COMPLETE) {
            return BodyRejections.of(outcome);
        }
        GenericSignature request = new GenericSignature(
                credential.keyId(),
                credential.timestamp(),
                credential.nonce(),
                exchange.method(),
                authority,
                target,
                GenericSignature.hex(digest.digest()));
        HmacKey key = keys.find(credential.keyId());
        // An unknown key costs what a known one does (SIG-18).
        boolean good = request.isSigned((key == null ? keys.decoy() : key).hmac(), credential.signature());
        if (key == null || !good) {
            tell(request, exchange);
            return rejected(RejectionReason.SIGNATURE_INVALID, key == null ? "unknown_key" : "wrong");
        }
        if (settings.replay().isOnce(exchange.method()) && !isFirst(credential, signed, now)) {
            return rejected(RejectionReason.SIGNATURE_REPLAYED, "replayed");
        }
        return new Verification.Verified(key.identity());
    }

    /** The host that the client meant, or null if nobody can say. */
    private @Nullable String authority(Exchange exchange) {
        if (externalAuthority != null) {
            return externalAuthority;
        }
        String authority = exchange.authority();
        return authority == null ? null : GenericSignature.authority(authority, exchange.secure());
    }

    private boolean isFirst(GenericCredential credential, Instant signed, Instant now) {
        Duration keep = Duration.between(now, signed.plus(settings.window())).plus(CLOCKS_APART);
        // Marked, so that no client can choose a nonce that is the signature of another request.
        String once = credential.nonce().isEmpty() ? "s" + credential.signature() : "n" + credential.nonce();
        return replays.isFirst(credential.keyId(), once, keep);
    }

    /** What should have been signed, for the author of a client; it has visible ASCII and our own line breaks in it. */
    private void tell(GenericSignature request, Exchange exchange) {
        if (settings.debugCanonical() && LOG.isDebugEnabled()) {
            LOG.debug(
                    "Request {} is not signed; what to sign, with \\n for line breaks: {}",
                    exchange.requestId(),
                    request.canonical().replace("\n", "\\n"));
        }
    }

    private static Verification rejected(RejectionReason reason, String detail) {
        return new Verification.Rejected(reason, detail);
    }
}
