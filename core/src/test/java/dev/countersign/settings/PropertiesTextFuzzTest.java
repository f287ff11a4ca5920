package dev.countersign.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.FuzzInput;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

class PropertiesTextFuzzTest {
    @FuzzTest
    void properties_are_read_as_java_reads_them_or_refused(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        switch (input.choose(3)) {
            case 0 -> properties(input.unicode());
            case 1 -> template(input.unicode());
            default -> values(input.unicode());
        }
    }

    private static void properties(String text) {
        Map<String, String> theirs = new LinkedHashMap<>();
        boolean[] refused = new boolean[1];
        Properties reader = new Properties() {
            @Override
            public synchronized Object put(Object key, Object value) {
                refused[0] |= theirs.put((String) key, ((String) value).strip()) != null;
                return "";
            }
        };
        try {
            // CR LF ends a line as LF does; Java makes a difference behind a lone backslash at the very end.
            String lines = text.replace("\r\n", "\n").replace('\r', '\n');
            reader.load(new StringReader(lines.startsWith("\uFEFF") ? lines.substring(1) : lines));
        } catch (IllegalArgumentException e) {
            refused[0] = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, PropertiesText.Entry> ours;
        try {
            ours = FuzzInput.bounded(text.length(), () -> PropertiesText.parse(text));
        } catch (IllegalArgumentException e) {
            FuzzInput.assertTellsNoSecret(e.getMessage());
            assertThat(refused[0]).isTrue();
            return;
        }
        assertThat(refused[0]).isFalse();
        Map<String, String> values = new LinkedHashMap<>();
        ours.forEach((key, entry) -> values.put(key, entry.value()));
        assertThat(values).isEqualTo(theirs);
        int[] line = new int[1];
        ours.values().forEach(entry -> {
            assertThat(entry.line()).isGreaterThan(line[0]);
            line[0] = entry.line();
        });
    }

    private static void template(String text) {
        Template template;
        try {
            template = FuzzInput.bounded(text.length(), () -> Template.parse(text));
        } catch (IllegalArgumentException e) {
            FuzzInput.assertTellsNoSecret(e.getMessage());
            return;
        }
        StringBuilder again = new StringBuilder();
        for (Template.Part part : template.parts()) {
            again.append(part.kind() == Template.Kind.LITERAL ? part.text() : part.reference());
        }
        assertThat(again.toString()).isEqualTo(text);
        assertThat(template.literal()).isEqualTo(!text.contains("${"));
    }

    private static void values(String text) {
        String shown = ValueFormat.shown(text);
        assertThat(shown)
                .matches(line -> line.chars().noneMatch(Character::isISOControl))
                .hasSizeLessThan(82);
        Long number = ValueFormat.number(text);
        if (number != null && number != Long.MAX_VALUE && number != Long.MIN_VALUE) {
            assertThat(Long.parseLong(text)).isEqualTo(number);
        }
        Long size = ValueFormat.size(text);
        if (size != null && size > 0 && size < Long.MAX_VALUE) {
            assertThat(ValueFormat.size(ValueFormat.formatSize(size))).isEqualTo(size);
        }
        Duration duration = ValueFormat.duration(text);
        if (duration != null) {
            assertThat(Duration.parse(ValueFormat.format(duration))).isEqualTo(duration);
        }
    }
}
