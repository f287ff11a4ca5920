package dev.countersign.signature;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What one signature covers, and what its maker says of it: a member of {@code Signature-Input} (RFC 9421 section 4.1).
 * Immutable.
 *
 * <pre>{@code
 * SignatureInput input = SignatureInput.of(
 *         "sig1", List.of(Component.METHOD, Component.TARGET_URI), SignatureParameters.of(1700000000, "acme-1"));
 * }</pre>
 */
public final class SignatureInput {
    /** How many components one signature may cover. */
    public static final int MAX_COMPONENTS = 64;

    /** How many of them may have {@code ;key} or {@code ;sf}, for which a field has to be parsed. */
    public static final int MAX_PARSED = 8;

    private static final long MAX_INTEGER = 999_999_999_999_999L;

    private final String label;
    private final List<Component> components;
    private final SignatureParameters parameters;
    private final String text;

    SignatureInput(String label, List<Component> components, SignatureParameters parameters, String text) {
        this.label = label;
        this.components = List.copyOf(components);
        this.parameters = parameters;
        this.text = text;
    }

    /**
     * For a signature that is to be made.
     *
     * @param label names it among others of the message: a lower-case letter, then lower-case letters, digits, {@code _},
     *     {@code -}, {@code .} or {@code *}
     * @param components what it covers, each once, at most {@value #MAX_COMPONENTS}, and {@value #MAX_PARSED}
     *     with {@code ;key} or {@code ;sf}
     * @throws IllegalArgumentException if a label, a number of components or a parameter cannot be written
     */
    public static SignatureInput of(String label, List<Component> components, SignatureParameters parameters) {
        if (!StructuredFields.isKey(label)) {
            throw new IllegalArgumentException(
                    "the label of a signature (expected: a lower-case letter, then lower-case letters, digits or _-.*)");
        }
        if (!fits(components)) {
            throw new IllegalArgumentException(
                    "covered components (expected: at most 64, and 8 with ;key or ;sf, each once)");
        }
        requireInteger(parameters.created().orElse(0));
        requireInteger(parameters.expires().orElse(0));
        return new SignatureInput(label, components, parameters, list(components) + parameters.text());
    }

    /**
     * The value of {@code Accept-Signature} that asks for a signature (RFC 9421 section 5.1).
     *
     * @param components what it is to cover at least
     * @param nonce what it is to be made with
     * @param algorithm the name of the algorithm; empty if there is a choice
     * @param tag the application that it is for; empty if any will do
     * @throws IllegalArgumentException if a part cannot be written
     */
    public static String accept(
            String label, List<Component> components, String nonce, Optional<String> algorithm, Optional<String> tag) {
        SignatureParameters parameters = new SignatureParameters(
                OptionalLong.empty(), OptionalLong.empty(), Optional.of(nonce), algorithm, Optional.empty(), tag);
        return label + "=" + list(components) + ";created" + parameters.text();
    }

    /** Whether one signature can cover all of these: each stands once, and there are not too many. */
    public static boolean fits(List<Component> components) {
        return components.size() <= MAX_COMPONENTS
                && components.stream().filter(Component::isParsed).count() <= MAX_PARSED
                && new HashSet<>(components).size() == components.size();
    }

    private static String list(List<Component> components) {
        return components.stream().map(Component::text).collect(Collectors.joining(" ", "(", ")"));
    }

    private static void requireInteger(long value) {
        if (Math.abs(value) > MAX_INTEGER) {
            throw new IllegalArgumentException("a time of " + value + " seconds (expected: at most fifteen digits)");
        }
    }

    /** The name of the signature among others of its message, which is not signed and proves nothing. */
    public String label() {
        return label;
    }

    /** What is covered, in order. */
    public List<Component> components() {
        return components;
    }

    /** What its maker says of it. */
    public SignatureParameters parameters() {
        return parameters;
    }

    /** The value of {@code @signature-params} (RFC 9421 section 2.3). */
    public String text() {
        return text;
    }

    /** Whether all of {@code wanted} is covered, as {@link Component#covers} has it. */
    public boolean covers(Component wanted) {
        for (Component component : components) {
            if (component.covers(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** The two fields that a message with this signature alone has, by their names. */
    public Map<String, String> fields(byte[] signature) {
        return Map.of(
                "Signature-Input", label + "=" + text, "Signature", label + "=" + StructuredFields.bytes(signature));
    }

    /** The member of the field. */
    @Override
    public String toString() {
        return label + "=" + text;
    }
}
