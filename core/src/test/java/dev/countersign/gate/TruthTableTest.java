package dev.countersign.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AccessRule.Mode;
import dev.countersign.Caller;
import dev.countersign.Decision;
import dev.countersign.Identity;
import dev.countersign.TestExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** SPEC section 3: every row of the truth table that {@code docs/deciding.md} prints. */
class TruthTableTest {
    private static final Path TABLE = Path.of("..", "docs", "deciding.md");
    private static final List<Mode> MODES = List.of(Mode.REQUIRED, Mode.OPTIONAL_REJECT, Mode.OPTIONAL_IGNORE);

    @TestFactory
    Stream<DynamicTest> the_gate_answers_as_the_table_says() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : Files.readAllLines(TABLE, StandardCharsets.UTF_8)) {
            if (line.startsWith("| `")) {
                String[] cells = line.substring(1).split("\\|", -1);
                for (int column = 5; column <= 7; column++) {
                    Mode mode = MODES.get(column - 5);
                    String expected = cells[column].strip();
                    tests.add(DynamicTest.dynamicTest(line + " " + mode, () -> check(cells, mode, expected)));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(190);
        return tests.stream();
    }

    private static void check(String[] cells, Mode mode, String expected) {
        GateFixture fixture = new GateFixture(
                GateFixture.SETTINGS,
                new StubScheme("a", false),
                new StubScheme("b", false),
                new StubScheme("c", false),
                new StubScheme("s", true));
        TestExchange exchange = TestExchange.get("/");
        for (int i = 1; i <= 4; i++) {
            String state = cells[i].strip();
            if (!state.equals("-")) {
                exchange = exchange.header("X-" + "abcs".charAt(i - 1), state);
            }
        }
        String expression = cells[0].strip().replace("`", "");
        Decision decision = fixture.gate()
                .decide(exchange, GateFixture.rule(mode, expression).build());
        assertThat(text(decision)).isEqualTo(expected);
        assertThat(fixture.decisions()).hasSize(1);
    }

    private static String text(Decision decision) {
        return decision.match(
                admitted -> "200 " + text(admitted.caller()),
                handled -> text(handled.answer()),
                challenged -> text(challenged.answer()),
                refused -> text(refused.answer()));
    }

    private static String text(Caller caller) {
        return caller.isAnonymous()
                ? "anonymous"
                : String.join(
                        " ", caller.identities().stream().map(Identity::scheme).toList());
    }

    private static String text(Decision.Answer answer) {
        StringBuilder text = new StringBuilder().append(answer.status());
        for (String challenge : answer.challenges()) {
            text.append(' ')
                    .append(challenge, 0, challenge.indexOf(' '))
                    .append(challenge.contains("error=") ? "!" : "");
        }
        return text.toString();
    }
}
