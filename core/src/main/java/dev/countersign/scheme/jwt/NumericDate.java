package dev.countersign.scheme.jwt;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Seconds since 1970, as a JSON number that may have a fraction (RFC 7519 section 2). */
final class NumericDate {
    /** 9999-12-31T23:59:59Z: what lies beyond is milliseconds, an overflow or an attack. */
    private static final long LATEST = 253_402_300_799L;

    private static final int MOST_DIGITS = 64;
    private static final int NANO_DIGITS = 9;
    private static final long NANOS = 1_000_000_000L;

    private NumericDate() {}

    /** The instant, its fraction cut to nanoseconds; null if the value is not a number from 0 to the year 9999. */
    static @Nullable Instant parse(@Nullable Object value) {
        if (value instanceof Long seconds) {
            return seconds < 0 || seconds > LATEST ? null : Instant.ofEpochSecond(seconds);
        }
        if (!(value instanceof BigDecimal number) || number.signum() < 0) {
            return null;
        }
        // Compared with the exponent first: 1e999999999 must not become a number of a thousand million digits.
        long integerDigits = (long) number.precision() - number.scale();
        if (number.precision() > MOST_DIGITS || integerDigits > MOST_DIGITS || number.scale() > MOST_DIGITS) {
            return null;
        }
        if (number.compareTo(BigDecimal.valueOf(LATEST)) > 0) {
            return null;
        }
        BigDecimal cut = number.setScale(NANO_DIGITS, RoundingMode.DOWN);
        long seconds = cut.longValue();
        return Instant.ofEpochSecond(
                seconds,
                cut.subtract(BigDecimal.valueOf(seconds)).unscaledValue().longValue() % NANOS);
    }
}
