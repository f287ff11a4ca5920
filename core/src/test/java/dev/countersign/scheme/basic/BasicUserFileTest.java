package dev.countersign.scheme.basic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasicUserFileTest {
    private static final String HASH = "$2b$10$WR9jW2OGMW30zkVgJbaHgeHr/fILP2liYVtJxjrF0hWTaqq2kipdO";
    private static final String PBKDF2 =
            "{pbkdf2-sha256}600000$c2FsdHNhbHRzYWx0c2FsdA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private static BasicUser user(String text, String name) {
        return BasicUserFile.parse(text).find(name).orElseThrow();
    }

    @Test
    void reads_every_attribute() {
        BasicUser user = user(
                "# users\nuser.ann.password=" + HASH
                        + "\nuser.ann.scopes=orders:read  orders:write\nuser.ann.roles=clerk, auditor\nuser.ann.status=locked",
                "ann");
        assertThat(user.password().encoded()).isEqualTo(HASH);
        assertThat(user.scopes()).contains(Set.of("orders:read", "orders:write"));
        assertThat(user.roles()).contains(Set.of("clerk", "auditor"));
        assertThat(user.status()).isEqualTo(BasicUser.Status.LOCKED);
    }

    @Test
    void tells_an_empty_line_from_no_line() {
        BasicUser user = user("user.ann.password=" + HASH + "\nuser.ann.scopes=\nuser.ann.roles=", "ann");
        assertThat(user.scopes()).contains(Set.of());
        assertThat(user.roles()).contains(Set.of());
        BasicUser bare = user("user.ann.password=" + HASH, "ann");
        assertThat(bare.scopes()).isEmpty();
        assertThat(bare.roles()).isEmpty();
        assertThat(bare.status()).isEqualTo(BasicUser.Status.ACTIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "ann.password", "a@b.example", "é", "a=b", "a b", "user.", ".", "🔑", "#", "a\\b"})
    void reads_names_with_dots_and_other_characters(String name) {
        String escaped = name.replace("\\", "\\\\").replace("=", "\\=").replace(" ", "\\ ");
        assertThat(user("user." + escaped + ".password=" + HASH, name).name()).isEqualTo(name);
    }

    @Test
    void PWD_12_keeps_names_apart_that_differ_in_case_or_normal_form() {
        BasicUserFile file = BasicUserFile.parse(
                "user.Ann.password=" + HASH + "\nuser.ann.password=" + HASH + "\nuser.e\u0301.password=" + HASH);
        assertThat(file.find("Ann").orElseThrow().name()).isEqualTo("Ann");
        assertThat(file.find("ANN")).isEmpty();
        assertThat(file.find("é")).isEmpty();
    }

    @Test
    void PWD_06_refuses_plain_text_naming_the_key_and_not_the_value() {
        assertThatThrownBy(() -> BasicUserFile.parse("\nuser.ann.password = correct horse"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2: user.ann.password: not a password hash of a known format")
                .hasMessageNotContaining("horse");
    }

    @Test
    void PWD_03_refuses_a_user_without_a_password() {
        assertThatThrownBy(() -> BasicUserFile.parse("user.ann.password="))
                .hasMessageContaining("user.ann.password: not a password hash");
        assertThatThrownBy(() -> BasicUserFile.parse("user.ann.roles=x"))
                .hasMessageContaining("user.ann.password: missing");
    }

    @Test
    void PWD_04_refuses_a_bomb_naming_the_key() {
        assertThatThrownBy(() -> BasicUserFile.parse("user.ann.password=" + HASH.replace("$10$", "$31$")))
                .hasMessageContaining("user.ann.password: the bcrypt cost is out of bounds (expected: 4 to 15");
    }

    @Test
    void tells_every_problem_at_once() {
        assertThatThrownBy(() -> BasicUserFile.parse(String.join(
                        "\n",
                        "user.ann.pasword=x",
                        "user.ann.status=Active",
                        "user.bob.password=plain",
                        "user.bob.scopes=a\"b",
                        "user.bob.roles=a,,b",
                        "user.bob.roles=c",
                        "user.cid.password=" + HASH,
                        "user.a:b.password=" + HASH,
                        "user.a\\:b.password=" + HASH,
                        "user.a\\tb.password=" + HASH,
                        "user..password=" + HASH,
                        "secret")))
                .hasMessageContaining("line 1: unknown attribute (expected: password)")
                .hasMessageContaining("line 2: user.ann.status: unknown (expected: active, disabled or locked)")
                .hasMessageContaining("line 2: user.ann.password: missing")
                .hasMessageContaining("line 3: user.bob.password: not a password hash")
                .hasMessageContaining("line 4: user.bob.scopes: not scopes")
                .hasMessageContaining("line 5: user.bob.roles: an empty role")
                .hasMessageContaining("line 6: user.bob.roles: stands twice")
                .hasMessageContaining("line 8: not of the form")
                .hasMessageContaining("line 9: not of the form")
                .hasMessageContaining("line 10: not of the form")
                .hasMessageContaining("line 11: not of the form")
                .hasMessageContaining("line 12: not of the form")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("WR9jW2");
    }

    @Test
    void writes_out_the_first_twenty_problems() {
        assertThatThrownBy(() -> BasicUserFile.parse("x=y\n".repeat(30)))
                .hasMessageContaining("line 20:")
                .hasMessageNotContaining("line 21:")
                .hasMessageEndingWith("and 10 more");
    }

    @Test
    void says_nothing_of_more_problems_where_there_are_none() {
        assertThatThrownBy(() -> BasicUserFile.parse("x=y\n".repeat(20)))
                .hasMessageContaining("line 20:")
                .hasMessageNotContaining("more");
    }

    @Test
    void refuses_an_empty_role_at_either_end() {
        for (String roles : new String[] {",a", "a,", ",", "a, ,b"}) {
            assertThatThrownBy(() -> BasicUserFile.parse("user.ann.password=" + HASH + "\nuser.ann.roles=" + roles))
                    .hasMessageContaining("line 2: user.ann.roles: an empty role");
        }
    }

    @Test
    void reads_every_status() {
        for (BasicUser.Status status : BasicUser.Status.values()) {
            String name = status.name().toLowerCase(Locale.ROOT);
            assertThat(user("user.ann.password=" + HASH + "\nuser.ann.status=" + name, "ann")
                            .status())
                    .isEqualTo(status);
        }
    }

    @Test
    void PWD_01_costs_for_an_unknown_user_what_most_users_cost() {
        assertThat(BasicUserFile.parse("").decoy().cost()).startsWith("PBKDF2-SHA256 600000");
        assertThat(BasicUserFile.parse("user.ann.password=" + HASH).decoy().cost())
                .isEqualTo("bcrypt cost 10");
        String two = "user.ann.password=" + HASH + "\nuser.bob.password=" + PBKDF2;
        assertThat(BasicUserFile.parse(two).decoy().cost()).startsWith("PBKDF2");
        assertThat(BasicUserFile.parse(two + "\nuser.cid.password=" + HASH)
                        .decoy()
                        .cost())
                .isEqualTo("bcrypt cost 10");
        BasicUserFile file = BasicUserFile.parse(two);
        assertThat(file.decoy()).isSameAs(file.decoy());
    }

    @Test
    void warns_of_weak_hashes_of_several_costs_and_of_no_users() {
        assertThat(BasicUserFile.parse("user.ann.password=" + HASH).warnings()).isEmpty();
        assertThat(BasicUserFile.parse("").warnings())
                .singleElement()
                .asString()
                .contains("no user");
        assertThat(BasicUserFile.parse(
                                "user.ann.password=" + HASH.replace("$10$", "$04$") + "\nuser.bob.password=" + HASH)
                        .warnings())
                .hasSize(2)
                .anyMatch(warning -> warning.startsWith("1 of 2 users have a weak password hash"))
                .anyMatch(warning -> warning.contains("2 different costs"))
                .noneMatch(warning -> warning.contains("ann"));
    }

    @Test
    void shows_no_hash() {
        assertThat(BasicUserFile.parse("user.ann.password=" + HASH).toString()).isEqualTo("BasicUserFile[1 users]");
        assertThat(user("user.ann.password=" + HASH, "ann").toString()).doesNotContain("WR9jW2", "Hr/fILP");
    }
}
