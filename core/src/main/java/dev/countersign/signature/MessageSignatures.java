package dev.countersign.signature;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of one message: its {@code Signature-Input} and {@code Signature} fields (RFC 9421 section 4), read
 * strictly. Of several signatures none can be read if one cannot.
 */
public sealed interface MessageSignatures {
    /** How many signatures of one message are looked at. */
    int MAX_SIGNATURES = 8;

    /** They were read: at least one, at most {@value #MAX_SIGNATURES}, in the order of {@code Signature-Input}. */
    record Read(List<MessageSignature> signatures) implements MessageSignatures {
        /** Copies the signatures. */
        public Read {
            signatures = List.copyOf(signatures);
        }
    }

    /** They cannot be read. */
    record Unreadable(SignatureProblem problem) implements MessageSignatures {}

    /** Handles each outcome. */
    default <T> T match(Function<Read, T> read, Function<Unreadable, T> unreadable) {
        if (this instanceof Read signatures) {
            return read.apply(signatures);
        }
        return unreadable.apply((Unreadable) this);
    }

    /**
     * Reads the two fields.
     *
     * @param inputs the lines of {@code Signature-Input}
     * @param values the lines of {@code Signature}
     * @param maxLength how many characters either may have
     */
    static MessageSignatures read(List<String> inputs, List<String> values, int maxLength) {
        if (inputs.isEmpty()) {
            return new Unreadable(SignatureProblem.INPUT_MISSING);
        }
        if (values.isEmpty()) {
            return new Unreadable(SignatureProblem.SIGNATURE_MISSING);
        }
        if (length(inputs) > maxLength || length(values) > maxLength) {
            return new Unreadable(SignatureProblem.TOO_LONG);
        }
        Optional<Map<String, StructuredFields.Member>> inputMembers = StructuredFields.dictionary(inputs, maxLength);
        Optional<Map<String, StructuredFields.Member>> valueMembers = StructuredFields.dictionary(values, maxLength);
        if (inputMembers.isEmpty() || valueMembers.isEmpty()) {
            return new Unreadable(SignatureProblem.SYNTAX);
        }
        return pair(inputMembers.get(), valueMembers.get());
    }

    private static MessageSignatures pair(
            Map<String, StructuredFields.Member> inputs, Map<String, StructuredFields.Member> values) {
        if (inputs.isEmpty() || inputs.size() > MAX_SIGNATURES || values.size() > MAX_SIGNATURES) {
            return new Unreadable(SignatureProblem.SIGNATURES);
        }
        if (!inputs.keySet().equals(values.keySet())) {
            return new Unreadable(SignatureProblem.LABELS);
        }
        List<MessageSignature> signatures = new ArrayList<>(inputs.size());
        for (Map.Entry<String, StructuredFields.Member> input : inputs.entrySet()) {
            if (!(values.get(input.getKey()) instanceof StructuredFields.Item item
                    && item.value() instanceof ByteBuffer bytes
                    && bytes.hasRemaining()
                    && input.getValue() instanceof StructuredFields.InnerList covered)) {
                return new Unreadable(SignatureProblem.MEMBER);
            }
            Set<Component> components = new LinkedHashSet<>();
            SignatureProblem problem = collect(covered, components);
            Optional<SignatureParameters> parameters = SignatureParameters.of(covered.parameters());
            if (problem != null || parameters.isEmpty()) {
                return new Unreadable(problem != null ? problem : SignatureProblem.PARAMETER);
            }
            byte[] value = new byte[bytes.remaining()];
            bytes.duplicate().get(value);
            signatures.add(new MessageSignature(
                    new SignatureInput(input.getKey(), List.copyOf(components), parameters.get(), covered.text()),
                    value));
        }
        return new Read(signatures);
    }

    /** Adds what a list covers; what is wrong with it, or null. */
    private static @Nullable SignatureProblem collect(StructuredFields.InnerList covered, Set<Component> components) {
        if (covered.items().size() > SignatureInput.MAX_COMPONENTS) {
            return SignatureProblem.COMPONENTS;
        }
        int parsed = 0;
        for (StructuredFields.Item item : covered.items()) {
            Optional<Component> component = Component.of(item);
            if (component.isEmpty()) {
                return SignatureProblem.COMPONENT;
            }
            if (component.get().isParsed() && ++parsed > SignatureInput.MAX_PARSED) {
                return SignatureProblem.COMPONENTS;
            }
            if (!components.add(component.get())) {
                return SignatureProblem.DUPLICATE_COMPONENT;
            }
        }
        return null;
    }

    private static long length(List<String> lines) {
        return lines.stream().mapToLong(line -> line.length() + 1L).sum() - 1;
    }
}
