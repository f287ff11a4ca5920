package dev.countersign.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AccessRule;
import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.RequireScope;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;

/** An annotation is never silently without effect. */
@SuppressWarnings("UnusedMethod")
final class EffectTest {
    interface Api {
        @GET
        void find();
    }

    interface Secured {
        @RequireScope("find")
        void find();
    }

    @Path("orders")
    public static class Fine implements Api, Secured {
        @Override
        public void find() {}

        @POST
        @RequireScope("create")
        public final void create() {}

        @Path("items")
        @Authenticated
        public Object items() {
            return new Object();
        }

        @Deprecated
        public void helper() {}
    }

    @Path("orders")
    public static class Unreached {
        @RequireScope("a")
        public void notAResourceMethod() {}

        @GET
        @RequireScope("a")
        private void isPrivate() {}

        @GET
        @RequireScope("a")
        void isPackagePrivate() {}

        @GET
        @RequireScope("a")
        protected void isProtected() {}

        @GET
        @RequireScope("a")
        public static void isStatic() {}

        @GET
        public void overloaded(String body) {}

        @Authenticated
        public void overloaded(int number) {}
    }

    @Test
    void ANN_03_what_jax_rs_calls_is_fine_final_methods_included() {
        Problems problems = new Problems();

        Compiling.compiler().checkResourceClass(Fine.class, problems);

        assertThat(problems.problems()).isEmpty();
        assertThat(problems.warnings()).isEmpty();
        assertThat(Compiling.rule(Fine.class, "create")).hasToString("jwt; scopes=create");
        assertThat(Compiling.rule(Fine.class, "find")).hasToString("jwt; scopes=find");
    }

    @Test
    void ANN_03_an_annotation_on_a_method_that_jax_rs_never_calls_is_a_problem() {
        Problems problems = new Problems();

        Compiling.compiler().checkResourceClass(Unreached.class, problems);

        String prefix = Unreached.class.getName() + ".";
        assertThat(problems.problems())
                .allMatch(p -> p.contains("without effect"))
                .extracting(p -> p.substring(0, p.indexOf(':')))
                .containsExactlyInAnyOrder(
                        prefix + "notAResourceMethod()",
                        prefix + "isPrivate()",
                        prefix + "isPackagePrivate()",
                        prefix + "isProtected()",
                        prefix + "isStatic()",
                        prefix + "overloaded(int)");
    }

    @Path("orders")
    public static class WithJakarta {
        @GET
        public void find() {}

        @RolesAllowed("x")
        public void businessMethod() {}
    }

    @Test
    void ANN_03_one_of_jakartas_annotations_there_gives_a_warning() {
        Problems problems = new Problems();

        Compiling.compiler().checkResourceClass(WithJakarta.class, problems);

        assertThat(problems.problems()).isEmpty();
        assertThat(problems.warnings()).singleElement().asString().contains("businessMethod()");
    }

    @Test
    void a_private_or_static_method_of_a_supertype_is_not_overridden() {
        assertThat(Compiling.rule(OverNothing.class, "isPrivate")).hasToString("jwt");
    }

    public static class OverNothing extends Unreached {
        public void isPrivate() {}
    }

    @RequireScope("reports")
    public static class AnnotatedServlet {
        protected void doGet() {}
    }

    public static class InheritingServlet extends AnnotatedServlet {}

    public static class PlainServlet {
        protected void doGet() {}
    }

    public static class MethodAnnotatedServlet {
        @RolesAllowed("x")
        protected void doPost() {}
    }

    @Authenticated
    public static class HelperAnnotatedServlet {
        @DenyAll
        void helper() {}

        @RequireScope("a")
        void other() {}
    }

    @Test
    void ANN_16_the_annotations_of_a_servlet_class_make_its_rule() {
        Problems problems = new Problems();
        RuleCompiler compiler = Compiling.compiler();

        assertThat(compiler.compileServlet(AnnotatedServlet.class, problems)
                        .orElseThrow()
                        .rule())
                .hasToString("jwt; scopes=reports");
        assertThat(compiler.compileServlet(InheritingServlet.class, problems)
                        .orElseThrow()
                        .rule())
                .hasToString("jwt; scopes=reports");
        assertThat(compiler.compileServlet(PlainServlet.class, problems)).isEmpty();
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void ANN_16_an_annotation_on_a_method_of_a_servlet_is_a_problem() {
        Problems problems = new Problems();

        assertThat(Compiling.compiler().compileServlet(MethodAnnotatedServlet.class, problems))
                .isEmpty();
        assertThat(problems.problems()).singleElement().asString().contains("doPost()", "on the class");
    }

    @Test
    void ANN_16_on_a_helper_method_ours_is_a_problem_and_jakartas_a_warning() {
        Problems problems = new Problems();

        assertThat(Compiling.compiler().compileServlet(HelperAnnotatedServlet.class, problems))
                .isEmpty();
        assertThat(problems.problems()).singleElement().asString().contains("other()");
        assertThat(problems.warnings()).singleElement().asString().contains("helper()");
    }

    @Path("")
    public static class Locators {
        @Path("open")
        public Object unannotated() {
            return new Object();
        }

        @Path("permitted")
        @PermitAll
        public Object permitted() {
            return new Object();
        }

        @Path("scoped")
        @RequireScope("a")
        public Object scoped() {
            return new Object();
        }

        @Path("denied")
        @DenyAll
        public Object denied() {
            return new Object();
        }

        @Path("faulty")
        @RequireScope({})
        public Object faulty() {
            return new Object();
        }
    }

    @RolesAllowed("x")
    public static class LocatorsOfARestrictedClass extends Locators {}

    @Test
    void ANN_05_a_locator_asks_for_what_its_annotations_and_those_of_its_class_say() {
        Problems problems = new Problems();
        RuleCompiler compiler = Compiling.compiler(Unannotated.DENY);

        assertThat(compiler.compileLocator(Locators.class, Compiling.method(Locators.class, "unannotated"), problems))
                .isEmpty();
        assertThat(compiler.compileLocator(Locators.class, Compiling.method(Locators.class, "permitted"), problems))
                .isEmpty();
        assertThat(compiler.compileLocator(Locators.class, Compiling.method(Locators.class, "scoped"), problems)
                        .orElseThrow()
                        .rule())
                .hasToString("jwt; scopes=a");
        assertThat(compiler.compileLocator(Locators.class, Compiling.method(Locators.class, "denied"), problems)
                        .orElseThrow()
                        .rule())
                .isEqualTo(AccessRule.denyAll());
        assertThat(compiler.compileLocator(
                                LocatorsOfARestrictedClass.class,
                                Compiling.method(LocatorsOfARestrictedClass.class, "unannotated"),
                                problems)
                        .orElseThrow()
                        .rule())
                .hasToString("jwt; roles=x");
        assertThat(problems.isEmpty()).isTrue();

        assertThat(compiler.compileLocator(Locators.class, Compiling.method(Locators.class, "faulty"), problems))
                .isEmpty();
        assertThat(problems.isEmpty()).isFalse();
    }
}
