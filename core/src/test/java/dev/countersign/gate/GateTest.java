package dev.countersign.gate;

import static dev.countersign.gate.GateFixture.SETTINGS;
import static dev.countersign.gate.GateFixture.required;
import static dev.countersign.gate.GateFixture.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AccessRule;
import dev.countersign.AccessRule.Mode;
import dev.countersign.AccessRule.ScopeRequirement;
import dev.countersign.Caller;
import dev.countersign.CapturedLog;
import dev.countersign.Decision;
import dev.countersign.Gate;
import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.RejectionReason;
import dev.countersign.TestExchange;
import dev.countersign.audit.AuditEvent;
import dev.countersign.audit.AuditTrail;
import dev.countersign.gate.ConfiguredScheme.ChallengeMode;
import dev.countersign.gate.GateSettings.Https;
import dev.countersign.state.State;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Gate does beside combining credentials, which {@link TruthTableTest} shows. */
class GateTest {
    private final StubScheme a = new StubScheme("a", false);
    private final StubScheme b = new StubScheme("b", false);
    private final GateFixture fixture = new GateFixture(SETTINGS, a, b);

    @Test
    void R39_an_exception_is_500_and_its_message_stays_out_of_the_log() {
        try (CapturedLog log = new CapturedLog()) {
            Decision decision = decide(TestExchange.get("/").header("X-a", "throws"), required("a"));
            assertThat(status(decision)).isEqualTo(500);
            assertThat(reason(decision)).isEqualTo(RejectionReason.INTERNAL);
            assertThat(String.join("\n", log.lines()))
                    .contains("IllegalArgumentException")
                    .doesNotContain("hunter2");
        }
        assertThat(fixture.decisions()).hasSize(1);
    }

    @Test
    void R39_an_exception_is_500_also_where_everybody_is_permitted() {
        AccessRule permit = AccessRule.permitAll(GateFixture.alternatives("a"));
        assertThat(status(decide(TestExchange.get("/").header("X-a", "throws"), permit)))
                .isEqualTo(500);
    }

    @Test
    void R39_a_rule_with_a_scheme_that_is_not_configured_is_500() {
        assertThat(status(decide(TestExchange.get("/"), required("z")))).isEqualTo(500);
    }

    @Test
    void R38_a_store_that_is_down_is_503_with_retry_after_and_no_challenge() {
        Decision decision = decide(TestExchange.get("/").header("X-a", "down"), required("a"));
        assertThat(answer(decision).status()).isEqualTo(503);
        assertThat(answer(decision).challenges()).isEmpty();
        assertThat(answer(decision).retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait).hasSeconds(5));
        assertThat(answer(decision).body()).contains("\"code\":\"auth_unavailable\"");
    }

    @Test
    void R11_a_good_key_from_a_wrong_address_is_403_without_challenge() {
        Decision decision = decide(TestExchange.get("/").header("X-a", "elsewhere"), required("a"));
        assertThat(answer(decision).status()).isEqualTo(403);
        assertThat(answer(decision).challenges()).isEmpty();
        assertThat(answer(decision).body()).contains("\"code\":\"ip_not_allowed\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQUIRED", "OPTIONAL_REJECT", "OPTIONAL_IGNORE"})
    void R9_two_credentials_are_400_whatever_the_rule_says(Mode mode) {
        Decision decision = decide(
                TestExchange.get("/").header("X-a", "good").header("X-a", "good"),
                rule(mode, "a").build());
        assertThat(answer(decision).status()).isEqualTo(400);
        assertThat(answer(decision).challenges()).singleElement().asString().contains("error=\"multiple_credentials\"");
        assertThat(a.verified()).isEmpty();
    }

    @Test
    void R9_two_authorization_fields_are_400_even_if_no_scheme_reads_them() {
        Decision decision = decide(
                TestExchange.get("/").header("Authorization", "Foo a").header("authorization", "Foo a"), required("a"));
        assertThat(status(decision)).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQUIRED", "OPTIONAL_REJECT", "OPTIONAL_IGNORE"})
    void R9_CHAIN_03_an_empty_field_joined_with_another_is_400_like_the_two_fields(Mode mode) {
        for (String joined : List.of(", Foo a", ",Foo a", " \t, Foo a", ",")) {
            Decision decision = decide(
                    TestExchange.get("/").header("Authorization", joined),
                    rule(mode, "a").build());
            assertThat(status(decision)).as(joined).isEqualTo(400);
        }
    }

    @Test
    void CHAIN_01_a_wrong_credential_is_never_passed_over_for_a_weaker_one() {
        Decision decision = decide(TestExchange.get("/").header("X-a", "bad").header("X-b", "good"), required("a, b"));
        assertThat(status(decision)).isEqualTo(401);
    }

    @Test
    void credentials_that_the_rule_does_not_name_are_never_verified() {
        decide(TestExchange.get("/").header("X-a", "good").header("X-b", "bad"), required("a"));
        assertThat(b.verified()).isEmpty();
    }

    @Test
    void a_value_of_uncertain_shape_goes_to_the_first_scheme_of_the_rule_alone() {
        Decision decision =
                decide(TestExchange.get("/").header("X-a", "possible").header("X-b", "possible"), required("b, a"));
        assertThat(status(decision)).isEqualTo(401);
        assertThat(b.verified()).containsExactly("possible");
        assertThat(a.verified()).isEmpty();
    }

    @Test
    void a_value_of_uncertain_shape_is_verified_by_one_scheme_even_if_it_is_good() {
        TestExchange both = TestExchange.get("/").header("X-a", "possibly good").header("X-b", "possibly good");
        Decision decision = decide(both, required("b, a"));
        assertThat(((Decision.Admitted) decision).caller().identities())
                .extracting(Identity::scheme)
                .containsExactly("b");
        assertThat(a.verified()).isEmpty();
    }

    @Test
    void every_credential_is_verified_once() {
        StubScheme cookie = new StubScheme("s", true);
        GateFixture three = new GateFixture(SETTINGS, a, b, cookie);
        TestExchange all = TestExchange.get("/")
                .header("X-a", "good")
                .header("X-b", "good")
                .header("X-s", "good");
        assertThat(three.gate().decide(all, required("a+b+s"))).isInstanceOf(Decision.Admitted.class);
        assertThat(a.verified()).containsExactly("good");
        assertThat(cookie.verified()).containsExactly("good");
        TestExchange bad = TestExchange.get("/")
                .header("X-a", "good")
                .header("X-b", "good")
                .header("X-s", "bad");
        assertThat(status(three.gate().decide(bad, required("a+s, b+s")))).isEqualTo(401);
        assertThat(cookie.verified()).containsExactly("good", "bad");
    }

    @Test
    void G7_a_failed_credential_is_explained_beside_what_another_alternative_lacks() {
        StubScheme c = new StubScheme("c", false);
        GateFixture three = new GateFixture(SETTINGS, a, b, c);
        Decision decision = three.gate()
                .decide(TestExchange.get("/").header("X-a", "good").header("X-c", "bad"), required("a+b, c"));
        assertThat(answer(decision).challenges())
                .containsExactly("B realm=\"r\"", "C realm=\"r\", error=\"token_invalid\"");
    }

    @Test
    void R5_a_credential_found_unreadable_while_it_is_verified_is_400_and_explained_by_its_scheme() {
        Decision decision = decide(TestExchange.get("/").header("X-a", "unreadable"), required("b, a"));
        assertThat(status(decision)).isEqualTo(400);
        assertThat(answer(decision).challenges()).containsExactly("A realm=\"r\", error=\"malformed_credentials\"");
    }

    @Test
    void one_authorization_field_is_no_ambiguity() {
        assertThat(decide(TestExchange.get("/").header("Authorization", "Foo a").header("X-a", "good"), required("a")))
                .isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void R39_an_exception_while_screening_is_500_and_never_a_pass() {
        AtomicBoolean failed = new AtomicBoolean();
        Gate failing = Gates.of(
                List.of(new ConfiguredScheme(a, Optional.empty(), ChallengeMode.ON)),
                SETTINGS,
                new AuditTrail(List.of(), true),
                State.inMemory(1, InstantSource.system()),
                () -> {
                    if (failed.compareAndSet(false, true)) {
                        throw new IllegalStateException("the clock stopped");
                    }
                    return GateFixture.NOW;
                });
        assertThat(failing.screen(TestExchange.get("//"))).hasValueSatisfying(refusal -> {
            assertThat(refusal.answer().status()).isEqualTo(500);
            assertThat(refusal.reason()).isEqualTo(RejectionReason.INTERNAL);
        });
    }

    @Test
    void CHAIN_04_identities_of_two_tenants_in_one_alternative_are_403() {
        GateFixture tenants = new GateFixture(
                SETTINGS,
                List.of(
                        new ConfiguredScheme(a, Optional.of("acme"), ChallengeMode.ON),
                        new ConfiguredScheme(b, Optional.of("umbrella"), ChallengeMode.ON)));
        TestExchange both = TestExchange.get("/").header("X-a", "good").header("X-b", "good");
        assertThat(reason(tenants.gate().decide(both, required("a+b")))).isEqualTo(RejectionReason.TENANT_MISMATCH);
        assertThat(status(tenants.gate().decide(both, required("a+b")))).isEqualTo(403);
        assertThat(tenants.gate().decide(both, required("a"))).isInstanceOf(Decision.Admitted.class);
        assertThat(tenants.gate().decide(both, AccessRule.permitAll(GateFixture.alternatives("a+b"))))
                .isEqualTo(new Decision.Admitted(Caller.ANONYMOUS));
    }

    @Test
    void CHAIN_04_different_subjects_of_one_request_are_kept_and_the_first_user_names_the_caller() {
        StubScheme key = new StubScheme("k", false, Identity.of("k", "service", IdentityKind.KEY));
        GateFixture two = new GateFixture(SETTINGS, key, a);
        Decision decision =
                two.gate().decide(TestExchange.get("/").header("X-k", "good").header("X-a", "good"), required("k+a"));
        Caller caller = ((Decision.Admitted) decision).caller();
        assertThat(caller.identities()).extracting(Identity::subject).containsExactly("service", "a-subject");
        assertThat(caller.getName()).isEqualTo("a-subject");
    }

    @Test
    void R14_a_caller_without_the_scope_is_403_and_the_body_names_it() {
        StubScheme scoped = new StubScheme(
                "a", false, Identity.of("a", "u", IdentityKind.USER).scopes(Set.of("orders:read")));
        GateFixture scopes = new GateFixture(SETTINGS, scoped);
        AccessRule write = rule(Mode.REQUIRED, "a")
                .scopes(new ScopeRequirement(List.of("orders:write"), false, ""))
                .build();
        Decision decision = scopes.gate().decide(TestExchange.get("/").header("X-a", "good"), write);
        assertThat(answer(decision).status()).isEqualTo(403);
        assertThat(answer(decision).body())
                .contains("\"code\":\"insufficient_scope\"", "\"required_scopes\":[\"orders:write\"]");
        assertThat(scopes.decisions()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("scope.violation");
            assertThat(event.level()).isEqualTo(AuditEvent.Level.HIGH);
            assertThat(event.caller()).isEqualTo("u");
        });
    }

    @Test
    void R14_a_caller_without_the_role_is_403_and_nothing_names_it() {
        AccessRule admin = rule(Mode.REQUIRED, "a").anyRole(Set.of("admin")).build();
        Decision decision = decide(TestExchange.get("/").header("X-a", "good"), admin);
        assertThat(answer(decision).status()).isEqualTo(403);
        assertThat(answer(decision).challenges()).isEmpty();
        assertThat(answer(decision).body())
                .contains("\"code\":\"insufficient_role\"")
                .doesNotContain("admin");
        assertThat(fixture.decisions())
                .singleElement()
                .satisfies(event -> assertThat(event.type()).isEqualTo("role.violation"));
    }

    @Test
    void R41_a_denied_endpoint_is_403_or_404_before_any_credential_is_looked_at() {
        TestExchange exchange = TestExchange.get("/").header("X-a", "good");
        assertThat(status(decide(exchange, AccessRule.denyAll()))).isEqualTo(403);
        GateSettings hidden = new GateSettings(
                Https.TRUE,
                false,
                false,
                SETTINGS.paths(),
                Set.of(),
                SETTINGS.challengeOrder(),
                SETTINGS.challengeScope(),
                Optional.empty(),
                true,
                Optional.empty(),
                true);
        assertThat(status(new GateFixture(hidden, a).gate().decide(exchange, AccessRule.denyAll())))
                .isEqualTo(404);
        assertThat(a.verified()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a;b", "//a", "/a/../b", "/a%2fb", "/a%00", "/a%0ab"})
    void R40_a_path_with_two_readings_is_400_before_authentication(String path) {
        Optional<Decision.Refused> refused = fixture.gate().screen(TestExchange.get(path));
        assertThat(refused).hasValueSatisfying(refusal -> {
            assertThat(refusal.answer().status()).isEqualTo(400);
            assertThat(refusal.reason()).isEqualTo(RejectionReason.BAD_PATH);
        });
        assertThat(fixture.decisions()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"TRACE, trace", "trace, method_case", "get, method_case", "Options, method_case"})
    void METH_03_METH_04_trace_and_methods_in_another_case_are_405_before_authentication(String method, String detail) {
        assertThat(fixture.gate().screen(TestExchange.of(method, "/a"))).hasValueSatisfying(refusal -> {
            assertThat(refusal.answer().status()).isEqualTo(405);
            assertThat(refusal.answer().body()).isEmpty();
            assertThat(refusal.detail()).isEqualTo(detail);
        });
        assertThat(fixture.decisions()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "GETX"})
    void METH_04_any_other_method_is_judged_by_its_rule(String method) {
        assertThat(fixture.gate().screen(TestExchange.of(method, "/a"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // require-https, cleartext allowed, loopback peer, host, proxy trace, accepted
        "TRUE, false, false, api.example.com, , false",
        "TRUE, false, true, localhost, , true",
        "TRUE, false, true, LOCALHOST, , true",
        "TRUE, false, true, 127.0.0.1, , true",
        "TRUE, false, true, [::1], , true",
        "TRUE, false, true, ::1, , true",
        "TRUE, false, true, [0:0:0:0:0:0:0:1], , true",
        "TRUE, false, true, [::2], , false",
        "TRUE, false, true, 127.90.9.255, , true",
        "TRUE, false, true, 127.255.255.255, , true",
        "TRUE, false, true, 127.255.255.2551, , false",
        "TRUE, false, true, 127.0.0.0001, , false",
        "TRUE, false, true, 127.0.0, , false",
        "TRUE, false, true, 127.0.0., , false",
        "TRUE, false, true, 127..0.1, , false",
        "TRUE, false, true, 127.0.0.1.1, , false",
        "TRUE, false, true, 127.0.0.:, , false",
        "TRUE, false, true, 127.0.0./, , false",
        "TRUE, false, true, 126.0.0.1, , false",
        "TRUE, false, true, 127.0.0.256, , false",
        "TRUE, false, true, 127.0.0.01, , false",
        "TRUE, false, true, [::1, , false",
        "TRUE, false, true, ::1], , false",
        "TRUE, false, true, [], , false",
        "TRUE, false, true, 127.0.0.1.evil.example, , false",
        "TRUE, false, true, 127.evil, , false",
        "TRUE, false, true, api.example.com, , false",
        "TRUE, false, true, , , false",
        "TRUE, false, false, localhost, , false",
        "TRUE, false, true, localhost, X-Forwarded-For, false",
        "TRUE, false, true, localhost, x-forwarded-anything, false",
        "TRUE, false, true, localhost, Forwarded, false",
        "TRUE, false, true, localhost, X-Real-IP, false",
        "TRUE, false, true, localhost, Via, false",
        "ALWAYS, false, true, localhost, , false",
        "FALSE, false, false, api.example.com, , true",
        "TRUE, true, false, api.example.com, , true",
        "ALWAYS, true, false, api.example.com, , true",
    })
    void R35_plain_http_is_refused_but_for_a_laptop_that_talks_to_itself(
            Https https, boolean allowed, boolean loopback, String host, String trace, boolean accepted) {
        GateSettings settings = new GateSettings(
                https,
                allowed,
                false,
                SETTINGS.paths(),
                Set.of(),
                SETTINGS.challengeOrder(),
                SETTINGS.challengeScope(),
                Optional.empty(),
                true,
                Optional.empty(),
                false);
        GateFixture plain = new GateFixture(settings, a);
        TestExchange exchange = TestExchange.get("/")
                .cleartext()
                .from(loopback ? "127.0.0.1" : "192.0.2.7")
                .host(host)
                .header("X-a", "good");
        if (trace != null) {
            exchange = exchange.header(trace, "x");
        }
        assertThat(plain.gate().screen(exchange).isEmpty()).isEqualTo(accepted);
        Decision decision = plain.gate().decide(exchange, required("a"));
        assertThat(decision instanceof Decision.Admitted).isEqualTo(accepted);
        if (!accepted) {
            assertThat(reason(decision)).isEqualTo(RejectionReason.HTTPS_REQUIRED);
            assertThat(status(decision)).isEqualTo(403);
            assertThat(answer(decision).challenges()).isEmpty();
        }
    }

    @Test
    void R35_a_laptop_is_no_exemption_where_a_proxy_is_trusted() {
        TestExchange exchange = TestExchange.get("/")
                .cleartext()
                .from("127.0.0.1")
                .host("localhost")
                .header("X-a", "good");
        assertThat(fixture.gate().screen(exchange)).isEmpty();
        GateSettings proxied = new GateSettings(
                Https.TRUE,
                false,
                true,
                SETTINGS.paths(),
                Set.of(),
                SETTINGS.challengeOrder(),
                SETTINGS.challengeScope(),
                Optional.empty(),
                true,
                Optional.empty(),
                false);
        assertThat(new GateFixture(proxied, a).gate().screen(exchange)).isPresent();
    }

    @Test
    void R35_a_denied_endpoint_is_denied_over_plain_http_too() {
        TestExchange exchange = TestExchange.get("/").cleartext();
        assertThat(reason(decide(exchange, AccessRule.denyAll()))).isEqualTo(RejectionReason.DENIED);
        assertThat(reason(fixture.gate().decideAgain(exchange, AccessRule.denyAll(), List.of())))
                .isEqualTo(RejectionReason.DENIED);
    }

    @Test
    void R35_a_request_without_credentials_to_an_open_endpoint_passes_over_plain_http() {
        TestExchange exchange = TestExchange.get("/").cleartext();
        assertThat(fixture.gate().screen(exchange)).isEmpty();
        assertThat(decide(exchange, AccessRule.permitAll(GateFixture.alternatives("a"))))
                .isEqualTo(new Decision.Admitted(Caller.ANONYMOUS));
    }

    @Test
    void R35_good_and_bad_credentials_over_plain_http_get_the_same_answer_and_are_not_verified() {
        Decision.Answer good = fixture.gate()
                .screen(TestExchange.get("/").cleartext().header("X-a", "good"))
                .orElseThrow()
                .answer();
        Decision.Answer bad = fixture.gate()
                .screen(TestExchange.get("/").cleartext().header("X-a", "bad"))
                .orElseThrow()
                .answer();
        assertThat(good).isEqualTo(bad);
        assertThat(a.verified()).isEmpty();
        assertThat(fixture.events())
                .filteredOn(AuditEvent.Signal.class::isInstance)
                .extracting(AuditEvent::type)
                .containsExactly("credential.cleartext", "credential.cleartext");
    }

    @Test
    void R8_a_credential_in_the_query_is_400_and_a_high_signal_but_ignored_where_everybody_is_permitted() {
        TestExchange exchange = TestExchange.get("/?access_token=x").header("X-a", "good");
        assertThat(reason(decide(exchange, required("a")))).isEqualTo(RejectionReason.CREDENTIALS_IN_URL);
        assertThat(status(decide(exchange, required("a")))).isEqualTo(400);
        assertThat(decide(exchange, AccessRule.permitAll(GateFixture.alternatives("a"))))
                .isInstanceOf(Decision.Admitted.class);
        assertThat(fixture.events())
                .filteredOn(AuditEvent.Signal.class::isInstance)
                .hasSize(3)
                .allSatisfy(event -> assertThat(event.level()).isEqualTo(AuditEvent.Level.HIGH));
    }

    @Test
    void DISP_01_a_dispatch_is_judged_by_its_own_rule_on_the_identities_that_are_there() {
        Identity known = Identity.of("a", "u", IdentityKind.USER).build();
        TestExchange exchange = TestExchange.get("/");
        assertThat(fixture.gate().decideAgain(exchange, required("a"), List.of(known)))
                .isEqualTo(new Decision.Admitted(Caller.of(List.of(known))));
        assertThat(fixture.events()).isEmpty();
        assertThat(status(fixture.gate().decideAgain(exchange, required("b"), List.of(known))))
                .isEqualTo(401);
        assertThat(status(fixture.gate().decideAgain(exchange, required("a+b"), List.of(known))))
                .isEqualTo(401);
        assertThat(status(fixture.gate().decideAgain(exchange, AccessRule.denyAll(), List.of(known))))
                .isEqualTo(403);
        assertThat(status(fixture.gate()
                        .decideAgain(
                                exchange,
                                rule(Mode.REQUIRED, "a").anyRole(Set.of("x")).build(),
                                List.of(known))))
                .isEqualTo(403);
        assertThat(a.verified()).isEmpty();
    }

    @Test
    void R35_a_dispatch_over_plain_http_is_never_answered_with_a_challenge() {
        Decision decision = fixture.gate().decideAgain(TestExchange.get("/").cleartext(), required("a"), List.of());
        assertThat(status(decision)).isEqualTo(403);
        assertThat(answer(decision).challenges()).isEmpty();
    }

    @Test
    void an_event_names_schemes_and_hints_and_the_rule() {
        decide(TestExchange.get("/").header("X-a", "bad").route("GET /orders"), required("a, b"));
        assertThat(fixture.decisions()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("auth.failure");
            assertThat(event.schemes()).containsExactly("a");
            assertThat(event.hints()).containsExactly("stub");
            assertThat(event.code()).isEqualTo("token_invalid");
            assertThat(event.detail()).isEqualTo("bad");
            assertThat(event.rule()).isEqualTo("a, b");
            assertThat(event.status()).isEqualTo(401);
            assertThat(event.request().route()).isEqualTo("GET /orders");
        });
    }

    @Test
    void an_event_has_no_hint_of_what_could_not_be_read() {
        decide(TestExchange.get("/").header("X-a", "malformed"), required("a"));
        assertThat(fixture.decisions()).singleElement().satisfies(event -> {
            assertThat(event.schemes()).containsExactly("a");
            assertThat(event.hints()).containsExactly("");
        });
    }

    @Test
    void an_ignored_credential_is_told_as_ignored() {
        decide(
                TestExchange.get("/").header("X-a", "bad"),
                rule(Mode.OPTIONAL_IGNORE, "a").build());
        assertThat(fixture.decisions()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("auth.ignored");
            assertThat(event.code()).isEqualTo("token_invalid");
        });
    }

    @Test
    void R39_a_fault_of_the_adapter_is_500_and_one_event() {
        Decision.Refused refused = fixture.gate().fault(TestExchange.get("/"), "unmarked");
        assertThat(refused.answer().status()).isEqualTo(500);
        assertThat(refused.reason()).isEqualTo(RejectionReason.INTERNAL);
        assertThat(fixture.decisions()).singleElement().satisfies(event -> {
            assertThat(event.detail()).isEqualTo("unmarked");
            assertThat(event.rule()).isEmpty();
            assertThat(event.time()).isEqualTo(GateFixture.NOW);
        });
    }

    @Test
    void R39_an_exception_in_a_dispatch_is_500() {
        assertThat(status(fixture.gate().decideAgain(TestExchange.get("/"), required("z"), List.of())))
                .isEqualTo(500);
        assertThat(fixture.decisions()).hasSize(1);
    }

    @Test
    void an_event_tells_why_nothing_was_accepted() {
        AccessRule rule = required("a+b");
        decide(TestExchange.get("/"), rule);
        decide(TestExchange.get("/").header("X-a", "good"), rule);
        decide(TestExchange.get("/").header("X-b", "good"), required("a"));
        assertThat(fixture.decisions())
                .extracting(AuditEvent.Decision::detail)
                .containsExactly("absent", "incomplete", "not_accepted_here");
        assertThat(fixture.decisions())
                .extracting(AuditEvent.Decision::schemes)
                .containsExactly(List.of(), List.of("a"), List.of());
        assertThat(fixture.decisions())
                .allSatisfy(event -> assertThat(event.code()).isEqualTo("credentials_required"));
    }

    @Test
    void an_admission_is_told_with_the_callers_name_once() {
        decide(TestExchange.get("/").header("X-a", "good"), required("a"));
        decide(TestExchange.get("/"), rule(Mode.OPTIONAL_REJECT, "a").build());
        assertThat(fixture.decisions())
                .extracting(event -> event.type() + " " + event.caller() + " " + event.status())
                .containsExactly("auth.success a-subject 0", "auth.success  0");
        assertThat(fixture.decisions().get(0).hints()).isNotEmpty();
    }

    @Test
    void admissions_are_not_told_where_nobody_wants_to_know_and_refusals_are() {
        List<AuditEvent> events = new ArrayList<>();
        Gate quiet = Gates.of(
                List.of(new ConfiguredScheme(a, Optional.empty(), ChallengeMode.ON)),
                SETTINGS,
                new AuditTrail(List.of(events::add), false),
                State.inMemory(1, InstantSource.system()),
                InstantSource.fixed(GateFixture.NOW));
        quiet.decide(TestExchange.get("/").header("X-a", "good"), required("a"));
        quiet.decide(TestExchange.get("/"), rule(Mode.OPTIONAL_REJECT, "a").build());
        assertThat(events).isEmpty();
        quiet.decide(TestExchange.get("/").header("X-a", "bad"), required("a"));
        assertThat(events).hasSize(1);
    }

    @Test
    void R38_an_outage_is_ignored_where_everybody_is_permitted_and_told() {
        Decision decision = decide(
                TestExchange.get("/").header("X-a", "down"),
                rule(Mode.OPTIONAL_IGNORE, "a").build());
        assertThat(decision).isEqualTo(new Decision.Admitted(Caller.ANONYMOUS));
        assertThat(fixture.decisions()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("auth.ignored");
            assertThat(event.code()).isEqualTo("auth_unavailable");
            assertThat(event.detail()).isEqualTo("store_unavailable");
        });
        assertThat(status(decide(
                        TestExchange.get("/").header("X-a", "down"),
                        rule(Mode.OPTIONAL_REJECT, "a").build())))
                .isEqualTo(503);
    }

    @Test
    void a_part_of_an_alternative_is_ignored_where_everybody_is_permitted_and_told() {
        decide(
                TestExchange.get("/").header("X-a", "good"),
                rule(Mode.OPTIONAL_IGNORE, "a+b").build());
        assertThat(fixture.decisions()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("auth.ignored");
            assertThat(event.code()).isEmpty();
            assertThat(event.detail()).isEqualTo("incomplete");
        });
    }

    @Test
    void CHAIN_04_tenants_that_differ_are_ignored_where_everybody_is_permitted_and_told_once() {
        GateFixture tenants = new GateFixture(
                SETTINGS,
                List.of(
                        new ConfiguredScheme(a, Optional.of("acme"), ChallengeMode.ON),
                        new ConfiguredScheme(b, Optional.of("umbrella"), ChallengeMode.ON)));
        AccessRule permit = AccessRule.permitAll(GateFixture.alternatives("a+b"));
        tenants.gate().decide(TestExchange.get("/").header("X-a", "good").header("X-b", "good"), permit);
        assertThat(tenants.decisions()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("auth.ignored");
            assertThat(event.code()).isEqualTo("tenant_mismatch");
        });
        List<Identity> known = List.of(
                Identity.of("a", "u", IdentityKind.USER).tenant("acme").build(),
                Identity.of("b", "u", IdentityKind.USER).tenant("umbrella").build());
        assertThat(tenants.gate().decideAgain(TestExchange.get("/"), permit, known))
                .isEqualTo(new Decision.Admitted(Caller.ANONYMOUS));
        assertThat(tenants.decisions()).hasSize(1);
        assertThat(reason(tenants.gate().decideAgain(TestExchange.get("/"), required("a+b"), known)))
                .isEqualTo(RejectionReason.TENANT_MISMATCH);
    }

    @Test
    void CHAIN_04_an_identity_without_a_tenant_belongs_to_every_one_and_its_own_counts_first() {
        StubScheme own = new StubScheme(
                "own", false, Identity.of("own", "u", IdentityKind.USER).tenant("acme"));
        GateFixture tenants = new GateFixture(
                SETTINGS,
                List.of(
                        new ConfiguredScheme(own, Optional.of("umbrella"), ChallengeMode.ON),
                        new ConfiguredScheme(a, Optional.empty(), ChallengeMode.ON),
                        new ConfiguredScheme(b, Optional.of("acme"), ChallengeMode.ON)));
        TestExchange all = TestExchange.get("/")
                .header("X-own", "good")
                .header("X-a", "good")
                .header("X-b", "good");
        Decision decision = tenants.gate().decide(all, required("own+a+b"));
        assertThat(((Decision.Admitted) decision).caller().identities())
                .extracting(Identity::tenant)
                .containsExactly(Optional.of("acme"), Optional.empty(), Optional.of("acme"));
    }

    @Test
    void DISP_01_a_dispatch_to_an_open_target_without_identities_is_anonymous() {
        TestExchange exchange = TestExchange.get("/");
        for (Mode mode : List.of(Mode.OPTIONAL_REJECT, Mode.OPTIONAL_IGNORE)) {
            assertThat(fixture.gate().decideAgain(exchange, rule(mode, "a").build(), List.of()))
                    .isEqualTo(new Decision.Admitted(Caller.ANONYMOUS));
        }
        assertThat(fixture.events()).isEmpty();
        Decision refused = fixture.gate().decideAgain(exchange, required("a, b"), List.of());
        assertThat(answer(refused).challenges()).containsExactly("A realm=\"r\"", "B realm=\"r\"");
        assertThat(fixture.decisions())
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).isEqualTo("dispatch_target"));
    }

    @Test
    void R9_says_which_way_two_credentials_came() {
        decide(TestExchange.get("/").header("X-a", "good").header("X-a", "good"), required("a"));
        decide(
                TestExchange.get("/")
                        .header("Authorization", "Foo a")
                        .header("Authorization", "Foo b")
                        .header("X-a", "good")
                        .header("X-a", "good"),
                required("a"));
        assertThat(fixture.decisions())
                .extracting(AuditEvent.Decision::detail)
                .containsExactly("two_fields", "two_authorization_fields");
    }

    @Test
    void an_event_tells_who_asked_with_what() {
        TestExchange exchange = TestExchange.of("POST", "/orders")
                .from("192.0.2.7")
                .client("198.51.100.3")
                .header("User-Agent", "x".repeat(200) + "y")
                .header("User-Agent", "second");
        decide(exchange, required("a"));
        decide(TestExchange.get("/").header("User-Agent", "z".repeat(200)), required("a"));
        decide(TestExchange.get("/"), required("a"));
        decide(TestExchange.get("/").header("User-Agent", "curl/8"), required("a"));
        AuditEvent.RequestFacts facts = fixture.decisions().get(0).request();
        assertThat(facts.requestId()).isEqualTo(exchange.requestId());
        assertThat(facts.client()).isEqualTo("198.51.100.3");
        assertThat(facts.peer()).isEqualTo("192.0.2.7");
        assertThat(facts.method()).isEqualTo("POST");
        assertThat(facts.userAgent()).isEqualTo("x".repeat(200));
        assertThat(fixture.decisions().get(1).request().userAgent()).isEqualTo("z".repeat(200));
        assertThat(fixture.decisions().get(2).request().userAgent()).isEmpty();
        assertThat(fixture.decisions().get(3).request().userAgent()).isEqualTo("curl/8");
    }

    @Test
    void a_challenge_can_be_switched_off_unless_it_is_the_last() {
        GateFixture hidden = new GateFixture(
                SETTINGS,
                List.of(
                        new ConfiguredScheme(a, Optional.empty(), ChallengeMode.OFF),
                        new ConfiguredScheme(b, Optional.empty(), ChallengeMode.NON_XHR)));
        assertThat(challenges(hidden, TestExchange.get("/"), "a, b")).containsExactly("B realm=\"r\"");
        assertThat(challenges(hidden, TestExchange.get("/"), "a")).containsExactly("A realm=\"r\"");
        TestExchange script = TestExchange.get("/").header("X-Requested-With", "XMLHttpRequest");
        assertThat(challenges(hidden, script, "b")).containsExactly("B realm=\"r\"");
    }

    private Decision decide(TestExchange exchange, AccessRule rule) {
        return fixture.gate().decide(exchange, rule);
    }

    private static List<String> challenges(GateFixture fixture, TestExchange exchange, String expression) {
        return answer(fixture.gate().decide(exchange, required(expression))).challenges();
    }

    private static Decision.Answer answer(Decision decision) {
        return decision.match(
                admitted -> {
                    throw new AssertionError("admitted");
                },
                handled -> {
                    throw new AssertionError("handled");
                },
                Decision.Challenged::answer,
                Decision.Refused::answer);
    }

    private static int status(Decision decision) {
        return answer(decision).status();
    }

    private static RejectionReason reason(Decision decision) {
        return decision.match(
                admitted -> {
                    throw new AssertionError("admitted");
                },
                handled -> {
                    throw new AssertionError("handled");
                },
                Decision.Challenged::reason,
                Decision.Refused::reason);
    }
}
