package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.FuzzInput;
import dev.countersign.TestExchange;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class SignatureFieldsFuzzTest {
    private static final int MAX = 4096;
    private static final byte[] CONTENT = "{\"hello\": \"world\"}".getBytes(StandardCharsets.US_ASCII);

    private static final List<String> PIECES = List.of(
            "sig1=(\"@method\" \"@target-uri\" \"content-digest\");created=1700000000;keyid=\"k\"",
            "sig1=:AQIDBA==:",
            "\"@query-param\";name=\"a\"",
            "\"x-a\";sf",
            "\"x-a\";key=\"b\"",
            "\"x-a\";bs",
            ";created=1700000000",
            ";keyid=\"k\"",
            ";nonce=\"n\"",
            "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:",
            "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:");

    @FuzzTest
    void what_is_read_can_be_written_and_covers_one_message_alone(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        switch (input.choose(4)) {
            case 0 -> signatures(planted(input.line()), planted(input.line()), planted(input.latin()));
            case 1 -> digest(planted(input.latin()));
            case 2 -> fields(planted(input.latin()));
            default -> query(input.line(), planted(input.latin()));
        }
    }

    private static String planted(String text) {
        return FuzzInput.planted(text, PIECES);
    }

    private static void signatures(String inputs, String values, String field) {
        MessageSignatures read = FuzzInput.bounded(
                Math.min(inputs.length() + values.length(), 2 * MAX),
                1 << 20,
                () -> MessageSignatures.read(List.of(inputs), List.of(values), MAX));
        if (!(read instanceof MessageSignatures.Read good)) {
            FuzzInput.assertTellsNoSecret(
                    ((MessageSignatures.Unreadable) read).problem().detail());
            return;
        }
        assertThat(inputs.length()).isLessThanOrEqualTo(MAX);
        assertThat(good.signatures()).hasSizeBetween(1, MessageSignatures.MAX_SIGNATURES);
        RequestParts message = RequestParts.of(
                TestExchange.get("/a?a=b").header("X-A", field).header("Content-Digest", "sha-256=:AA==:"),
                Optional.empty());
        for (MessageSignature signature : good.signatures()) {
            SignatureInput input = signature.input();
            assertThat(input.components()).hasSizeLessThanOrEqualTo(SignatureInput.MAX_COMPONENTS);
            assertThat(new HashSet<>(input.components())).hasSameSizeAs(input.components());
            assertReadsTheSame(signature);
            SignatureBase.of(message, input).ifPresent(base -> assertIsOneLineAComponent(base, input));
        }
    }

    private static void assertReadsTheSame(MessageSignature signature) {
        Map<String, String> written = signature.input().fields(signature.value());
        MessageSignatures again = MessageSignatures.read(
                List.of(written.get("Signature-Input")), List.of(written.get("Signature")), 2 * MAX);
        assertThat(again).isInstanceOf(MessageSignatures.Read.class);
        MessageSignature same = ((MessageSignatures.Read) again).signatures().get(0);
        assertThat(same.input().text()).isEqualTo(signature.input().text());
        assertThat(same.input().parameters()).isEqualTo(signature.input().parameters());
        assertThat(same.input().components()).isEqualTo(signature.input().components());
        assertThat(same.value()).isEqualTo(signature.value());
    }

    /** What RFC 9421 section 2.5 builds on: nobody can write a value that passes for two components. */
    private static void assertIsOneLineAComponent(SignatureBase base, SignatureInput input) {
        List<String> lines = base.text().lines().toList();
        assertThat(lines).hasSize(input.components().size() + 1);
        for (int i = 0; i < input.components().size(); i++) {
            assertThat(lines.get(i)).startsWith(input.components().get(i).text() + ": ");
        }
        assertThat(lines.get(lines.size() - 1)).isEqualTo("\"@signature-params\": " + input.text());
        assertThat(new String(base.bytes(), StandardCharsets.US_ASCII)).isEqualTo(base.text());
    }

    private static void digest(String value) {
        Optional<ContentDigest> read = FuzzInput.bounded(
                Math.min(value.length(), MAX), 1 << 20, () -> ContentDigest.parse(List.of(value), MAX));
        if (read.isPresent()) {
            read.get().accept(CONTENT, 0, CONTENT.length);
            if (read.get().matches()) {
                assertThat(value).containsAnyOf("X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE", "WZDPaVn/7XgHaAy8");
            }
        }
    }

    private static void fields(String value) {
        for (FieldType type : FieldType.values()) {
            Optional<String> written = FuzzInput.bounded(
                    Math.min(value.length(), MAX), 1 << 20, () -> StructuredFields.strict(List.of(value), type, MAX));
            written.ifPresent(text -> assertThat(StructuredFields.strict(List.of(text), type, 4 * MAX))
                    .contains(text));
        }
    }

    private static void query(String name, String query) {
        String value = QueryParameters.value(query, name);
        if (value != null) {
            assertThat(QueryParameters.value(name + "=" + value, name)).isEqualTo(value);
        }
    }
}
