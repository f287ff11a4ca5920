package dev.countersign.scheme.apikey;

import dev.countersign.Credential;

/**
 * A key as it came on the wire.
 *
 * @param key the whole value
 * @param prefix the configured prefix that it starts with, or empty if it starts with none
 * @param wellFormed whether it has the shape of our own keys, its check included
 * @param carrier the field that carried it, in lower case
 * @param form how it stood there
 */
record ApiKeyCredential(String key, String prefix, boolean wellFormed, String carrier, Form form)
        implements Credential {
    private static final int HINT_CHARS = 6;

    /** How a key stands in its field. */
    enum Form {
        /** Alone in the key header. */
        HEADER,
        /** Behind {@code ApiKey} in {@code Authorization}. */
        API_KEY,
        /** Behind {@code Bearer} in {@code Authorization}. */
        BEARER,
        /** Behind {@code Bearer}, and nothing that can stand there. */
        MALFORMED_BEARER;

        boolean isBearer() {
            return this == BEARER || this == MALFORMED_BEARER;
        }
    }

    /**
     * The prefix and the next six characters of a key of our own, whose other characters are still too many to guess; of
     * any other value the prefix alone, because it may be short, or something else that was put into the wrong field.
     */
    @Override
    public String hint() {
        if (wellFormed) {
            return key.substring(0, prefix.length() + HINT_CHARS);
        }
        return prefix.isEmpty() ? "key" : prefix;
    }

    /** The hint, never the key. */
    @Override
    public String toString() {
        return "ApiKeyCredential[" + hint() + "]";
    }
}
