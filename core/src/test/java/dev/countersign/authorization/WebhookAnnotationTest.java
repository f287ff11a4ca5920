package dev.countersign.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AccessRule;
import dev.countersign.AccessRule.Mode;
import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.RequireScope;
import dev.countersign.annotation.Webhook;
import dev.countersign.settings.Nearest;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SPEC section 2: {@code @Webhook}, which counts as one type with {@code @Authenticated}. */
final class WebhookAnnotationTest {
    private static final SchemeCatalog CATALOG = SchemeCatalog.ofEntries(
            List.of(
                    new SchemeCatalog.Entry("key", true, false),
                    new SchemeCatalog.Entry("jwt", true, true),
                    new SchemeCatalog.Entry("stripe", false, false, true),
                    new SchemeCatalog.Entry("github", false, false, true)),
            Nearest::of);

    private static Optional<CompiledRule> compile(Class<?> resource, String name, Problems problems) {
        Method method = Compiling.method(resource, name);
        return new RuleCompiler(CATALOG, Compiling.DEFAULT, Unannotated.AUTHENTICATED)
                .compile(resource, method, problems);
    }

    private static AccessRule rule(Class<?> resource, String method) {
        Problems problems = new Problems();
        Optional<CompiledRule> rule = compile(resource, method, problems);
        assertThat(problems.problems()).isEmpty();
        return rule.orElseThrow().rule();
    }

    private static List<String> problems(Class<?> resource, String method) {
        Problems problems = new Problems();
        assertThat(compile(resource, method, problems)).isEmpty();
        return problems.problems();
    }

    public static class Plain {
        public void nothing() {}

        @Webhook("stripe")
        public void hook() {}

        @Webhook(value = "stripe", dedupe = false)
        public void everyTime() {}

        @Authenticated(schemes = "stripe")
        public void authenticated() {}

        @Webhook("stripe")
        @RolesAllowed("x")
        public void withRole() {}

        @Webhook("stripe")
        @Authenticated(schemes = "stripe")
        public void both() {}

        @Webhook("stirpe")
        public void misspelt() {}

        @Webhook("jwt")
        public void noWebhook() {}

        @Webhook(value = "jwt", dedupe = false)
        public void noWebhookEveryTime() {}

        @Webhook("stripe+key")
        public void combined() {}

        @Webhook("")
        public void empty() {}

        @Webhook("stripe")
        @RequireScope("a")
        public void withScope() {}

        @Webhook("stripe")
        @PermitAll
        public void withPermit() {}

        @Webhook("stripe")
        @DenyAll
        public void withDeny() {}
    }

    @Webhook("stripe")
    public static class OnClass {
        public void nothing() {}

        @Webhook(value = "github", dedupe = false)
        public void other() {}

        @Authenticated(schemes = "key")
        public void authenticated() {}

        @Authenticated
        public void byDefault() {}

        @RolesAllowed("x")
        public void roles() {}

        @PermitAll
        public void permit() {}
    }

    @Authenticated(schemes = "key")
    public static class OnAuthenticated {
        @Webhook("stripe")
        public void hook() {}
    }

    @PermitAll
    public static class OnPermit {
        @Webhook("stripe")
        public void hook() {}
    }

    @RequireScope("a")
    public static class OnScope {
        @Webhook("stripe")
        public void hook() {}
    }

    @Webhook("stripe")
    @Authenticated
    public static class BothOnClass {
        public void nothing() {}
    }

    @Test
    void a_webhook_is_a_credential_of_its_scheme_and_each_event_once() {
        AccessRule rule = rule(Plain.class, "hook");
        assertThat(rule).hasToString("stripe; each event once");
        assertThat(rule.mode()).isEqualTo(Mode.REQUIRED);
        assertThat(rule.eventsOnce()).isTrue();
        assertThat(rule(Plain.class, "withRole")).hasToString("stripe; roles=x; each event once");
    }

    @Test
    void without_dedupe_it_is_the_same_as_authenticated() {
        assertThat(rule(Plain.class, "everyTime")).isEqualTo(rule(Plain.class, "authenticated"));
    }

    @ParameterizedTest
    @CsvSource({
        "nothing, stripe; each event once",
        "other, github",
        "authenticated, key",
        "byDefault, jwt",
        "roles, stripe; roles=x; each event once",
        "permit, permit; known by jwt"
    })
    void on_a_class_it_gives_way_to_the_same_type_on_the_method(String method, String expected) {
        assertThat(rule(OnClass.class, method)).hasToString(expected);
    }

    @Test
    void on_a_method_it_replaces_either_of_the_type_and_permit_on_the_class() {
        assertThat(rule(OnAuthenticated.class, "hook")).hasToString("stripe; each event once");
        assertThat(rule(OnPermit.class, "hook")).hasToString("stripe; each event once");
    }

    @Test
    void it_says_where_it_came_from() {
        CompiledRule rule = compile(OnClass.class, "roles", new Problems()).orElseThrow();
        assertThat(rule.sources())
                .containsExactly(
                        "schemes: " + OnClass.class.getName(), "roles: " + OnClass.class.getName() + ".roles()");
    }

    @Test
    void both_of_the_type_on_one_element_stop_the_deployment() {
        assertThat(problems(Plain.class, "both"))
                .containsExactly(Plain.class.getName()
                        + ".both(): carries @Webhook together with @Authenticated (expected: one of them)");
        assertThat(problems(BothOnClass.class, "nothing"))
                .containsExactly(BothOnClass.class.getName()
                        + ": carries @Webhook together with @Authenticated (expected: one of them)");
    }

    @Test
    void an_unknown_scheme_stops_the_deployment() {
        assertThat(problems(Plain.class, "misspelt"))
                .containsExactly(Plain.class.getName() + ".misspelt(): @Webhook(\"stirpe\") is no configured webhook,"
                        + " did you mean stripe? (expected: one of stripe, github)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"noWebhook", "noWebhookEveryTime", "combined", "empty"})
    void what_is_no_webhook_stops_the_deployment(String method) {
        assertThat(problems(Plain.class, method))
                .singleElement()
                .asString()
                .contains(" is no configured webhook", "(expected: one of stripe, github)");
    }

    @Test
    void where_no_webhook_is_configured_the_message_says_so() {
        Problems problems = new Problems();
        Compiling.compiler().compile(Plain.class, Compiling.method(Plain.class, "hook"), problems);
        assertThat(problems.problems())
                .containsExactly(Plain.class.getName() + ".hook(): @Webhook(\"stripe\") is no configured webhook"
                        + " (expected: a scheme of type webhook, and there is none)");
    }

    @ParameterizedTest
    @CsvSource({
        "withScope, no accepted scheme can carry scopes",
        "withPermit, together with a requirement",
        "withDeny, together with a requirement"
    })
    void what_contradicts_it_stops_the_deployment(String method, String message) {
        assertThat(problems(Plain.class, method)).singleElement().asString().contains(message);
    }

    @Test
    void scopes_of_the_class_that_a_webhook_cannot_carry_stop_the_deployment() {
        assertThat(problems(OnScope.class, "hook")).singleElement().asString().contains("can carry scopes");
    }

    interface Hooked {
        @Webhook("stripe")
        void call();
    }

    interface Keyed {
        @Authenticated(schemes = "key")
        void call();
    }

    interface HookedEveryTime {
        @Webhook(value = "stripe", dedupe = false)
        void call();
    }

    public static class HookedAndKeyed implements Hooked, Keyed {
        @Override
        public void call() {}
    }

    public static class HookedTwice implements Hooked, HookedEveryTime {
        @Override
        public void call() {}
    }

    public static class Inherited implements Hooked {
        @Override
        public void call() {}
    }

    @Test
    void it_is_inherited_and_equally_near_ones_that_differ_stop_the_deployment() {
        assertThat(rule(Inherited.class, "call")).hasToString("stripe; each event once");
        assertThat(problems(HookedAndKeyed.class, "call"))
                .singleElement()
                .asString()
                .contains("disagree");
        assertThat(problems(HookedTwice.class, "call"))
                .singleElement()
                .asString()
                .contains("disagree");
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Webhook("stripe")
    @interface Stripe {}

    public static class WithoutEffect {
        @Stripe
        public void composed() {}

        @Webhook("stripe")
        void hidden() {}
    }

    @Test
    void ANN_it_is_never_silently_without_effect() {
        assertThat(problems(WithoutEffect.class, "composed"))
                .singleElement()
                .asString()
                .contains("@Stripe is an annotation that carries access annotations");
        Problems problems = new Problems();
        new RuleCompiler(CATALOG, Compiling.DEFAULT, Unannotated.AUTHENTICATED)
                .checkResourceClass(WithoutEffect.class, problems);
        assertThat(problems.problems())
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith(WithoutEffect.class.getName() + ".hidden()")
                        .contains("carries an access annotation without effect"));
    }

    @Webhook("stripe")
    public static class OnServlet {}

    @Test
    void it_stands_on_servlet_classes_too() {
        Problems problems = new Problems();
        Optional<CompiledRule> rule = new RuleCompiler(CATALOG, Compiling.DEFAULT, Unannotated.AUTHENTICATED)
                .compileServlet(OnServlet.class, problems);
        assertThat(problems.problems()).isEmpty();
        assertThat(rule.orElseThrow().rule()).hasToString("stripe; each event once");
    }
}
