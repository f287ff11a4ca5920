package dev.countersign.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({
        "jtw,jwt",
        "JWT,jwt",
        "api_key,api-key",
        "apikey,api-key",
        "basci,basic",
        "isuser,issuer",
        "clockSkew,clock-skew",
        "audiance,audience"
    })
    void finds_what_was_meant(String wanted, String meant) {
        assertThat(Nearest.of(wanted, List.of("basic", "jwt", "api-key", "issuer", "clock-skew", "audience")))
                .contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"x", "''", "opaque", "jose", "absolutely-not"})
    void offers_nothing_that_is_far(String wanted) {
        assertThat(Nearest.of(wanted, List.of("basic", "jwt", "api-key"))).isEmpty();
    }

    @Test
    void of_two_equally_near_the_first_in_natural_order() {
        assertThat(Nearest.of("kez", List.of("key", "ken", "kex"))).contains("ken");
    }

    @Test
    void an_endless_name_is_near_nothing() {
        assertThat(Nearest.of("a".repeat(100_000), List.of("a".repeat(100_000))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"abc,abc,0", "abc,acb,1", "ca,abc,3", "abcd,badc,2", "kitten,sitting,3", "'',abc,3"})
    void counts_changes(String from, String to, int changes) {
        assertThat(Nearest.distance(from, to, 10)).isEqualTo(changes);
    }
}
