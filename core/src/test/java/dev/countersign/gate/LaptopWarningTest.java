package dev.countersign.gate;

import static dev.countersign.gate.GateFixture.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.CapturedLog;
import dev.countersign.TestExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it counts what is logged")
class LaptopWarningTest {
    @Test
    void R35_the_exemption_of_a_laptop_is_told_once() {
        GateFixture fixture = new GateFixture(SETTINGS, new StubScheme("a", false));
        TestExchange laptop = TestExchange.get("/")
                .cleartext()
                .from("127.0.0.1")
                .host("localhost")
                .header("X-a", "good");
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 3; i++) {
                assertThat(fixture.gate().screen(laptop)).isEmpty();
            }
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("countersign.require-https"))
                    .hasSize(1);
        }
    }
}
