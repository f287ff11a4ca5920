package dev.countersign.scheme.hmac;

import dev.countersign.Credential;

/**
 * A generic signature as it came on the wire, each part of its right form.
 *
 * @param keyId what it names its secret by
 * @param timestamp when it says that it was made, in seconds since 1970
 * @param nonce what is used once; empty if it has none
 * @param signature 64 hexadecimal digits in lower case
 * @param carrier the field that carried the signature, in lower case
 */
record GenericCredential(String keyId, long timestamp, String nonce, String signature, String carrier)
        implements Credential {
    /** The key id, whose characters are harmless. */
    @Override
    public String hint() {
        return keyId;
    }

    /** The hint; not the signature, which may be good still. */
    @Override
    public String toString() {
        return "GenericCredential[" + hint() + "]";
    }
}
