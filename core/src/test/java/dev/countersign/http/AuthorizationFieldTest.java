package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.json.Vectors;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationFieldTest {
    /** Refused by what the credentials decode to, not by the field; the Basic scheme's own tests have them. */
    private static final Set<String> DECIDED_BY_BASIC = Set.of(
            "no-padding",
            "too-much-padding",
            "no-colon",
            "empty-user",
            "empty-password",
            "only-colon",
            "control-in-user",
            "nul-in-user",
            "nul-in-password",
            "crlf-in-user",
            "invalid-utf8",
            "overlong-utf8",
            "bom",
            "user-100k",
            "password-100k",
            "password-73-bytes",
            "nfd-vs-nfc");

    @TestFactory
    Stream<DynamicTest> splits_the_published_vectors() {
        List<Vectors.Case> cases = Vectors.read("http-auth/authorization.json");
        assertThat(cases).hasSize(49);
        return cases.stream().map(c -> DynamicTest.dynamicTest(c.text("id"), () -> check(c)));
    }

    private static void check(Vectors.Case c) {
        List<String> lines = c.texts("field_lines");
        if (lines.size() > 1) {
            // Duplicated fields are the Gate's to refuse (R9); each of these is well-formed by itself.
            assertThat(lines)
                    .allMatch(
                            line -> AuthorizationField.parse(line).orElseThrow().isToken68());
            return;
        }
        Optional<AuthorizationField> field = AuthorizationField.parse(lines.get(0));
        boolean usable = field.filter(AuthorizationField::isToken68).isPresent();
        boolean known = field.filter(f -> f.is("Basic") || f.is("Bearer")).isPresent();
        switch (c.text("outcome")) {
            case "ok" -> assertThat(usable && field.orElseThrow().is("Basic")).isTrue();
            case "token" -> {
                assertThat(usable && field.orElseThrow().is("Bearer")).isTrue();
                assertThat(field.orElseThrow().credentials()).isEqualTo(c.text("token"));
            }
            case "none" -> assertThat(usable && known).isFalse();
            default -> assertThat(usable && known).isEqualTo(DECIDED_BY_BASIC.contains(c.text("id")));
        }
    }

    @ParameterizedTest
    @CsvSource({"Basic,basic", "BASIC,Basic", "bAsIc,BaSiC", "digest,DIGEST"})
    void compares_schemes_without_regard_to_case(String sent, String scheme) {
        assertThat(AuthorizationField.parse(sent + " x").orElseThrow().is(scheme))
                .isTrue();
    }

    @Test
    void letters_outside_ascii_never_equal_ascii_letters() {
        assertThat(Ascii.equalsIgnoreCase("bas\u0131c", "basic")).isFalse();
        assertThat(Ascii.equalsIgnoreCase("BAS\u0130C", "basic")).isFalse();
        assertThat(Ascii.equalsIgnoreCase("\u212Aey", "key")).isFalse();
        assertThat(Ascii.lowerCase("A\u0130I\u00C9\u212A")).isEqualTo("a\u0130i\u00C9\u212A");
    }

    @Test
    void a_scheme_alone_has_empty_credentials() {
        for (String value : List.of("Bearer", "Bearer ", " \tBearer \t")) {
            AuthorizationField field = AuthorizationField.parse(value).orElseThrow();
            assertThat(field.scheme()).isEqualTo("Bearer");
            assertThat(field.credentials()).isEmpty();
            assertThat(field.delimited()).isTrue();
            assertThat(field.isToken68()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "\t", "=x", "\"Basic\" x", "\u00e9 x", "\u0412asic x", "\0Basic x", "(x) y", "/x y"})
    void what_does_not_start_with_a_token_is_no_credential(String value) {
        assertThat(AuthorizationField.parse(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic\tQTpi",
                "Basic \tQTpi",
                "Basic/QTpi",
                "Basic=QTpi",
                "Basic:QTpi",
                "Basic,QTpi",
                "Basic\u00a0QTpi"
            })
    void only_spaces_delimit_the_credentials(String value) {
        AuthorizationField field = AuthorizationField.parse(value).orElseThrow();
        assertThat(field.is("Basic")).isTrue();
        assertThat(field.delimited()).isFalse();
        assertThat(field.isToken68()).isFalse();
    }

    @Test
    void shows_neither_scheme_nor_credentials() {
        assertThat(AuthorizationField.parse("sk_live_s3cret s3cret")
                        .orElseThrow()
                        .toString())
                .doesNotContain("s3cret");
    }

    @Test
    void any_text_is_split_or_refused() {
        long seed = 11L;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String text = RandomText.of(random, "Basic Bearer\t=,\"/\0\u00e9", 12);
            AuthorizationField.parse(text).ifPresent(field -> {
                assertThat(FieldValue.isToken(field.scheme()))
                        .as("seed %d: %s", seed, text)
                        .isTrue();
                assertThat(text).startsWith(text.substring(0, text.indexOf(field.scheme())) + field.scheme());
                assertThat(text).contains(field.credentials());
                if (field.isToken68()) {
                    assertThat(FieldValue.trim(text))
                            .startsWith(field.scheme() + " ")
                            .endsWith(" " + field.credentials());
                }
            });
        }
    }

    @Test
    void adds_every_character_of_the_credentials_to_a_digest_and_nothing_else() throws NoSuchAlgorithmException {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/";
        for (int length = 1; length <= 300; length++) {
            StringBuilder token = new StringBuilder();
            for (int i = 0; i < length; i++) {
                token.append(alphabet.charAt((i * 7 + length) % alphabet.length()));
            }
            AuthorizationField field =
                    AuthorizationField.parse("  bearer  " + token + " ").orElseThrow();
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            field.addTo(digest);
            assertThat(digest.digest())
                    .as("%d characters", length)
                    .isEqualTo(MessageDigest.getInstance("SHA-256")
                            .digest(token.toString().getBytes(StandardCharsets.US_ASCII)));
        }
    }
}
