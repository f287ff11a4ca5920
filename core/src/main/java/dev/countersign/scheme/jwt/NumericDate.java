package dev.countersign.scheme.jwt;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Seconds since 1970, as a JSON number that may have a fraction (RFC 7519 section 2). */
final class NumericDate {
    /** 9999-12-31T23:59:59Z: what lies beyond is milliseconds, an overflow or an attack. */
    private static final long LATEST = 253_402_300_799L;

    private static final int MOST_FRACTION_DIGITS = 64;
    private static final int NANO_DIGITS = 9;

    private NumericDate() {}

    /** The instant, its fraction cut to nanoseconds; null if the value is not a number from 0 to the year 9999. */
    static @Nullable Instant parse(@Nullable Object value) {
        if (value instanceof Long seconds) {
            return seconds < 0 || seconds > LATEST ? null : Instant.ofEpochSecond(seconds);
        }
        if (!(value instanceof BigDecimal number) || number.signum() < 0) {
            return null;
        }
        // Comparing looks at the exponent first: 1e999999999 never becomes a number of a thousand million digits.
        // Cutting
        // 1e-999999999 would make one, hence the look at its scale.
        if (number.compareTo(BigDecimal.valueOf(LATEST)) > 0 || number.scale() > MOST_FRACTION_DIGITS) {
            return null;
        }
        BigDecimal cut = number.setScale(NANO_DIGITS, RoundingMode.DOWN);
        long seconds = cut.longValue();
        BigDecimal fraction = cut.subtract(BigDecimal.valueOf(seconds));
        return Instant.ofEpochSecond(seconds, fraction.unscaledValue().longValue());
    }
}
