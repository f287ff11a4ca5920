package dev.countersign;

/**
 * The stable codes that clients see as {@code code} in the problem body and that the log carries. Codes are API: never
 * renamed.
 */
public enum RejectionReason {
    /** No usable credential for this endpoint was sent. */
    CREDENTIALS_REQUIRED("credentials_required", 401, "Credentials are required"),
    /** User name or password is wrong; also for unknown, disabled and locked accounts. */
    CREDENTIALS_INVALID("credentials_invalid", 401, "The credentials are invalid"),
    /** The field that carries the credential cannot be read. */
    MALFORMED_CREDENTIALS("malformed_credentials", 400, "The credentials are malformed"),
    /** The token was good and is past its {@code exp}. */
    TOKEN_EXPIRED("token_expired", 401, "The access token expired"),
    /** Any other failure of a token. */
    TOKEN_INVALID("token_invalid", 401, "The access token is invalid"),
    /** The key is unknown. */
    KEY_INVALID("key_invalid", 401, "The API key is invalid"),
    /** The key matched in full and is past its expiry. */
    KEY_EXPIRED("key_expired", 401, "The API key expired"),
    /** The key matched in full and was revoked. */
    KEY_REVOKED("key_revoked", 401, "The API key was revoked"),
    /** A signature is wrong, of an unknown key, or over other content. */
    SIGNATURE_INVALID("signature_invalid", 401, "The signature is invalid"),
    /** A signature is too old, or of the future. */
    SIGNATURE_EXPIRED("signature_expired", 401, "The signature expired"),
    /** A signature was good and was used before. */
    SIGNATURE_REPLAYED("signature_replayed", 401, "The signature was used before"),
    /** A signature covers less of the request than is asked for. */
    SIGNATURE_COVERAGE("signature_coverage", 401, "The signature does not cover enough of the request"),
    /** The same webhook is being handled right now. */
    WEBHOOK_IN_PROGRESS("webhook_in_progress", 409, "The webhook is being handled"),
    /** The content of a signed request is larger than what is kept of it. */
    BODY_TOO_LARGE("body_too_large", 413, "The request content is too large"),
    /** The caller lacks a scope. */
    INSUFFICIENT_SCOPE("insufficient_scope", 403, "A required scope is missing"),
    /** The caller lacks a role. */
    INSUFFICIENT_ROLE("insufficient_role", 403, "A required role is missing"),
    /** The credential is right and not allowed from this address. */
    IP_NOT_ALLOWED("ip_not_allowed", 403, "The source address is not allowed"),
    /** Credentials over plain HTTP, or an endpoint that needs them asked over plain HTTP. */
    HTTPS_REQUIRED("https_required", 403, "HTTPS is required"),
    /** More than one credential where one is allowed. */
    MULTIPLE_CREDENTIALS("multiple_credentials", 400, "Multiple methods used to include credentials"),
    /** A credential in the query string. */
    CREDENTIALS_IN_URL("credentials_in_url", 400, "Credentials in the query string or body are not accepted"),
    /** The path can be read in more than one way. */
    BAD_PATH("bad_path", 400, "The request path is not accepted"),
    /**
     * TRACE, which would echo credentials, or a method of RFC 9110 in another case; it has no body, so the code is in the
     * log alone.
     */
    METHOD_NOT_ALLOWED("method_not_allowed", 405, "The method is not allowed"),
    /** Nobody may call this endpoint. */
    DENIED("denied", 403, "Access is denied"),
    /** The identities of one request belong to different tenants. */
    TENANT_MISMATCH("tenant_mismatch", 403, "The credentials belong to different tenants"),
    /** The credential cannot be judged now. */
    AUTH_UNAVAILABLE("auth_unavailable", 503, "Authentication is temporarily unavailable"),
    /** Our own fault; fail closed. */
    INTERNAL("internal", 500, "Internal error");

    private final String code;
    private final int status;
    private final String title;

    RejectionReason(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    /** The code on the wire, lower case with underscores. */
    public String code() {
        return code;
    }

    /** The HTTP status that goes with the reason, unless the outcome table says otherwise for one row. */
    public int status() {
        return status;
    }

    /** The fixed title of the problem body (RFC 9457 section 3.1.3). */
    public String title() {
        return title;
    }
}
