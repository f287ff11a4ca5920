package dev.countersign.client;

import dev.countersign.http.FieldValue;

/**
 * One field line of a request that is about to be sent (RFC 9110 section 5).
 *
 * @param name a token, in any case
 * @param value what stands behind the colon, without white space at its ends
 */
public record HeaderField(String name, String value) {
    /**
     * Refuses what would not stay one line, or one field.
     *
     * @throws IllegalArgumentException if the name is no token, or the value holds a control character other than a tab;
     *     the message does not tell the value
     */
    public HeaderField {
        if (!FieldValue.isToken(name)) {
            throw new IllegalArgumentException("name of a header field (expected: a token of RFC 9110)");
        }
        value = FieldValue.trim(value);
        if (FieldValue.hasControl(value.replace('\t', ' '))) {
            throw new IllegalArgumentException("value of the field " + name + " (expected: no control character)");
        }
    }

    /** The name alone: values may be credentials. */
    @Override
    public String toString() {
        return name + ": ****";
    }
}
