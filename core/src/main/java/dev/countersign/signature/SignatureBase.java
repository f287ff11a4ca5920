package dev.countersign.signature;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The bytes that a signature is made over (RFC 9421 section 2.5). Made in one way for signing and for verifying. It may
 * have secrets of the message in it, so its {@code toString} shows nothing.
 */
public final class SignatureBase {
    private final String text;

    private SignatureBase(String text) {
        this.text = text;
    }

    /** As {@link #of(MessageParts, SignatureInput, Map)}, with the structured fields that are known. */
    public static Optional<SignatureBase> of(MessageParts message, SignatureInput input) {
        return of(message, input, FieldType.KNOWN);
    }

    /**
     * The base of a signature over a message.
     *
     * @param structured the structured fields, in lower case, that {@code ;sf} may name
     * @return empty if a component is not there, or has no value that could stand in a line: then nothing is signed, and
     *     no signature is right (RFC 9421 section 2.5)
     */
    public static Optional<SignatureBase> of(
            MessageParts message, SignatureInput input, Map<String, FieldType> structured) {
        StringBuilder base = new StringBuilder(512);
        for (Component component : input.components()) {
            String value = ComponentValue.of(component, message, structured);
            if (value == null || !isLine(value)) {
                return Optional.empty();
            }
            base.append(component.text()).append(": ").append(value).append('\n');
        }
        return Optional.of(new SignatureBase(
                base.append("\"@signature-params\": ").append(input.text()).toString()));
    }

    /** RFC 9421 section 2.5: ASCII alone, and no line break, which would let one value pass for several lines. */
    private static boolean isLine(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c > '~') {
                return false;
            }
        }
        return true;
    }

    /** The bytes to sign. */
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The same as text: for a debugging aid that somebody switched on, never for an ordinary log. */
    public String text() {
        return text;
    }

    /** Only the type's name. */
    @Override
    public String toString() {
        return "SignatureBase[****]";
    }
}
