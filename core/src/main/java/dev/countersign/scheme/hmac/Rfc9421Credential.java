package dev.countersign.scheme.hmac;

import dev.countersign.Credential;
import dev.countersign.http.FieldValue;
import dev.countersign.signature.MessageSignature;
import java.util.List;

/**
 * The signatures of a request, as they came.
 *
 * @param signatures at least one
 */
record Rfc9421Credential(List<MessageSignature> signatures) implements Credential {
    static final String CARRIER = "signature";
    private static final int HINT_CHARS = 64;

    /**
     * The key id of the only signature. Of several it is not known before they are judged whose the request is, and the
     * first could name whom it likes: then it is empty.
     */
    @Override
    public String hint() {
        return signatures.size() == 1
                ? hint(signatures.get(0).input().parameters().keyId().orElse(""))
                : "";
    }

    /** A key id, at most 64 characters, with what could move text about in a log replaced. */
    static String hint(String keyId) {
        if (keyId.isEmpty() || (keyId.length() <= HINT_CHARS && FieldValue.isVisibleAscii(keyId))) {
            return keyId;
        }
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < keyId.length() && i < HINT_CHARS; i++) {
            char c = keyId.charAt(i);
            shown.append(c > ' ' && c <= '~' ? c : '?');
        }
        return shown.toString();
    }

    @Override
    public String carrier() {
        return CARRIER;
    }

    /** The hint, never a signature. */
    @Override
    public String toString() {
        return "Rfc9421Credential[" + hint() + "]";
    }
}
