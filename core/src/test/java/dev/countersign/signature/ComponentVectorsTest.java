package dev.countersign.signature;

import static dev.countersign.JsonVectors.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.JsonVectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The component values of RFC 9421 section 2. */
final class ComponentVectorsTest {
    private static final SignatureParameters NONE = new SignatureParameters(
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    static Stream<Arguments> vectors() {
        return JsonVectors.array("http-message-signatures/rfc9421-components.json").stream()
                .map(vector -> Arguments.of(text(vector, "id"), vector));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void SIG_04_every_component_has_the_value_of_the_RFC(String id, Map<String, Object> vector) {
        Map<String, FieldType> structured = new HashMap<>(FieldType.KNOWN);
        structured.put("example-dict", FieldType.DICTIONARY);
        Component component = Component.of(text(vector, "component"));
        assertThat(component.text()).isEqualTo(text(vector, "component"));
        SignatureInput input = SignatureInput.of("a", List.of(component), NONE);
        Optional<String> base =
                SignatureBase.of(VectorMessages.of(vector), input, structured).map(SignatureBase::text);
        if (Boolean.TRUE.equals(vector.get("error"))) {
            assertThat(base).isEmpty();
        } else {
            assertThat(base)
                    .contains(component.text() + ": " + text(vector, "expected_value") + "\n\"@signature-params\": ("
                            + component.text() + ")");
        }
    }
}
