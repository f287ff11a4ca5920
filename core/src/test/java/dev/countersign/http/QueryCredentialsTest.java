package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryCredentialsTest {
    private static final QueryCredentials QUERY =
            QueryCredentials.of(List.of("api_key", "access_token", "Key+1"), List.of("sk_live_", "a b_"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access_token=x",
                "x=1&access_token=x",
                "ACCESS_TOKEN=x",
                "access_token",
                "access_token=",
                "&&api_key=1&",
                "%61ccess_token=1",
                "access%5Ftoken=1",
                "access%5ftoken=1",
                "x;api_key=1",
                "api_key=%",
                "%&api_key=%zz",
                "key+1=x",
                "key%2b1=x",
                "KEY+1",
                "x=sk_live_abc",
                "x=sk_live_",
                "x=%73k_live_abc",
                "x=sk%5Flive%5fabc",
                "sk_live_abc",
                "x=a+b_1",
                "x=a%20b_1",
                "x=%zz&y=sk_live_1",
            })
    void R8_finds_a_credential(String query) {
        assertThat(QUERY.presentIn(query)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&",
                "x=1",
                "access_tokens=x",
                "xaccess_token=1",
                "x=access_token",
                "x=api_key%3D1",
                "x=SK_LIVE_1",
                "x=sk_liv",
                "x=1sk_live_1",
                "access%255Ftoken=1",
                "x=%",
                "%",
                "%6",
                "=",
                "==",
                "x=%7",
                "access_toke%",
                "\u0130=1",
                "acce\u017F\u017F_token=1",
                "key 1=x",
                "sk_live_sort=asc",
                "x=sk%255Flive_1",
                "x=%zzsk_live_",
            })
    void finds_nothing_where_there_is_no_credential(String query) {
        assertThat(QUERY.presentIn(query)).isFalse();
    }

    @Test
    void no_query_has_no_credential() {
        assertThat(QUERY.presentIn(null)).isFalse();
        assertThat(QueryCredentials.of(List.of(), List.of()).presentIn("access_token=1"))
                .isFalse();
    }

    @Test
    void an_empty_name_or_prefix_would_find_everything_and_is_refused() {
        assertThatThrownBy(() -> QueryCredentials.of(List.of(""), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> QueryCredentials.of(List.of(), List.of("")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void finds_a_credential_among_anything_however_it_is_encoded() {
        long seed = 37L;
        Random random = new Random(seed);
        for (int i = 0; i < 30_000; i++) {
            String left = RandomText.of(random, "a=&%+;25fsk_live", 16);
            String right = RandomText.of(random, "a=&%+;25fsk_live", 16);
            String name = encode(random, "access_token");
            String key = encode(random, "sk_live_");
            assertThat(QUERY.presentIn(left + "&" + name + "=" + right))
                    .as("seed %d", seed)
                    .isTrue();
            assertThat(QUERY.presentIn(left + "&x=" + key + right))
                    .as("seed %d", seed)
                    .isTrue();
            QUERY.presentIn(left);
        }
    }

    private static String encode(Random random, String text) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            encoded.append(
                    random.nextBoolean()
                            ? "%" + Integer.toHexString(c)
                            : URLEncoder.encode(String.valueOf(c), StandardCharsets.UTF_8));
        }
        return encoded.toString();
    }
}
