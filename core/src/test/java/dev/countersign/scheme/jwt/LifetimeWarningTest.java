package dev.countersign.scheme.jwt;

import static dev.countersign.scheme.jwt.JwtFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.CapturedLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it counts what is logged")
final class LifetimeWarningTest {
    private final JwtFixture jwt =
            new JwtFixture(settings -> settings.requireExpiry(false).warnLifetime(Duration.ofMinutes(30)));

    private List<String> warnings(Long... lifetimes) {
        try (CapturedLog log = new CapturedLog()) {
            for (Long seconds : lifetimes) {
                String expiry = seconds < 0 ? "" : "\"exp\":" + (NOW.getEpochSecond() + seconds);
                assertThat(jwt.outcomeOf(JwtFixture.timeless(expiry))).isEqualTo("verified");
            }
            return log.lines().stream()
                    .filter(line -> line.contains("warn-lifetime"))
                    .toList();
        }
    }

    @Test
    void tells_once_of_tokens_that_live_longer_than_they_should() {
        assertThat(warnings(1801L, 1802L, -1L))
                .singleElement()
                .asString()
                .contains("countersign.scheme.jwt.warn-lifetime: a token that lives PT30M1S (expected: at most PT30M)");
    }

    @Test
    void tells_of_a_token_that_never_expires() {
        assertThat(warnings(-1L)).singleElement().asString().contains("a token that lives for ever");
    }

    @Test
    void says_nothing_of_a_token_that_lives_just_as_long_as_it_may() {
        assertThat(warnings(1800L)).isEmpty();
    }
}
