package dev.countersign.scheme.webhook;

import dev.countersign.Body;
import dev.countersign.Exchange;
import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.RejectionReason;
import dev.countersign.Verification;
import dev.countersign.WorkLimit;
import dev.countersign.key.Sha256;
import dev.countersign.scheme.BodyRejections;
import dev.countersign.settings.Reloadable;
import dev.countersign.signature.PublicUrl;
import dev.countersign.signature.SignedTemplate;
import dev.countersign.signature.SignedTemplate.Value;
import dev.countersign.signature.WebhookProfile;
import dev.countersign.signature.WebhookValues;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** Judges a delivery: its time first, then its content, which is read once and never kept without a bound. */
final class WebhookVerifier {
    /** Ed25519 signatures of one delivery that are tried: each costs what a thousand HMACs do. */
    private static final int MOST_PUBLIC = 4;

    private final String name;
    private final WebhookSettings settings;
    private final WebhookProfile profile;
    private final SignedTemplate signed;
    private final Reloadable<WebhookKeys> keys;
    private final InstantSource clock;
    private final WorkLimit verifying;
    private final boolean namesEvents;
    /** Whether the HMAC itself, which covers no time, tells contents apart, so that nothing else has to digest them. */
    private final boolean macNames;

    WebhookVerifier(
            String name,
            WebhookSettings settings,
            Reloadable<WebhookKeys> keys,
            InstantSource clock,
            WorkLimit verifying) {
        this.name = name;
        this.settings = settings;
        this.profile = settings.profile();
        this.signed = profile.signed();
        this.keys = keys;
        this.clock = clock;
        this.verifying = verifying;
        // PayPal's signed id names one attempt to deliver an event, not the event.
        this.namesEvents = signed.has(Value.ID) && signed.content() == Value.BODY;
        this.macNames = !namesEvents
                && profile.algorithm().isHmac()
                && signed.content() == Value.BODY
                && !signed.has(Value.TIMESTAMP);
    }

    Verification verify(WebhookCredential credential, Exchange exchange) {
        if (credential.time() != null
                && Duration.between(credential.time(), clock.instant()).abs().compareTo(settings.tolerance()) > 0) {
            return new Verification.Rejected(RejectionReason.SIGNATURE_EXPIRED, "tolerance");
        }
        WebhookValues values = values(credential, exchange);
        if (values == null) {
            return wrong("target");
        }
        WebhookKeys now = keys.current();
        return switch (signed.content()) {
            case FORM -> new TwilioContent(values, exchange).verify(credential, now, this);
            case CRC32 -> checksum(credential, values, now, exchange);
            default -> content(credential, values, now, exchange);
        };
    }

    /** What is signed besides the content; null if a value cannot stand where it would have to. */
    private @Nullable WebhookValues values(WebhookCredential credential, Exchange exchange) {
        String method = signed.has(Value.METHOD) ? exchange.method() : "";
        String target = "";
        if (signed.has(Value.TARGET)) {
            String query = exchange.rawQuery();
            target = query == null ? exchange.rawPath() : exchange.rawPath() + "?" + query;
        }
        String url = "";
        if (signed.has(Value.URL)) {
            url = settings.baseUrl()
                    .flatMap(base -> PublicUrl.of(base, exchange))
                    .orElse("");
        }
        boolean good = (!signed.has(Value.METHOD) || signed.accepts(Value.METHOD, method))
                && (!signed.has(Value.TARGET) || signed.accepts(Value.TARGET, target))
                && (!signed.has(Value.URL) || signed.accepts(Value.URL, url));
        return good ? new WebhookValues(credential.timestamp(), credential.id(), method, target, url) : null;
    }

    /** The content as it is, passed to every Mac and digest as it comes. */
    private Verification content(
            WebhookCredential credential, WebhookValues values, WebhookKeys now, Exchange exchange) {
        List<String> publicSignatures = credential.reading().publicSignatures();
        List<Mac> macs = credential.reading().signatures().isEmpty() ? List.of() : now.start();
        MessageDigest digest = namesEvents || macNames ? null : Sha256.start();
        // Ed25519 needs the whole text at once; it is kept only where there is a key for it.
        KeptContent whole =
                publicSignatures.isEmpty() || !now.hasPublicKeys() ? null : new KeptContent(KeptContent.MOST_BYTES);
        Body.Sink sink = (bytes, offset, length) -> {
            for (Mac mac : macs) {
                mac.update(bytes, offset, length);
            }
            if (digest != null) {
                digest.update(bytes, offset, length);
            }
            if (whole != null) {
                whole.accept(bytes, offset, length);
            }
        };
        byte[] head = signed.head(values);
        byte[] tail = signed.tail(values);
        update(macs, head);
        if (digest != null) {
            digest.update(signed.head(values.withoutTimestamp()));
        }
        Body.Outcome outcome = exchange.body().read(sink);
        if (outcome != Body.Outcome.COMPLETE) {
            return BodyRejections.of(outcome);
        }
        update(macs, tail);
        if (digest != null) {
            digest.update(signed.tail(values.withoutTimestamp()));
        }
        byte[] mac = matching(credential, macs);
        if (mac == null && whole != null) {
            byte[] text = whole.between(head, tail);
            if (text == null) {
                return BodyRejections.of(Body.Outcome.TOO_LARGE);
            }
            if (!isSigned(publicSignatures, text, now)) {
                return wrong("signature");
            }
        } else if (mac == null) {
            return wrong("signature");
        }
        if (macNames && mac != null) {
            // Digested once more, so that what is kept of it is no signature.
            return verified(credential, Sha256.start().digest(mac));
        }
        return verified(credential, digest == null ? null : digest.digest());
    }

    /** PayPal: the CRC-32 of the content. */
    private Verification checksum(
            WebhookCredential credential, WebhookValues values, WebhookKeys now, Exchange exchange) {
        CRC32 crc = new CRC32();
        MessageDigest digest = Sha256.start();
        Body.Outcome outcome = exchange.body().read((bytes, offset, length) -> {
            crc.update(bytes, offset, length);
            digest.update(bytes, offset, length);
        });
        if (outcome != Body.Outcome.COMPLETE) {
            return BodyRejections.of(outcome);
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(signed.head(values));
        text.writeBytes(Long.toString(crc.getValue()).getBytes(StandardCharsets.US_ASCII));
        text.writeBytes(signed.tail(values));
        return isSigned(credential.reading().signatures(), text.toByteArray(), now)
                ? verified(credential, digest.digest())
                : wrong("signature");
    }

    /** Whether one of the signatures is what one of the Macs gives; the time tells neither which nor where it differs. */
    boolean matches(WebhookCredential credential, List<Mac> macs) {
        return matching(credential, macs) != null;
    }

    private byte @Nullable [] matching(WebhookCredential credential, List<Mac> macs) {
        byte[] matching = null;
        for (Mac mac : macs) {
            byte[] expected = mac.doFinal();
            for (String presented : credential.reading().signatures()) {
                if (profile.encoding().matches(presented, expected)) {
                    matching = expected;
                }
            }
        }
        return matching;
    }

    private boolean isSigned(List<String> signatures, byte[] text, WebhookKeys now) {
        for (String presented : signatures.subList(0, Math.min(signatures.size(), MOST_PUBLIC))) {
            byte[] signature = decode(presented);
            if (signature != null && now.verifies(text, signature, verifying)) {
                return true;
            }
        }
        return false;
    }

    private static byte @Nullable [] decode(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            // One spelling for one signature: with padding, and no bits that decoding drops.
            return Base64.getEncoder().encodeToString(bytes).equals(base64) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * A good delivery.
     *
     * @param digest of what is signed but the timestamp, or of its HMAC, by which a delivery is known again that has no signed id of its
     *     event; null if it has
     */
    Verification verified(WebhookCredential credential, byte @Nullable [] digest) {
        Identity identity = Identity.of(name, name, IdentityKind.WEBHOOK_SENDER)
                .claims(Map.of("provider", profile.provider()))
                .hint(credential.hint())
                .build();
        String id = "id:" + credential.id();
        if (digest == null) {
            return new Verification.Verified(identity, List.of(id));
        }
        String content = "sha256:" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        return new Verification.Verified(identity, credential.id().isEmpty() ? List.of(content) : List.of(id, content));
    }

    static Verification wrong(String detail) {
        return new Verification.Rejected(RejectionReason.SIGNATURE_INVALID, detail);
    }

    private static void update(List<Mac> macs, byte[] bytes) {
        for (Mac mac : macs) {
            mac.update(bytes);
        }
    }
}
