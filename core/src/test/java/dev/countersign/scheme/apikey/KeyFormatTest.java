package dev.countersign.scheme.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFormatTest {
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /**
     * Made with Python 3, which shares no code with ours:
     *
     * <pre>
     * D = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
     * def b62(n, l):
     *     s = ""
     *     while n: n, r = divmod(n, 62); s = D[r] + s
     *     return s.rjust(l, "0")
     * def key(p, b, l):
     *     s = p + b62(int.from_bytes(b, "big"), l); return s + b62(zlib.crc32(s.encode()), 6)
     * k = key(prefix, body, math.ceil(8 * len(body) / math.log2(62))); hashlib.sha256(k.encode()).hexdigest()
     * </pre>
     */
    @ParameterizedTest
    @CsvSource({
        "sk_live_, 0000000000000000000000000000000000000000000000000000000000000000,"
                + "sk_live_00000000000000000000000000000000000000000001Vxh1Z,"
                + "4c61d8e42e9439459da32707051828b548129a1b9d23135fa171c73d4db8b247",
        "sk_live_, ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff,"
                + "sk_live_yhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp14Z47sr,"
                + "fc000b710814be083a7ed8b3c9239b1838c04124d70ebca58b718100c9e37f84",
        "sk_live_, 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f,"
                + "sk_live_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf2L6EQX,"
                + "0a667d1dbc48302b8dfcadffec9cd83b47bffe4ff6e4028d38675ce0caf3bc38",
        "pk.test-, eedfd749e2646de3fb66b471ce392177a35f36295d66514234627f7b5a28097b,"
                + "pk.test-udxLpQtF3OvmoA4bVFlNUFaAuMsFr2Xd2Q5ffzlQDjX0J0Hyj,"
                + "7418c2d4c7833a19f743eabce8dbe53edb4d22cedeb5c22ed3e429d5023512b9",
        "sk_live_, 000102030405060708090a0b0c0d0e0f,"
                + "sk_live_000SYW7RiJxkEgOGusQGwp4EidsI,"
                + "836ebb3fe6b7d18a43a5e1754a78b80d053df7ede8fdd9c77fd639de5a92e0c8",
        "sk_live_, 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
                + "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f,"
                + "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,"
                + "cff6f4fb20ea3174ada62ecf597b363651a911ed8c7fda06ede7ae5a11140958"
    })
    void gives_the_keys_and_digests_that_were_computed_independently(
            String prefix, String random, String key, String digest) {
        byte[] bytes = HexFormat.of().parseHex(random);
        assertThat(KeyFormat.format(prefix, bytes)).isEqualTo(key);
        assertThat(KeyFormat.isWellFormed(key, prefix, bytes.length)).isTrue();
        assertThat(ApiKeyDigest.of(key).hex()).isEqualTo(digest);
    }

    /** The check value of CRC-32/ISO-HDLC, published for the text 123456789, is CBF43926. */
    @Test
    void checks_with_the_CRC_of_IEEE_802_3() {
        assertThat(KeyFormat.check("123456789")).isEqualTo("3jZRME");
    }

    @ParameterizedTest
    @CsvSource({"16, 22", "24, 33", "32, 43", "48, 65", "64, 86"})
    void has_as_many_characters_as_every_number_of_so_many_bytes_needs(int bytes, int length) {
        assertThat(KeyFormat.bodyLength(bytes)).isEqualTo(length);
    }

    @Test
    void accepts_every_key_that_it_makes() {
        Random random = new Random(1);
        for (int bytes = KeyFormat.MIN_BYTES; bytes <= KeyFormat.MAX_BYTES; bytes++) {
            for (int i = 0; i < 20; i++) {
                byte[] body = new byte[bytes];
                random.nextBytes(body);
                String key = KeyFormat.format("sk_live_", body);
                assertThat(KeyFormat.isWellFormed(key, "sk_live_", bytes)).isTrue();
            }
        }
    }

    @Test
    void notices_every_change_of_one_character_and_every_swap_of_neighbours() {
        Random random = new Random(2);
        for (int i = 0; i < 40; i++) {
            byte[] body = new byte[32];
            random.nextBytes(body);
            String key = KeyFormat.format("sk_live_", body);
            for (int at = "sk_live_".length(); at < key.length(); at++) {
                for (int to = 0; to < BASE62.length(); to++) {
                    String changed = key.substring(0, at) + BASE62.charAt(to) + key.substring(at + 1);
                    assertThat(KeyFormat.isWellFormed(changed, "sk_live_", 32)).isEqualTo(changed.equals(key));
                }
                if (at + 1 < key.length()) {
                    String swapped = key.substring(0, at) + key.charAt(at + 1) + key.charAt(at) + key.substring(at + 2);
                    assertThat(KeyFormat.isWellFormed(swapped, "sk_live_", 32)).isEqualTo(swapped.equals(key));
                }
            }
        }
    }

    @Test
    void refuses_other_lengths_and_characters() {
        String key = KeyFormat.format("sk_live_", new byte[32]);
        for (String other : new String[] {
            key + "0",
            key.substring(0, key.length() - 1),
            key + " ",
            key.replace('V', '-'),
            key.replace("0000", "0é00"),
            "sk_live_",
            key.replace("sk_live_", "sk_test_")
        }) {
            assertThat(KeyFormat.isWellFormed(other, "sk_live_", 32)).as(other).isFalse();
        }
        assertThat(KeyFormat.isWellFormed(key, "sk_live_", 31)).isFalse();
        assertThat(KeyFormat.isWellFormed(key, "sk_live_", 33)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "/", ":", "@", "[", "`", "{", "~"})
    void KEY_09_refuses_a_body_of_other_characters_although_its_check_fits(String character) {
        String good = "sk_live_" + "0".repeat(43);
        assertThat(KeyFormat.isWellFormed(good + KeyFormat.check(good), "sk_live_", 32))
                .isTrue();
        for (int at : new int[] {8, 30, 50}) {
            String body = good.substring(0, at) + character + good.substring(at + 1);
            assertThat(KeyFormat.isWellFormed(body + KeyFormat.check(body), "sk_live_", 32))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk_", "-._", "~+/", "0Aa", "9Zz", "12345678901234567890123456789012"})
    void accepts_prefixes_of_3_to_32_characters_of_a_token68(String prefix) {
        assertThat(KeyFormat.isPrefix(prefix)).isTrue();
        assertThat(KeyFormat.isPrefix("123456789012345678901234567890123")).isFalse();
    }

    @Test
    void KEY_10_issues_keys_from_a_secure_source_without_repeats() {
        ApiKeys keys = ApiKeys.withPrefix("sk_live_");
        Set<String> seen = new HashSet<>();
        Set<String> ids = new HashSet<>();
        // For each place of the body, the characters seen there: all of them, but for the first, which starts low.
        int[] variety = new int[43 * BASE62.length()];
        for (int i = 0; i < 10_000; i++) {
            ApiKeys.IssuedKey issued = keys.issue();
            assertThat(seen.add(issued.key())).isTrue();
            assertThat(ids.add(issued.record().id())).isTrue();
            for (int at = 0; at < 43; at++) {
                variety[at * BASE62.length() + BASE62.indexOf(issued.key().charAt(8 + at))]++;
            }
        }
        for (int i = BASE62.length(); i < variety.length; i++) {
            // 161 expected, a standard deviation of about 13.
            assertThat(variety[i]).isBetween(60, 270);
        }
    }

    @Test
    void makes_keys_of_the_configured_number_of_bytes_and_no_fewer_than_16() {
        assertThat(ApiKeys.withPrefix("sk_").bytes(16).issue("a").key()).hasSize(3 + 22 + 6);
        assertThat(ApiKeys.withPrefix("sk_").bytes(64).issue("a").key()).hasSize(3 + 86 + 6);
        assertThatThrownBy(() -> ApiKeys.withPrefix("sk_").bytes(15)).hasMessageContaining("16 to 64");
        assertThatThrownBy(() -> ApiKeys.withPrefix("sk_").bytes(65)).hasMessageContaining("16 to 64");
    }

    @Test
    void shows_no_key_in_the_text_of_an_issued_one() {
        ApiKeys.IssuedKey issued = ApiKeys.withPrefix("sk_live_").issue("acme-1");
        assertThat(issued.toString()).contains("acme-1").doesNotContain("sk_live_");
        assertThat(issued.record().toString())
                .doesNotContain(issued.record().digest().hex())
                .doesNotContain("sk_live_");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "sk", "sk live", "sk=", "sk,", "\u00e9\u00e9\u00e9", "eyJ", "eyJhbGciOi", "sk\n_", "sk:_"})
    void refuses_prefixes_that_could_not_stand_in_every_carrier_or_claim_too_much(String prefix) {
        assertThat(KeyFormat.isPrefix(prefix)).isFalse();
        assertThatThrownBy(() -> ApiKeys.withPrefix(prefix)).isInstanceOf(IllegalArgumentException.class);
    }
}
