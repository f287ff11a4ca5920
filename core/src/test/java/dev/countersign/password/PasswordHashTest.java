package dev.countersign.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countersign.CapturedLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("it counts what is logged")
class PasswordHashTest {
    private static final String BCRYPT = "$2b$04$WR9jW2OGMW30zkVgJbaHgeHr/fILP2liYVtJxjrF0hWTaqq2kipdO";
    private static final String BCRYPT_PASSWORD = "IeseZY4bxy0aPL";
    private static final String SALT = "c2FsdHNhbHRzYWx0c2FsdA==";
    private static final String HASH = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    @ParameterizedTest
    @EnumSource
    void makes_a_hash_that_it_reads_again(PasswordHash.Target target) {
        PasswordHash made = PasswordHash.create("pässword", target);
        PasswordHash read = PasswordHash.parse(made.encoded());
        assertThat(read).isEqualTo(made).hasSameHashCodeAs(made);
        assertThat(read.matches("pässword")).isTrue();
        assertThat(read.matches("passwort")).isFalse();
        assertThat(read.isWeak()).isFalse();
        assertThat(PasswordHash.create("pässword", target).encoded()).isNotEqualTo(made.encoded());
    }

    @Test
    void makes_hashes_of_the_documented_cost() {
        assertThat(PasswordHash.decoy(PasswordHash.Target.PBKDF2_SHA256).encoded())
                .startsWith("{pbkdf2-sha256}600000$");
        assertThat(PasswordHash.decoy(PasswordHash.Target.ARGON2ID).encoded())
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p", "pässwörd ✓", "🔑🔑", "a b  c"})
    void takes_a_hash_that_the_JDK_computed_over_the_characters_of_the_password(String password)
            throws GeneralSecurityException {
        byte[] salt = "saltsalt".getBytes(StandardCharsets.UTF_8);
        byte[] expected = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 1000, 256))
                .getEncoded();
        Base64.Encoder base64 = Base64.getEncoder();
        String stored = "{pbkdf2-sha256}1000$" + base64.encodeToString(salt) + "$" + base64.encodeToString(expected);
        assertThat(PasswordHash.parse(stored).matches(password)).isTrue();
    }

    // Computed by libxcrypt, which knows the three marks.
    @ParameterizedTest
    @ValueSource(strings = {"$2a$04$", "$2b$04$", "$2y$04$"})
    void takes_characters_beyond_ASCII_for_their_UTF_8_bytes_in_every_bcrypt_variant(String mark) {
        PasswordHash hash = PasswordHash.parse(mark + "CCCCCCCCCCCCCCCCCCCCC.htuS2uEHHpp3iDfo2HLUjr/PGhanmaK");
        assertThat(hash.matches("pässwörd ✓")).isTrue();
        assertThat(hash.matches("passwörd ✓")).isFalse();
    }

    @Test
    void PWD_02_refuses_a_bcrypt_password_above_72_bytes_of_UTF_8() {
        PasswordHash ascii = PasswordHash.parse("$2b$04$.mzQk9UduuJIRYji.G4/zOulwdn37lM27.62K2Qph45Sn3AvxZfIO");
        assertThat(ascii.matches("q".repeat(72))).isTrue();
        assertThat(ascii.matches("q".repeat(73))).isFalse();
        assertThat(ascii.matches("q".repeat(72) + "tail")).isFalse();
        // 37 characters, 73 bytes.
        PasswordHash accents = PasswordHash.parse("$2b$04$eK3/IqiqTQ4SwPFgLH8At.Br/USBjSl4DiTX0it.IdwnDLTeAby4e");
        assertThat(accents.matches("é".repeat(36))).isTrue();
        assertThat(accents.matches("é".repeat(36) + "a")).isFalse();
    }

    @Test
    void PWD_03_matches_nothing_for_null_an_empty_password_or_the_text_null() {
        for (PasswordHash hash : oneOfEach()) {
            assertThat(hash.matches((String) null)).isFalse();
            assertThat(hash.matches("")).isFalse();
            assertThat(hash.matches(new byte[0])).isFalse();
            assertThat(hash.matches("null")).isFalse();
        }
        for (String stored : List.of("", " ", "null", "{}", "$", "*", "!", "x")) {
            assertThatThrownBy(() -> PasswordHash.parse(stored)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2a$31$WR9jW2OGMW30zkVgJbaHgeHr/fILP2liYVtJxjrF0hWTaqq2kipdO",
                "$2b$16$WR9jW2OGMW30zkVgJbaHgeHr/fILP2liYVtJxjrF0hWTaqq2kipdO",
                "$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=262144,t=64,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=4294967297,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=64,t=1,p=17$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "{pbkdf2-sha256}10000001$" + SALT + "$" + HASH,
                "{pbkdf2-sha256}4294967296001000$" + SALT + "$" + HASH
            })
    void PWD_04_refuses_a_stored_bomb_at_once(String stored) {
        Assertions.assertTimeout(
                Duration.ofMillis(500),
                () -> assertThatThrownBy(() -> PasswordHash.parse(stored))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("expected"));
    }

    @Test
    void PWD_05_refuses_a_password_above_1024_bytes_before_it_hashes() {
        CountingPasswordHash hash = CountingPasswordHash.of("x".repeat(1025));
        assertThat(hash.matches("x".repeat(1025))).isFalse();
        assertThat(hash.matches("é".repeat(513))).isFalse();
        assertThat(hash.matches("x".repeat(1_000_000))).isFalse();
        assertThat(hash.computed()).isZero();
        CountingPasswordHash longest = CountingPasswordHash.of("x".repeat(1024));
        assertThat(longest.matches("x".repeat(1024))).isTrue();
        assertThat(longest.computed()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "{plain}secret",
                "{noop}secret",
                "{bcrypt}" + BCRYPT,
                "{SSHA}c2VjcmV0",
                "$1$abc$def",
                "$6$abc$def",
                "$5$abc$def",
                "$scrypt$ln=14,r=8,p=1$abc$def",
                "5f4dcc3b5aa765d61d8327deb882cf99",
                "$2x$04$WR9jW2OGMW30zkVgJbaHgeHr/fILP2liYVtJxjrF0hWTaqq2kipdO",
                "$2$04$WR9jW2OGMW30zkVgJbaHgeHr/fILP2liYVtJxjrF0hWTaqq2kipdO",
                " " + BCRYPT,
                "{PBKDF2-SHA256}1000$" + SALT + "$" + HASH,
            })
    void PWD_06_refuses_plain_text_and_unknown_formats_without_showing_them(String stored) {
        Throwable refused = catchThrowable(() -> PasswordHash.parse(stored));
        assertThat(refused).isInstanceOf(IllegalArgumentException.class).hasNoCause();
        assertThat(refused.toString().contains(stored)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                BCRYPT + "x",
                "$2b$4$WR9jW2OGMW30zkVgJbaHgeHr/fILP2liYVtJxjrF0hWTaqq2kipdOx",
                "$2b$+4$WR9jW2OGMW30zkVgJbaHgeHr/fILP2liYVtJxjrF0hWTaqq2kipdO",
                "$2b$04$WR9jW2OGMW30zkVgJbaHgeHr/fILP2liYVtJxjrF0hWTaqq2kip+O",
                "$2b$04$WR9jW2OGMW30zkVgJbaHgfHr/fILP2liYVtJxjrF0hWTaqq2kipdO",
                "$2b$04$WR9jW2OGMW30zkVgJbaHgeHr/fILP2liYVtJxjrF0hWTaqq2kipdP",
                "$argon2id$m=256,t=2,p=1$G4TVzl9ge75eI6iB40DtNw$knIq1BrTKUJIYNOXWmaQ+51LezUMoz8gCvzEDcOU9Eg",
                "$argon2id$v=19$t=2,m=256,p=1$G4TVzl9ge75eI6iB40DtNw$knIq1BrTKUJIYNOXWmaQ+51LezUMoz8gCvzEDcOU9Eg",
                "$argon2id$v=19$m=0256,t=2,p=1$G4TVzl9ge75eI6iB40DtNw$knIq1BrTKUJIYNOXWmaQ+51LezUMoz8gCvzEDcOU9Eg",
                "$argon2id$v=19$m=7,t=2,p=1$G4TVzl9ge75eI6iB40DtNw$knIq1BrTKUJIYNOXWmaQ+51LezUMoz8gCvzEDcOU9Eg",
                "$argon2id$v=19$m=256,t=0,p=1$G4TVzl9ge75eI6iB40DtNw$knIq1BrTKUJIYNOXWmaQ+51LezUMoz8gCvzEDcOU9Eg",
                "$argon2id$v=19$m=256,t=2,p=1$G4TVzl9ge75eI6iB40DtNw$knIq1BrTKUJIYNOXWmaQ+51LezUMoz8gCvzEDcOU9Eg=",
                "$argon2id$v=19$m=256,t=2,p=1$G4TVzl9ge75eI6iB40DtNw$knIq1BrTKUJIYNOXWmaQ+51LezUMoz8gCvzEDcOU9Eh",
                "$argon2id$v=19$m=256,t=2,p=1$G4TVzl9ge75eI6iB40DtNw$knIq1BrTKUJIYNOXWmaQ+51LezUMoz8gCvzEDcOU9Eg$",
                "$argon2id$",
                "$argon2id$v=19$$$",
                "{pbkdf2-sha256}",
                "{pbkdf2-sha256}$$",
                "{pbkdf2-sha256}0$" + SALT + "$" + HASH,
                "{pbkdf2-sha256}999$" + SALT + "$" + HASH,
                "{pbkdf2-sha256}01000$" + SALT + "$" + HASH,
                "{pbkdf2-sha256}-1000$" + SALT + "$" + HASH,
                "{pbkdf2-sha256}1000$$" + HASH,
                "{pbkdf2-sha256}1000$" + SALT + "$",
                "{pbkdf2-sha256}1000$" + SALT + "$AAAA",
                "{pbkdf2-sha256}1000$c2FsdA==$" + HASH,
                "{pbkdf2-sha256}1000$" + SALT + "$" + HASH + "$",
                "{pbkdf2-sha256}1000$" + SALT + "\n$" + HASH,
                "{pbkdf2-sha256}1000$" + SALT + "=$" + HASH,
                "{pbkdf2-sha256}1000$c2FsdHNhbHRzYWx0c2FsdB==$" + HASH,
            })
    void refuses_a_damaged_hash(String stored) {
        Throwable refused = catchThrowable(() -> PasswordHash.parse(stored));
        assertThat(refused).isInstanceOf(IllegalArgumentException.class).hasNoCause();
        if (stored.length() > 40) {
            assertThat(refused.toString()).doesNotContain(stored, stored.substring(stored.length() - 20));
        }
    }

    @Test
    void reads_PBKDF2_with_and_without_padding() {
        PasswordHash padded = PasswordHash.parse("{pbkdf2-sha256}1000$" + SALT + "$" + HASH);
        PasswordHash bare =
                PasswordHash.parse("{pbkdf2-sha256}1000$" + SALT.replace("=", "") + "$" + HASH.replace("=", ""));
        assertThat(bare.cost()).isEqualTo(padded.cost());
    }

    @Test
    void PWD_07_compares_hashes_in_constant_time() {
        // By structure: every comparison is MessageDigest.isEqual.
        PasswordHash hash = PasswordHash.create("right", PasswordHash.Target.ARGON2ID);
        assertThat(hash.matches("right")).isTrue();
        assertThat(hash.matches("righT")).isFalse();
    }

    @Test
    void PWD_08_matches_nothing_with_a_NUL_or_an_unpaired_surrogate() {
        assertThat(PasswordHash.parse("$2b$04$EB1CryNQfLJmHk.T5B./VOmBfzbyovKfDKS8Nrkoq35.pmFTO1Nw2")
                        .matches("abc\0def"))
                .isFalse();
        PasswordHash hash = PasswordHash.create("abc?", PasswordHash.Target.ARGON2ID);
        assertThat(hash.matches("abc\uD800")).isFalse();
        assertThat(hash.matches("abc?\0")).isFalse();
        assertThat(hash.matches("abc?")).isTrue();
    }

    @Test
    void refuses_to_make_a_hash_of_a_password_that_could_never_match() {
        for (String password : List.of("", "a\0b", "\uD800", "x".repeat(1025), "é".repeat(513))) {
            assertThatThrownBy(() -> PasswordHash.create(password, PasswordHash.Target.ARGON2ID))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void makes_decoys_of_the_same_cost_that_it_reads_and_that_differ_each_time() {
        for (PasswordHash hash : oneOfEach()) {
            PasswordHash decoy = hash.decoy();
            assertThat(decoy.cost()).isEqualTo(hash.cost());
            assertThat(decoy.weight()).isEqualTo(hash.weight());
            assertThat(PasswordHash.parse(decoy.encoded())).isEqualTo(decoy);
            assertThat(hash.decoy()).isNotEqualTo(decoy);
            assertThat(decoy.matches(BCRYPT_PASSWORD)).isFalse();
        }
    }

    @Test
    void tells_what_is_weak() {
        assertThat(PasswordHash.parse(BCRYPT).isWeak()).isTrue();
        assertThat(PasswordHash.parse(BCRYPT.replace("$04$", "$10$")).isWeak()).isFalse();
        assertThat(PasswordHash.parse("{pbkdf2-sha256}599999$" + SALT + "$" + HASH)
                        .isWeak())
                .isTrue();
    }

    @Test
    void shows_neither_salt_nor_hash() {
        for (PasswordHash hash : oneOfEach()) {
            String encoded = hash.encoded();
            assertThat(hash.toString()).doesNotContain(encoded, encoded.substring(encoded.length() - 12));
        }
    }

    @Test
    void prints_and_logs_nothing() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (CapturedLog log = new CapturedLog()) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            for (PasswordHash hash : oneOfEach()) {
                hash.matches("any");
            }
            assertThat(log.lines()).isEmpty();
        } finally {
            System.setOut(before);
        }
        assertThat(printed.size()).isZero();
    }

    private static List<PasswordHash> oneOfEach() {
        return List.of(
                PasswordHash.parse(BCRYPT),
                PasswordHash.parse(
                        "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"),
                PasswordHash.parse("{pbkdf2-sha256}1000$" + SALT + "$" + HASH));
    }
}
