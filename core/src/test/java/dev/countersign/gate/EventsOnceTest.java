package dev.countersign.gate;

import static dev.countersign.gate.GateFixture.SETTINGS;
import static dev.countersign.gate.GateFixture.required;
import static dev.countersign.gate.GateFixture.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AccessRule;
import dev.countersign.AccessRule.Mode;
import dev.countersign.CapturedLog;
import dev.countersign.Decision;
import dev.countersign.RejectionReason;
import dev.countersign.StoreUnavailableException;
import dev.countersign.TestExchange;
import dev.countersign.audit.AuditEvent;
import dev.countersign.gate.ConfiguredScheme.ChallengeMode;
import dev.countersign.state.Changes;
import dev.countersign.state.State;
import dev.countersign.state.Take;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R31 and R31b: events that are handled once. */
class EventsOnceTest {
    private static final Duration DAY = Duration.ofHours(24);
    private static final TestExchange DELIVERY =
            TestExchange.of("POST", "/hooks").header("X-h", "good");
    private static final AccessRule ONCE = once("h");

    private final AtomicReference<Instant> now = new AtomicReference<>(GateFixture.NOW);
    private final FailingState state = new FailingState(State.inMemory(1_000, now::get));
    private final StubScheme h = new StubScheme("h", false).telling(DAY, "evt_1");
    private final StubScheme b = new StubScheme("b", false);
    private final GateFixture fixture = new GateFixture(
            SETTINGS,
            state,
            Stream.of(h, b)
                    .map(scheme -> new ConfiguredScheme(scheme, Optional.empty(), ChallengeMode.ON))
                    .toList());

    private static AccessRule once(String expression) {
        return rule(Mode.REQUIRED, expression).eventsOnce().build();
    }

    private Decision deliver() {
        return fixture.gate().decide(DELIVERY, ONCE);
    }

    /** A delivery that goes on to the application. */
    private Decision.Completion begin() {
        return ((Decision.Admitted) deliver()).completion().orElseThrow();
    }

    private static String text(Decision decision) {
        return decision.match(
                admitted -> "admitted",
                handled -> "handled",
                challenged -> "401 " + challenged.reason().code(),
                refused -> refused.answer().status() + " " + refused.reason().code());
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204, 299})
    void R31_WH_06_an_event_that_was_handled_is_answered_200_without_anything_else(int status) {
        begin().completed(status);
        for (int i = 0; i < 3; i++) {
            assertThat(deliver())
                    .isEqualTo(new Decision.Handled(new Decision.Answer(200, List.of(), Optional.empty(), "", "")));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101, 199, 300, 302, 400, 404, 410, 500, 503})
    void R31_WH_06_an_event_is_handled_again_if_the_first_answer_was_no_success(int status) {
        begin().completed(status);
        assertThat(text(deliver())).isEqualTo("admitted");
    }

    @Test
    void R31b_WH_06_an_event_that_is_being_handled_is_409_with_retry_after() {
        begin();
        Decision.Refused refused = (Decision.Refused) deliver();
        assertThat(refused.reason()).isEqualTo(RejectionReason.WEBHOOK_IN_PROGRESS);
        assertThat(refused.answer().status()).isEqualTo(409);
        assertThat(refused.answer().challenges()).isEmpty();
        assertThat(refused.answer().retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(refused.answer().body()).contains("\"code\":\"webhook_in_progress\"", "\"status\":409");
    }

    @Test
    void one_event_is_audited_for_each_delivery() {
        Decision.Completion first = begin();
        deliver();
        first.completed(200);
        deliver();
        assertThat(fixture.decisions())
                .extracting(event -> event.type() + " " + event.caller() + " " + event.status() + " " + event.code()
                        + " " + event.detail())
                .containsExactly(
                        "auth.success h-subject 0  ",
                        "auth.failure h-subject 409 webhook_in_progress running",
                        "auth.success h-subject 0  webhook_duplicate");
        assertThat(fixture.decisions())
                .allSatisfy(event -> assertThat(event.rule()).isEqualTo("h; each event once"));
        assertThat(fixture.decisions()).extracting(AuditEvent.Decision::level).containsOnly(AuditEvent.Level.NORMAL);
    }

    @Test
    void R31_WH_06_an_event_is_known_by_any_of_its_names() {
        h.telling(DAY, "id-1", "digest-1");
        begin().completed(200);
        h.telling(DAY, "id-2", "digest-1");
        assertThat(text(deliver())).isEqualTo("handled");
        h.telling(DAY, "id-1", "digest-2");
        assertThat(text(deliver())).isEqualTo("handled");
        // What was claimed on the way is given back.
        h.telling(DAY, "id-2", "digest-2");
        assertThat(text(deliver())).isEqualTo("admitted");
    }

    @Test
    void R31b_names_that_were_claimed_before_a_taken_one_are_given_back() {
        h.telling(DAY, "id-1", "digest-1");
        begin();
        h.telling(DAY, "id-2", "digest-1");
        assertThat(text(deliver())).isEqualTo("409 webhook_in_progress");
        h.telling(DAY, "id-2", "digest-2");
        assertThat(text(deliver())).isEqualTo("admitted");
    }

    @Test
    void a_name_that_is_told_twice_is_one_name() {
        h.telling(DAY, "id-1", "id-1");
        begin().completed(200);
        assertThat(text(deliver())).isEqualTo("handled");
    }

    @Test
    void names_may_be_long_and_of_any_characters() {
        for (String name : List.of("", " ", "ü\u0000\n", "x".repeat(100_000))) {
            h.telling(DAY, name);
            begin().completed(200);
            assertThat(text(deliver())).isEqualTo("handled");
        }
    }

    @Test
    void R31b_a_mark_expires_after_a_minute() {
        begin();
        pass(Duration.ofMillis(59_999));
        assertThat(text(deliver())).isEqualTo("409 webhook_in_progress");
        pass(Duration.ofMillis(1));
        assertThat(text(deliver())).isEqualTo("admitted");
    }

    @Test
    void R31_an_event_is_known_as_long_as_its_scheme_says() {
        begin().completed(200);
        pass(DAY.minusMillis(1));
        assertThat(text(deliver())).isEqualTo("handled");
        pass(Duration.ofMillis(1));
        assertThat(text(deliver())).isEqualTo("admitted");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500})
    void a_slow_first_call_cannot_end_what_a_later_one_has_begun(int status) {
        Decision.Completion slow = begin();
        pass(EventClaim.RUNNING_FOR);
        Decision.Completion second = begin();
        slow.completed(status);
        assertThat(text(deliver())).isEqualTo("409 webhook_in_progress");
        second.completed(500);
        assertThat(text(deliver())).isEqualTo("admitted");
    }

    @Test
    void a_slow_first_call_cannot_undo_what_a_later_one_has_done() {
        Decision.Completion slow = begin();
        pass(EventClaim.RUNNING_FOR);
        begin().completed(200);
        slow.completed(500);
        assertThat(text(deliver())).isEqualTo("handled");
    }

    @Test
    void a_slow_first_call_counts_where_nobody_came_after_it() {
        Decision.Completion slow = begin();
        pass(EventClaim.RUNNING_FOR.plusSeconds(1));
        slow.completed(200);
        assertThat(text(deliver())).isEqualTo("handled");
    }

    @Test
    void only_the_first_end_of_an_answer_counts() {
        Decision.Completion first = begin();
        first.completed(200);
        first.completed(500);
        assertThat(text(deliver())).isEqualTo("handled");
    }

    @Test
    void an_event_counts_only_after_everything_else_was_judged() {
        AccessRule admins =
                rule(Mode.REQUIRED, "h").anyRole(Set.of("admin")).eventsOnce().build();
        assertThat(text(fixture.gate().decide(DELIVERY, admins))).isEqualTo("403 insufficient_role");
        assertThat(text(fixture.gate().decide(DELIVERY.onlyHeader("X-h", "bad"), ONCE)))
                .isEqualTo("401 token_invalid");
        assertThat(text(fixture.gate().decide(DELIVERY.cleartext(), ONCE))).isEqualTo("403 https_required");
        assertThat(text(deliver())).isEqualTo("admitted");
    }

    @Test
    void a_rule_that_does_not_ask_for_it_lets_every_delivery_through() {
        for (int i = 0; i < 3; i++) {
            Decision.Admitted admitted = (Decision.Admitted) fixture.gate().decide(DELIVERY, required("h"));
            admitted.completion().orElseThrow().completed(200);
        }
        assertThat(state.calls).isEmpty();
        assertThat(text(deliver())).isEqualTo("admitted");
    }

    @Test
    void R39_a_credential_that_tells_of_no_event_is_500_where_events_are_handled_once() {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(text(fixture.gate().decide(DELIVERY.header("X-b", "good"), once("b"))))
                    .isEqualTo("500 internal");
            h.telling(DAY);
            assertThat(text(deliver())).isEqualTo("500 internal");
            h.telling(Duration.ZERO, "evt_1");
            assertThat(text(deliver())).isEqualTo("500 internal");
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("tells of no event"))
                    .hasSize(3);
        }
        assertThat(fixture.decisions())
                .extracting(AuditEvent.Decision::detail)
                .containsExactly("no_event", "no_event", "no_event");
    }

    @Test
    void the_events_of_every_part_count_and_no_scheme_knows_those_of_another() {
        b.telling(DAY, "evt_1");
        Decision.Admitted both = (Decision.Admitted) fixture.gate().decide(DELIVERY.header("X-b", "good"), once("h+b"));
        assertThat(text(deliver())).isEqualTo("409 webhook_in_progress");
        both.completion().orElseThrow().completed(200);
        assertThat(text(deliver())).isEqualTo("handled");
        assertThat(text(fixture.gate().decide(TestExchange.get("/").header("X-b", "good"), once("b"))))
                .isEqualTo("handled");
        h.telling(DAY, "evt_2");
        begin().completed(200);
        b.telling(DAY, "evt_2");
        assertThat(text(fixture.gate().decide(TestExchange.get("/").header("X-b", "good"), once("b"))))
                .isEqualTo("admitted");
    }

    @Test
    void R38_an_outage_is_503_and_the_next_delivery_is_handled() {
        h.telling(DAY, "id", "digest");
        for (String broken : List.of("putIfAbsent 1", "putIfAbsent 2")) {
            state.fail(broken, StoreUnavailableException.outage("The state is down"));
            Decision.Refused refused = (Decision.Refused) deliver();
            assertThat(refused.reason()).isEqualTo(RejectionReason.AUTH_UNAVAILABLE);
            assertThat(refused.answer().status()).isEqualTo(503);
            assertThat(refused.answer().retryAfter()).contains(Duration.ofSeconds(5));
        }
        state.fail("putIfAbsent 1", StoreUnavailableException.full("The state is full"));
        assertThat(((Decision.Refused) deliver()).answer().retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(text(deliver())).isEqualTo("admitted");
        assertThat(fixture.decisions()).hasSize(4);
    }

    @Test
    void R38_an_outage_while_another_one_is_looked_at_is_503_too() {
        begin();
        state.fail("get 1", StoreUnavailableException.outage("The state is down"));
        assertThat(text(deliver())).isEqualTo("503 auth_unavailable");
    }

    @Test
    void R39_a_fault_of_the_state_is_500_and_gives_back_what_was_claimed() {
        h.telling(DAY, "id", "digest");
        state.fail("putIfAbsent 2", new IllegalStateException("the secret is hunter2"));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(text(deliver())).isEqualTo("500 internal");
            assertThat(String.join("\n", log.lines())).doesNotContain("hunter2");
        }
        assertThat(text(deliver())).isEqualTo("admitted");
    }

    @Test
    void what_cannot_be_noted_is_logged_and_expires() {
        for (int status : List.of(200, 500)) {
            Decision.Completion first = begin();
            state.fail("compareAndSet 1", StoreUnavailableException.outage("The state is down"));
            try (CapturedLog log = new CapturedLog()) {
                first.completed(status);
                assertThat(log.lines())
                        .anySatisfy(
                                line -> assertThat(line).contains("The event of request", "PT1M: The state is down"));
            }
            assertThat(text(deliver())).isEqualTo("409 webhook_in_progress");
            pass(EventClaim.RUNNING_FOR);
        }
    }

    @Test
    void R31b_WH_06_of_many_deliveries_at_once_one_is_handled() throws Exception {
        h.telling(DAY, "id", "digest");
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try {
            List<Callable<Decision>> deliveries = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                deliveries.add(this::deliver);
            }
            List<Decision> decisions = new ArrayList<>();
            for (Future<Decision> decision : threads.invokeAll(deliveries)) {
                decisions.add(decision.get());
            }
            assertThat(decisions)
                    .filteredOn(Decision.Admitted.class::isInstance)
                    .hasSize(1);
            assertThat(decisions)
                    .filteredOn(decision -> text(decision).equals("409 webhook_in_progress"))
                    .hasSize(49);
            assertThat(fixture.decisions()).hasSize(50);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void DISP_01_a_further_target_of_one_request_does_not_meet_its_own_mark() {
        Decision.Admitted first = (Decision.Admitted) deliver();
        assertThat(text(again(first, ONCE))).isEqualTo("admitted");
        first.completion().orElseThrow().completed(200);
        assertThat(text(deliver())).isEqualTo("handled");
        assertThat(fixture.decisions()).hasSize(2);
    }

    @Test
    void DISP_01_a_further_target_that_is_the_first_to_ask_for_it_looks_at_the_event() {
        Decision.Admitted first = (Decision.Admitted) fixture.gate().decide(DELIVERY, required("h"));
        Decision.Admitted second = (Decision.Admitted) fixture.gate().decide(DELIVERY, required("h"));
        Decision.Admitted third = (Decision.Admitted) fixture.gate().decide(DELIVERY, required("h"));
        assertThat(text(again(first, ONCE))).isEqualTo("admitted");
        assertThat(text(again(second, ONCE))).isEqualTo("409 webhook_in_progress");
        first.completion().orElseThrow().completed(200);
        assertThat(text(again(third, ONCE))).isEqualTo("handled");
        state.fail("putIfAbsent 1", StoreUnavailableException.outage("The state is down"));
        assertThat(text(again(second, ONCE))).isEqualTo("503 auth_unavailable");
    }

    @Test
    void R39_DISP_01_a_further_target_without_the_events_of_the_request_is_500() {
        Decision.Admitted first = (Decision.Admitted) fixture.gate().decide(DELIVERY, required("h"));
        assertThat(text(fixture.gate()
                        .decideAgain(DELIVERY, ONCE, first.caller().identities())))
                .isEqualTo("500 internal");
        assertThat(text(fixture.gate()
                        .decideAgain(DELIVERY, ONCE, first.caller().identities(), Optional.of(status -> {}))))
                .isEqualTo("500 internal");
    }

    private Decision again(Decision.Admitted first, AccessRule rule) {
        return fixture.gate().decideAgain(DELIVERY, rule, first.caller().identities(), first.completion());
    }

    @Test
    void rules_differ_by_whether_they_handle_an_event_once() {
        assertThat(ONCE).isEqualTo(once("h")).hasSameHashCodeAs(once("h")).isNotEqualTo(required("h"));
        assertThat(ONCE.eventsOnce()).isTrue();
        assertThat(required("h").eventsOnce()).isFalse();
        assertThat(ONCE).hasToString("h; each event once");
    }

    /** A state of which one call fails: the n-th of an operation, counted from when that was asked for. */
    private static final class FailingState implements State {
        private final State state;
        private final List<String> calls = new ArrayList<>();
        private @Nullable String failing;
        private @Nullable RuntimeException failure;
        private int seen;

        FailingState(State state) {
            this.state = state;
        }

        synchronized void fail(String call, RuntimeException with) {
            failing = call;
            failure = with;
            seen = 0;
        }

        private synchronized void call(String operation) {
            calls.add(operation);
            if (failing != null && failure != null && failing.startsWith(operation + " ")) {
                seen++;
                if (failing.equals(operation + " " + seen)) {
                    RuntimeException thrown = failure;
                    failing = null;
                    throw thrown;
                }
            }
        }

        @Override
        public boolean putIfAbsent(String use, String key, byte[] value, Duration duration) {
            call("putIfAbsent");
            return state.putIfAbsent(use, key, value, duration);
        }

        @Override
        public Optional<byte[]> get(String use, String key) {
            call("get");
            return state.get(use, key);
        }

        @Override
        public boolean compareAndSet(
                String use, String key, byte @Nullable [] expected, byte[] value, Duration duration) {
            call("compareAndSet");
            return state.compareAndSet(use, key, expected, value, duration);
        }

        @Override
        public boolean remove(String use, String key) {
            return state.remove(use, key);
        }

        @Override
        public Take take(String use, String key, long quota, Duration window, long cost) {
            return state.take(use, key, quota, window, cost);
        }

        @Override
        public void append(String use, byte[] value, Duration duration) {
            state.append(use, value, duration);
        }

        @Override
        public Changes changesSince(String use, String cursor) {
            return state.changesSince(use, cursor);
        }

        @Override
        public void close() {
            state.close();
        }
    }
}
