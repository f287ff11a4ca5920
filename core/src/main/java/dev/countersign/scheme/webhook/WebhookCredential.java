package dev.countersign.scheme.webhook;

import dev.countersign.Credential;
import dev.countersign.signature.SignatureNotation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a delivery as they came on the wire.
 *
 * @param carrier the field of the signatures, in lower case
 * @param provider who is said to have sent it
 * @param reading what that field said
 * @param timestamp the timestamp as it was sent; empty if the provider sends none
 * @param time what it stands for; null if the provider sends none
 * @param id the id of the delivery; empty if there is none
 */
record WebhookCredential(
        String carrier,
        String provider,
        SignatureNotation.Reading reading,
        String timestamp,
        @Nullable Instant time,
        String id)
        implements Credential {
    private static final int HINT_CHARS = 64;

    /** The provider and, if it names the delivery, its id. */
    @Override
    public String hint() {
        if (id.isEmpty()) {
            return provider;
        }
        return provider + " " + (id.length() > HINT_CHARS ? id.substring(0, HINT_CHARS) : id);
    }

    /** The hint, no signature. */
    @Override
    public String toString() {
        return "WebhookCredential[" + hint() + "]";
    }
}
