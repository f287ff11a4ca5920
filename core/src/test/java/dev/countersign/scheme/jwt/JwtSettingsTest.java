package dev.countersign.scheme.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.jose.JwsAlgorithm;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class JwtSettingsTest {
    private static JwtSettings.Builder least() {
        return JwtSettings.builder(JwtFixture.ISSUER, Set.of("orders"), EnumSet.of(JwsAlgorithm.ES256));
    }

    private static void assertRefuses(UnaryOperator<JwtSettings.Builder> change) {
        assertRefuses(change.apply(least()));
    }

    private static void assertRefuses(JwtSettings.Builder builder) {
        assertThatIllegalArgumentException().isThrownBy(builder::build);
    }

    @Test
    void JWT_07_JWT_08_needs_a_realm_an_issuer_and_an_audience_that_says_something() {
        Set<JwsAlgorithm> algorithms = EnumSet.of(JwsAlgorithm.ES256);
        assertRefuses(settings -> settings.realm(""));
        assertRefuses(JwtSettings.builder("", Set.of("orders"), algorithms));
        assertRefuses(JwtSettings.builder(JwtFixture.ISSUER, Set.of(), algorithms));
        assertRefuses(JwtSettings.builder(JwtFixture.ISSUER, Set.of("orders", ""), algorithms));
    }

    @Test
    void JWT_01_JWT_02_needs_algorithms_of_one_kind() {
        assertRefuses(JwtSettings.builder(JwtFixture.ISSUER, Set.of("orders"), Set.of()));
        assertRefuses(JwtSettings.builder(
                JwtFixture.ISSUER, Set.of("orders"), EnumSet.of(JwsAlgorithm.HS256, JwsAlgorithm.RS256)));
    }

    @Test
    void JWT_19_takes_a_clock_skew_from_nothing_to_ten_minutes() {
        for (Duration skew : List.of(Duration.ZERO, Duration.ofMinutes(10))) {
            assertThat(least().clockSkew(skew).build().clockSkew()).isEqualTo(skew);
        }
        assertRefuses(settings -> settings.clockSkew(Duration.ofNanos(-1)));
        assertRefuses(settings -> settings.clockSkew(Duration.ofMinutes(10).plusNanos(1)));
    }

    @Test
    void needs_names_of_the_claims_that_it_reads() {
        assertRefuses(settings -> settings.scopeClaims(List.of()));
        assertRefuses(settings -> settings.principalClaim(""));
        assertThat(least().scopeClaims(List.of("permissions")).build().scopeClaims())
                .containsExactly("permissions");
    }
}
