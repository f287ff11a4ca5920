package dev.countersign.scheme.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.Verification;
import dev.countersign.http.AuthorizationField;
import dev.countersign.token.Blocklist;
import java.time.Instant;
import java.util.List;
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

    @Test
    void keeps_a_token_that_is_dear_to_verify_at_once_and_a_cheap_one_when_it_comes_again() {
        VerifiedTokens tokens = new VerifiedTokens();
        VerifiedTokens.Entry entry = entry();

        tokens.keep(digest("Bearer dear"), entry, false);
        assertThat(tokens.find(digest("Bearer dear"))).isSameAs(entry);

        tokens.keep(digest("Bearer cheap"), entry, true);
        assertThat(tokens.find(digest("Bearer cheap"))).isNull();
        tokens.keep(digest("Bearer cheap"), entry, true);
        assertThat(tokens.find(digest("Bearer cheap"))).isSameAs(entry);
    }

    @Test
    void keeps_none_of_many_tokens_that_come_once_each() {
        VerifiedTokens tokens = new VerifiedTokens();
        VerifiedTokens.Entry entry = entry();
        for (int i = 0; i < 50_000; i++) {
            tokens.keep(digest("Bearer once" + i), entry, true);
        }
        for (int i = 0; i < 50_000; i++) {
            assertThat(tokens.find(digest("Bearer once" + i))).isNull();
        }
    }

    private static VerifiedTokens.Entry entry() {
        return new VerifiedTokens.Entry(
                new Verification.Verified(
                        Identity.of("jwt", "alice", IdentityKind.USER).build()),
                JwtFixture.keys(JwtFixture.PAIR),
                Instant.MIN,
                Instant.MAX,
                Blocklist.revocable("https://id.example.com", null, List.of("alice"), null));
    }

    private static VerifiedTokens.Digest digest(String field) {
        return VerifiedTokens.Digest.of(AuthorizationField.parse(field).orElseThrow());
    }
}
