package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTimeFormatTest {
    private static final Instant TIME = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void reads_what_it_writes() {
        for (WebhookTimeFormat format : WebhookTimeFormat.values()) {
            assertThat(format.parse(format.format(TIME))).isEqualTo(TIME);
        }
        assertThat(WebhookTimeFormat.SECONDS.format(TIME)).isEqualTo("1795341600");
        assertThat(WebhookTimeFormat.MILLISECONDS.format(TIME)).isEqualTo("1795341600000");
        assertThat(WebhookTimeFormat.ISO_8601.format(TIME.plusMillis(5))).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(WebhookTimeFormat.ISO_8601.parse("2026-11-22T10:00:00.000000005Z"))
                .isEqualTo(TIME.plusNanos(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1.5", "1e3", " 1", "1 ", "0x1", "١", "yesterday", "1234567890123456"})
    void WH_05_refuses_what_is_no_number_of_a_bounded_length(String text) {
        assertThat(WebhookTimeFormat.SECONDS.parse(text)).isNull();
        assertThat(WebhookTimeFormat.MILLISECONDS.parse(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-22T10:00:00",
                "2026-11-22t10:00:00Z",
                "2026-11-22T10:00:00z",
                "2026-11-22 10:00:00Z",
                "2026-11-22T10:00:00+00:00",
                "2026-11-22T10:00Z",
                "2026-11-22T10:00:00.Z",
                "2026-11-22T10:00:00.1234567890Z",
                "2026-13-22T10:00:00Z",
                "2026-02-30T10:00:00Z",
                "+12026-11-22T10:00:00Z",
                "-2026-11-22T10:00:00Z",
                "2026-11-22T10:00:00ZZ",
                "١٠٢٦-11-22T10:00:00Z"
            })
    void WH_05_refuses_what_is_no_time_in_UTC(String text) {
        assertThat(WebhookTimeFormat.ISO_8601.parse(text)).isNull();
    }
}
