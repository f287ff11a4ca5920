package dev.countersign.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.StoreUnavailableException;
import dev.countersign.state.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BlocklistTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String ISSUER = "https://id.example.com";

    private Instant now = Instant.parse("2026-01-08T11:13:57Z");
    private final State state = State.inMemory(100, () -> now);
    private final Blocklist blocklist = new Blocklist(state);

    private static RevocableToken token(String id, String subject, Instant issuedAt) {
        return Blocklist.revocable(ISSUER, id, List.of(subject), issuedAt);
    }

    @Test
    void JWT_24_revokes_a_token_by_its_issuer_and_id_alone() {
        blocklist.revokeToken(ISSUER, "t1", HOUR);
        blocklist.revokeToken(ISSUER, "t1", HOUR);
        assertThat(blocklist.isRevoked(token("t1", "alice", now))).isTrue();
        assertThat(blocklist.isRevoked(token("t2", "alice", now))).isFalse();
        RevocableToken other = Blocklist.revocable("https://other", "t1", List.of("alice"), now);
        assertThat(blocklist.isRevoked(other)).isFalse();
        // Issuer and name together must not look like another pair.
        RevocableToken shifted = Blocklist.revocable(ISSUER + "t", "1", List.of("alice"), now);
        assertThat(blocklist.isRevoked(shifted)).isFalse();
    }

    @Test
    void keeps_the_latest_instant_of_a_subject() {
        blocklist.revokeSubject(ISSUER, "alice", now, HOUR);
        blocklist.revokeSubject(ISSUER, "alice", now.minusSeconds(60), HOUR);
        assertThat(blocklist.isRevoked(token("t", "alice", now.minusSeconds(1))))
                .isTrue();
        assertThat(blocklist.isRevoked(token("t", "alice", now))).isFalse();
        assertThat(blocklist.isRevoked(token("t", "bob", now.minusSeconds(1)))).isFalse();
    }

    @Test
    void is_seen_by_every_blocklist_of_the_state_and_by_one_that_was_told_before() {
        RevocableToken token = token("t1", "alice", now);
        Blocklist other = new Blocklist(state);
        assertThat(other.isRevoked(token)).isFalse();
        blocklist.revokeToken(ISSUER, "t1", HOUR);
        assertThat(other.isRevoked(token)).isTrue();
    }

    @Test
    void forgets_after_the_time_it_was_told_to_keep() {
        blocklist.revokeToken(ISSUER, "t1", HOUR);
        now = now.plus(HOUR);
        assertThat(blocklist.isRevoked(token("t1", "alice", now))).isFalse();
    }

    @Test
    void asks_a_state_that_is_out_of_reach_and_never_takes_it_for_an_empty_one() {
        RevocableToken token = token("t1", "alice", now);
        assertThat(blocklist.isRevoked(token)).isFalse();
        state.close();
        assertThatThrownBy(() -> blocklist.isRevoked(token)).isInstanceOf(StoreUnavailableException.class);
    }
}
