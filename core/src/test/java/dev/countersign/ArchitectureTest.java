package dev.countersign;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may import whom. A package that stands in no row of the table may not exist. */
final class ArchitectureTest {

    private static final String ROOT = "dev.countersign";

    /** Fewer than this, and the rules are looking at the wrong folder. */
    private static final int CLASSES_AT_LEAST = 200;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages(ROOT);

    /** What every package but the two below it stands on. */
    private static final Set<String> BOTTOM = Set.of("", "http", "json");

    private static final Set<String> BELOW_THE_ROOMS =
            Set.of("annotation", "settings", "key", "state", "jose", "signature", "password", "token", "scheme");

    private static final Set<String> ABOVE_THE_ROOMS =
            Set.of("gate", "jdbc", "client", "login", "authorization", "audit", "guard");

    /** One row for all rooms, so that no room can be allowed another. */
    private static final String ROOM = "scheme.*";

    /** Package → the packages that it may import, all of them below {@code dev.countersign}. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("http", Set.of()),
            Map.entry("json", Set.of()),
            Map.entry("", Set.of("http", "json")),
            Map.entry("annotation", Set.of()),
            Map.entry("settings", BOTTOM),
            Map.entry("key", with(BOTTOM, "settings")),
            Map.entry("state", with(BOTTOM, "settings", "key")),
            Map.entry("jose", with(BOTTOM, "settings", "key", "state")),
            Map.entry("signature", with(BOTTOM, "settings", "key", "state")),
            Map.entry("password", with(BOTTOM, "settings", "key", "state")),
            Map.entry("token", with(BOTTOM, "settings", "key", "state", "jose")),
            Map.entry("scheme", with(BOTTOM, "settings", "key", "state")),
            Map.entry(ROOM, with(BOTTOM, BELOW_THE_ROOMS)),
            Map.entry("authorization", with(BOTTOM, "annotation")),
            Map.entry("audit", with(BOTTOM, "settings", "state")),
            Map.entry("guard", with(BOTTOM, "settings", "state")),
            Map.entry("gate", with(BOTTOM, "settings", "state", "authorization", "guard", "audit", "scheme")),
            Map.entry("jdbc", with(BOTTOM, "settings", "key", "state", ROOM)),
            Map.entry("client", with(with(BOTTOM, BELOW_THE_ROOMS), ROOM)),
            Map.entry("login", with(with(BOTTOM, BELOW_THE_ROOMS), ROOM)),
            Map.entry("bootstrap", with(with(with(BOTTOM, BELOW_THE_ROOMS), ABOVE_THE_ROOMS), ROOM)));

    private static final DescribedPredicate<JavaClass> FOREIGN = resideInAnyPackage(
            "io.jsonwebtoken..", "com.github.benmanes..", "com.password4j..", "org.greenbytes..", "java.sql..");

    @Test
    void scans_as_many_classes_as_there_are() {
        assertThat(CLASSES.size()).isGreaterThanOrEqualTo(CLASSES_AT_LEAST);
    }

    @ParameterizedTest(name = "dev.countersign.{0}")
    @MethodSource("places")
    void every_package_stands_in_the_table(String place) {
        assertThat(MAY_IMPORT).containsKey(row(place));
    }

    static List<String> places() {
        return CLASSES.stream().map(ArchitectureTest::place).distinct().sorted().toList();
    }

    @ParameterizedTest(name = "dev.countersign.{0}")
    @MethodSource("places")
    void a_package_imports_only_what_its_row_allows(String place) {
        Set<String> allowed = MAY_IMPORT.getOrDefault(row(place), Set.of());
        Set<String> forbidden = CLASSES.stream()
                .filter(type -> place(type).equals(place))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> isForbidden(place, allowed, dependency.getTargetClass()))
                .map(Dependency::getDescription)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(forbidden)
                .as("dev.countersign.%s may import only %s", place, allowed)
                .isEmpty();
    }

    private static boolean isForbidden(String place, Set<String> allowed, JavaClass imported) {
        JavaClass type = imported.getBaseComponentType();
        return isOurs(type) && !place(type).equals(place) && !allowed.contains(row(place(type)));
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("dev.countersign.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void the_core_knows_no_servlet_and_no_resource_stack() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("jakarta.servlet..", "jakarta.ws.rs..", "jakarta.enterprise.."))
                .check(CLASSES);
    }

    @Test
    void only_jose_knows_the_token_library() {
        noClasses()
                .that(not(resideInAPackage("dev.countersign.jose..")))
                .should()
                .dependOnClassesThat(resideInAPackage("io.jsonwebtoken.."))
                .check(CLASSES);
    }

    @Test
    void only_password_knows_the_hash_library() {
        noClasses()
                .that(not(resideInAPackage("dev.countersign.password..")))
                .should()
                .dependOnClassesThat(resideInAPackage("com.password4j.."))
                .check(CLASSES);
    }

    @Test
    void only_signature_knows_the_library_of_structured_fields() {
        noClasses()
                .that(not(resideInAPackage("dev.countersign.signature..")))
                .should()
                .dependOnClassesThat(resideInAPackage("org.greenbytes.."))
                .check(CLASSES);
    }

    @Test
    void no_foreign_type_stands_in_a_public_signature() {
        Set<String> foreign = CLASSES.stream()
                .filter(ArchitectureTest::isVisible)
                .flatMap(ArchitectureTest::foreignTypesOf)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(foreign)
                .as("signatures with types that no user may come to depend on")
                .isEmpty();
    }

    private static Stream<String> foreignTypesOf(JavaClass type) {
        Stream<Map.Entry<String, JavaType>> supertypes = Stream.concat(
                        type.getSuperclass().stream(), type.getInterfaces().stream())
                .map(supertype -> Map.entry(type.getName(), supertype));
        Stream<Map.Entry<String, JavaType>> fields = type.getFields().stream()
                .filter(ArchitectureTest::isVisible)
                .map(field -> Map.entry(field.getFullName(), field.getType()));
        Stream<Map.Entry<String, JavaType>> parameters = type.getCodeUnits().stream()
                .filter(ArchitectureTest::isVisible)
                .flatMap(unit -> Stream.concat(unit.getParameterTypes().stream(), Stream.of(unit.getReturnType()))
                        .map(part -> Map.entry(unit.getFullName(), part)));
        Stream<Map.Entry<String, JavaType>> exceptions = type.getCodeUnits().stream()
                .filter(ArchitectureTest::isVisible)
                .flatMap(unit -> unit.getThrowsClause().getTypes().stream()
                        .map(thrown -> Map.entry(unit.getFullName(), (JavaType) thrown)));
        return Stream.of(supertypes, fields, parameters, exceptions)
                .flatMap(parts -> parts)
                .filter(part ->
                        part.getValue().getAllInvolvedRawTypes().stream().anyMatch(FOREIGN))
                .map(part -> part.getKey() + " shows " + part.getValue().getName());
    }

    private static boolean isVisible(JavaClass type) {
        return (type.getModifiers().contains(JavaModifier.PUBLIC)
                        || type.getModifiers().contains(JavaModifier.PROTECTED))
                && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    @Test
    void nothing_prints_to_the_console() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }

    @Test
    void nothing_keeps_state_on_a_thread() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .check(CLASSES);
    }

    @Test
    void nothing_matches_by_regular_expression() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.regex"))
                .orShould()
                .callMethod(String.class, "matches", String.class)
                .orShould()
                .callMethod(String.class, "replaceAll", String.class, String.class)
                .orShould()
                .callMethod(String.class, "replaceFirst", String.class, String.class)
                .orShould()
                .callMethod(String.class, "split", String.class)
                .check(CLASSES);
    }

    @Test
    void time_is_injected() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(CLASSES);
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    private static String place(JavaClass type) {
        return type.getPackageName().equals(ROOT) ? "" : type.getPackageName().substring(ROOT.length() + 1);
    }

    private static String row(String place) {
        return place.startsWith("scheme.") ? "scheme.*" : place;
    }

    private static Set<String> with(Set<String> some, String... others) {
        return with(some, Set.of(others));
    }

    private static Set<String> with(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return Set.copyOf(all);
    }
}
