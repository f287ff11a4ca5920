package dev.countersign.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AccessRule;
import dev.countersign.AccessRule.Mode;
import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.RequireScope;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SPEC section 2.2: what a class and its method make together; the table stands in docs/annotations.md too. */
final class ClassAndMethodTableTest {
    private static final List<String> COLUMNS = List.of(
            "nothing",
            "`@Authenticated(schemes = \"basic\")`",
            "`@RequireScope(\"a\")`",
            "`@RolesAllowed(\"x\")`",
            "`@PermitAll`",
            "`@DenyAll`");

    private static final List<Class<?>> CLASSES =
            List.of(OnNothing.class, OnAuthenticated.class, OnScope.class, OnRoles.class, OnPermit.class, OnDeny.class);

    private record Row(String annotation, String method, List<String> rules) {}

    /** Written from SPEC 2.2, 2.3 and 2.4, with {@code jwt} as the default expression. */
    private static final List<Row> ROWS = List.of(
            new Row("nothing", "nothing", List.of("jwt", "basic", "jwt; scopes=a", "jwt; roles=x", "permit", "deny")),
            new Row(
                    "`@Authenticated(schemes = \"key+jwt\")`",
                    "authenticated",
                    List.of("key+jwt", "key+jwt", "key+jwt; scopes=a", "key+jwt; roles=x", "key+jwt", "key+jwt")),
            new Row(
                    "`@RequireScope(\"b\")`",
                    "scope",
                    List.of(
                            "jwt; scopes=b",
                            "basic; scopes=b",
                            "jwt; scopes=b",
                            "jwt; scopes=b; roles=x",
                            "jwt; scopes=b",
                            "jwt; scopes=b")),
            new Row(
                    "`@RolesAllowed(\"y\")`",
                    "roles",
                    List.of(
                            "jwt; roles=y",
                            "basic; roles=y",
                            "jwt; scopes=a; roles=y",
                            "jwt; roles=y",
                            "jwt; roles=y",
                            "jwt; roles=y")),
            new Row("`@PermitAll`", "permit", List.of("permit", "permit", "permit", "permit", "permit", "permit")),
            new Row("`@DenyAll`", "deny", List.of("deny", "deny", "deny", "deny", "deny", "deny")));

    static Stream<Arguments> combinations() {
        List<Arguments> combinations = new ArrayList<>();
        for (Row row : ROWS) {
            for (int i = 0; i < COLUMNS.size(); i++) {
                combinations.add(Arguments.of(
                        row.annotation(),
                        COLUMNS.get(i),
                        CLASSES.get(i),
                        row.method(),
                        row.rules().get(i)));
            }
        }
        return combinations.stream();
    }

    @ParameterizedTest(name = "method {0}, class {1}: {4}")
    @MethodSource("combinations")
    void ANN_07_class_and_method_make(
            String onMethod, String onClass, Class<?> resource, String method, String expected) {
        AccessRule rule = Compiling.rule(resource, method);

        switch (expected) {
            case "permit" -> assertThat(rule).isEqualTo(AccessRule.permitAll(Compiling.DEFAULT));
            case "deny" -> assertThat(rule).isEqualTo(AccessRule.denyAll());
            default -> {
                assertThat(rule.mode()).isEqualTo(Mode.REQUIRED);
                assertThat(rule).hasToString(expected);
            }
        }
    }

    @Test
    void the_documentation_shows_this_table() throws IOException {
        List<String> table = new ArrayList<>();
        table.add("| on the method ↓, on the class → | " + String.join(" | ", COLUMNS) + " |");
        table.add("|" + "---|".repeat(COLUMNS.size() + 1));
        for (Row row : ROWS) {
            StringBuilder line =
                    new StringBuilder("| ").append(row.annotation()).append(" |");
            for (String rule : row.rules()) {
                line.append(" `").append(rule).append("` |");
            }
            table.add(line.toString());
        }

        String documentation = Files.readString(Path.of("..", "docs", "annotations.md"), StandardCharsets.UTF_8);

        assertThat(documentation.lines().toList()).containsSubsequence(table);
        assertThat(documentation).contains(String.join("\n", table));
    }

    public static class OnNothing {
        public void nothing() {}

        @Authenticated(schemes = "key+jwt")
        public void authenticated() {}

        @RequireScope("b")
        public void scope() {}

        @RolesAllowed("y")
        public void roles() {}

        @PermitAll
        public void permit() {}

        @DenyAll
        public void deny() {}
    }

    @Authenticated(schemes = "basic")
    public static class OnAuthenticated {
        public void nothing() {}

        @Authenticated(schemes = "key+jwt")
        public void authenticated() {}

        @RequireScope("b")
        public void scope() {}

        @RolesAllowed("y")
        public void roles() {}

        @PermitAll
        public void permit() {}

        @DenyAll
        public void deny() {}
    }

    @RequireScope("a")
    public static class OnScope {
        public void nothing() {}

        @Authenticated(schemes = "key+jwt")
        public void authenticated() {}

        @RequireScope("b")
        public void scope() {}

        @RolesAllowed("y")
        public void roles() {}

        @PermitAll
        public void permit() {}

        @DenyAll
        public void deny() {}
    }

    @RolesAllowed("x")
    public static class OnRoles {
        public void nothing() {}

        @Authenticated(schemes = "key+jwt")
        public void authenticated() {}

        @RequireScope("b")
        public void scope() {}

        @RolesAllowed("y")
        public void roles() {}

        @PermitAll
        public void permit() {}

        @DenyAll
        public void deny() {}
    }

    @PermitAll
    public static class OnPermit {
        public void nothing() {}

        @Authenticated(schemes = "key+jwt")
        public void authenticated() {}

        @RequireScope("b")
        public void scope() {}

        @RolesAllowed("y")
        public void roles() {}

        @PermitAll
        public void permit() {}

        @DenyAll
        public void deny() {}
    }

    @DenyAll
    public static class OnDeny {
        public void nothing() {}

        @Authenticated(schemes = "key+jwt")
        public void authenticated() {}

        @RequireScope("b")
        public void scope() {}

        @RolesAllowed("y")
        public void roles() {}

        @PermitAll
        public void permit() {}

        @DenyAll
        public void deny() {}
    }
}
