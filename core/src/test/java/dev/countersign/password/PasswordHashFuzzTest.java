package dev.countersign.password;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.FuzzInput;
import java.util.List;

class PasswordHashFuzzTest {
    /** The dearest that the bounds allow: 1 GiB of memory times passes, three microseconds a KiB. */
    private static final long DEAREST = 3L * 1024 * 1024;

    private static final List<String> PIECES = List.of(
            "{pbkdf2-sha256}1000$c2FsdHNhbHRzYWx0c2FsdA==$",
            "$argon2id$v=19$m=64,t=1,p=1$",
            "$2b$04$",
            "c2FsdHNhbHRzYWx0c2FsdA",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "abcdefghijklmnopqrstuO",
            "abcdefghijklmnopqrstuvwxyzABCDC");

    @FuzzTest
    void a_stored_hash_is_whole_and_affordable_or_refused(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        boolean asked = input.choose(2) == 1;
        String stored = FuzzInput.planted(input.unicode(), PIECES);
        PasswordHash hash;
        try {
            hash = FuzzInput.bounded(stored.length(), () -> PasswordHash.parse(stored));
        } catch (IllegalArgumentException e) {
            FuzzInput.assertTellsNoSecret(e.getMessage());
            assertThat(e.getCause()).isNull();
            return;
        }
        assertThat(hash.encoded()).isEqualTo(stored);
        assertThat(hash).isEqualTo(PasswordHash.parse(stored));
        assertThat(hash.weight()).isBetween(1L, 3L * 1024 * 1024 + DEAREST * 3);
        assertThat(hash.toString()).isEqualTo("PasswordHash[" + hash.cost() + "]");
        PasswordHash decoy = hash.decoy();
        assertThat(decoy).isNotEqualTo(hash);
        assertThat(PasswordHash.parse(decoy.encoded())).isEqualTo(decoy);
        assertThat(decoy.cost()).isEqualTo(hash.cost());
        // Base64 may be padded or not.
        assertThat(decoy.encoded().replace("=", ""))
                .hasSameSizeAs(hash.encoded().replace("=", ""));
        if (asked && hash.weight() <= 2000) {
            // None of the planted hashes is that of any password that is tried.
            assertThat(hash.matches("open sesame")).isFalse();
            assertThat(hash.matches(new byte[] {(byte) 0xFF})).isFalse();
        }
    }
}
