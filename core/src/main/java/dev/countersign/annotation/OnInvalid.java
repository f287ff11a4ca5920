package dev.countersign.annotation;

/** What becomes of a request whose credential is wrong, where a credential is optional. */
public enum OnInvalid {
    /** The request is refused: sending nothing is fine, sending something wrong is not. */
    REJECT,
    /** The credential is ignored and audited, and the caller is anonymous: never 401, 403 or 503 for its sake. */
    IGNORE
}
