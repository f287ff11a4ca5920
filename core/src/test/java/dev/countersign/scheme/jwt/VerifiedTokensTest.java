package dev.countersign.scheme.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.http.AuthorizationField;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {
    @Test
    void digests_are_equal_exactly_where_tokens_are() {
        VerifiedTokens.Digest one = digest("Bearer aaa.bbb.ccc");

        assertThat(one).isEqualTo(digest("Bearer aaa.bbb.ccc")).hasSameHashCodeAs(digest("Bearer aaa.bbb.ccc"));
        assertThat(one).isNotEqualTo(digest("Bearer aaa.bbb.ccd"));
        assertThat(one).isNotEqualTo("aaa.bbb.ccc");
    }

    @Test
    void the_token_alone_counts_and_not_how_its_field_is_written() {
        assertThat(digest("  bearer   aaa.bbb.ccc ")).isEqualTo(digest("Bearer aaa.bbb.ccc"));
        assertThat(digest("Bearer caaa.bbb.ccc")).isNotEqualTo(digest("Bearer aaa.bbb.ccc"));
    }

    private static VerifiedTokens.Digest digest(String field) {
        return VerifiedTokens.Digest.of(AuthorizationField.parse(field).orElseThrow());
    }
}
