package dev.countersign.scheme.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeySettingsTest {
    private static final List<String> PREFIX = List.of("sk_live_");

    private static void assertRefuses(
            String problem,
            String realm,
            String header,
            boolean bearer,
            List<String> prefixes,
            boolean checksum,
            int bytes,
            int maxLength) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApiKeySettings(realm, header, bearer, prefixes, checksum, bytes, maxLength))
                .withMessageStartingWith(problem);
    }

    @Test
    void refuses_what_the_keys_of_the_configuration_may_not_say() {
        assertRefuses("realm: ", "", "X-API-Key", false, PREFIX, true, 32, 1);
        assertRefuses("header: ", "orders", "Authorization", false, PREFIX, true, 32, 1);
        assertRefuses("prefixes: not a prefix", "orders", "X-API-Key", false, List.of("sk"), true, 32, 1);
        assertRefuses("prefixes: missing", "orders", "X-API-Key", false, List.of(), true, 32, 1);
        assertRefuses("prefixes: missing", "orders", "X-API-Key", true, List.of(), false, 32, 1);
        assertRefuses("prefixes: one is", "orders", "X-API-Key", false, List.of("sk_live_", "sk_"), true, 32, 1);
        assertRefuses("prefixes: one is", "orders", "X-API-Key", false, List.of("sk_", "sk_live_"), true, 32, 1);
        assertRefuses("bytes: 15 ", "orders", "X-API-Key", false, PREFIX, true, 15, 1);
        assertRefuses("bytes: 65 ", "orders", "X-API-Key", false, PREFIX, true, 65, 1);
        assertRefuses("maxLength: 0 ", "orders", "X-API-Key", false, PREFIX, true, 32, 0);
    }

    @Test
    void takes_the_edges_of_every_range() {
        assertThat(new ApiKeySettings("o", "K", true, PREFIX, true, 16, 1).bytes())
                .isEqualTo(16);
        assertThat(new ApiKeySettings("o", "K", false, List.of("sk_", "pk_"), true, 64, 1).bytes())
                .isEqualTo(64);
        assertThat(new ApiKeySettings("o", "K", false, List.of(), false, 32, 1).prefixes())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-API-Key", "0", "9", "A", "Z", "a", "z", "!", "~", "#$%&'*+-.^_`|"})
    void takes_every_field_name_of_RFC_9110(String header) {
        assertThat(ApiKeySettings.isKeyHeader(header)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "X Key", "X:Key", "/x", "x@", "[x", "x{", "\u00e9", "x\n", "\u007f", "\"x\"", "x,y"})
    void refuses_what_is_no_field_name(String header) {
        assertThat(ApiKeySettings.isKeyHeader(header)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cookie", "AUTHORIZATION", "x-forwarded-for", "Host", "DPoP"})
    void refuses_fields_that_mean_something_else(String header) {
        assertThat(ApiKeySettings.isKeyHeader(header)).isFalse();
    }
}
