package dev.countersign.scheme.hmac;

import dev.countersign.Credential;
import dev.countersign.signature.SigV4Query;
import dev.countersign.signature.SigV4Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signature of Signature Version 4 as it came on the wire, each part of its right form.
 *
 * @param keyId what it names its secret by
 * @param scope what it was made for
 * @param timestamp when it says that it was made, as it is signed
 * @param signedAt the same
 * @param dateField the field, in lower case, that tells it; empty if the query does
 * @param expires how long a presigned one says that it is good; null for one in the {@code Authorization} field
 * @param signedFields the names of the signed fields, in lower case, sorted, each once
 * @param signature 64 hexadecimal digits in lower case
 * @param query the query of the request
 */
record SigV4Credential(
        String keyId,
        SigV4Scope scope,
        String timestamp,
        Instant signedAt,
        String dateField,
        @Nullable Duration expires,
        List<String> signedFields,
        String signature,
        SigV4Query query)
        implements Credential {

    /** The key id, whose characters are harmless. */
    @Override
    public String hint() {
        return keyId;
    }

    @Override
    public String carrier() {
        return isPresigned() ? SigV4CredentialParser.PRESIGNED : SigV4CredentialParser.AUTHORIZATION;
    }

    boolean isPresigned() {
        return expires != null;
    }

    /** The hint; not the signature, which may be good still. */
    @Override
    public String toString() {
        return "SigV4Credential[" + hint() + "]";
    }
}
