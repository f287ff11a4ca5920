package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookEncodingTest {
    private static final byte[] SIGNATURE = {(byte) 0xFB, (byte) 0xEF, 0x01, 0x4A};

    @Test
    void reads_what_it_writes() {
        assertThat(WebhookEncoding.HEX.encode(SIGNATURE)).isEqualTo("fbef014a");
        assertThat(WebhookEncoding.BASE64.encode(SIGNATURE)).isEqualTo("++8BSg==");
        assertThat(WebhookEncoding.HEX.matches("FBEF014a", SIGNATURE)).isTrue();
        assertThat(WebhookEncoding.BASE64.matches("++8BSg==", SIGNATURE)).isTrue();
    }

    /** By structure: one comparison of whole texts, by what the JDK compares digests with. */
    @Test
    void WH_02_a_signature_has_one_spelling_and_is_compared_as_a_whole() {
        for (String wrong : List.of("", "fbef014", "fbef014a0", "fbef014b", " fbef014a", "fbef014a ", "ﬀ", "\uD800")) {
            assertThat(WebhookEncoding.HEX.matches(wrong, SIGNATURE)).as(wrong).isFalse();
        }
        // Without padding, with bits that decoding drops, in the other alphabet, with a line break.
        for (String wrong : List.of("", "++8BSg", "++8BSh==", "--8BSg==", "++8B\nSg==", "++8BSg==AAAA")) {
            assertThat(WebhookEncoding.BASE64.matches(wrong, SIGNATURE))
                    .as(wrong)
                    .isFalse();
        }
    }
}
