package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FieldValueTest {
    @Test
    void a_token_has_exactly_the_characters_of_the_rfc() {
        String allowed = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        for (int c = 0; c < 0x10000; c++) {
            String text = String.valueOf((char) c);
            assertThat(FieldValue.isToken(text)).as("%x", c).isEqualTo(allowed.contains(text));
        }
        assertThat(FieldValue.isToken("")).isFalse();
        assertThat(FieldValue.isToken("a b")).isFalse();
    }

    @Test
    void a_token68_has_its_padding_at_the_end_only() {
        assertThat(FieldValue.isToken68("aZ09-._~+/==")).isTrue();
        assertThat(FieldValue.isToken68("a====")).isTrue();
        assertThat(FieldValue.isToken68("")).isFalse();
        assertThat(FieldValue.isToken68("=")).isFalse();
        assertThat(FieldValue.isToken68("a=b")).isFalse();
        assertThat(FieldValue.isToken68("a%")).isFalse();
        assertThat(FieldValue.isToken68("a\u00e9")).isFalse();
    }

    @Test
    void visible_ascii_has_neither_space_nor_control() {
        assertThat(FieldValue.isVisibleAscii("!~")).isTrue();
        assertThat(FieldValue.isVisibleAscii("a b")).isFalse();
        assertThat(FieldValue.isVisibleAscii("a\u007f")).isFalse();
        assertThat(FieldValue.isVisibleAscii("\u00e9")).isFalse();
        assertThat(FieldValue.isVisibleAscii("")).isFalse();
    }

    @Test
    void knows_every_control_character() {
        for (int c = 0; c < 0x10000; c++) {
            assertThat(FieldValue.hasControl("a" + (char) c)).as("%x", c).isEqualTo(Character.isISOControl(c));
        }
    }

    @Test
    void trims_spaces_and_tabs_and_nothing_else() {
        assertThat(FieldValue.trim(" \t a \t")).isEqualTo("a");
        assertThat(FieldValue.trim(" \t")).isEmpty();
        assertThat(FieldValue.trim("\na\u00a0")).isEqualTo("\na\u00a0");
    }

    @Test
    void secrets_are_equal_when_their_bytes_are() {
        assertThat(ConstantTime.equals("s\u00e9cret", "s\u00e9cret")).isTrue();
        assertThat(ConstantTime.equals("secret", "secreT")).isFalse();
        assertThat(ConstantTime.equals("secret", "secret1")).isFalse();
        assertThat(ConstantTime.equals("", "")).isTrue();
        assertThat(ConstantTime.equals("a".getBytes(StandardCharsets.UTF_8), new byte[] {97}))
                .isTrue();
        assertThat(ConstantTime.equals(new byte[0], new byte[] {0})).isFalse();
    }
}
