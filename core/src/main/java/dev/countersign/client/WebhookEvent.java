package dev.countersign.client;

import dev.countersign.http.FieldValue;
import java.util.UUID;

/**
 * Something that happened and that a receiver is told of. Delivered again, it keeps its id, by which the receiver knows that
 * it has it already.
 *
 * @param id visible ASCII, unique among the events of one sender
 * @param type what kind of event, such as {@code order.paid}, for the providers that tell it in a field of its own; empty to
 *     tell nothing
 * @param contentType the media type of the content, such as {@code application/json}
 * @param content the bytes that are signed and sent, which are neither copied nor changed
 */
@SuppressWarnings("ArrayRecordComponent") // Two events are the same if their ids are; nobody compares their bytes.
public record WebhookEvent(String id, String type, String contentType, byte[] content) {
    private static final String JSON = "application/json";

    /**
     * Checks what becomes a field.
     *
     * @throws IllegalArgumentException if the id is not visible ASCII, or type or media type hold a control character
     */
    public WebhookEvent {
        if (!FieldValue.isVisibleAscii(id)) {
            throw new IllegalArgumentException("id of an event (expected: visible ASCII)");
        }
        if (FieldValue.hasControl(type) || FieldValue.hasControl(contentType)) {
            throw new IllegalArgumentException("type or media type of an event (expected: no control character)");
        }
    }

    /** An event with a random id, as a JSON document. */
    public static WebhookEvent json(String type, byte[] document) {
        return new WebhookEvent(UUID.randomUUID().toString(), type, JSON, document);
    }

    /** Without the content, which may be anybody's data. */
    @Override
    public String toString() {
        return "WebhookEvent[" + id + " " + type + "]";
    }
}
