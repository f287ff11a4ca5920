package dev.countersign.signature;

/** A signature as it came with a message: what it claims to cover, and its bytes. Nothing is verified. */
public final class MessageSignature {
    private final SignatureInput input;
    private final byte[] value;

    MessageSignature(SignatureInput input, byte[] value) {
        this.input = input;
        this.value = value;
    }

    /** What it claims to cover. */
    public SignatureInput input() {
        return input;
    }

    /** A copy of its bytes, at least one. */
    public byte[] value() {
        return value.clone();
    }

    /** What it claims to cover, not its bytes. */
    @Override
    public String toString() {
        return "MessageSignature[" + input + "]";
    }
}
