package dev.countersign.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.AccessRule;
import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.RequireScope;
import dev.countersign.authorization.elsewhere.Elsewhere;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** SPEC section 2.1: annotations on superclasses and interfaces. */
final class InheritanceTest {
    record Order(String id) {}

    interface Api {
        @RequireScope("api")
        void find();
    }

    abstract static class Base implements Api {
        @RolesAllowed("base")
        public void list() {}
    }

    public static class Resource extends Base {
        @Override
        public void find() {}
    }

    @Test
    void ANN_01_an_annotation_on_the_interface_method_is_enforced() {
        assertThat(Compiling.rule(Resource.class, "find")).hasToString("jwt; scopes=api");
    }

    @Test
    void ANN_01_an_annotation_on_the_superclass_method_is_enforced_where_it_is_inherited() {
        assertThat(Compiling.rule(Resource.class, "list")).hasToString("jwt; roles=base");
    }

    @Test
    void ANN_01_it_is_enforced_for_the_method_object_of_the_interface_too() throws NoSuchMethodException {
        assertThat(Compiling.rule(Resource.class, Api.class.getDeclaredMethod("find")))
                .hasToString("jwt; scopes=api");
    }

    interface GenericApi<T, I> {
        @RequireScope("create")
        T create(T body, Map<String, List<I>> more);

        @RequireScope("bulk")
        void bulk(T[] bodies);

        @RequireScope("any")
        <X extends T> void any(X one);
    }

    abstract static class GenericBase<E extends Record> implements GenericApi<E, String> {
        @RolesAllowed("base")
        @Override
        public E create(E body, Map<String, List<String>> more) {
            return body;
        }

        @RequireScope("remove")
        public void remove(E body) {}
    }

    public static class Orders extends GenericBase<Order> {
        @Override
        public Order create(Order body, Map<String, List<String>> more) {
            return body;
        }

        @Override
        public void bulk(Order[] bodies) {}

        @Override
        public <X extends Order> void any(X one) {}

        @Override
        public void remove(Order body) {}
    }

    @Test
    void ANN_02_an_annotation_on_a_generic_supertype_method_is_enforced() {
        assertThat(Compiling.rule(Orders.class, "create")).hasToString("jwt; scopes=create; roles=base");
        assertThat(Compiling.rule(Orders.class, "remove")).hasToString("jwt; scopes=remove");
        assertThat(Compiling.rule(Orders.class, "bulk")).hasToString("jwt; scopes=bulk");
        assertThat(Compiling.rule(Orders.class, "any")).hasToString("jwt; scopes=any");
    }

    @Test
    void ANN_02_a_bridge_method_stands_for_the_method_it_calls() {
        List<Method> bridges = Arrays.stream(Orders.class.getDeclaredMethods())
                .filter(Method::isBridge)
                .toList();

        assertThat(bridges).isNotEmpty();
        for (Method bridge : bridges) {
            assertThat(Compiling.rule(Orders.class, bridge).scopes().get(0).values())
                    .containsExactly(bridge.getName());
        }
    }

    @Test
    void ANN_02_the_generic_method_object_gives_the_same_rule() throws NoSuchMethodException {
        Method generic = GenericApi.class.getDeclaredMethod("create", Object.class, Map.class);

        assertThat(Compiling.rule(Orders.class, generic)).hasToString("jwt; scopes=create; roles=base");
    }

    @SuppressWarnings("rawtypes")
    public static class Raw extends GenericBase {
        @Override
        public void remove(Record body) {}

        @Override
        public void bulk(Object[] bodies) {}

        @Override
        public void any(Object one) {}
    }

    @Test
    void ANN_02_a_raw_supertype_is_understood() {
        assertThat(Compiling.rule(Raw.class, "remove")).hasToString("jwt; scopes=remove");
        assertThat(Compiling.rule(Raw.class, "bulk")).hasToString("jwt; scopes=bulk");
        assertThat(Compiling.rule(Raw.class, "any")).hasToString("jwt; scopes=any");
    }

    static class PackagePrivateBase {
        @RequireScope("visible")
        public void find() {}
    }

    public static class VisibilityBridge extends PackagePrivateBase {}

    @Test
    void ANN_02_a_bridge_that_only_makes_a_method_visible_is_seen_through() {
        for (Method method : VisibilityBridge.class.getMethods()) {
            if (method.getName().equals("find")) {
                assertThat(Compiling.rule(VisibilityBridge.class, method)).hasToString("jwt; scopes=visible");
            }
        }
    }

    interface WithDefault {
        @DenyAll
        default void find() {}
    }

    public static class InheritsDefault implements WithDefault {}

    @Test
    void ANN_01_a_default_method_keeps_its_annotation() {
        assertThat(Compiling.rule(InheritsDefault.class, "find")).isEqualTo(AccessRule.denyAll());
    }

    abstract static class Plain {
        public void find() {}
    }

    public static class InheritsPlain extends Plain {}

    @Test
    void ANN_04_an_inherited_endpoint_follows_the_rule_for_unannotated_ones() {
        Method find = Compiling.method(InheritsPlain.class, "find");
        Problems problems = new Problems();

        assertThat(Compiling.compiler(Unannotated.DENY)
                        .compile(InheritsPlain.class, find, problems)
                        .orElseThrow()
                        .rule())
                .isEqualTo(AccessRule.denyAll());
        assertThat(Compiling.compiler(Unannotated.PERMIT)
                        .compile(InheritsPlain.class, find, problems)
                        .orElseThrow()
                        .rule())
                .isEqualTo(AccessRule.permitAll(Compiling.DEFAULT));
        assertThat(Compiling.rule(InheritsPlain.class, "find")).hasToString("jwt");
        assertThat(problems.isEmpty()).isTrue();
    }

    @RequireScope("class")
    public static class ScopeOnClass extends Resource {
        @Override
        @Authenticated(schemes = "basic")
        public void find() {}
    }

    @Test
    void ANN_08_the_nearest_of_one_type_counts_and_other_types_add_up() {
        assertThat(Compiling.rule(ScopeOnClass.class, "find")).hasToString("basic; scopes=class");
        assertThat(Compiling.rule(ScopeOnClass.class, "list")).hasToString("jwt; scopes=class; roles=base");
    }

    public static class Nearer extends Resource {
        @Override
        @RequireScope("nearer")
        public void find() {}
    }

    @Test
    void ANN_08_the_method_of_the_resource_class_comes_before_those_of_its_supertypes() {
        assertThat(Compiling.rule(Nearer.class, "find")).hasToString("jwt; scopes=nearer");
    }

    interface Left {
        @RequireScope("left")
        void find();

        @RequireScope("same")
        void same();

        @RequireScope("scope")
        void both();
    }

    interface Right {
        @RequireScope("right")
        void find();

        @RequireScope("same")
        void same();

        @RolesAllowed("role")
        void both();
    }

    public static class Torn implements Left, Right {
        @Override
        public void find() {}

        @Override
        public void same() {}

        @Override
        public void both() {}
    }

    @Test
    void two_equally_near_and_different_answers_are_a_problem() {
        assertThat(Compiling.problems(Torn.class, "find"))
                .singleElement()
                .asString()
                .contains("InheritanceTest$Torn.find()", "$Left.find()", "$Right.find()", "disagree");
    }

    @Test
    void two_equally_near_and_equal_answers_are_none_and_different_types_add_up() {
        assertThat(Compiling.rule(Torn.class, "same")).hasToString("jwt; scopes=same");
        assertThat(Compiling.rule(Torn.class, "both")).hasToString("jwt; scopes=scope; roles=role");
    }

    @RequireScope("settled")
    public static class Settled extends Torn {
        @Override
        @RequireScope("own")
        public void find() {}
    }

    @Test
    void a_nearer_annotation_settles_what_disagrees_farther_away() {
        assertThat(Compiling.rule(Settled.class, "find")).hasToString("jwt; scopes=own");
    }

    interface LeftType {
        void find();
    }

    @RequireScope("type")
    interface RightType {
        void find();
    }

    abstract static class AnnotatedMethod {
        @RequireScope("method")
        public void find() {}
    }

    public static class MethodAgainstType extends AnnotatedMethod implements LeftType, RightType {}

    @Test
    void a_method_and_a_type_that_are_equally_near_can_disagree_too() {
        assertThat(Compiling.problems(MethodAgainstType.class, "find"))
                .singleElement()
                .asString()
                .contains("disagree");
    }

    interface Top {
        @RequireScope("top")
        void find();
    }

    interface Middle extends Top {
        @Override
        @RequireScope("middle")
        void find();
    }

    interface Beside extends Top {}

    public static class Diamond implements Beside, Middle, Top {
        @Override
        public void find() {}
    }

    @Test
    void in_a_diamond_the_overriding_type_is_nearer_even_if_the_class_names_both() {
        assertThat(Compiling.rule(Diamond.class, "find")).hasToString("jwt; scopes=middle");
    }

    interface Open {
        @PermitAll
        void find();
    }

    @RolesAllowed("x")
    public static class RestrictedClass implements Open {
        @Override
        public void find() {}
    }

    public static class RestrictedMethod implements Open {
        @Override
        @RequireScope("a")
        public void find() {}
    }

    @DenyAll
    public static class DeniedClass implements Open {
        @Override
        public void find() {}
    }

    @PermitAll
    abstract static class OpenBase {
        public void find() {}
    }

    @Authenticated
    public static class RestrictedChild extends OpenBase {}

    @Test
    void an_inherited_permit_all_that_meets_a_nearer_restriction_is_a_problem() {
        for (Class<?> resource :
                List.of(RestrictedClass.class, RestrictedMethod.class, DeniedClass.class, RestrictedChild.class)) {
            assertThat(Compiling.problems(resource, "find"))
                    .singleElement()
                    .asString()
                    .contains("the inherited @PermitAll");
        }
    }

    public static class AnnotatesItsMethod extends OpenBase {
        @Override
        @RolesAllowed("x")
        public void find() {}
    }

    @Test
    void a_permit_all_on_a_superclass_gives_way_to_an_annotated_method() {
        assertThat(Compiling.rule(AnnotatesItsMethod.class, "find")).hasToString("jwt; roles=x");
    }

    @PermitAll
    public static class OpenChild extends Resource {
        public void other() {}
    }

    @Test
    void a_permit_all_on_the_class_gives_way_to_an_annotated_method_of_a_supertype() {
        assertThat(Compiling.rule(OpenChild.class, "find")).hasToString("jwt; scopes=api");
        assertThat(Compiling.rule(OpenChild.class, "other")).isEqualTo(AccessRule.permitAll(Compiling.DEFAULT));
    }

    public static class OpensItsMethod extends Resource {
        @Override
        @PermitAll
        public void find() {}
    }

    @Test
    void a_permit_all_on_the_method_itself_replaces_what_is_farther_away() {
        assertThat(Compiling.rule(OpensItsMethod.class, "find")).isEqualTo(AccessRule.permitAll(Compiling.DEFAULT));
    }

    @DenyAll
    public static class ClosedChild extends Resource {
        @RequireScope("own")
        public void own() {}
    }

    @Test
    void a_deny_all_on_the_class_closes_the_methods_it_inherits() {
        assertThat(Compiling.rule(ClosedChild.class, "find")).isEqualTo(AccessRule.denyAll());
        assertThat(Compiling.rule(ClosedChild.class, "own")).hasToString("jwt; scopes=own");
    }

    @DenyAll
    abstract static class ClosedBase {
        public void find() {}
    }

    @RolesAllowed("x")
    public static class RolesUnderClosed extends ClosedBase {}

    @Test
    void a_deny_all_on_a_superclass_adds_up_with_a_restriction_of_the_class() {
        assertThat(Compiling.rule(RolesUnderClosed.class, "find")).isEqualTo(AccessRule.denyAll());
    }

    interface Closed {
        @DenyAll
        void find();
    }

    public static class OpenAndClosed implements Open, Closed {
        @Override
        public void find() {}
    }

    public static class ClosedAndScoped implements Closed, Left {
        @Override
        public void find() {}

        @Override
        public void same() {}

        @Override
        public void both() {}
    }

    public static class OpenAndScoped implements Open, Left {
        @Override
        public void find() {}

        @Override
        public void same() {}

        @Override
        public void both() {}
    }

    @Test
    void permit_all_and_deny_all_beside_anything_equally_near_are_a_problem() {
        for (Class<?> resource : List.of(OpenAndClosed.class, ClosedAndScoped.class, OpenAndScoped.class)) {
            assertThat(Compiling.problems(resource, "find"))
                    .singleElement()
                    .asString()
                    .contains("disagree");
        }
    }

    @SuppressWarnings("ClassNamedLikeTypeParameter")
    public static class Resource$Proxy$_$$_WeldClientProxy extends Resource implements Api {
        @Override
        public void find() {
            super.find();
        }

        @Override
        public void list() {
            super.list();
        }
    }

    @Test
    void ANN_12_a_proxy_subclass_has_the_rules_of_its_bean() {
        assertThat(Compiling.rule(Resource$Proxy$_$$_WeldClientProxy.class, "find"))
                .hasToString("jwt; scopes=api");
        assertThat(Compiling.rule(Resource$Proxy$_$$_WeldClientProxy.class, "list"))
                .hasToString("jwt; roles=base");
    }

    @Test
    void ANN_12_a_method_of_the_proxy_with_the_class_of_the_bean_has_them_too() {
        assertThat(Compiling.rule(Resource.class, Compiling.method(Resource$Proxy$_$$_WeldClientProxy.class, "list")))
                .hasToString("jwt; roles=base");
    }

    @Test
    void ANN_12_a_dynamic_proxy_has_the_rules_of_its_interfaces() {
        Object proxy = Proxy.newProxyInstance(
                Api.class.getClassLoader(), new Class<?>[] {Api.class}, (self, method, arguments) -> null);

        assertThat(Compiling.rule(proxy.getClass(), "find")).hasToString("jwt; scopes=api");
    }

    public static class Overloads {
        @RequireScope("text")
        public void create(String body) {}

        @RequireScope("json")
        public void create(Order body) {}

        @PermitAll
        public void create() {}
    }

    @Test
    void ANN_15_each_overload_has_its_own_rule() throws NoSuchMethodException {
        assertThat(Compiling.rule(Overloads.class, Overloads.class.getMethod("create", String.class)))
                .hasToString("jwt; scopes=text");
        assertThat(Compiling.rule(Overloads.class, Overloads.class.getMethod("create", Order.class)))
                .hasToString("jwt; scopes=json");
        assertThat(Compiling.rule(Overloads.class, Overloads.class.getMethod("create")))
                .isEqualTo(AccessRule.permitAll(Compiling.DEFAULT));
    }

    interface OverloadApi {
        @RequireScope("text")
        void create(String body);

        @RequireScope("json")
        void create(Order body);
    }

    public static class OverloadResource implements OverloadApi {
        @Override
        public void create(String body) {}

        @Override
        public void create(Order body) {}
    }

    @Test
    void ANN_15_each_overload_inherits_from_the_method_that_it_overrides() throws NoSuchMethodException {
        assertThat(Compiling.rule(OverloadResource.class, OverloadResource.class.getMethod("create", String.class)))
                .hasToString("jwt; scopes=text");
        assertThat(Compiling.rule(OverloadResource.class, OverloadResource.class.getMethod("create", Order.class)))
                .hasToString("jwt; scopes=json");
    }

    @RolesAllowed("x")
    interface OpensOverItsType {
        @PermitAll
        void find();
    }

    public static class TwiceOpen implements Open, OpensOverItsType {
        @Override
        public void find() {}
    }

    public static class TwiceOpenTheOtherWayRound implements OpensOverItsType, Open {
        @Override
        public void find() {}
    }

    @Test
    void what_the_method_of_an_interface_replaces_does_not_disagree_with_anything() {
        for (Class<?> resource : List.of(TwiceOpen.class, TwiceOpenTheOtherWayRound.class)) {
            assertThat(Compiling.rule(resource, "find")).isEqualTo(AccessRule.permitAll(Compiling.DEFAULT));
        }
    }

    @RequireScope("type")
    interface ScopedOverItsType {
        @RequireScope("left")
        void find();
    }

    public static class SameAnswer implements Left, ScopedOverItsType {
        @Override
        public void find() {}

        @Override
        public void same() {}

        @Override
        public void both() {}
    }

    @Test
    void a_type_whose_own_method_answers_is_not_asked() {
        assertThat(Compiling.rule(SameAnswer.class, "find")).hasToString("jwt; scopes=left");
    }

    @DenyAll
    interface ClosedType {}

    public static class ClosedTypeBesideMethod extends AnnotatedMethod implements ClosedType {}

    @Test
    void a_deny_all_on_a_type_stays_beside_an_equally_near_method_and_disagrees_with_it() {
        assertThat(Compiling.problems(ClosedTypeBesideMethod.class, "find"))
                .singleElement()
                .asString()
                .startsWith(ClosedTypeBesideMethod.class.getName() + ".find(): ")
                .contains("disagree");
    }

    public static class ClosedTypeButOwnMethod extends AnnotatedMethod implements ClosedType {
        @Override
        @RolesAllowed("x")
        public void find() {}
    }

    @Test
    void a_deny_all_on_a_type_gives_way_to_a_nearer_annotated_method() {
        assertThat(Compiling.rule(ClosedTypeButOwnMethod.class, "find")).hasToString("jwt; scopes=method; roles=x");
    }

    @RolesAllowed("base")
    abstract static class RolesBase {
        public void find() {}
    }

    @PermitAll
    public static class OpensTheClass extends RolesBase {}

    @Test
    void a_permit_all_on_the_class_replaces_a_restriction_of_a_superclass() {
        assertThat(Compiling.rule(OpensTheClass.class, "find")).isEqualTo(AccessRule.permitAll(Compiling.DEFAULT));
    }

    interface TwoInOne<T> {
        @RequireScope("generic")
        void find(T key);

        @RequireScope("text")
        void find(String key);
    }

    public static class OverridesBoth implements TwoInOne<String> {
        @Override
        public void find(String key) {}
    }

    @Test
    void ANN_02_two_methods_of_one_type_that_one_method_overrides_can_disagree() {
        assertThat(Compiling.problems(OverridesBoth.class, "find"))
                .singleElement()
                .asString()
                .contains("find(Object)", "find(String)", "disagree");
    }

    @Test
    void a_problem_names_the_resource_class_that_inherits_the_method() {
        assertThat(Compiling.problems(MethodAgainstType.class, "find"))
                .singleElement()
                .asString()
                .startsWith(MethodAgainstType.class.getName() + ".find(): ");
    }

    @Test
    void a_method_of_an_unrelated_class_is_a_problem() throws NoSuchMethodException {
        Problems problems = new Problems();

        assertThat(Compiling.compiler().compile(Resource.class, Overloads.class.getMethod("create"), problems))
                .isEmpty();
        assertThat(problems.problems()).singleElement().asString().contains("is no method of");
    }

    @Test
    void the_sources_name_where_each_piece_came_from() {
        CompiledRule rule = Compiling.compiler()
                .compile(ScopeOnClass.class, Compiling.method(ScopeOnClass.class, "list"), new Problems())
                .orElseThrow();

        assertThat(rule.sources())
                .containsExactly(
                        "schemes: countersign.default",
                        "scopes: " + ScopeOnClass.class.getName(),
                        "roles: " + Base.class.getName() + ".list()");
    }

    public static class OfTheDefault {
        @Authenticated
        public void find() {}
    }

    @Test
    void the_sources_name_who_asks_for_the_default_expression() {
        CompiledRule rule = Compiling.compiler()
                .compile(OfTheDefault.class, Compiling.method(OfTheDefault.class, "find"), new Problems())
                .orElseThrow();

        assertThat(rule.sources())
                .containsExactly(
                        "authenticated: " + OfTheDefault.class.getName() + ".find()", "schemes: countersign.default");
    }

    @Test
    void the_sources_name_the_setting_for_methods_without_annotation() {
        assertThat(Compiling.compiler(Unannotated.AUTHENTICATED).unannotated().sources())
                .containsExactly("unannotated: countersign.unannotated", "schemes: countersign.default");
        assertThat(Compiling.compiler(Unannotated.DENY).unannotated().sources())
                .containsExactly("unannotated: countersign.unannotated");
        assertThat(Compiling.compiler(Unannotated.PERMIT).unannotated().sources())
                .containsExactly("unannotated: countersign.unannotated");
    }

    @Test
    void a_default_expression_has_an_alternative() {
        assertThatThrownBy(() -> new RuleCompiler(Compiling.CATALOG, List.of(), Unannotated.DENY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alternative");
    }

    public static class FromElsewhere extends Elsewhere {
        @Override
        public void isPublic() {}

        @Override
        public void isProtected() {}

        public void isPackagePrivate() {}
    }

    abstract static class Here {
        @RequireScope("package")
        void isPackagePrivate() {}
    }

    public static class FromHere extends Here {
        @Override
        public void isPackagePrivate() {}
    }

    interface WithStatic {
        @RequireScope("static")
        static void find() {}
    }

    public static class BesideAStaticMethod implements WithStatic {
        public void find() {}
    }

    @Test
    void ANN_01_what_a_method_overrides_counts_and_what_only_has_its_name_does_not() {
        assertThat(Compiling.rule(FromElsewhere.class, "isPublic")).hasToString("jwt; scopes=public");
        assertThat(Compiling.rule(FromElsewhere.class, "isProtected")).hasToString("jwt; scopes=protected");
        // JLS 8.4.8.1: a package-private method is overridden inside of its package alone.
        assertThat(Compiling.rule(FromElsewhere.class, "isPackagePrivate")).hasToString("jwt");
        assertThat(Compiling.rule(FromHere.class, "isPackagePrivate")).hasToString("jwt; scopes=package");
        assertThat(Compiling.rule(BesideAStaticMethod.class, "find")).hasToString("jwt");
    }

    @RolesAllowed("x")
    interface ClosedOverItsType {
        @DenyAll
        void find();
    }

    public static class TwiceClosed implements Closed, ClosedOverItsType {
        @Override
        public void find() {}
    }

    public static class TwiceClosedTheOtherWayRound implements ClosedOverItsType, Closed {
        @Override
        public void find() {}
    }

    @Test
    void what_a_method_of_an_interface_denies_does_not_disagree_with_its_type() {
        for (Class<?> resource : List.of(TwiceClosed.class, TwiceClosedTheOtherWayRound.class)) {
            assertThat(Compiling.rule(resource, "find")).isEqualTo(AccessRule.denyAll());
        }
    }

    @RequireScope("one")
    interface TypeOfOne {}

    @RequireScope("other")
    interface TypeOfOther {}

    public static class OfTwoTypes implements TypeOfOne, TypeOfOther {
        public void find() {}
    }

    @Test
    void two_equally_near_types_that_differ_are_a_problem() {
        assertThat(Compiling.problems(OfTwoTypes.class, "find"))
                .singleElement()
                .asString()
                .contains(TypeOfOne.class.getName(), TypeOfOther.class.getName(), "disagree");
    }
}
