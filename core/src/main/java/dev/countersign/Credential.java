package dev.countersign;

/**
 * Something that came on the wire and that one scheme recognised as its own by its shape: not verified, and possibly
 * hostile. Implementations redact their {@code toString}.
 */
public interface Credential {
    /** What a log may show before anything is verified: never a byte of a secret. */
    String hint();

    /**
     * The request field that carried it, in lower case, such as {@code authorization}: of the schemes that see a value in
     * the same field, one alone gets it.
     */
    String carrier();
}
