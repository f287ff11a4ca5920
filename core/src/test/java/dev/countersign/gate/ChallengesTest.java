package dev.countersign.gate;

import static dev.countersign.gate.GateFixture.SETTINGS;
import static dev.countersign.gate.GateFixture.required;
import static dev.countersign.gate.GateFixture.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AccessRule;
import dev.countersign.AccessRule.Mode;
import dev.countersign.AccessRule.ScopeRequirement;
import dev.countersign.ChallengeTemplate;
import dev.countersign.Decision;
import dev.countersign.Identity;
import dev.countersign.IdentityKind;
import dev.countersign.TestExchange;
import dev.countersign.gate.ConfiguredScheme.ChallengeMode;
import dev.countersign.gate.GateSettings.ChallengeOrder;
import dev.countersign.gate.GateSettings.ChallengeScope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The field lines and the body of refusals: SPEC sections 5 and 7. */
class ChallengesTest {
    private static final String METADATA = "https://api.example.com/.well-known/oauth-protected-resource";

    private final StubScheme basic = stub("basic", StubScheme.template("Basic"));
    private final StubScheme token = stub("token", StubScheme.tokenTemplate("Bearer", "r"));
    private final StubScheme other = stub("other", StubScheme.tokenTemplate("bearer", "r"));
    private final StubScheme bound = stub("bound", StubScheme.tokenTemplate("DPoP", "r"));
    private final StubScheme key = stub("key", StubScheme.template("ApiKey"));

    private static StubScheme stub(String name, ChallengeTemplate template) {
        return new StubScheme(
                        name, false, Identity.of(name, "u", IdentityKind.USER).scopes(Set.of("read")))
                .challenging(template, template);
    }

    private static GateSettings settings(ChallengeOrder order, ChallengeScope scope, Optional<String> metadata) {
        return settings(order, scope, metadata, true, Optional.empty());
    }

    private static GateSettings settings(
            ChallengeOrder order,
            ChallengeScope scope,
            Optional<String> metadata,
            boolean bodies,
            Optional<String> baseUri) {
        return new GateSettings(
                SETTINGS.https(),
                false,
                false,
                SETTINGS.paths(),
                SETTINGS.queryNames(),
                order,
                scope,
                metadata,
                bodies,
                baseUri,
                false);
    }

    private Decision.Answer answer(GateSettings settings, TestExchange exchange, AccessRule rule) {
        Decision decision = new GateFixture(settings, key, bound, token, other, basic)
                .gate()
                .decide(exchange, rule);
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

    private List<String> lines(TestExchange exchange, AccessRule rule) {
        return answer(SETTINGS, exchange, rule).challenges();
    }

    private static AccessRule scoped(String expression, String from, String... scopes) {
        return rule(Mode.REQUIRED, expression)
                .scopes(new ScopeRequirement(List.of(scopes), false, from))
                .build();
    }

    private static TestExchange sent(String scheme, String value) {
        return TestExchange.get("/").header("X-" + scheme, value);
    }

    @Test
    void R1_G2_asks_simple_clients_first_what_they_know() {
        assertThat(lines(TestExchange.get("/"), required("key, bound, token, basic")))
                .containsExactly("Basic realm=\"r\"", "Bearer realm=\"r\"", "DPoP realm=\"r\"", "ApiKey realm=\"r\"");
    }

    @Test
    void G2_asks_in_the_configured_order_where_that_is_wanted() {
        GateSettings configured = settings(ChallengeOrder.CONFIGURED, ChallengeScope.ALWAYS, Optional.empty());
        assertThat(answer(configured, TestExchange.get("/"), required("basic, token, key, bound"))
                        .challenges())
                .containsExactly("ApiKey realm=\"r\"", "DPoP realm=\"r\"", "Bearer realm=\"r\"", "Basic realm=\"r\"");
    }

    @Test
    void G2_orders_private_tokens_among_themselves_as_configured() {
        StubScheme first = stub("first", StubScheme.template("Zebra"));
        StubScheme second = stub("second", StubScheme.template("Ant"));
        Decision decision = new GateFixture(SETTINGS, first, second)
                .gate()
                .decide(TestExchange.get("/"), required("second, first"));
        assertThat(((Decision.Challenged) decision).answer().challenges())
                .containsExactly("Zebra realm=\"r\"", "Ant realm=\"r\"");
    }

    @Test
    void G2_merges_schemes_of_one_token_and_realm_and_tells_the_error_of_the_one_that_failed() {
        AccessRule both = rule(Mode.REQUIRED, "token, other")
                .scopes(new ScopeRequirement(List.of("read"), false, "token"))
                .scopes(new ScopeRequirement(List.of("write", "read"), false, "other"))
                .build();
        assertThat(lines(TestExchange.get("/"), both)).containsExactly("Bearer realm=\"r\", scope=\"read write\"");
        String failed =
                "Bearer realm=\"r\", scope=\"read write\", error=\"token_invalid\", error_description=\"Told.\"";
        assertThat(lines(sent("token", "bad"), both)).containsExactly(failed);
        assertThat(lines(sent("other", "bad"), both)).containsExactly(failed);
    }

    @Test
    void G2_keeps_schemes_of_two_realms_apart() {
        StubScheme elsewhere = stub("elsewhere", StubScheme.tokenTemplate("Bearer", "s"));
        Decision decision = new GateFixture(SETTINGS, token, elsewhere)
                .gate()
                .decide(TestExchange.get("/"), required("token, elsewhere"));
        assertThat(((Decision.Challenged) decision).answer().challenges())
                .containsExactly("Bearer realm=\"r\"", "Bearer realm=\"s\"");
    }

    @Test
    void R10_a_failure_with_a_challenge_of_its_own_stands_beside_the_schemes_plain_one() {
        StubScheme keys = key.challenging(StubScheme.template("ApiKey"), StubScheme.tokenTemplate("Bearer", "r"));
        Decision decision =
                new GateFixture(SETTINGS, keys, basic).gate().decide(sent("key", "bad"), required("key, basic"));
        assertThat(((Decision.Challenged) decision).answer().challenges())
                .containsExactly(
                        "Basic realm=\"r\"",
                        "Bearer realm=\"r\", error=\"token_invalid\", error_description=\"Told.\"",
                        "ApiKey realm=\"r\"");
    }

    @Test
    void G5_explains_a_failure_in_the_challenge_of_its_scheme_alone() {
        assertThat(lines(sent("key", "bad"), required("key, token, basic")))
                .containsExactly(
                        "Basic realm=\"r\"", "Bearer realm=\"r\"", "ApiKey realm=\"r\", error=\"token_invalid\"");
    }

    @Test
    void R5_explains_a_malformed_credential_without_scope_and_asks_for_nothing_else() {
        assertThat(lines(sent("token", "malformed"), scoped("token, basic", "", "read")))
                .containsExactly("Bearer realm=\"r\", error=\"malformed_credentials\", error_description=\"Told.\"");
        assertThat(lines(sent("token", "malformed").header("X-key", "malformed"), required("token, key, basic")))
                .containsExactly(
                        "Bearer realm=\"r\", error=\"malformed_credentials\", error_description=\"Told.\"",
                        "ApiKey realm=\"r\", error=\"malformed_credentials\"");
    }

    @Test
    void R8_tells_of_a_credential_in_the_query_in_the_token_challenge_or_asks_as_usual() {
        TestExchange query = TestExchange.get("/?access_token=x");
        ChallengeTemplate silent = new ChallengeTemplate("Basic", "r", List.of(), false, reason -> Optional.empty());
        StubScheme quiet = basic.challenging(silent, silent);
        GateFixture fixture = new GateFixture(SETTINGS, token, quiet);
        assertThat(((Decision.Refused) fixture.gate().decide(query, required("token, basic")))
                        .answer()
                        .challenges())
                .containsExactly("Bearer realm=\"r\", error=\"credentials_in_url\", error_description=\"Told.\"");
        assertThat(((Decision.Refused) fixture.gate().decide(query, required("basic")))
                        .answer()
                        .challenges())
                .containsExactly("Basic realm=\"r\"");
    }

    @Test
    void R9_tells_of_two_credentials_in_the_challenges_of_the_schemes_that_were_used() {
        assertThat(lines(sent("token", "a").header("X-token", "b"), required("token, basic")))
                .containsExactly("Bearer realm=\"r\", error=\"multiple_credentials\", error_description=\"Told.\"");
    }

    @Test
    void R12_tells_a_token_that_lacks_a_scope_which_ones_are_asked_for() {
        Decision.Answer answer = answer(SETTINGS, sent("token", "good"), scoped("token", "", "write", "read"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.challenges())
                .containsExactly("Bearer realm=\"r\", scope=\"write read\", error=\"insufficient_scope\","
                        + " error_description=\"Told.\"");
        assertThat(answer.body())
                .contains("\"error\":\"insufficient_scope\"", "\"required_scopes\":[\"write\",\"read\"]");
    }

    @Test
    void R14_G12_challenges_nobody_for_a_scope_unless_the_scheme_explains_it() {
        ChallengeTemplate silent = new ChallengeTemplate("Basic", "r", List.of(), false, reason -> Optional.empty());
        GateFixture fixture = new GateFixture(SETTINGS, basic.challenging(silent, silent), token);
        TestExchange both = sent("basic", "good").header("X-token", "good");
        Decision basicLacks = fixture.gate().decide(both, scoped("basic+token", "basic", "write"));
        assertThat(((Decision.Refused) basicLacks).answer().challenges()).isEmpty();
        Decision tokenLacks = fixture.gate().decide(both, scoped("basic+token", "token", "write"));
        assertThat(((Decision.Refused) tokenLacks).answer().challenges())
                .singleElement()
                .asString()
                .startsWith("Bearer realm=\"r\", scope=\"write\", error=\"insufficient_scope\"");
    }

    @Test
    void R12_answers_a_dispatch_that_lacks_a_scope_as_a_request() {
        Identity known = Identity.of("token", "u", IdentityKind.USER)
                .scopes(Set.of("read"))
                .build();
        Decision decision = new GateFixture(SETTINGS, token)
                .gate()
                .decideAgain(TestExchange.get("/"), scoped("token", "", "write"), List.of(known));
        assertThat(((Decision.Refused) decision).answer().challenges())
                .singleElement()
                .asString()
                .contains("scope=\"write\", error=\"insufficient_scope\"");
    }

    @Test
    void G13_shows_a_scope_to_the_scheme_alone_that_must_grant_it() {
        assertThat(lines(TestExchange.get("/"), scoped("token+bound", "token", "write")))
                .containsExactly("Bearer realm=\"r\", scope=\"write\"", "DPoP realm=\"r\"");
    }

    @Test
    void G13_shows_scope_and_metadata_as_the_settings_want_it() {
        AccessRule write = scoped("token", "", "write");
        GateSettings always = settings(ChallengeOrder.COMPAT, ChallengeScope.ALWAYS, Optional.of(METADATA));
        String metadata = "resource_metadata=\"" + METADATA + "\"";
        assertThat(answer(always, TestExchange.get("/"), write).challenges())
                .containsExactly("Bearer realm=\"r\", scope=\"write\", " + metadata);
        GateSettings insufficient = settings(ChallengeOrder.COMPAT, ChallengeScope.INSUFFICIENT, Optional.empty());
        assertThat(answer(insufficient, TestExchange.get("/"), write).challenges())
                .containsExactly("Bearer realm=\"r\"");
        assertThat(answer(insufficient, sent("token", "good"), write).challenges())
                .singleElement()
                .asString()
                .contains("scope=\"write\"");
        GateSettings never = settings(ChallengeOrder.COMPAT, ChallengeScope.NEVER, Optional.empty());
        assertThat(answer(never, sent("token", "good"), write).challenges())
                .singleElement()
                .asString()
                .doesNotContain("scope=");
        assertThat(answer(always, TestExchange.get("/"), scoped("basic", "", "write"))
                        .challenges())
                .containsExactly("Basic realm=\"r\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Requested-With: XMLHttpRequest", "Sec-Fetch-Mode: cors"})
    void hides_a_challenge_from_scripts_where_that_is_configured(String field) {
        GateFixture hiding = new GateFixture(
                SETTINGS,
                List.of(
                        new ConfiguredScheme(basic, Optional.empty(), ChallengeMode.NON_XHR),
                        new ConfiguredScheme(token, Optional.empty(), ChallengeMode.ON)));
        TestExchange script = TestExchange.get("/")
                .header(field.substring(0, field.indexOf(':')), field.substring(field.indexOf(' ') + 1));
        assertThat(((Decision.Challenged) hiding.gate().decide(script, required("basic, token")))
                        .answer()
                        .challenges())
                .containsExactly("Bearer realm=\"r\"");
        assertThat(((Decision.Challenged) hiding.gate().decide(TestExchange.get("/"), required("basic, token")))
                        .answer()
                        .challenges())
                .containsExactly("Basic realm=\"r\"", "Bearer realm=\"r\"");
    }

    @Test
    void writes_a_problem_body_with_what_helps_the_client() {
        Decision.Answer answer = answer(SETTINGS, sent("token", "bad"), required("key+token, basic"));
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.body())
                .contains(
                        "\"type\":\"about:blank\"",
                        "\"status\":401",
                        "\"code\":\"token_invalid\"",
                        "\"error\":\"token_invalid\"",
                        "\"accepted\":[[\"key\",\"token\"],[\"basic\"]]")
                .doesNotContain("required_scopes");
        assertThat(answer(SETTINGS, sent("basic", "bad"), required("basic")).body())
                .doesNotContain("\"error\"");
    }

    @Test
    void tells_the_first_token_error_alone_in_the_body() {
        assertThat(answer(SETTINGS, sent("token", "bad"), required("bound, token"))
                        .body())
                .contains("\"error\":\"token_invalid\"");
    }

    @Test
    void begins_the_type_of_a_problem_with_the_configured_address() {
        GateSettings based = settings(
                ChallengeOrder.COMPAT,
                ChallengeScope.ALWAYS,
                Optional.empty(),
                true,
                Optional.of("https://api.example.com/problems#"));
        assertThat(answer(based, TestExchange.get("/"), required("basic")).body())
                .contains("\"type\":\"https://api.example.com/problems#credentials_required\"");
    }

    @Test
    void writes_no_body_where_none_is_wanted() {
        GateSettings bare =
                settings(ChallengeOrder.COMPAT, ChallengeScope.ALWAYS, Optional.empty(), false, Optional.empty());
        Decision.Answer answer = answer(bare, TestExchange.get("/"), required("basic"));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.challenges()).containsExactly("Basic realm=\"r\"");
        assertThat(answer.contentType()).isEmpty();
        assertThat(answer.body()).isEmpty();
    }
}
