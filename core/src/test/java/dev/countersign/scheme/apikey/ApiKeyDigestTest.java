package dev.countersign.scheme.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyDigestTest {
    private static final ApiKeyDigest DIGEST = ApiKeyDigest.of("sk_live_x");

    @Test
    void KEY_01_two_digests_match_only_if_every_bit_does() {
        assertThat(DIGEST.matches(ApiKeyDigest.of("sk_live_x"))).isTrue();
        for (int bit = 0; bit < Long.SIZE; bit++) {
            long flip = 1L << bit;
            assertThat(DIGEST.matches(changed(flip, 0, 0, 0))).isFalse();
            assertThat(DIGEST.matches(changed(0, flip, 0, 0))).isFalse();
            assertThat(DIGEST.matches(changed(0, 0, flip, 0))).isFalse();
            assertThat(DIGEST.matches(changed(0, 0, 0, flip))).isFalse();
        }
    }

    @Test
    void KEY_02_shows_nothing_in_its_text_form() {
        assertThat(DIGEST.toString()).isEqualTo("ApiKeyDigest[****]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "zz", "0x", "000"})
    void reads_64_hexadecimal_digits_and_nothing_else(String end) {
        String start = DIGEST.hex().substring(0, 62);
        assertThat(ApiKeyDigest.parse(DIGEST.hex())).isEqualTo(DIGEST);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiKeyDigest.parse(start + end))
                .withMessageNotContaining(start.substring(0, 8));
    }

    private static ApiKeyDigest changed(long first, long second, long third, long fourth) {
        return new ApiKeyDigest(
                DIGEST.first() ^ first, DIGEST.second() ^ second, DIGEST.third() ^ third, DIGEST.fourth() ^ fourth);
    }
}
