package dev.countersign.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.Vectors;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Hashes that others computed, and stored values and passwords that are odd. */
class PasswordHashVectorsTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    /**
     * Published answers that are not computed, by their source. RFC 9106 section 5.3: its only vector for Argon2id has
     * associated data, for which password4j 1.8.4 has no parameter (a secret it takes, as the text of a pepper). No stored
     * hash that is read can have either; that one which names them is refused is what is tested instead.
     */
    private static final List<String> NOT_COMPUTED = List.of("RFC 9106 5.3");

    @TestFactory
    Stream<DynamicTest> answers_as_published() {
        List<JsonObject> cases = Vectors.cases("password-hashes/known-answers.json");
        return IntStream.range(0, cases.size())
                .mapToObj(i -> DynamicTest.dynamicTest(
                        "known-answers[" + i + "] " + cases.get(i).getString("alg"), () -> knownAnswer(cases.get(i))));
    }

    private static void knownAnswer(JsonObject vector) {
        byte[] password = Base64.getDecoder().decode(vector.getString("password_b64"));
        switch (vector.getString("alg")) {
            case "bcrypt", "argon2id" -> {
                PasswordHash hash = PasswordHash.parse(vector.getString("hash"));
                assertThat(hash.verify(password)).isTrue();
                // The hash is right also of a password with a NUL, which the policy refuses all the same.
                assertThat(hash.matches(password)).isEqualTo(indexOfNul(password) < 0);
                password[0] ^= 1;
                assertThat(hash.verify(password)).isFalse();
            }
            // The data-independent variant is none of our formats: refused when it is read.
            case "argon2i" ->
                assertThatThrownBy(() -> PasswordHash.parse(vector.getString("hash")))
                        .isInstanceOf(IllegalArgumentException.class);
            case "argon2id-raw" -> {
                assertThat(NOT_COMPUTED).contains(vector.getString("source"));
                assertThat(hex(vector, "associated_hex")).isNotEmpty();
                assertRefused(storedWithAssociatedData(vector));
            }
            case "pbkdf2-sha256" ->
                assertThat(Pbkdf2.derive(
                                password,
                                hex(vector, "salt_hex"),
                                vector.getInt("iterations"),
                                vector.getInt("length")))
                        .hasValueSatisfying(raw -> assertThat(raw).isEqualTo(hex(vector, "raw_hex")));
            // No stored form of these is read; that their marks are unknown is tested with the formats.
            case "pbkdf2-sha1" -> assertRefused("{pbkdf2-sha1}4096$c2FsdHNhbHQ=$SwB5AbdlSJmr60nZJvch0GWkKcE=");
            case "scrypt" -> assertRefused("$s0$e0801$c2FsdHNhbHQ$SwB5AbdlSJmr60nZJvch0GWkKcE");
            default -> throw new AssertionError("an algorithm that this test does not know");
        }
    }

    /** The string form of the reference code, with the vector's associated data and a name for its secret. */
    private static String storedWithAssociatedData(JsonObject vector) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + vector.getInt("memory_kib") + ",t=" + vector.getInt("passes") + ",p="
                + vector.getInt("lanes") + ",keyid=AwM,data=" + base64.encodeToString(hex(vector, "associated_hex"))
                + "$" + base64.encodeToString(hex(vector, "salt_hex"))
                + "$" + base64.encodeToString(hex(vector, "raw_hex"));
    }

    @TestFactory
    Stream<DynamicTest> keeps_to_the_policy() {
        return Vectors.cases("password-hashes/policy.json").stream()
                .map(vector -> DynamicTest.dynamicTest(
                        "policy " + vector.getString("id"),
                        () -> Assertions.assertTimeout(AT_ONCE, () -> policy(vector))));
    }

    private static void policy(JsonObject vector) {
        String stored = vector.getString("stored");
        byte[] password = Base64.getDecoder().decode(vector.getString("password_b64"));
        String expected = vector.getString("expect");
        List<String> accepted = new ArrayList<>();
        if (expected.equals("either")) {
            // Names and passwords are compared as they came, and what is not Argon2id version 19 is refused.
            accepted.add(vector.getString("id").equals("nfc-nfd") ? "no-match" : "error");
        } else {
            accepted.add(expected);
        }
        // A value that is no hash at all stops the deployment, so that its user never gets in either.
        if (List.of("empty-stored", "null-like", "unknown-user").contains(vector.getString("id"))) {
            accepted.add("error");
        }
        assertThat(accepted).contains(outcome(stored, password));
    }

    private static String outcome(String stored, byte[] password) {
        PasswordHash hash;
        try {
            hash = PasswordHash.parse(stored);
        } catch (IllegalArgumentException e) {
            if (stored.length() > 8) {
                assertThat(e.getMessage()).doesNotContain(stored, stored.substring(stored.length() - 8));
            }
            assertThat(e.getCause()).isNull();
            return "error";
        }
        return hash.matches(password) ? "match" : "no-match";
    }

    @TestFactory
    Stream<DynamicTest> derives_as_wycheproof_does() {
        return Vectors.read("wycheproof/pbkdf2_hmacsha256.json").asJsonObject().getJsonArray("testGroups").stream()
                .flatMap(group -> group.asJsonObject().getJsonArray("tests").stream())
                .map(test -> test.asJsonObject())
                .map(test -> DynamicTest.dynamicTest(
                        "wycheproof pbkdf2_hmacsha256 tcId " + test.getInt("tcId"), () -> derivesAsWycheproof(test)));
    }

    /** A password that is not UTF-8 cannot be sent (RFC 7617 section 2.1), and is none that we derive from. */
    private static void derivesAsWycheproof(JsonObject test) {
        byte[] password = hex(test, "password");
        Optional<byte[]> derived =
                Pbkdf2.derive(password, hex(test, "salt"), test.getInt("iterationCount"), test.getInt("dkLen"));
        boolean text =
                Arrays.equals(new String(password, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), password);
        assertThat(derived.isPresent()).isEqualTo(text);
        derived.ifPresent(key -> assertThat(key).isEqualTo(hex(test, "dk")));
    }

    private static int indexOfNul(byte[] password) {
        for (int i = 0; i < password.length; i++) {
            if (password[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    private static void assertRefused(String stored) {
        assertThatThrownBy(() -> PasswordHash.parse(stored)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] hex(JsonObject vector, String name) {
        return HexFormat.of().parseHex(vector.getString(name));
    }
}
