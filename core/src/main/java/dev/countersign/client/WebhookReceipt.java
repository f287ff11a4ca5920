package dev.countersign.client;

import java.time.Duration;
import java.util.Optional;

/**
 * What a receiver answered.
 *
 * @param status the HTTP status
 * @param retryAfter how long it asks to wait before the next attempt ({@code Retry-After}, RFC 9110 section 10.2.3); empty if
 *     it says nothing that can be understood
 */
public record WebhookReceipt(int status, Optional<Duration> retryAfter) {
    /**
     * Whether the receiver has taken the event: any status of 200 to 299. After everything else, and after an exception, the
     * event is to be sent again later, with the same id.
     */
    public boolean delivered() {
        return status >= 200 && status <= 299;
    }
}
