package dev.countersign.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.AccessRule;
import dev.countersign.AccessRule.Mode;
import dev.countersign.AccessRule.ScopeRequirement;
import dev.countersign.ConfigurationException;
import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.Match;
import dev.countersign.annotation.OnInvalid;
import dev.countersign.annotation.RequireScope;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SPEC sections 2.2, 2.9 and 9: what a single annotation, or the combination of several, must not say. */
final class RuleProblemsTest {
    @Retention(RetentionPolicy.RUNTIME)
    @RequireScope("admin")
    @interface AdminOnly {}

    @Retention(RetentionPolicy.RUNTIME)
    @AdminOnly
    @interface Indirect {}

    public static class Faults {
        @RequireScope({})
        public void noScope() {}

        @RequireScope("")
        public void emptyScope() {}

        @RequireScope({"a", "b c"})
        public void spaceInScope() {}

        @RequireScope("a\"b")
        public void quoteInScope() {}

        @Authenticated(schemes = "")
        public void emptySchemes() {}

        @Authenticated(schemes = "key+")
        public void emptyPart() {}

        @Authenticated(schemes = {"basic", "jtw"})
        public void misspelt() {}

        @Authenticated(schemes = "key,basic")
        public void comma() {}

        @Authenticated(schemes = "key+key")
        public void twice() {}

        @Authenticated(schemes = {"key", "key+jwt"})
        public void contained() {}

        @Authenticated(schemes = "basic+jwt")
        public void twoInAuthorization() {}

        @Authenticated(onInvalid = OnInvalid.IGNORE)
        public void ignoreWithoutOptional() {}

        @RolesAllowed({})
        public void noRole() {}

        @RolesAllowed(" ")
        public void blankRole() {}

        @PermitAll
        @RequireScope("a")
        public void permitAndScope() {}

        @DenyAll
        @Authenticated
        public void denyAndAuthenticated() {}

        @PermitAll
        @RolesAllowed("x")
        public void permitAndRoles() {}

        @PermitAll
        @DenyAll
        public void permitAndDeny() {}

        @Authenticated(optional = true)
        @RequireScope("a")
        public void optionalAndScope() {}

        @Authenticated(optional = true)
        @RolesAllowed("x")
        public void optionalAndRoles() {}

        @Authenticated(schemes = "mtls")
        @RequireScope("a")
        public void noCarrier() {}

        @Authenticated(schemes = {"key+jwt", "basic"})
        @RequireScope(value = "a", from = "key")
        public void fromOfSome() {}

        @RequireScope(value = "a", from = "jtw")
        public void fromUnknown() {}

        @Authenticated(schemes = "mtls+jwt")
        @RequireScope(value = "a", from = "mtls")
        public void fromWithoutScopes() {}

        @AdminOnly
        public void composed() {}

        @Indirect
        @RequireScope("a")
        public void composedIndirectly() {}
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "noScope | @RequireScope({}) (expected: at least one scope)",
                "emptyScope | @RequireScope(\"\") (expected: one scope a string",
                "spaceInScope | @RequireScope(\"b c\")",
                "quoteInScope | RFC 6749 section 3.3",
                "emptySchemes | \"\" has an empty part",
                "emptyPart | \"key+\" has an empty part",
                "misspelt | \"jtw\" is not a configured scheme, did you mean jwt? (expected: one of key, basic, jwt, mtls)",
                "comma | \"key,basic\" is not a configured scheme",
                "twice | \"key+key\" names key twice",
                "contained | \"key+jwt\" contains all parts of the earlier \"key\"",
                "twoInAuthorization | \"basic+jwt\" needs both basic and jwt, whose only carrier is Authorization",
                "ignoreWithoutOptional | onInvalid = IGNORE (expected: only together with optional = true)",
                "noRole | @RolesAllowed without a role",
                "blankRole | or with an empty one",
                "permitAndScope | carries @PermitAll together with a requirement",
                "denyAndAuthenticated | carries @DenyAll together with a requirement",
                "permitAndRoles | carries more than one of @PermitAll, @DenyAll, @RolesAllowed",
                "permitAndDeny | carries more than one of @PermitAll, @DenyAll, @RolesAllowed",
                "optionalAndScope | the optional @Authenticated",
                "optionalAndRoles | an anonymous caller never has",
                "noCarrier | no accepted scheme can carry scopes",
                "fromOfSome | from = \"key\", which is no part of \"basic\"",
                "fromUnknown | from = \"jtw\" is not a configured scheme, did you mean jwt?",
                "fromWithoutScopes | no accepted scheme can carry scopes",
                "composed | @AdminOnly is an annotation that carries access annotations",
                "composedIndirectly | @Indirect is an annotation that carries access annotations"
            })
    void ANN_09_ANN_10_ANN_14_a_fault_gives_a_problem_that_names_the_element_and_no_rule(
            String method, String expected) {
        assertThat(Compiling.problems(Faults.class, method))
                .singleElement()
                .asString()
                .startsWith(Faults.class.getName() + "." + method + "(): ")
                .contains(expected);
    }

    @Authenticated(schemes = "jtw")
    public static class FaultOnClass {
        public void first() {}

        @PermitAll
        public void second() {}
    }

    @Test
    void ANN_10_a_fault_on_the_class_withholds_the_rule_of_every_method_and_is_told_once() {
        Problems problems = new Problems();
        RuleCompiler compiler = Compiling.compiler();

        assertThat(compiler.compile(FaultOnClass.class, Compiling.method(FaultOnClass.class, "first"), problems))
                .isEmpty();
        assertThat(compiler.compile(FaultOnClass.class, Compiling.method(FaultOnClass.class, "second"), problems))
                .isEmpty();
        assertThat(problems.problems()).singleElement().asString().startsWith(FaultOnClass.class.getName() + ": ");
        assertThatThrownBy(problems::requireNone)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("jtw");
    }

    @AdminOnly
    public static class Stereotyped {
        public void find() {}
    }

    @Test
    void ANN_14_a_composed_annotation_on_the_class_is_a_problem() {
        assertThat(Compiling.problems(Stereotyped.class, "find"))
                .singleElement()
                .asString()
                .contains("@AdminOnly");
    }

    @RequireScope(value = "a", from = "jwt")
    public static class FromOnClass {
        public void fits() {}

        @Authenticated(schemes = "key")
        public void doesNotFit() {}
    }

    @Test
    void from_on_the_class_is_judged_by_the_expression_of_each_method() {
        assertThat(Compiling.rule(FromOnClass.class, "fits").scopes())
                .containsExactly(new ScopeRequirement(List.of("a"), false, "jwt"));
        assertThat(Compiling.problems(FromOnClass.class, "doesNotFit"))
                .singleElement()
                .asString()
                .contains("doesNotFit()", "which is no part of \"key\"");
    }

    @RequireScope("a")
    public static class ScopeOnClass {
        @Authenticated(optional = true)
        public void optional() {}
    }

    @Test
    void an_optional_method_of_a_class_that_asks_for_a_scope_is_a_problem() {
        assertThat(Compiling.problems(ScopeOnClass.class, "optional"))
                .singleElement()
                .asString()
                .contains("contradicts " + ScopeOnClass.class.getName());
    }

    public static class Good {
        @Authenticated(schemes = {"key+jwt", "key"})
        public void narrowing() {}

        @Authenticated
        public void defaults() {}

        @Authenticated(schemes = "basic", optional = true)
        public void optional() {}

        @Authenticated(schemes = "basic", optional = true, onInvalid = OnInvalid.IGNORE)
        public void ignoring() {}

        @RequireScope(
                value = {"b", "a", "b"},
                match = Match.ANY)
        public void any() {}

        @RolesAllowed({"x", "**"})
        public void roles() {}

        @Authenticated(schemes = {"key", "mtls"})
        @RequireScope("a")
        public void someCarry() {}
    }

    @Test
    void a_longer_alternative_may_come_before_a_part_of_it() {
        assertThat(Compiling.rule(Good.class, "narrowing")).hasToString("key+jwt, key");
    }

    @Test
    void without_schemes_the_default_expression_applies() {
        assertThat(Compiling.rule(Good.class, "defaults"))
                .isEqualTo(AccessRule.builder(Mode.REQUIRED, Compiling.DEFAULT).build());
    }

    @Test
    void optional_makes_the_mode() {
        assertThat(Compiling.rule(Good.class, "optional").mode()).isEqualTo(Mode.OPTIONAL_REJECT);
        assertThat(Compiling.rule(Good.class, "ignoring").mode()).isEqualTo(Mode.OPTIONAL_IGNORE);
    }

    @Test
    void match_and_roles_are_kept() {
        assertThat(Compiling.rule(Good.class, "any").scopes())
                .containsExactly(new ScopeRequirement(List.of("b", "a"), true, ""));
        assertThat(Compiling.rule(Good.class, "roles").roles()).containsExactly(Set.of("x", "**"));
    }

    @Test
    void an_alternative_that_can_never_carry_the_scope_gives_a_warning() {
        Problems problems = new Problems();

        assertThat(Compiling.compiler().compile(Good.class, Compiling.method(Good.class, "someCarry"), problems))
                .isPresent();
        assertThat(problems.warnings()).singleElement().asString().contains("callers by mtls never have");
    }
}
