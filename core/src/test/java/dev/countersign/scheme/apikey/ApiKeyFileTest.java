package dev.countersign.scheme.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countersign.http.Cidr;
import dev.countersign.http.CidrList;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyFileTest {
    private static final ApiKeyDigest A = ApiKeyDigest.of("key a");
    private static final ApiKeyDigest B = ApiKeyDigest.of("key b");

    @Test
    void reads_every_attribute() {
        ApiKeyStore store = ApiKeyFile.parse("""
                # clients
                key.acme-1.sha256  = %s
                key.acme-1.owner   = acme
                key.acme-1.scopes  = orders:read orders:write
                key.acme-1.roles   = clerk, auditor
                key.acme-1.expires = 2030-01-01T00:00:00Z
                key.acme-1.cidrs   = 192.0.2.0/24, 2001:db8::/32, 198.51.100.7
                key.acme-1.status  = rotating
                key.B_2.sha256     = %s
                """.formatted(A.hex(), B.hex().toUpperCase(java.util.Locale.ROOT)));
        assertThat(store.find(A))
                .contains(new ApiKeyRecord(
                        "acme-1",
                        A,
                        Optional.of("acme"),
                        Optional.of(Set.of("orders:read", "orders:write")),
                        Optional.of(Set.of("clerk", "auditor")),
                        Optional.of(Instant.parse("2030-01-01T00:00:00Z")),
                        Optional.of(cidrs("192.0.2.0/24", "2001:db8::/32", "198.51.100.7/32")),
                        ApiKeyRecord.Status.ROTATING));
        assertThat(store.find(B)).contains(ApiKeyRecord.of("B_2", B));
        assertThat(store.find(ApiKeyDigest.of("key c"))).isEmpty();
    }

    @Test
    void tells_an_empty_line_of_scopes_or_roles_from_an_absent_one() {
        ApiKeyStore store = ApiKeyFile.parse("key.a.sha256=" + A.hex() + "\nkey.a.scopes=\nkey.a.roles=\n");
        ApiKeyRecord found = store.find(A).orElseThrow();
        assertThat(found.scopes()).contains(Set.of());
        assertThat(found.roles()).contains(Set.of());
    }

    @Test
    void an_empty_file_has_no_key() {
        assertThat(ApiKeyFile.parse("# none yet\n").find(A)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key.a.sha265=x|line 2: unknown attribute (expected: sha256)",
                "key.a.quota=100|line 2: unknown attribute (expected: one of sha256, owner, scopes",
                "key.a.sha256=zz|line 2: sha256: not a SHA-256",
                "key.a.expires=tomorrow|line 2: expires: not an instant",
                "key.a.expires=2030-01-01|line 2: expires: not an instant",
                "key.a.cidrs=192.0.2.0/33|line 2: cidrs: not blocks of addresses",
                "key.a.cidrs=example.com|line 2: cidrs: not blocks of addresses",
                "key.a.cidrs=|line 2: cidrs: empty",
                "key.a.cidrs=192.0.2.1,,192.0.2.2|line 2: cidrs: an empty block",
                "key.a.roles=a,|line 2: roles: an empty role",
                "key.a.scopes=a,\"b\"|line 2: scopes: not scopes",
                "key.a.owner=|line 2: owner: empty",
                "key.a.status=Active|line 2: status: unknown (expected: active, rotating or revoked)",
                "key.a.status=rotating|expires: missing (expected: when the rotation",
                "key.b.owner=x|line 2: sha256: missing for this key",
                "key.a.owner=x\\nkey.a.owner=y|line 3: owner: stands twice for this key",
                "user.a.sha256=x|line 2: not of the form key.<id>.<attribute>",
                "key.a b.sha256=x|line 2: not of the form",
                "key.a\\ b.sha256=x|line 2: not of the form",
                "key./a.sha256=x|line 2: not of the form",
                "key.a@.sha256=x|line 2: not of the form",
                "key.a[b.sha256=x|line 2: not of the form",
                "key.`a.sha256=x|line 2: not of the form",
                "key.a{b.sha256=x|line 2: not of the form",
                "key.a;b.sha256=x|line 2: not of the form",
                "key.a.roles=,a|line 2: roles: an empty role",
                "key.a.status=rotating\\nkey.a.expires=tomorrow|line 3: expires: not an instant",
                "key.sha256=x|line 2: not of the form",
                "key..sha256=x|line 2: not of the form",
                "nonsense|line 2: not of the form"
            })
    void names_the_line_and_the_rule_of_a_problem(String line, String problem) {
        String text =
                (line.contains("key.a.sha256") ? "#" : "key.a.sha256=" + A.hex()) + "\n" + line.replace("\\n", "\n");
        assertThatThrownBy(() -> ApiKeyFile.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining(A.hex());
    }

    @Test
    void names_every_problem_at_once_and_shows_no_value() {
        Throwable problems = catchThrowable(() -> ApiKeyFile.parse("""
                key.a.sha256 = %s
                key.b.sha256 = %s
                key.c.sha256 = sk_live_in_clear
                key.d.owner = somebody
                key.e.hmm = 1
                """.formatted(A.hex(), A.hex())));
        assertThat(problems)
                .hasMessageContaining("line 2: sha256: the same as on line 1")
                .hasMessageContaining("line 3: sha256: not a SHA-256")
                .hasMessageContaining("line 4: sha256: missing")
                .hasMessageContaining("line 5: unknown attribute")
                .hasMessageNotContaining(A.hex().substring(0, 8))
                .hasMessageNotContaining("sk_live")
                .hasMessageNotContaining("somebody");
    }

    @Test
    void writes_out_the_first_twenty_problems_and_counts_the_others() {
        assertThatThrownBy(() -> ApiKeyFile.parse("nonsense\n".repeat(25)))
                .hasMessageContaining("line 20")
                .hasMessageNotContaining("line 21")
                .hasMessageEndingWith("; and 5 more");
    }

    @Test
    void says_nothing_of_more_problems_where_there_are_none() {
        assertThatThrownBy(() -> ApiKeyFile.parse("nonsense\n".repeat(20)))
                .hasMessageContaining("line 20")
                .hasMessageNotContaining("more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "z", "A", "Z", "0", "9", "_", "-", "a-B_9"})
    void takes_ids_of_1_to_64_letters_digits_and_dashes(String id) {
        assertThat(ApiKeyRecord.of(id, A).id()).isEqualTo(id);
        assertThat(ApiKeyFile.parse("key." + id + ".sha256=" + A.hex()).find(A)).isPresent();
    }

    @Test
    void takes_no_record_that_could_not_be_written_down() {
        assertThat(ApiKeyRecord.of("a".repeat(64), A).id()).hasSize(64);
        for (String id : List.of("", "a".repeat(65), "a b", "a.b", "\u00e9", "a\n")) {
            assertThatIllegalArgumentException().isThrownBy(() -> ApiKeyRecord.of(id, A));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> record(Optional.of(""), Optional.empty(), ApiKeyRecord.Status.ACTIVE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> record(Optional.of("acme"), Optional.empty(), ApiKeyRecord.Status.ROTATING));
        assertThat(record(Optional.of("acme"), Optional.of(Instant.EPOCH), ApiKeyRecord.Status.ROTATING)
                        .owner())
                .contains("acme");
    }

    private static ApiKeyRecord record(Optional<String> owner, Optional<Instant> expires, ApiKeyRecord.Status status) {
        return new ApiKeyRecord("a", A, owner, Optional.empty(), Optional.empty(), expires, Optional.empty(), status);
    }

    @Test
    void writes_lines_of_plain_ASCII() {
        ApiKeyRecord record = new ApiKeyRecord(
                "acme-1",
                A,
                Optional.of("J\u00fcrgen ~ 1\u007f\n\\"),
                Optional.of(Set.of("orders:write", "orders:read")),
                Optional.of(Set.of("clerk", "auditor")),
                Optional.empty(),
                Optional.empty(),
                ApiKeyRecord.Status.ACTIVE);
        assertThat(ApiKeyFile.format(record))
                .containsExactly(
                        "key.acme-1.sha256 = " + A.hex(),
                        "key.acme-1.owner = J\\u00FCrgen ~ 1\\u007F\\u000A\\\\",
                        "key.acme-1.scopes = orders:read orders:write",
                        "key.acme-1.roles = auditor, clerk",
                        "key.acme-1.status = active");
    }

    @Test
    void KEY_03_refuses_the_digest_of_what_stands_for_no_key() {
        for (String none : List.of("", "null", "undefined", "none")) {
            assertThatThrownBy(() -> ApiKeyFile.parse(
                            "key.a.sha256=" + ApiKeyDigest.of(none).hex()))
                    .hasMessageContaining("line 1: sha256: of an empty key");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "' acme'|read|clerk",
                "acme\u2003|read|clerk",
                "acme|read|'clerk, admin'",
                "acme|read|'clerk '",
                "acme|read write|clerk"
            })
    void refuses_to_format_a_record_that_would_come_back_as_another(String owner, String scope, String role) {
        ApiKeyRecord record = new ApiKeyRecord(
                "one",
                A,
                Optional.of(owner),
                Optional.of(Set.of(scope)),
                Optional.of(Set.of(role)),
                Optional.empty(),
                Optional.empty(),
                ApiKeyRecord.Status.ACTIVE);
        assertThatThrownBy(() -> ApiKeyFile.format(record))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(expected: ");
    }

    @Test
    void reads_what_it_formats() {
        List<ApiKeyRecord> records = List.of(
                ApiKeyRecord.of("plain", A),
                new ApiKeyRecord(
                        "full",
                        B,
                        Optional.of("J\u00fcrgen = \\ # \u65e5\u672c\nkey.evil.sha256 = x"),
                        Optional.of(Set.of()),
                        Optional.of(Set.of("a", "b c")),
                        Optional.of(Instant.parse("2030-01-01T00:00:00.123Z")),
                        Optional.of(cidrs("10.0.0.0/8", "2001:db8::/32")),
                        ApiKeyRecord.Status.REVOKED));
        StringBuilder text = new StringBuilder();
        records.forEach(
                one -> ApiKeyFile.format(one).forEach(line -> text.append(line).append('\n')));
        ApiKeyStore store = ApiKeyFile.parse(text.toString());
        assertThat(store.find(A)).contains(records.get(0));
        assertThat(store.find(B)).contains(records.get(1));
    }

    @Test
    void KEY_02_stores_the_digest_of_an_issued_key_and_nothing_else_of_it() {
        ApiKeys.IssuedKey issued = ApiKeys.withPrefix("sk_live_").issue("acme-1");
        String text = String.join("\n", ApiKeyFile.format(issued.record()));
        assertThat(text)
                .contains(issued.record().digest().hex())
                .doesNotContain(issued.key().substring("sk_live_".length(), "sk_live_".length() + 6));
        assertThat(ApiKeyFile.parse(text).find(ApiKeyDigest.of(issued.key()))).contains(issued.record());
    }

    @Test
    void rotates_to_a_new_key_with_the_same_grants_and_lets_the_old_one_end() {
        ApiKeys keys = ApiKeys.withPrefix("sk_live_");
        Instant until = Instant.parse("2027-01-01T00:00:00Z");
        ApiKeyRecord old = ApiKeyFile.parse("key.a.sha256=" + A.hex() + "\nkey.a.owner=acme\nkey.a.scopes=x\n")
                .find(A)
                .orElseThrow();
        ApiKeys.Rotation rotation = keys.rotate(old, until, Optional.empty());
        ApiKeyRecord next = rotation.next().record();
        assertThat(next.owner()).contains("acme");
        assertThat(next.scopes()).contains(Set.of("x"));
        assertThat(next.status()).isEqualTo(ApiKeyRecord.Status.ACTIVE);
        assertThat(next.digest()).isEqualTo(ApiKeyDigest.of(rotation.next().key()));
        assertThat(rotation.previous().status()).isEqualTo(ApiKeyRecord.Status.ROTATING);
        assertThat(rotation.previous().expires()).contains(until);
        assertThat(rotation.previous().digest()).isEqualTo(A);

        Instant later = until.plusSeconds(1);
        assertThat(keys.rotate(rotation.previous(), later, Optional.of(later))
                        .previous()
                        .expires())
                .contains(until);
        Instant sooner = until.minusSeconds(1);
        assertThat(keys.rotate(rotation.previous(), sooner, Optional.empty())
                        .previous()
                        .expires())
                .contains(sooner);
    }

    @Test
    void does_not_rotate_a_revoked_key() {
        ApiKeyRecord revoked = ApiKeyFile.parse("key.a.sha256=" + A.hex() + "\nkey.a.status=revoked")
                .find(A)
                .orElseThrow();
        assertThatThrownBy(() -> ApiKeys.withPrefix("sk_live_").rotate(revoked, Instant.MAX, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static CidrList cidrs(String... blocks) {
        return new CidrList(List.of(blocks).stream()
                .map(block -> Cidr.parse(block).orElseThrow())
                .toList());
    }
}
