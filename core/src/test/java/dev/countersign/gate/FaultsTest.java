package dev.countersign.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultsTest {
    private static Throwable placed(Throwable fault, int frames) {
        StackTraceElement[] trace = new StackTraceElement[frames];
        for (int i = 0; i < frames; i++) {
            trace[i] = new StackTraceElement("Place", "method" + i, "Place.java", i);
        }
        fault.setStackTrace(trace);
        return fault;
    }

    @Test
    void CHAIN_10_describes_a_fault_and_its_cause_by_kind_and_place_never_by_message() {
        Throwable cause = placed(new IllegalStateException("hunter2"), 0);
        Throwable fault = placed(new IllegalArgumentException("hunter2", cause), 2);
        assertThat(Faults.describe(fault))
                .isEqualTo("java.lang.IllegalArgumentException at Place.method0(Place.java:0) <"
                        + " Place.method1(Place.java:1), caused by java.lang.IllegalStateException");
    }

    @Test
    void describes_at_most_eight_frames_and_five_causes() {
        Throwable deep = placed(new IllegalStateException(), 0);
        for (int i = 0; i < 7; i++) {
            deep = placed(new IllegalStateException(deep), 0);
        }
        assertThat(Faults.describe(deep).split("caused by", -1)).hasSize(5);
        assertThat(Faults.describe(placed(new IllegalStateException(), 9)))
                .contains("method7")
                .doesNotContain("method8");
    }
}
