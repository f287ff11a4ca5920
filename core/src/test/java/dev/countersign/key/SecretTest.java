package dev.countersign.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text:f\u00fc:r",
                "hex:66c3bc3a72",
                "hex:66C3BC3A72",
                "base64:ZsO8OnI=",
                "base64:ZsO8OnI",
                "base64url:ZsO8OnI=",
                "base64url:ZsO8OnI"
            })
    void reads_every_form_of_a_value(String value) {
        assertThat(Secret.parse(value).bytes()).isEqualTo("f\u00fc:r".getBytes(UTF_8));
    }

    @Test
    void reads_the_characters_in_which_the_two_base64_differ() {
        byte[] bytes = {(byte) 0xFB, (byte) 0xFF};
        assertThat(Secret.parse("base64:+/8=").bytes()).isEqualTo(bytes);
        assertThat(Secret.parse("base64url:-_8").bytes()).isEqualTo(bytes);
        assertThatThrownBy(() -> Secret.parse("base64:-_8=")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Secret.parse("base64url:+/8")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zyxw",
                "",
                ":zyxw",
                "hexa:zyxw",
                "HEX:66",
                " hex:66",
                "hex:zyxw",
                "hex:6",
                "hex: 66",
                "hex:",
                "text:",
                "base64:",
                "base64:zyxw\n",
                "base64:zy*w",
                "base64url:z"
            })
    void refuses_what_is_none_and_shows_nothing_of_it(String value) {
        assertThatThrownBy(() -> Secret.parse(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageNotContaining("zy")
                .hasMessageNotContaining("66");
    }

    @Test
    void refuses_text_that_no_encoding_can_carry() {
        assertThatThrownBy(() -> Secret.parse("text:a\uD800")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shows_nothing() {
        Secret secret = Secret.parse("text:hunter2");
        assertThat(secret).hasToString("****").isNotInstanceOf(Serializable.class);
        assertThat(secret.hashCode()).isEqualTo(Secret.parse("text:other").hashCode());
    }

    @Test
    void is_equal_to_a_secret_of_the_same_bytes_alone() {
        assertThat(Secret.parse("text:a")).isEqualTo(Secret.parse("hex:61")).isNotEqualTo(Secret.parse("text:b"));
        assertThat(Secret.parse("text:a")).isNotEqualTo(Secret.parse("text:aa")).isNotEqualTo("text:a");
    }

    @Test
    void keeps_and_hands_out_copies() {
        byte[] bytes = {1, 2};
        Secret secret = Secret.of(bytes);
        bytes[0] = 9;
        secret.bytes()[1] = 9;
        assertThat(secret.bytes()).containsExactly(1, 2);
        assertThat(secret.length()).isEqualTo(2);
    }
}
