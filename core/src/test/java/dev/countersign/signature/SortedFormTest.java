package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SortedFormTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''| ''",
                "b=2&a=1| a1b2",
                "callSid=l&CallSid=u&CALLSID=a| CALLSIDaCallSiducallSidl",
                "a=%2B1+%28x%29| 'a+1 (x)'",
                "a=x=y| ax=y",
                "a| a",
                "a=| a",
                "&&a=1&| a1",
                "a=2&a=1&a=2| a1a2",
                "ab=c| abc",
                "a=bc| abc",
                "a=%c3%a9| aé",
            })
    void decodes_sorts_and_joins(String form, String text) {
        byte[] sorted = SortedForm.of(form.getBytes(StandardCharsets.US_ASCII));
        assertThat(sorted).isNotNull();
        assertThat(new String(sorted, StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a=%", "a=%4", "a=%4&b=1", "a=%zz", "%+1=a", "a=%\u00e9\u00e9"})
    void refuses_escapes_that_are_none(String form) {
        assertThat(SortedForm.of(form.getBytes(StandardCharsets.ISO_8859_1))).isNull();
    }

    @Test
    void bytes_that_are_no_text_stay_as_they_are() {
        assertThat(SortedForm.of(new byte[] {'a', '=', (byte) 0xFF, '%', 'f', 'E'}))
                .containsExactly('a', 0xFF, 0xFE);
    }

    @Test
    void bounds_the_number_of_parameters() {
        assertThat(SortedForm.of("a&".repeat(1000).getBytes(StandardCharsets.US_ASCII)))
                .containsExactly('a');
        assertThat(SortedForm.of("a&".repeat(1001).getBytes(StandardCharsets.US_ASCII)))
                .isNull();
    }
}
