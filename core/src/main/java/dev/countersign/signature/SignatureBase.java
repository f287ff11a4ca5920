package dev.countersign.signature;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The bytes that a signature is made over (RFC 9421 section 2.5). Made in one way for signing and for verifying. It may
 * have secrets of the message in it, so its {@code toString} shows nothing.
 */
public final class SignatureBase {
    private final SignatureInput input;
    private final String text;

    private SignatureBase(SignatureInput input, String text) {
        this.input = input;
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
        return of(input, new ComponentValues(message, structured));
    }

    static Optional<SignatureBase> of(SignatureInput input, ComponentValues values) {
        StringBuilder base = new StringBuilder(512);
        for (Component component : input.components()) {
            String value = values.of(component);
            if (value == null || !isLine(value)) {
                return Optional.empty();
            }
            base.append(component.text()).append(": ").append(value).append('\n');
        }
        return Optional.of(new SignatureBase(
                input,
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

    /** The same as text, with whatever of the message is covered: for no log. */
    public String text() {
        return text;
    }

    /**
     * The same with four stars for each value that may not be shown: for a debugging aid that somebody switched on, never
     * for an ordinary log.
     *
     * @param shown the components whose values may be shown
     */
    public String text(Predicate<Component> shown) {
        StringBuilder masked = new StringBuilder(text.length());
        int at = 0;
        for (Component component : input.components()) {
            // No value has a line break in it.
            int end = text.indexOf('\n', at) + 1;
            if (shown.test(component)) {
                masked.append(text, at, end);
            } else {
                masked.append(component.text()).append(": ****\n");
            }
            at = end;
        }
        return masked.append(text, at, text.length()).toString();
    }

    /** Only the type's name. */
    @Override
    public String toString() {
        return "SignatureBase[****]";
    }
}
