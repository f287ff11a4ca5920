package dev.countersign.jose;

/** A key that is well-formed and that is not for verifying signatures here: one of a set is left out with a warning. */
final class UnusableKeyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnusableKeyException(String message) {
        super(message);
    }
}
