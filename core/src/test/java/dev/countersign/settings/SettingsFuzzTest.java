package dev.countersign.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

class SettingsFuzzTest {
    private static final List<String> WORDS = List.of(
            "countersign.",
            "schemes",
            "scheme.",
            "jwt",
            ".keys",
            ".keys.1",
            ".clock-skew",
            "paths.",
            "config",
            "=",
            ":",
            " ",
            "\n",
            "\r\n",
            "\\",
            "\\u",
            "\\u00",
            "0041",
            "#",
            "${",
            "${env:X}",
            "${file:f}",
            "${file:\\u0000}",
            "${sys:x}",
            "}",
            "file:",
            "..",
            "/",
            "PT20M",
            "PT",
            "-",
            "9999999999",
            "8 KiB",
            "true",
            ",",
            "\u0130",
            "\uD83D",
            "\0",
            "ﬀ");

    @TempDir
    private Path directory;

    @RepeatedTest(20)
    void arbitrary_properties_end_in_settings_or_in_a_configuration_exception(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int round = 0; round < 200; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i >= 0; i--) {
                text.append(random.nextInt(8) == 0 ? "\ncountersign." : WORDS.get(random.nextInt(WORDS.size())));
            }
            Settings settings = Settings.builder()
                    .systemProperties(random.nextInt(9) == 0 ? Map.of("countersign.config", text.toString()) : Map.of())
                    .environment(Map.of("X", text.toString(), "COUNTERSIGN_SCHEME_JWT_ISSUER", text.toString()))
                    .application(SettingsTest.InMemoryFiles.of(
                            Map.of("WEB-INF/countersign.properties", text.toString(), "f", text.toString())))
                    .workingDirectory(directory)
                    .open();
            try (settings) {
                readEverything(settings.root());
                settings.finish();
                settings.reloadNow();
            } catch (ConfigurationException e) {
                assertThat(e.problems())
                        .isNotEmpty()
                        .allSatisfy(problem ->
                                assertThat(problem).doesNotContain("\n").hasSizeLessThan(600));
            }
        }
    }

    private static void readEverything(Section root) {
        root.list("schemes", List.of());
        for (String name : root.names("paths")) {
            root.section("paths").section(name).text("pattern");
        }
        for (String name : root.names("scheme")) {
            Section scheme = root.section("scheme").section(name);
            scheme.requiredText("issuer", "an issuer");
            scheme.duration("clock-skew", Duration.ZERO, Duration.ZERO, Duration.ofMinutes(10));
            scheme.number("number", 1, 0, 5);
            scheme.size("keys.1", 1, 0, 5);
            scheme.flag("flag", true);
            scheme.choice("choice", Thread.State.class, Thread.State.NEW);
            scheme.values("keys", texts -> texts);
            scheme.file("keys", PropertiesText::parse);
        }
    }
}
