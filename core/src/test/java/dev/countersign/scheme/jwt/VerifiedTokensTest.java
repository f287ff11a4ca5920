package dev.countersign.scheme.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VerifiedTokensTest {
    @Test
    void takes_no_token_for_another() {
        VerifiedTokens.Digest digest = VerifiedTokens.Digest.of("a.b.c");
        assertThat(digest)
                .isEqualTo(VerifiedTokens.Digest.of("a.b.c"))
                .hasSameHashCodeAs(VerifiedTokens.Digest.of("a.b.c"))
                .isNotEqualTo(VerifiedTokens.Digest.of("a.b.d"))
                .isNotEqualTo(VerifiedTokens.Digest.of("A.b.c"))
                .isNotEqualTo("a.b.c");
    }
}
