package dev.countersign.json;

/**
 * The text is not JSON, or not JSON that {@link StrictJson} accepts. The message names the rule that was broken and
 * never carries anything of the text: what is parsed here is often a credential.
 */
public final class InvalidJsonException extends RuntimeException {
    /** An exception without cause, because a parser's own message could quote the text. */
    InvalidJsonException(String message) {
        super(message);
    }
}
