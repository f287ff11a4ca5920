package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MessageSignaturesTest {
    private static final int MAX = 64 << 10;

    private static MessageSignatures read(String input, String signature) {
        return MessageSignatures.read(List.of(input), List.of(signature), MAX);
    }

    private static void assertRefused(MessageSignatures signatures, SignatureProblem problem) {
        assertThat(signatures).isEqualTo(new MessageSignatures.Unreadable(problem));
        assertThat(signatures.<String>match(
                        read -> "read", unreadable -> unreadable.problem().detail()))
                .isEqualTo(problem.detail());
    }

    @Test
    void reads_what_a_signer_says() {
        MessageSignatures signatures = read(
                "a=(\"@method\" \"x\";sf);keyid=\"k\";created=7;expires=9;nonce=\"n\";alg=\"ed25519\";tag=\"t\";other=x",
                "a=:AQI=:");
        assertThat(signatures).isInstanceOf(MessageSignatures.Read.class);
        MessageSignature signature =
                ((MessageSignatures.Read) signatures).signatures().get(0);
        SignatureInput input = signature.input();
        assertThat(input.label()).isEqualTo("a");
        assertThat(input.components()).containsExactly(Component.METHOD, Component.of("\"x\";sf"));
        assertThat(input.parameters())
                .isEqualTo(SignatureParameters.of(7, "k")
                        .withExpires(9)
                        .withNonce("n")
                        .withAlgorithm(SignatureAlgorithm.ED25519)
                        .withTag("t"));
        assertThat(input.text())
                .isEqualTo(
                        "(\"@method\" \"x\";sf);keyid=\"k\";created=7;expires=9;nonce=\"n\";alg=\"ed25519\";tag=\"t\""
                                + ";other=x");
        assertThat(signature.value()).containsExactly(1, 2);
        assertThat(signature).hasToString("MessageSignature[" + input + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sig1=(\"@method\"|sig1=:AA==:|SYNTAX",
                "sig1=(\"@method\");created=1|sig1=:A|SYNTAX",
                "sig1=(\"@method\");created=1|sig1=:é:|SYNTAX",
                "``|sig1=:AA==:|SIGNATURES",
                "sig1=(\"@method\");created=1|``|LABELS",
                "sig1=(\"@method\");created=1|sig2=:AA==:|LABELS",
                "sig1=(\"@method\");created=1|sig1=:AA==:, sig2=:AA==:|LABELS",
                "sig1=(\"@method\");created=1, sig2=()|sig1=:AA==:|LABELS",
                "sig1=(\"@method\");created=1|sig1=\"abc\"|MEMBER",
                "sig1=(\"@method\");created=1|sig1|MEMBER",
                "sig1=(\"@method\");created=1|sig1=::|MEMBER",
                "sig1=(\"@method\");created=1|sig1=(:AA==:)|MEMBER",
                "sig1=\"@method\";created=1|sig1=:AA==:|MEMBER",
                "sig1|sig1=:AA==:|MEMBER",
                "sig1=(\"@method\");created=1.0|sig1=:AA==:|PARAMETER",
                "sig1=(\"@method\");created=\"1\"|sig1=:AA==:|PARAMETER",
                "sig1=(\"@method\");created|sig1=:AA==:|PARAMETER",
                "sig1=(\"@method\");expires=\"1\"|sig1=:AA==:|PARAMETER",
                "sig1=(\"@method\");nonce=1|sig1=:AA==:|PARAMETER",
                "sig1=(\"@method\");alg=ed25519|sig1=:AA==:|PARAMETER",
                "sig1=(\"@method\");keyid=:AA==:|sig1=:AA==:|PARAMETER",
                "sig1=(\"@method\");tag|sig1=:AA==:|PARAMETER",
                "sig1=(\"@made-up\")|sig1=:AA==:|COMPONENT",
                "sig1=(\"Content-Type\")|sig1=:AA==:|COMPONENT",
                "sig1=(token)|sig1=:AA==:|COMPONENT",
                "sig1=(\"@signature-params\")|sig1=:AA==:|COMPONENT",
                "sig1=(\"@method\" \"@method\")|sig1=:AA==:|DUPLICATE_COMPONENT",
                "sig1=(\"x\";req;tr \"x\";tr;req)|sig1=:AA==:|DUPLICATE_COMPONENT"
            })
    void SIG_07_refuses_what_cannot_be_read_strictly(String input, String signature, SignatureProblem problem) {
        assertRefused(read(input, signature), problem);
    }

    @Test
    void refuses_one_field_without_the_other() {
        assertRefused(MessageSignatures.read(List.of(), List.of("a=:AA==:"), MAX), SignatureProblem.INPUT_MISSING);
        assertRefused(MessageSignatures.read(List.of("a=()"), List.of(), MAX), SignatureProblem.SIGNATURE_MISSING);
    }

    @Test
    void SIG_19_reads_eight_signatures_and_not_nine() {
        assertThat(read(members(8, "()"), members(8, ":AA==:"))).isInstanceOf(MessageSignatures.Read.class);
        assertRefused(read(members(9, "()"), members(9, ":AA==:")), SignatureProblem.SIGNATURES);
        assertRefused(read(members(1, "()"), members(9, ":AA==:")), SignatureProblem.SIGNATURES);
    }

    private static String members(int count, String value) {
        return IntStream.range(0, count).mapToObj(i -> "s" + i + "=" + value).collect(Collectors.joining(", "));
    }

    @Test
    void SIG_19_reads_64_components_and_not_65() {
        assertThat(read("a=" + fields(64), "a=:AA==:")).isInstanceOf(MessageSignatures.Read.class);
        assertRefused(read("a=" + fields(65), "a=:AA==:"), SignatureProblem.COMPONENTS);
        assertRefused(read("a=" + fields(1000), "a=:AA==:"), SignatureProblem.COMPONENTS);
    }

    @Test
    void SIG_19_reads_8_components_out_of_structured_fields_and_not_9() {
        assertThat(read("a=" + parsed(8, 0), "a=:AA==:")).isInstanceOf(MessageSignatures.Read.class);
        assertThat(read("a=" + parsed(7, 1), "a=:AA==:")).isInstanceOf(MessageSignatures.Read.class);
        assertRefused(read("a=" + parsed(9, 0), "a=:AA==:"), SignatureProblem.COMPONENTS);
        assertRefused(read("a=" + parsed(8, 1), "a=:AA==:"), SignatureProblem.COMPONENTS);
        assertRefused(read("a=" + parsed(60, 0), "a=:AA==:"), SignatureProblem.COMPONENTS);
    }

    private static String parsed(int keys, int strict) {
        return IntStream.range(0, keys + strict)
                .mapToObj(i -> i < keys ? "\"x\";key=\"a" + i + "\"" : "\"priority\";sf")
                .collect(Collectors.joining(" ", "(\"@method\" ", ")"));
    }

    private static String fields(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"x" + i + "\"").collect(Collectors.joining(" ", "(", ")"));
    }

    @Test
    void SIG_19_fields_that_are_too_long_are_not_read() {
        String input = "a=()";
        String value = "a=:AQIDBA==:";
        assertThat(MessageSignatures.read(List.of(input), List.of(value), value.length()))
                .isInstanceOf(MessageSignatures.Read.class);
        assertRefused(
                MessageSignatures.read(List.of(input), List.of(value), value.length() - 1), SignatureProblem.TOO_LONG);
        assertRefused(
                MessageSignatures.read(List.of("a=();tag=\"long\""), List.of(value), value.length()),
                SignatureProblem.TOO_LONG);
    }

    @Test
    void what_is_written_reads_the_same() {
        SignatureInput input = SignatureInput.of(
                "sig1",
                List.of(Component.METHOD, Component.of("\"@query-param\";name=\"a\"")),
                SignatureParameters.of(1_700_000_000, "a \"quoted\" \\ key").withTag("t"));
        var fields = input.fields(new byte[] {1, 2, 3});
        MessageSignatures read =
                MessageSignatures.read(List.of(fields.get("Signature-Input")), List.of(fields.get("Signature")), MAX);
        MessageSignature signature =
                ((MessageSignatures.Read) read).signatures().get(0);
        assertThat(signature.input().text()).isEqualTo(input.text());
        assertThat(signature.input().parameters()).isEqualTo(input.parameters());
        assertThat(signature.input().components()).isEqualTo(input.components());
        assertThat(signature.value()).containsExactly(1, 2, 3);
    }

    @Test
    void writes_what_R26_asks_for() {
        assertThat(SignatureInput.accept(
                        "sig1",
                        List.of(Component.METHOD, Component.TARGET_URI, Component.CONTENT_DIGEST),
                        "n",
                        Optional.of("hmac-sha256"),
                        Optional.of("orders")))
                .isEqualTo("sig1=(\"@method\" \"@target-uri\" \"content-digest\");created;nonce=\"n\""
                        + ";alg=\"hmac-sha256\";tag=\"orders\"");
    }

    @Test
    void a_signer_cannot_write_what_no_verifier_reads() {
        SignatureParameters parameters = SignatureParameters.of(1, "k");
        assertThatIllegalArgumentException().isThrownBy(() -> SignatureInput.of("Sig", List.of(), parameters));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignatureInput.of("a", List.of(Component.PATH, Component.PATH), parameters));
        List<Component> many =
                IntStream.range(0, 65).mapToObj(i -> Component.of("x" + i)).toList();
        assertThatIllegalArgumentException().isThrownBy(() -> SignatureInput.of("a", many, parameters));
        List<Component> members = IntStream.range(0, 9)
                .mapToObj(i -> Component.of("\"x\";key=\"a" + i + "\""))
                .toList();
        assertThatIllegalArgumentException().isThrownBy(() -> SignatureInput.of("a", members, parameters));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> SignatureInput.of("a", List.of(), SignatureParameters.of(1_000_000_000_000_000L, "k")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignatureInput.of("a", List.of(), parameters.withNonce("line\nbreak")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignatureInput.of("a", List.of(), parameters.withTag("\u00e4")));
    }
}
