package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigV4TimeTest {
    @ParameterizedTest
    @ValueSource(strings = {"20130524T000000Z", "20260106T032417Z", "20240229T235959Z", "00010101T000000Z"})
    void what_is_read_is_written_the_same(String text) {
        assertThat(SigV4Time.format(SigV4Time.parse(text).orElseThrow())).isEqualTo(text);
    }

    @Test
    void reads_the_time_in_utc() {
        assertThat(SigV4Time.parse("20260106T032417Z")).contains(Instant.parse("2026-01-06T03:24:17Z"));
        assertThat(SigV4Time.format(Instant.parse("2026-01-06T03:24:17.999Z"))).isEqualTo("20260106T032417Z");
        assertThat(SigV4Time.date("20260106T032417Z")).isEqualTo("20260106");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20260106",
                "20260106T032417",
                "20260106T032417z",
                "20260106t032417Z",
                "20260106T032417+",
                "20260230T000000Z",
                "20261301T000000Z",
                "20260106T240000Z",
                "20260106T036000Z",
                "20260106T030060Z",
                "2026-01-06T03:24Z",
                "２0260106T032417Z",
                "+0260106T032417Z",
                " 20260106T032417Z",
                "20260106T032417Z "
            })
    void SIG_10_refuses_every_other_form(String text) {
        assertThat(SigV4Time.parse(text)).isEmpty();
    }
}
