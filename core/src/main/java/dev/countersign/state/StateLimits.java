package dev.countersign.state;

import java.time.Duration;

/** The bounds of names, values and durations that every {@link State} demands of its callers, and their checks. */
public final class StateLimits {
    /** The longest use. */
    public static final int MAX_USE_CHARS = 32;
    /** The longest key. */
    public static final int MAX_KEY_CHARS = 256;
    /** The longest value. */
    public static final int MAX_VALUE_BYTES = 4096;
    /** The most changes that one reading returns. */
    public static final int MAX_CHANGES = 1000;
    /** The longest life of an entry: ten years of 365 days. */
    public static final Duration MAX_DURATION = Duration.ofDays(3650);

    private StateLimits() {}

    /**
     * The use, if it is one.
     *
     * @throws IllegalArgumentException if it is not of the form {@code [a-z][a-z0-9-]*} or too long
     */
    public static String requireUse(String use) {
        boolean valid = !use.isEmpty() && use.length() <= MAX_USE_CHARS && use.charAt(0) >= 'a' && use.charAt(0) <= 'z';
        for (int i = 1; valid && i < use.length(); i++) {
            char c = use.charAt(i);
            valid = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        }
        if (!valid) {
            throw new IllegalArgumentException("use: not a name of lower-case letters, digits and dashes, at most "
                    + MAX_USE_CHARS + " characters");
        }
        return use;
    }

    /**
     * The key, if it is one.
     *
     * @throws IllegalArgumentException if it is empty, too long, or has a character that is not printable ASCII; the
     *     message does not show it, because keys may come from requests
     */
    public static String requireKey(String key) {
        boolean valid = !key.isEmpty() && key.length() <= MAX_KEY_CHARS;
        for (int i = 0; valid && i < key.length(); i++) {
            valid = key.charAt(i) > ' ' && key.charAt(i) < 0x7F;
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    "key: not 1 to " + MAX_KEY_CHARS + " printable ASCII characters without space");
        }
        return key;
    }

    /**
     * The value, if it is one.
     *
     * @throws IllegalArgumentException if it is too long
     */
    public static byte[] requireValue(byte[] value) {
        if (value.length > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("value: longer than " + MAX_VALUE_BYTES + " bytes");
        }
        return value;
    }

    /**
     * A duration in milliseconds, rounded up.
     *
     * @throws IllegalArgumentException if it is not positive, or too long
     */
    public static long requireMillis(Duration duration) {
        if (duration.isZero() || duration.isNegative() || duration.compareTo(MAX_DURATION) > 0) {
            throw new IllegalArgumentException(
                    "duration: " + duration + " (expected: positive, at most " + MAX_DURATION + ")");
        }
        long millis = duration.toMillis();
        return Duration.ofMillis(millis).equals(duration) ? millis : millis + 1;
    }

    /**
     * Checks quota and cost of a take.
     *
     * @throws IllegalArgumentException if the quota is not positive, or the cost is negative or greater than the quota
     */
    public static void requireCost(long quota, long cost) {
        if (quota < 1 || cost < 0 || cost > quota) {
            throw new IllegalArgumentException(
                    "cost: " + cost + " of a quota of " + quota + " (expected: 0 to the quota, which is at least 1)");
        }
    }
}
