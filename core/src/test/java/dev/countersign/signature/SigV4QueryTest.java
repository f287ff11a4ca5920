package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigV4QueryTest {
    @ParameterizedTest
    @CsvSource({
        "'',''",
        "a,a=",
        "a=,a=",
        "=,=",
        "=a,=a",
        "&,=&=",
        "a=1&,=&a=1",
        "b=2&a=1,a=1&b=2",
        "a=2&a=1&a=,a=&a=1&a=2",
        "A=1&a=2&B=3,A=1&B=3&a=2",
        "a=1&a-b=2&a.b=3&a%20b=4&aa=5,a=1&a%20b=4&a-b=2&a.b=3&aa=5",
        "q=a+b,q=a%2Bb",
        "q=a%20b,q=a%20b",
        "q=%2f%3a,q=%2F%3A",
        "q=a/b?c,q=a%2Fb%3Fc",
        "q=a=b,q=a%3Db",
        "%71=%7e,q=~",
        "a;b=1,a%3Bb=1",
        "é=1,%C3%A9=1"
    })
    void SIG_04_parameters_are_encoded_anew_and_sorted(String rawQuery, String canonical) {
        assertThat(SigV4Query.parse(rawQuery).orElseThrow().canonical()).isEqualTo(canonical);
    }

    @Test
    void no_query_is_an_empty_one() {
        assertThat(SigV4Query.parse(null).orElseThrow().canonical()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a=%2", "%zz=1", "a=%é0", "\uD800"})
    void SIG_04_refuses_what_cannot_be_read_in_one_way(String rawQuery) {
        assertThat(SigV4Query.parse(rawQuery)).isEmpty();
    }

    @Test
    void SIG_19_refuses_more_parameters_than_anybody_needs() {
        assertThat(SigV4Query.parse("&".repeat(SigV4Query.MAX_PARAMETERS - 1))).isPresent();
        assertThat(SigV4Query.parse("&".repeat(SigV4Query.MAX_PARAMETERS))).isEmpty();
    }

    @Test
    void gives_the_values_of_a_name_decoded() {
        SigV4Query query = SigV4Query.parse("X-Amz-Credential=AKID%2F2026&x%2Damz=1&a=2&a=1")
                .orElseThrow();
        assertThat(query.values("X-Amz-Credential")).containsExactly("AKID/2026");
        assertThat(query.values("x-amz")).containsExactly("1");
        assertThat(query.values("a")).containsExactly("1", "2");
        assertThat(query.values("A")).isEmpty();
    }

    @Test
    void leaves_out_the_signature_and_masks_a_token() {
        SigV4Query query = SigV4Query.parse("a=1&X-Amz-Signature=00&X-Amz-Security-Token=tt&b")
                .orElseThrow();
        assertThat(query.canonicalWithout("X-Amz-Signature")).isEqualTo("X-Amz-Security-Token=tt&a=1&b=");
        assertThat(query.masked("X-Amz-Security-Token").canonicalWithout("X-Amz-Signature"))
                .isEqualTo("X-Amz-Security-Token=****&a=1&b=");
        assertThat(query).hasToString("SigV4Query[****]");
    }
}
