package dev.countersign.scheme.webhook;

import dev.countersign.Claim;
import dev.countersign.Exchange;
import dev.countersign.RejectionReason;
import dev.countersign.http.Ascii;
import dev.countersign.http.FieldValue;
import dev.countersign.signature.SignatureNotation;
import dev.countersign.signature.SignedTemplate.Value;
import dev.countersign.signature.WebhookProfile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds a provider's fields in a request, judging by shape alone; no I/O. */
final class WebhookCredentialParser {
    private final WebhookProfile profile;
    private final String carrier;
    private final int maxLength;

    /** @param maxLength the longest field value, in characters */
    WebhookCredentialParser(WebhookProfile profile, int maxLength) {
        this.profile = profile;
        this.carrier = Ascii.lowerCase(profile.signatureField());
        this.maxLength = maxLength;
    }

    String carrier() {
        return carrier;
    }

    Claim parse(Exchange exchange) {
        List<String> lines = exchange.headers(profile.signatureField());
        if (lines.isEmpty()) {
            return Claim.absent();
        }
        if (lines.size() > 1) {
            return repeated("two_signature_fields");
        }
        if (lines.get(0).length() > maxLength) {
            return malformed("too_long");
        }
        SignatureNotation.Reading reading = profile.notation().read(FieldValue.trim(lines.get(0)));
        return reading.problem().isPresent() ? malformed(reading.problem().get()) : withTimestamp(reading, exchange);
    }

    private Claim withTimestamp(SignatureNotation.Reading reading, Exchange exchange) {
        String text = "";
        Instant time = null;
        if (profile.timestamped()) {
            Optional<String> beside = reading.timestamp();
            if (profile.timestampField().isPresent()) {
                List<String> lines = exchange.headers(profile.timestampField().get());
                if (lines.size() > 1) {
                    return repeated("two_timestamps");
                }
                beside = lines.stream().findFirst().map(FieldValue::trim);
            }
            if (beside.isEmpty()) {
                return malformed("no_timestamp");
            }
            text = beside.get();
            time = profile.signed().time().parse(text);
            if (time == null) {
                return malformed("timestamp");
            }
        }
        return withId(reading, text, time, exchange);
    }

    private Claim withId(
            SignatureNotation.Reading reading, String timestamp, @Nullable Instant time, Exchange exchange) {
        String id = "";
        if (profile.idField().isPresent()) {
            List<String> lines = exchange.headers(profile.idField().get());
            if (lines.size() > 1) {
                return repeated("two_ids");
            }
            if (lines.isEmpty() && profile.signed().has(Value.ID)) {
                return malformed("no_id");
            }
            if (!lines.isEmpty()) {
                id = FieldValue.trim(lines.get(0));
                if (!profile.signed().accepts(Value.ID, id)) {
                    return malformed("id");
                }
            }
        }
        // Two instances of one provider see the same field: it goes to the one that the rule accepts.
        return new Claim.Possible(new WebhookCredential(carrier, profile.provider(), reading, timestamp, time, id));
    }

    /** The request can be read in more than one way, so that it is not the signature that is wrong. */
    private static Claim repeated(String detail) {
        return new Claim.Malformed(RejectionReason.MALFORMED_CREDENTIALS, detail);
    }

    private static Claim malformed(String detail) {
        return new Claim.Malformed(RejectionReason.SIGNATURE_INVALID, detail);
    }
}
