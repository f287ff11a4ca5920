package dev.countersign.jose;

import java.util.Locale;

/** Why a token is not a good JWS: for the log, never for the client. */
public enum JwsProblem {
    /** Longer than allowed; nothing of it was decoded. */
    SIZE,
    /** Not exactly three parts (RFC 7515 section 3.1); five would be a JWE. */
    PARTS,
    /** Not base64url as RFC 7515 section 2 has it: padding, another alphabet, white space, unused bits that are set. */
    BASE64,
    /** A part is not one JSON object: bad UTF-8, duplicate members, too deep, trailing data. */
    JSON,
    /** A header parameter has the wrong type or is too long, or there are too many. */
    HEADER,
    /** A critical extension, none of which is understood (RFC 7515 section 4.1.11), or an unencoded payload (RFC 7797). */
    CRITICAL,
    /** A compressed payload, which only JWE has (RFC 7516 section 4.1.3). */
    COMPRESSED,
    /** An algorithm that is unknown, {@code none}, or not allowed here. */
    ALGORITHM,
    /** No key has this id and fits this algorithm. */
    KEY,
    /** The signature does not verify. */
    SIGNATURE;

    private final String detail = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, as a rejection's detail. */
    public String detail() {
        return detail;
    }
}
