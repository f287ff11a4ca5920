package dev.countersign.scheme.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class LargeApiKeyFileTest {
    /** A second or so; what grows with the square of the size takes minutes. */
    @Test
    void reads_a_large_file_in_a_time_that_grows_with_its_size_alone() {
        int count = 200_000;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("key.k").append(i).append(".sha256 = ");
            text.append(ApiKeyDigest.of("k" + i).hex());
            text.append("\nkey.k").append(i).append(".scopes = orders:read orders:write\n");
        }
        ApiKeyStore store =
                Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> ApiKeyFile.parse(text.toString()));
        assertThat(store.find(ApiKeyDigest.of("k199999"))).isPresent();
        assertThat(store.find(ApiKeyDigest.of("k200000"))).isEmpty();
        assertThat(store.find(ApiKeyDigest.of("k1")).orElseThrow().scopes().orElseThrow())
                .as("equal sets are shared")
                .isSameAs(
                        store.find(ApiKeyDigest.of("k2")).orElseThrow().scopes().orElseThrow());
    }
}
