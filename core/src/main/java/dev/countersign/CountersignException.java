package dev.countersign;

/** The root of the few exceptions that Countersign throws; bad credentials are results, never exceptions. */
public class CountersignException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with a message that never carries a credential. */
    public CountersignException(String message) {
        super(message);
    }

    /** An exception with a message that never carries a credential, and what caused it. */
    public CountersignException(String message, Throwable cause) {
        super(message, cause);
    }
}
