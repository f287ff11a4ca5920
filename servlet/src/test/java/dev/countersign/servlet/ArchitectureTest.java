package dev.countersign.servlet;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The adapters carry decisions out and take none: what verifies a credential is out of their reach. */
final class ArchitectureTest {

    /** Fewer than this, and the rules are looking at the wrong folder. */
    private static final int CLASSES_AT_LEAST = 40;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .withImportOption(location -> !location.contains("/core/target/"))
            .importPackages("dev.countersign");

    @Test
    void scans_as_many_classes_as_there_are() {
        assertThat(CLASSES.size()).isGreaterThanOrEqualTo(CLASSES_AT_LEAST);
    }

    @Test
    void no_package_is_split_over_two_jars() {
        assertThat(CLASSES)
                .allSatisfy(type -> assertThat(type.getPackageName() + ".").startsWith("dev.countersign.servlet."));
    }

    @Test
    void adapters_know_nothing_that_verifies_a_credential() {
        // Countersign hands the blocklist on to applications, and does nothing with it.
        noClasses()
                .that()
                .doNotBelongToAnyOf(Countersign.class)
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.countersign.token.."))
                .check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "dev.countersign.scheme..",
                        "dev.countersign.jose..",
                        "dev.countersign.signature..",
                        "dev.countersign.password.."))
                .check(CLASSES);
    }

    @Test
    void adapters_know_no_token_cache_or_hash_library() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.jsonwebtoken..", "com.github.benmanes..", "com.password4j.."))
                .check(CLASSES);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("dev.countersign.servlet.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
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
}
