package dev.countersign.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class HmacTest {
    private final Hmac hmac = new Hmac("HmacSHA256", new SecretKeySpec(bytes("Jefe"), "HmacSHA256"));

    @Test
    void computes_what_RFC_4231_section_4_3_computes() {
        assertThat(hmac.start().doFinal(bytes("what do ya want for nothing?")))
                .isEqualTo(HexFormat.of().parseHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    }

    @Test
    void HMAC_SHA256_of_a_secret_computes_the_same() {
        assertThat(Hmac.sha256(Secret.parse("text:Jefe")).start().doFinal(bytes("what do ya want for nothing?")))
                .isEqualTo(HexFormat.of().parseHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    }

    @Test
    void what_is_added_to_one_is_not_added_to_another() {
        Mac first = hmac.start();
        Mac second = hmac.start();
        first.update(bytes("what do ya want "));
        second.update(bytes("something else"));
        first.update(bytes("for nothing?"));
        assertThat(HexFormat.of().formatHex(first.doFinal())).startsWith("5bdcc146bf60754e");
        assertThat(second.doFinal()).isEqualTo(hmac.start().doFinal(bytes("something else")));
    }

    @Test
    void says_what_is_no_algorithm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Hmac("HmacNone", new SecretKeySpec(bytes("Jefe"), "HmacNone")))
                .withMessage("The JDK has no HmacNone");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
