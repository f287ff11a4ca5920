package dev.countersign;

/** What kind of party a credential speaks for. */
public enum IdentityKind {
    /** A person. */
    USER,
    /** A software client that acts for itself. */
    CLIENT,
    /** An API key, with or without a named owner. */
    KEY,
    /** The subject of a client certificate. */
    CERTIFICATE,
    /** A provider that sends webhooks. */
    WEBHOOK_SENDER
}
