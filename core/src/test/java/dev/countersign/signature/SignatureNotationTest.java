package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.signature.SignatureNotation.Pairs;
import dev.countersign.signature.SignatureNotation.Prefixed;
import dev.countersign.signature.SignatureNotation.Reading;
import dev.countersign.signature.SignatureNotation.Versioned;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureNotationTest {
    private static final SignatureNotation PREFIXED = new Prefixed("sha256=");
    private static final SignatureNotation PAIRS = new Pairs("v1", Optional.of("t"));
    private static final SignatureNotation VERSIONED = new Versioned("v1", Optional.of("v1a"));

    @Test
    void reads_and_writes_one_signature_behind_a_prefix() {
        assertThat(PREFIXED.read("sha256=ab")).isEqualTo(reading(List.of("ab"), List.of(), Optional.empty()));
        assertThat(PREFIXED.format(List.of("ab"), List.of(), Optional.empty())).isEqualTo("sha256=ab");
        assertThat(new Prefixed("").read("ab=")).isEqualTo(reading(List.of("ab="), List.of(), Optional.empty()));
    }

    @Test
    void reads_and_writes_pairs_and_passes_over_keys_that_it_does_not_know() {
        assertThat(PAIRS.read("t=12,v1=ab,v0=cd,v1=ef="))
                .isEqualTo(reading(List.of("ab", "ef="), List.of(), Optional.of("12")));
        assertThat(PAIRS.format(List.of("ab", "ef="), List.of(), Optional.of("12")))
                .isEqualTo("t=12,v1=ab,v1=ef=");
        assertThat(PAIRS.read("v1=ab")).isEqualTo(reading(List.of("ab"), List.of(), Optional.empty()));
        assertThat(new Pairs("s", Optional.empty()).read("t=1,t=2,s=ab"))
                .isEqualTo(reading(List.of("ab"), List.of(), Optional.empty()));
    }

    @Test
    void WH_12_reads_and_writes_versions_and_keeps_the_two_kinds_apart() {
        assertThat(VERSIONED.read("v1,ab= v1a,cd= v2,ef= v1,gh="))
                .isEqualTo(reading(List.of("ab=", "gh="), List.of("cd="), Optional.empty()));
        assertThat(VERSIONED.format(List.of("ab="), List.of("cd="), Optional.empty()))
                .isEqualTo("v1,ab= v1a,cd=");
        assertThat(new Versioned("v1", Optional.empty()).read("v1a,cd=").problem())
                .contains("no_signature");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prefixed| ''| signature_prefix",
                "prefixed| sha1=ab| signature_prefix",
                "prefixed| SHA256=ab| signature_prefix",
                "prefixed| sha256=| no_signature",
                "prefixed| sha256=a b| no_signature",
                "prefixed| sha256=é| no_signature",
                "pairs| ''| no_signature",
                "pairs| ,| no_signature",
                "pairs| t=1| no_signature",
                "pairs| t=1,v0=ab| no_signature",
                "pairs| t=1,V1=ab| no_signature",
                "pairs| v1| signature_items",
                "pairs| =ab,v1=ab| signature_items",
                "pairs| t=1,t=1,v1=ab| two_timestamps",
                "versioned| ''| no_signature",
                "versioned| v2,ab=| no_signature",
                "versioned| v1| signature_items",
                "versioned| ,ab=| signature_items",
            })
    void WH_03_what_is_not_written_so_is_unreadable(String notation, String value, String problem) {
        SignatureNotation read = notation.equals("prefixed") ? PREFIXED : notation.equals("pairs") ? PAIRS : VERSIONED;
        assertThat(read.read(value))
                .isEqualTo(new Reading(List.of(), List.of(), Optional.empty(), Optional.of(problem)));
    }

    @Test
    void WH_11_a_field_has_at_most_sixteen_items_known_or_not() {
        assertThat(PAIRS.read("v1=ab" + ",v0=x".repeat(15)).problem()).isEmpty();
        assertThat(PAIRS.read("v1=ab" + ",v0=x".repeat(16)).problem()).contains("too_many_signatures");
        assertThat(VERSIONED.read("v1,ab" + " v1,x".repeat(15)).signatures()).hasSize(16);
        assertThat(VERSIONED.read("v1,ab" + " v1,x".repeat(16)).problem()).contains("too_many_signatures");
        assertThat(VERSIONED.read("v1,ab" + " v1,x".repeat(100_000)).problem()).contains("too_many_signatures");
    }

    @Test
    void a_notation_has_keys_that_can_be_written() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Prefixed("a b"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Pairs("", Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Pairs("v1", Optional.of("v1")));
        assertThatIllegalArgumentException().isThrownBy(() -> new Pairs("v1", Optional.of("t=")));
        assertThatIllegalArgumentException().isThrownBy(() -> new Versioned("v,1", Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Versioned("v1", Optional.of("v1")));
    }

    @Test
    void what_cannot_be_written_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PREFIXED.format(List.of("a", "b"), List.of(), Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> PAIRS.format(List.of("a"), List.of(), Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> PAIRS.format(List.of(), List.of(), Optional.of("1")));
        assertThatIllegalArgumentException().isThrownBy(() -> VERSIONED.format(List.of(), List.of(), Optional.empty()));
    }

    private static Reading reading(List<String> signatures, List<String> publicOnes, Optional<String> timestamp) {
        return new Reading(signatures, publicOnes, timestamp, Optional.empty());
    }
}
