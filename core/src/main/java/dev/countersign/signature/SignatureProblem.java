package dev.countersign.signature;

import java.util.Locale;

/** Why the signatures of a message cannot be read: for the log, never for the client. */
public enum SignatureProblem {
    /** {@code Signature} without {@code Signature-Input}. */
    INPUT_MISSING,
    /** {@code Signature-Input} without {@code Signature}. */
    SIGNATURE_MISSING,
    /** One of the two fields is too long. */
    TOO_LONG,
    /** One of the two fields is no dictionary (RFC 8941 section 3.2). */
    SYNTAX,
    /** No signature, or more than are looked at. */
    SIGNATURES,
    /** A label stands in one of the two fields alone (RFC 9421 section 4). */
    LABELS,
    /** A member of {@code Signature-Input} is no inner list, or one of {@code Signature} is no byte sequence. */
    MEMBER,
    /** A parameter of a signature has the wrong type (RFC 9421 section 2.3). */
    PARAMETER,
    /** More components than are looked at, or more with {@code ;key} or {@code ;sf}. */
    COMPONENTS,
    /** A component that does not exist, or with parameters that it cannot have. */
    COMPONENT,
    /** A component that stands twice (RFC 9421 section 2). */
    DUPLICATE_COMPONENT;

    private final String detail = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, as a rejection's detail. */
    public String detail() {
        return detail;
    }
}
