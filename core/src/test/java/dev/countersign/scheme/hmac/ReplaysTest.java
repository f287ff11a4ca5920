package dev.countersign.scheme.hmac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.StoreUnavailableException;
import dev.countersign.state.State;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplaysTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final State state = State.inMemory(2, InstantSource.system());

    @ParameterizedTest
    @ValueSource(
            strings = {"orders", "a-name-of-exactly-25-chars", "a-name-that-is-longer-than-a-use-of-the-state-may-be"})
    void knows_a_nonce_of_a_key_again(String scheme) {
        Replays replays = new Replays(state, scheme);
        assertThat(replays.isFirst("k1", "n", HOUR)).isTrue();
        assertThat(replays.isFirst("k1", "n", HOUR)).isFalse();
        assertThat(new Replays(state, scheme).isFirst("k1", "n", HOUR)).isFalse();
        assertThat(replays.isFirst("k2", "n", HOUR)).isTrue();
    }

    @Test
    void SIG_09_one_scheme_that_is_full_leaves_the_others_alone() {
        Replays full = new Replays(state, "busy");
        assertThat(full.isFirst("k", "1", HOUR)).isTrue();
        assertThat(full.isFirst("k", "2", HOUR)).isTrue();
        assertThatThrownBy(() -> full.isFirst("k", "3", HOUR)).isInstanceOf(StoreUnavailableException.class);
        assertThat(new Replays(state, "quiet").isFirst("k", "1", HOUR)).isTrue();
    }
}
