package dev.countersign.scheme.basic;

import java.time.Duration;

/**
 * The settings of one basic scheme.
 *
 * @param realm the realm of its challenge, which RFC 7617 section 2 requires
 * @param verifiedCache how long a successful check is remembered; default PT60S, at most PT1H, zero remembers nothing. A
 *     changed, disabled or removed record takes effect at once all the same
 * @param maxLength the longest {@code Authorization} value, in characters, at least 1; default 8 KiB
 */
public record BasicSettings(String realm, Duration verifiedCache, int maxLength) {
    /** How long a successful check is remembered by default. */
    public static final Duration DEFAULT_VERIFIED_CACHE = Duration.ofSeconds(60);

    /** How long a successful check can be remembered. */
    public static final Duration MAX_VERIFIED_CACHE = Duration.ofHours(1);

    private static final int DEFAULT_MAX_LENGTH = 8 * 1024;

    /**
     * Checks every rule above.
     *
     * @throws IllegalArgumentException if one is broken
     */
    public BasicSettings {
        if (realm.isEmpty()) {
            throw new IllegalArgumentException("realm: empty (expected: a name)");
        }
        if (verifiedCache.isNegative() || verifiedCache.compareTo(MAX_VERIFIED_CACHE) > 0) {
            throw new IllegalArgumentException(
                    "verified-cache: " + verifiedCache + " (expected: PT0S to " + MAX_VERIFIED_CACHE + ")");
        }
        if (maxLength < 1) {
            throw new IllegalArgumentException("maxLength: " + maxLength + " (expected: at least 1)");
        }
    }

    /** The defaults, with this realm. */
    public static BasicSettings of(String realm) {
        return new BasicSettings(realm, DEFAULT_VERIFIED_CACHE, DEFAULT_MAX_LENGTH);
    }
}
