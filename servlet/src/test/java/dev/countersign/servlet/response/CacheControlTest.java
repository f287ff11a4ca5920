package dev.countersign.servlet.response;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheControlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public | private",
                "Public, max-age=60 | private, max-age=60",
                "max-age=60 | private, max-age=60",
                "no-store | no-store",
                "private, max-age=1 | private, max-age=1",
                "private=\"a, public\", public | private, private=\"a, public\"",
                "x=\"unclosed, public | private, x=\"unclosed, public"
            })
    void G8_leaves_nothing_that_a_shared_cache_may_keep(String value, String expected) {
        assertThat(CacheControl.unshared(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Total | X-Total, WWW-Authenticate, DPoP-Nonce, Retry-After, RateLimit, RateLimit-Policy",
                "retry-after | retry-after, WWW-Authenticate, DPoP-Nonce, RateLimit, RateLimit-Policy"
            })
    void G9_adds_what_scripts_may_read(String value, String expected) {
        assertThat(ExposedFields.with(value)).isEqualTo(expected);
    }
}
