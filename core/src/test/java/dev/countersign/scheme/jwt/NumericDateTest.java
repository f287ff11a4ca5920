package dev.countersign.scheme.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NumericDateTest {
    @Test
    void JWT_17_reads_whole_seconds_from_1970_to_the_end_of_9999() {
        assertThat(NumericDate.parse(0L)).isEqualTo(Instant.EPOCH);
        assertThat(NumericDate.parse(253_402_300_799L)).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
        assertThat(NumericDate.parse(253_402_300_800L)).isNull();
        assertThat(NumericDate.parse(-1L)).isNull();
        assertThat(NumericDate.parse(Long.MAX_VALUE)).isNull();
    }

    @Test
    void JWT_17_reads_fractions_down_to_the_nanosecond() {
        assertThat(fraction("0.0")).isEqualTo(Instant.EPOCH);
        assertThat(fraction("1.5")).isEqualTo(Instant.parse("1970-01-01T00:00:01.5Z"));
        assertThat(fraction("1.9999999999")).isEqualTo(Instant.parse("1970-01-01T00:00:01.999999999Z"));
        assertThat(fraction("1E3")).isEqualTo(Instant.ofEpochSecond(1000));
        assertThat(fraction("253402300799.0")).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.5", "-1E-9", "253402300799.1", "1E12", "1E999999999", "1E-65", "1E-999999999"})
    void JWT_17_refuses_what_is_too_early_too_late_or_too_long(String number) {
        assertThat(fraction(number)).isNull();
    }

    @Test
    void JWT_17_reads_up_to_64_digits_of_a_fraction() {
        assertThat(fraction("1." + "0".repeat(64))).isEqualTo(Instant.ofEpochSecond(1));
        assertThat(fraction("1." + "0".repeat(65))).isNull();
    }

    private static @Nullable Instant fraction(String number) {
        return NumericDate.parse(new BigDecimal(number));
    }
}
