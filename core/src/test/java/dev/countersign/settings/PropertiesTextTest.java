package dev.countersign.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PropertiesTextTest {
    @Test
    void keeps_order_and_line_numbers() {
        Map<String, PropertiesText.Entry> entries = PropertiesText.parse("# comment\n\nb = 1\r\na: 2\rc 3\\\n  4\nd=5");

        assertThat(new ArrayList<>(entries.values()))
                .containsExactly(
                        new PropertiesText.Entry("b", "1", 3),
                        new PropertiesText.Entry("a", "2", 4),
                        new PropertiesText.Entry("c", "34", 5),
                        new PropertiesText.Entry("d", "5", 7));
    }

    @Test
    void refuses_a_key_that_stands_twice_and_names_both_lines_but_neither_key_nor_value() {
        assertThatThrownBy(() -> PropertiesText.parse("s3cret=1\nb=2\ns3cret=3\nb=2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 3: the same key as on line 1; line 4: the same key as on line 2");
    }

    @Test
    void finds_a_duplicate_that_is_written_with_an_escape() {
        assertThatThrownBy(() -> PropertiesText.parse("ab=1\n\\u0061b=2"))
                .hasMessage("line 2: the same key as on line 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=\\u12", "a=\\u12g4", "a=\\u", "\\u00=1", "a=\\u\u0661\u0661\u0661\u0661"})
    void refuses_a_malformed_unicode_escape(String text) {
        assertThatThrownBy(() -> PropertiesText.parse("x=1\n" + text)).hasMessage("line 2: malformed \\u escape");
        assertThatThrownBy(() -> PropertiesText.scan(text, entry -> {})).hasMessage("line 1: malformed \\u escape");
    }

    @Test
    void counts_problems_beyond_the_first_twenty() {
        assertThatThrownBy(() -> PropertiesText.parse("a=1\n".repeat(30)))
                .hasMessageEndingWith("line 21: the same key as on line 1; and 9 more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1\n\\", "a=1\n\\\n", "a=1\n \\\r\n"})
    void a_lone_backslash_at_the_end_is_an_entry_without_key(String text) throws IOException {
        Properties properties = new Properties();
        // Java itself takes a different view where the line ends in CR LF.
        properties.load(new StringReader(text.replace("\r\n", "\n")));
        assertThat(properties).containsOnlyKeys("a", "");
        assertThat(PropertiesText.parse(text)).containsOnlyKeys("a", "");
    }

    @Test
    void passes_over_a_byte_order_mark() {
        assertThat(PropertiesText.parse("\uFEFFa=1")).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @CsvSource({"'a=  1  ',1", "'a = \\  1',1", "'a=1\t',1", "'a',''", "'a=',''", "'a=b=c','b=c'"})
    void trims_values(String text, String value) {
        assertThat(PropertiesText.parse(text).get("a")).extracting("value").isEqualTo(value);
    }

    @Test
    void scanning_hands_over_every_entry_and_leaves_duplicates_to_the_caller() {
        List<String> keys = new ArrayList<>();
        PropertiesText.scan("a=1\nb=2\na=3", entry -> keys.add(entry.key() + entry.line()));
        assertThat(keys).containsExactly("a1", "b2", "a3");
    }

    @Test
    void an_entry_does_not_print_its_value() {
        assertThat(new PropertiesText.Entry("a", "s3cret", 1).toString()).isEqualTo("line 1: a = ****");
    }

    @Test
    void reads_what_java_util_properties_reads() throws IOException {
        Random random = new Random(42);
        String alphabet = "ab=:#! \t\f\n\r\\\\\\utnu0041é\u0130";
        for (int round = 0; round < 50_000; round++) {
            StringBuilder text = new StringBuilder("k");
            for (int i = random.nextInt(14); i >= 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            // An entry at the end, because there a lone backslash counts as an empty key in java.util.Properties.
            text.append("\nend=1");
            Map<String, String> ours = new LinkedHashMap<>();
            Map<String, String> theirs = new LinkedHashMap<>();
            boolean oursRefused = false;
            boolean theirsRefused = false;
            try {
                PropertiesText.scan(text.toString(), entry -> ours.put(entry.key(), entry.value()));
            } catch (IllegalArgumentException e) {
                oursRefused = true;
            }
            try {
                Properties properties = new Properties();
                properties.load(new StringReader(text.toString()));
                properties.forEach((key, value) -> theirs.put((String) key, ((String) value).strip()));
            } catch (IllegalArgumentException e) {
                theirsRefused = true;
            }
            assertThat(oursRefused).as(text.toString()).isEqualTo(theirsRefused);
            if (!theirsRefused) {
                assertThat(ours).as(text.toString()).isEqualTo(theirs);
            }
        }
    }
}
