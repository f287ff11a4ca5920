package dev.countersign.signature;

import dev.countersign.signature.SignedTemplate.Value;

/**
 * What of one delivery may be signed besides its content; empty where it has none, or where nobody signs it.
 *
 * @param timestamp as it was sent
 * @param id the delivery's id
 * @param method the method
 * @param target the raw path and query
 * @param url the URL that was called
 */
public record WebhookValues(String timestamp, String id, String method, String target, String url) {
    /** The same without its timestamp: what stays the same when a delivery is tried again. */
    public WebhookValues withoutTimestamp() {
        return new WebhookValues("", id, method, target, url);
    }

    /** The same for another URL. */
    public WebhookValues withUrl(String changed) {
        return new WebhookValues(timestamp, id, method, target, changed);
    }

    /** The text of a value that is none of the content. */
    public String of(Value value) {
        return switch (value) {
            case TIMESTAMP -> timestamp;
            case ID -> id;
            case METHOD -> method;
            case TARGET -> target;
            case URL -> url;
            case BODY, FORM, CRC32 -> throw new IllegalArgumentException("The content is no text");
        };
    }
}
