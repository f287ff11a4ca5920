package dev.countersign.scheme.webhook;

import dev.countersign.signature.SignedTemplate.Value;
import dev.countersign.signature.WebhookProfile;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of one webhook scheme.
 *
 * @param realm the realm of its challenge
 * @param profile how the provider signs
 * @param tolerance how far a timestamp may be off, to either side; PT1S to PT1H, default PT5M; without effect where the
 *     provider signs no timestamp
 * @param dedupe how long events that were handled are remembered where a rule wants that: at least twice the tolerance, at
 *     most P30D, default PT24H
 * @param baseUrl the external origin and path of the application, without a slash at its end; needed where the provider
 *     signs the URL
 * @param maxLength the longest field value, in characters, at least 1; default 8 KiB
 */
public record WebhookSettings(
        String realm,
        WebhookProfile profile,
        Duration tolerance,
        Duration dedupe,
        Optional<String> baseUrl,
        int maxLength) {
    /** How far a timestamp may be off by default. */
    public static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);

    /** How far a timestamp can be allowed to be off. */
    public static final Duration MAX_TOLERANCE = Duration.ofHours(1);

    /** How long events are remembered by default. */
    public static final Duration DEFAULT_DEDUPE = Duration.ofHours(24);

    /** How long events can be remembered. */
    public static final Duration MAX_DEDUPE = Duration.ofDays(30);

    static final Duration MIN_TOLERANCE = Duration.ofSeconds(1);

    private static final int DEFAULT_MAX_LENGTH = 8 * 1024;

    /**
     * Checks every rule above.
     *
     * @throws IllegalArgumentException if one is broken
     */
    public WebhookSettings {
        require(!realm.isEmpty(), "realm: empty (expected: a name)");
        require(
                tolerance.compareTo(MIN_TOLERANCE) >= 0 && tolerance.compareTo(MAX_TOLERANCE) <= 0,
                "tolerance: " + tolerance + " (expected: " + MIN_TOLERANCE + " to " + MAX_TOLERANCE + ")");
        // What comes with a timestamp of the future is good until twice the tolerance has passed.
        require(
                dedupe.compareTo(tolerance.multipliedBy(2)) >= 0 && dedupe.compareTo(MAX_DEDUPE) <= 0,
                "dedupe: " + dedupe + " (expected: twice the tolerance to " + MAX_DEDUPE + ")");
        require(
                baseUrl.isPresent() || !profile.signed().has(Value.URL),
                "baseUrl: missing (expected: the URL of the application, which " + profile.provider() + " signs)");
        require(maxLength >= 1, "maxLength: " + maxLength + " (expected: at least 1)");
    }

    /**
     * The defaults, with this realm.
     *
     * @throws IllegalArgumentException if the provider signs the URL
     */
    public static WebhookSettings of(String realm, WebhookProfile profile) {
        return new WebhookSettings(
                realm, profile, DEFAULT_TOLERANCE, DEFAULT_DEDUPE, Optional.empty(), DEFAULT_MAX_LENGTH);
    }

    private static void require(boolean met, String problem) {
        if (!met) {
            throw new IllegalArgumentException(problem);
        }
    }
}
